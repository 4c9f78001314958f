//! What readers are not to know stands in no byte that they can get.
//!
//! Whoever adds an address that readers can ask adds it to [`ADDRESSES`].

use std::sync::{Arc, Mutex};

use afterword_domain::people::Role;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::api::{Api, Someone};

/// Every address that tells readers of a publication; `ID` is the post-mortem's, `WORD` what is
/// searched for.
const ADDRESSES: &[&str] = &[
    "/library",
    "/library?q=WORD",
    "/library/year-ago",
    "/library/filters",
    "/library/recurring",
    "/library/recurring/passages?kind=system&key=WORD",
    "/library/recurring/passages?kind=theme&key=WORD",
    "/library/ID",
    "/library/ID/around",
    "/library/ID/questions",
    "/calendar.ics",
    "/feed.atom",
    "/feed.atom?service=checkout",
    "/postmortems",
    "/postmortems?title=WORD",
    "/postmortems/ID",
    "/postmortems/ID/appointments",
    "/postmortems/ID/policy",
    "/postmortems/ID/publication",
    "/postmortems/ID/export?format=md",
    "/postmortems/ID/export?format=json",
    "/postmortems/ID/export?format=html",
    "/postmortems/ID/export?format=pdf",
    "/postmortems/ID/export?format=md&publication=true",
    "/postmortems/ID/recording",
    "/postmortems/ID/recording/details",
    "/postmortems/ID/recording/transcript",
    "/postmortems/ID/recording/cues",
    "/postmortems/ID/recording/feedback",
    "/postmortems/ID/watch",
    "/actions",
    "/actions?q=WORD",
];

/// What is withheld, and the names that stand for roles: of people with an account, by their full
/// name, a part of it and their address.
const HIDDEN: &[&str] = &["xylophone", "Hopper", "Grace", "grace@example.org", "Lovelace"];

/// A story in which the hidden words stand wherever somebody can write.
async fn told(grace: &Someone<'_>, ada: &Someone<'_>) -> String {
    let path = grace.open("Grace Hopper’s check-out fails").await;
    let facts = json!({"severity": "P1, said Grace", "services": ["checkout"]});
    let changed = grace.write(Method::PATCH, &path, facts).await;
    assert!(changed.status.is_success(), "{changed:?}");
    let add = async |part: &str, item: Value| grace.add(&format!("{path}/{part}"), item).await;
    let at = "2026-03-01T18:43:00Z";
    let words = "Grace told Ada Lovelace (grace@example.org): <span data-withheld>xylophone</span> \
                 ![Grace’s screen](https://x.example/a.png) [Hopper](https://x.example/b)";
    let evidence = json!([{"url": "https://x.example/e", "title": "Grace’s graph"}]);
    add("timeline", json!({"at": at, "text": words, "who": grace.id, "evidence": evidence})).await;
    add("timeline", json!({"at": at, "text": "Seen by all", "who": "Grace Hopper"})).await;
    add("timeline", json!({"at": at, "text": "xylophone", "withheld": true})).await;
    let question = json!({"kind": "question", "text": "How did Grace see it?"});
    let question = add("analysis", question).await;
    let question = question.rsplit('/').next().unwrap();
    add("analysis", json!({
        "kind": "finding", "text": "Hopper’s view", "parent": question, "system": "Grace’s laptop",
        "needed_by": "Grace", "needed": "Ada Lovelace’s number", "was_at": "Hopper’s desk",
    }))
    .await;
    add("analysis", json!({"kind": "finding", "text": "xylophone", "withheld": true})).await;
    add("themes", json!({"title": "What Grace knew", "text": "and Lovelace did not"})).await;
    add("themes", json!({"title": "xylophone", "withheld": true})).await;
    let action = json!({
        "title": "Ask Grace", "done_when": "Lovelace knows", "owner": ada.id, "state": "declined",
        "reason": "Hopper said no",
    });
    add("actions", action).await;
    add("actions", json!({"title": "xylophone", "withheld": true})).await;
    let call = json!({
        "starts_at": "2026-03-10T10:00:00Z", "minutes": 60, "recorded": true,
        "call_url": "https://meet.example/Hopper",
    });
    add("appointments", call).await;
    for name in ["summary", "background", "learned"] {
        let text = format!("{words}\n\n> {name} by Grace Hopper");
        let written =
            grace.write(Method::PUT, &format!("{path}/prose/{name}"), json!({"text": text})).await;
        assert!(written.status.is_success(), "{written:?}");
    }
    let said =
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Grace Hopper>Ada Lovelace turned the sprocket\n";
    let transcript = grace.ask(Method::PUT, &format!("{path}/recording/transcript"));
    transcript.body("text/vtt", said).send().await.is(StatusCode::OK);
    let open = json!({"visibility": "everyone", "agreed": true});
    let details = format!("{path}/recording/details");
    grace.write(Method::PATCH, &details, open).await.is(StatusCode::OK);
    path
}

/// All that a reader gets at an address: the headers and the body. Of a PDF only what describes it
/// can be read here; of what it is set from, a test beside the template reads all.
async fn all_of(reader: &Someone<'_>, address: &str) -> String {
    let answer = reader.get(address).await;
    assert!(!answer.status.is_server_error(), "{address}: {}", answer.status);
    format!("{:?}\n{}", answer.headers, String::from_utf8_lossy(&answer.bytes))
}

async fn nothing_is_told(reader: &Someone<'_>, id: &str, when: &str) {
    for address in ADDRESSES {
        for word in HIDDEN {
            let asked = address.replace("ID", id).replace("WORD", word);
            let said = all_of(reader, &asked).await;
            for hidden in HIDDEN {
                assert!(!said.contains(hidden), "{when}, {asked} tells “{hidden}”:\n{said}");
            }
            if !asked.contains(word) {
                break;
            }
        }
    }
    let policies = reader.get("/policies").await.json;
    let tried = reader.post("/policies/trial", policies).await;
    tried.is(StatusCode::OK);
    let said = String::from_utf8_lossy(&tried.bytes);
    for hidden in HIDDEN {
        assert!(!said.contains(hidden), "{when}, the trial of policies tells “{hidden}”:\n{said}");
    }
}

/// A channel of each kind, and what was sent there.
async fn channels(alma: &Someone<'_>) -> Arc<Mutex<Vec<String>>> {
    async fn take(State(taken): State<Arc<Mutex<Vec<String>>>>, body: String) -> StatusCode {
        taken.lock().unwrap().push(body);
        StatusCode::OK
    }
    let taken = Arc::new(Mutex::new(Vec::new()));
    let router = axum::Router::new().route("/", post(take)).with_state(taken.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    for kind in ["slack", "teams", "webhook"] {
        let channel = json!({"kind": kind, "name": kind, "url": url});
        alma.post("/channels", channel).await.is(StatusCode::CREATED);
    }
    taken
}

async fn until_told(alma: &Someone<'_>, taken: &Mutex<Vec<String>>, all: usize) {
    while taken.lock().unwrap().len() < all {
        let jobs = alma.get("/jobs").await;
        assert!(!jobs.json.to_string().contains("given_up_at\":\""), "{}", jobs.json);
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_is_hidden_stands_in_no_byte_that_a_reader_can_get() {
    let api = Api::start().await;
    let grace = api.named("Grace Hopper", "grace@example.org", Role::Member).await;
    let ada = api.named("Ada Lovelace", "ada@example.org", Role::Member).await;
    let alma = api.person("Alma", Role::Admin).await;
    let eve = api.person("Eve", Role::Member).await;
    let path = told(&grace, &ada).await;
    let id = path.rsplit('/').next().unwrap();
    let taken = channels(&alma).await;
    api.work().await;

    // The first edition tells of people by their names, and the words are not withheld yet.
    let naming = |naming: &str, again: bool| json!({"naming": naming, "tell_again": again});
    let publication = format!("{path}/publication");
    grace.post(&publication, naming("names", false)).await.is(StatusCode::CREATED);
    until_told(&alma, &taken, 3).await;
    assert!(all_of(&eve, &format!("/library/{id}")).await.contains("Grace"), "names are shown");
    taken.lock().unwrap().clear();

    grace.post(&publication, naming("roles", true)).await.is(StatusCode::CREATED);
    nothing_is_told(&eve, id, "in roles").await;
    until_told(&alma, &taken, 3).await;
    for message in taken.lock().unwrap().iter() {
        for hidden in HIDDEN {
            assert!(!message.contains(hidden), "a channel is told “{hidden}”:\n{message}");
        }
        assert!(message.contains("What an SRE knew"), "{message}");
    }
    let page = all_of(&eve, &format!("/library/{id}")).await;
    assert!(page.contains("Seen by all") && page.contains("an SRE’s screen"), "{page}");

    let question = json!({"text": "Did Grace turn it?"});
    eve.post(&format!("/library/{id}/questions"), question).await.is(StatusCode::CREATED);
    nothing_is_told(&eve, id, "with a question").await;
    let found = all_of(&eve, "/library?q=sprocket").await;
    assert!(found.contains("an SRE turned the sprocket"), "{found}");

    let taken_back = grace.write(Method::DELETE, &publication, json!(null)).await;
    taken_back.is(StatusCode::NO_CONTENT);
    for address in
        ["/library", "/library/ID", "/library?q=Seen", "/library?q=sprocket", "/feed.atom"]
    {
        let said = all_of(&eve, &address.replace("ID", id)).await;
        assert!(!said.contains("Seen by all") && !said.contains("check-out"), "{address}: {said}");
    }
}

#[tokio::test]
async fn addresses_cannot_be_guessed() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let path = ada.open("Outage").await;
    let id = path.rsplit('/').next().unwrap();
    eve.get(&format!("/library/{id}")).await.is_problem(StatusCode::NOT_FOUND, "not-found");
    ada.post(&format!("{path}/publication"), json!({})).await.is(StatusCode::CREATED);
    for address in ADDRESSES {
        let asked = address.replace("ID", id).replace("WORD", "x");
        let answer = api.ask(Method::GET, &asked).send().await;
        answer.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
    let preview = eve.get(&format!("{path}/publication?preview=names")).await;
    preview.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    for bad in ["", "x", "%00", "' OR 1=1"] {
        let answer = api.ask(Method::GET, &format!("/feed.atom?token={}", bad.replace(' ', "%20")));
        answer.send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
}

#[tokio::test]
async fn an_address_of_the_feed_opens_the_feed_alone_until_it_is_revoked() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let path = ada.open("Outage <b>&amp;").await;
    ada.post(&format!("{path}/publication"), json!({})).await.is(StatusCode::CREATED);
    let feed = format!("/people/{}/feed", eve.id);
    ada.post(&feed, json!(null)).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let made = eve.post(&feed, json!(null)).await;
    made.is(StatusCode::CREATED);
    let address = made.text("url").split_once("/api/v1").unwrap().1.to_owned();
    let read = async |address: &str| api.ask(Method::GET, address).send().await;
    let answer = read(&address).await;
    answer.is(StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    let xml = String::from_utf8(answer.bytes.clone()).unwrap();
    assert!(xml.contains("<title>Outage &lt;b&gt;&amp;amp;</title>"), "{xml}");
    let same = api.ask(Method::GET, &address).header("if-none-match", answer.header("etag"));
    same.send().await.is(StatusCode::NOT_MODIFIED);
    let none = read(&format!("{address}&service=search")).await;
    assert!(!String::from_utf8(none.bytes).unwrap().contains("<entry>"));

    let token = address.split_once("token=").unwrap().1;
    let as_bearer =
        api.ask(Method::GET, "/library").header("authorization", &format!("Bearer {token}"));
    as_bearer.send().await.is(StatusCode::UNAUTHORIZED);
    eve.post(&feed, json!(null)).await.is(StatusCode::CREATED);
    read(&address).await.is(StatusCode::UNAUTHORIZED);
    let newer = eve.post(&feed, json!(null)).await.text("url").to_owned();
    eve.write(Method::DELETE, &feed, json!(null)).await.is(StatusCode::NO_CONTENT);
    let newer = newer.split_once("/api/v1").unwrap().1;
    read(newer).await.is(StatusCode::UNAUTHORIZED);
}
