//! Asking for input, giving it by link and in the app, with a name and without.

use afterword_app::Storage;
use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::answers::{KEY, TOMORROW, link};
use crate::api::{Answer, Api, Someone};

const WORDS: &str = "xylophone";

/// A UUID of a writer's.
fn id(number: u8) -> String {
    format!("0198c5a2-6b1e-4c3a-9d55-0000000000{number:02}")
}

fn answer(number: u8, text: &str, when: &str) -> Value {
    json!({"id": id(number), "question": 0, "text": text, "when": when})
}

fn to_ask(people: &[&str]) -> Value {
    let questions = json!([
        {"text": "Who wrote first, and what did they say?", "timed": true},
        {"text": "What did you tell them?", "timed": false},
    ]);
    json!({"asks": [{"discipline": "support", "people": people, "questions": questions}]})
}

/// A post-mortem of Flo's about which Ana is asked, and the link that she is sent.
struct Asked<'a> {
    api: &'a Api,
    flo: Someone<'a>,
    ana: Someone<'a>,
    path: String,
    request: String,
}

impl<'a> Asked<'a> {
    async fn begin(api: &'a Api) -> Self {
        api.knows_key(KEY).await;
        let flo = api.person("Flo", Role::Facilitator).await;
        let ana = api.person("Ana", Role::Member).await;
        let path = flo.open("Check-out fails").await;
        let asked = flo.post(&format!("{path}/input/requests"), to_ask(&[&ana.id])).await;
        asked.is(StatusCode::CREATED);
        assert_eq!(asked.json, json!({"asked": 1, "sends_mail": false}));
        let postmortem = path.rsplit('/').next().unwrap();
        let request = api.storage().input_requests(postmortem).await.unwrap().remove(0).id;
        Self { api, flo, ana, path, request }
    }

    fn postmortem(&self) -> &str {
        self.path.rsplit('/').next().unwrap()
    }

    fn token(&self, purpose: &str) -> String {
        let claims = json!([purpose, self.postmortem(), self.request, self.ana.id, TOMORROW, "1"]);
        link(KEY, &claims)
    }

    async fn by_link(&self, input: Value) -> Answer {
        let body = json!({"token": self.token("input"), "input": input});
        post(self.api, "/input/answers", body).await
    }

    async fn entries(&self) -> Vec<Value> {
        let record = self.flo.get(&format!("{}/record", self.path)).await;
        record.json["timeline"].as_array().unwrap().clone()
    }

    async fn wanted(&self) -> usize {
        self.ana.get("/home").await.json["wanted"].as_array().unwrap().len()
    }
}

async fn post(api: &Api, path: &str, body: Value) -> Answer {
    api.ask(Method::POST, path).json(&body).send().await
}

#[tokio::test]
async fn people_are_asked_once_by_those_who_take_part() {
    let api = Api::start().await;
    let it = Asked::begin(&api).await;
    let requests = format!("{}/input/requests", it.path);
    let eve = api.person("Eve", Role::Member).await;
    let refused = eve.post(&requests, to_ask(&[&it.ana.id])).await;
    refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    eve.add(&format!("{}/timeline", it.path), json!({"text": "I was there"})).await;
    let again = eve.post(&requests, to_ask(&[&it.ana.id, &eve.id])).await;
    again.is(StatusCode::CREATED);
    assert_eq!(again.json["asked"], 1, "Ana was asked before");

    it.flo.post(&requests, to_ask(&["nobody"])).await.is(StatusCode::NOT_FOUND);
    it.flo.post(&requests, to_ask(&[])).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let mut bare = to_ask(&[&eve.id]);
    bare["asks"][0]["questions"] = json!([]);
    let bare = it.flo.post(&requests, bare).await;
    assert_eq!(bare.is(StatusCode::UNPROCESSABLE_ENTITY).text("field"), "questions");

    let seen = it.ana.get(&format!("{}/input", it.path)).await;
    seen.is(StatusCode::OK);
    assert_eq!(seen.json["mine"]["questions"][1]["text"], "What did you tell them?");
    assert_eq!(seen.json["mine"]["asked_by"], "Flo");
    let support = seen.json["disciplines"].as_array().unwrap();
    let support = support.iter().find(|it| it["slug"] == "support").unwrap();
    assert_eq!(support["asked"].as_array().unwrap().len(), 2);
    assert_eq!(support["questions"].as_array().unwrap().len(), 3, "the defaults stay");
}

#[tokio::test]
async fn an_answer_by_link_is_a_proposed_entry_with_its_time_and_its_question() {
    let api = Api::start().await;
    let it = Asked::begin(&api).await;
    let token = it.token("input");
    let asked = post(&api, "/input", json!({"token": token})).await;
    asked.is(StatusCode::OK);
    assert_eq!(
        (asked.text("title"), asked.text("person"), asked.text("discipline")),
        ("Check-out fails", "Ana", "Support")
    );
    let time = json!({"token": token, "text": "19:43", "zone": "Europe/Berlin"});
    let read = post(&api, "/input/times", time).await;
    assert_eq!(read.is(StatusCode::OK).text("at"), "2026-03-01T18:43:00Z");
    assert!(it.entries().await.is_empty(), "looking changes nothing");
    assert_eq!(it.wanted().await, 1);

    let given = json!({"zone": "Europe/Berlin", "answers": [
        answer(1, "A shop in *Porto*:\nit is down", "about 19:43"),
        {"id": id(2), "question": 1, "text": " "},
    ]});
    for _ in 0..2 {
        it.by_link(given.clone()).await.is(StatusCode::NO_CONTENT);
    }
    let entries = it.entries().await;
    assert_eq!(entries.len(), 1, "what is sent again is taken once, what is empty is not");
    let entry = &entries[0];
    assert_eq!(
        (&entry["proposed"], &entry["lane"], &entry["who"], &entry["precision"], &entry["at"]),
        (
            &json!(true),
            &json!("support"),
            &json!(it.ana.id),
            &json!("approximate"),
            &json!("2026-03-01T18:43:00Z")
        )
    );
    assert_eq!(entry["text"], "A shop in \\*Porto\\*:\\\nit is down");
    assert_eq!(entry["asked"], "Who wrote first, and what did they say?");
    assert_eq!(entry["typed"], "about 19:43");
    assert_eq!(it.wanted().await, 0);

    it.by_link(json!({"answers": [answer(3, "One more", "some time")]}))
        .await
        .is(StatusCode::NO_CONTENT);
    let entries = it.entries().await;
    let late = entries.iter().find(|it| it["text"] == "One more").unwrap();
    assert_eq!((&late["at"], &late["typed"]), (&Value::Null, &json!("some time")));
    assert!(late["question"].as_str().unwrap().contains("could not be read"), "{late}");

    let entry = format!("{}/timeline/{}", it.path, id(1));
    it.flo.write(Method::PATCH, &entry, json!({"proposed": false})).await.is(StatusCode::OK);
    let entries = it.entries().await;
    let entry = entries.iter().find(|it| it["id"] == id(1)).unwrap();
    assert_eq!((&entry["proposed"], entry["asked"].is_string()), (&json!(false), true));
}

#[tokio::test]
async fn a_time_that_can_be_read_in_two_ways_is_settled_by_whoever_typed_it() {
    let api = Api::start().await;
    let it = Asked::begin(&api).await;
    let body = json!({"token": it.token("input"), "text": "1/3/2026 18:43"});
    let read = post(&api, "/input/times", body).await;
    let at = read.json["question"]["choices"][1]["at"].clone();
    assert!(at.is_string(), "{}", read.json);
    let mut chosen = answer(1, "seen", "1/3/2026 18:43");
    chosen["at"] = at.clone();
    it.by_link(json!({"zone": "UTC", "answers": [chosen]})).await.is(StatusCode::NO_CONTENT);
    let entries = it.entries().await;
    assert_eq!((&entries[0]["at"], &entries[0]["question"]), (&at, &Value::Null));
}

/// All that could tell who said something.
async fn traces(storage: &Storage, id: &str) -> (Vec<String>, String, Vec<Option<String>>) {
    let participants = storage.participants(id).await.unwrap();
    let requests = format!("{:?}", storage.input_requests(id).await.unwrap());
    let updates = storage.updates_between(id, 0, i64::MAX).await.unwrap();
    (participants, requests, updates.into_iter().map(|it| it.person_id).collect())
}

#[tokio::test]
async fn whoever_answers_without_a_name_leaves_nothing_that_tells_who_it_was() {
    let api = Api::start().await;
    let it = Asked::begin(&api).await;
    let (storage, postmortem) = (api.storage(), it.postmortem());
    let (participants, requests, authors) = traces(storage, postmortem).await;
    let given = |number| {
        let zone = "Asia/Kathmandu";
        json!({"anonymous": true, "zone": zone, "answers": [answer(number, WORDS, "23:43")]})
    };
    it.by_link(given(1)).await.is(StatusCode::NO_CONTENT);
    let in_the_app = it.ana.post(&format!("{}/input", it.path), given(2)).await;
    in_the_app.is(StatusCode::NO_CONTENT);

    let after = traces(storage, postmortem).await;
    assert_eq!((&after.0, &after.1), (&participants, &requests), "the request waits as before");
    let new = &after.2[authors.len()..];
    assert!(new.len() >= 2 && new.iter().all(Option::is_none), "{new:?}");
    let updates = storage.updates_between(postmortem, 0, i64::MAX).await.unwrap();
    for update in updates {
        let bytes = String::from_utf8_lossy(&update.payload).into_owned();
        assert!(!bytes.contains(&it.ana.id) && !bytes.contains("Kathmandu"), "{bytes}");
    }
    for route in ["record", "record/history", "record/authors", ""] {
        let read = it.flo.get(format!("{}/{route}", it.path).trim_end_matches('/')).await;
        read.is(StatusCode::OK);
        assert!(!read.json.to_string().contains(&it.ana.id), "{route}: {}", read.json);
    }
    let entries = it.entries().await;
    assert_eq!(entries.len(), 2);
    for entry in entries {
        assert_eq!((&entry["who"], &entry["typed"]), (&Value::Null, &Value::Null));
        assert_eq!(entry["at"], "2026-03-01T17:58:00Z", "in UTC alone");
    }
    assert_eq!(it.wanted().await, 1, "nobody knows that it was answered");
}

#[tokio::test]
async fn whoever_wants_to_be_asked_no_more_is_not() {
    let api = Api::start().await;
    let it = Asked::begin(&api).await;
    let path = format!("/input/off?token={}", it.token("input_off"));
    let visit = api.ask(Method::GET, &path).send().await;
    visit.is(StatusCode::SEE_OTHER);
    assert!(visit.header("location").starts_with("/input/off#"));
    assert_eq!(it.wanted().await, 1, "a scanner that looks changes nothing");
    for _ in 0..2 {
        let form = "application/x-www-form-urlencoded";
        let press = api.ask(Method::POST, &path).body(form, "List-Unsubscribe=One-Click");
        press.send().await.is(StatusCode::NO_CONTENT);
    }
    assert_eq!(it.wanted().await, 0);
    // What one has to say is welcome all the same.
    it.by_link(json!({"answers": [answer(1, "Seen", "")]})).await.is(StatusCode::NO_CONTENT);

    let eve = api.person("Eve", Role::Member).await;
    let off = format!("{}/input/off", it.path);
    eve.post(&off, Value::Null).await.is(StatusCode::NOT_FOUND);
    it.flo.post(&format!("{}/input/requests", it.path), to_ask(&[&eve.id])).await;
    eve.post(&off, Value::Null).await.is(StatusCode::NO_CONTENT);
    assert_eq!(eve.get("/home").await.json["wanted"], json!([]));
}

#[tokio::test]
async fn each_link_is_good_for_its_own_purpose_and_until_the_call_is_over() {
    let api = Api::start().await;
    let it = Asked::begin(&api).await;
    let invalid = StatusCode::UNPROCESSABLE_ENTITY;
    for (path, token) in [
        ("/input", it.token("input_off")),
        ("/input", it.token("done")),
        ("/input", "rubbish".to_owned()),
        ("/answers", it.token("input")),
    ] {
        post(&api, path, json!({"token": token})).await.is_problem(invalid, "invalid");
    }
    let wrong = format!("/input/off?token={}", it.token("input"));
    api.ask(Method::POST, &wrong).send().await.is(invalid);
    it.by_link(json!({"answers": []})).await.is(invalid);
    let unasked = json!({"id": id(1), "question": 7, "text": "x"});
    it.by_link(json!({"answers": [unasked]})).await.is(invalid);

    let published = it.flo.post(&format!("{}/publication", it.path), json!({})).await;
    published.is(StatusCode::CREATED);
    let late = it.by_link(json!({"answers": [answer(1, "late", "")]})).await;
    late.is_problem(StatusCode::CONFLICT, "conflict");
    let asked = post(&api, "/input", json!({"token": it.token("input")})).await;
    assert!(asked.text("over").contains("published"), "{}", asked.json);
    let requests = format!("{}/input/requests", it.path);
    it.flo.post(&requests, to_ask(&[&it.flo.id])).await.is(StatusCode::CONFLICT);
    assert_eq!(it.wanted().await, 0);
}

#[tokio::test]
async fn the_unasked_say_what_they_saw_too() {
    let api = Api::start().await;
    let it = Asked::begin(&api).await;
    let eve = api.person("Eve", Role::Member).await;
    let input = format!("{}/input", it.path);
    eve.post(&input, json!({"answers": [answer(1, "Mine", "")]})).await.is(StatusCode::NO_CONTENT);
    let for_sales = json!({"discipline": "sales", "answers": [answer(2, "Theirs", "")]});
    eve.post(&input, for_sales).await.is(StatusCode::NO_CONTENT);
    let entries = it.entries().await;
    let lanes: Vec<_> = entries.iter().map(|it| it["lane"].as_str().unwrap()).collect();
    assert_eq!(lanes, ["sre", "sales"]);
    assert_eq!(entries[1]["asked"], "What did customers hear, and from whom?");
}

#[tokio::test]
async fn ones_own_page_tells_what_one_took_on_and_what_concerns_one() {
    let api = Api::start().await;
    let it = Asked::begin(&api).await;
    let empty = it.flo.get("/home").await;
    empty.is(StatusCode::OK);
    assert_eq!(
        empty.json,
        json!({"wanted": [], "calls": [], "actions": [], "questions": [], "published": []})
    );
    let actions = format!("{}/actions", it.path);
    for (title, due, state) in [
        ("later", "2026-05-01", "doing"),
        ("soon", "2026-04-01", "open"),
        ("past", "2026-03-01", "done"),
    ] {
        let new = json!({"title": title, "due": due, "owner": it.ana.id, "state": state});
        it.flo.add(&actions, new).await;
    }
    let home = it.ana.get("/home").await;
    let actions = home.json["actions"].as_array().unwrap();
    let titles: Vec<_> = actions.iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["soon", "later"]);
    assert_eq!(home.json["wanted"][0]["title"], "Check-out fails");

    it.flo.post(&format!("{}/publication", it.path), json!({})).await.is(StatusCode::CREATED);
    api.pass(60);
    assert_eq!(it.ana.get("/home").await.json["published"], json!([]), "she asked for nothing");
    let wishes = json!({"topics": [], "at_once": true, "weekly": false, "hour": 9});
    let subscription = format!("/people/{}/subscription", it.ana.id);
    it.ana.write(Method::PUT, &subscription, wishes).await.is(StatusCode::OK);
    let published = it.ana.get("/home").await;
    assert_eq!(published.json["published"][0]["title"], "Check-out fails");
    api.pass(22 * 86_400);
    assert_eq!(it.ana.get("/home").await.json["published"], json!([]), "no news any more");
}
