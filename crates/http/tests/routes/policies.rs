//! Review policies: read by everyone, changed by administrators, tried before they hold.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, STARTED};

async fn policies(person: &crate::api::Someone<'_>) -> Value {
    person.get("/policies").await.is(StatusCode::OK).json.clone()
}

#[tokio::test]
async fn everyone_reads_them_and_administrators_change_them() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Root", Role::Admin).await);
    let mut wanted = policies(&mia).await;
    assert_eq!(wanted["policies"][0]["name"], "Near-misses");
    assert_eq!(wanted["otherwise"]["earliest_hours"], 24);
    wanted["otherwise"]["earliest_hours"] = json!(36);
    let refused = mia.write(Method::PUT, "/policies", wanted.clone()).await;
    refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    admin.write(Method::PUT, "/policies", wanted.clone()).await.is(StatusCode::OK);
    assert_eq!(policies(&mia).await, wanted);

    let stale =
        admin.ask(Method::PUT, "/policies").header("if-match", "\"0\"").json(&wanted).send().await;
    stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(stale.json["current"]["otherwise"]["earliest_hours"], 36);
}

#[tokio::test]
async fn what_could_never_decide_is_refused_with_a_sentence() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let sound = policies(&admin).await;
    for (pointer, value, words) in [
        ("/policies/0/when/near_miss", json!(false), "has no condition"),
        ("/policies/0/name", json!(""), "name of its own"),
        ("/otherwise/late_days", json!(0), "working days"),
        ("/otherwise/handbook", json!("no-such"), "no handbook “no-such”"),
    ] {
        let mut odd = sound.clone();
        *odd.pointer_mut(pointer).unwrap() = value;
        for (method, path) in [(Method::PUT, "/policies"), (Method::POST, "/policies/trial")] {
            let refused = admin.write(method, path, odd.clone()).await;
            refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
            assert!(refused.text("detail").contains(words), "{}", refused.text("detail"));
            assert_eq!(refused.text("field"), "policies");
        }
    }
}

#[tokio::test]
async fn a_draft_tells_what_it_would_have_done_and_changes_nothing() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Root", Role::Admin).await);
    for (title, severity, minutes) in
        [("Severe", "SEV1", 5), ("Small", "low", 5), ("Long", "low", 95)]
    {
        let ended = format!("2026-03-01T{:02}:{:02}:00Z", 18 + minutes / 60, minutes % 60);
        let incident = json!({"started_at": STARTED, "resolved_at": ended});
        let new = json!({"title": title, "incident": incident, "severity": severity});
        mia.post("/postmortems", new).await.is(StatusCode::CREATED);
    }
    let told = async |draft: &Value| {
        let tried = admin.post("/policies/trial", draft.clone()).await;
        let tried = tried.is(StatusCode::OK).json.as_array().unwrap().clone();
        let mut told: Vec<_> = tried
            .iter()
            .map(|it| {
                let text = |key: &str| it[key].as_str().unwrap().to_owned();
                (text("title"), text("policy"), text("sentence"))
            })
            .collect();
        told.sort();
        told
    };
    let line = |title: &str, policy: &str, sentence: &str| {
        (title.to_owned(), policy.to_owned(), sentence.to_owned())
    };
    let mut draft = policies(&mia).await;
    assert_eq!(
        told(&draft).await,
        [
            line("Long", "It took long", "Opened once it is over, since it lasted 1 h 35 min."),
            line("Severe", "Severe incidents", "Opened at once, since its severity is SEV1."),
            line(
                "Small",
                "Somebody asks for it",
                "Opened only when somebody asks for it, since somebody asked for it.",
            ),
        ]
    );
    draft["policies"] = json!([]);
    let told = told(&draft).await;
    assert!(told.iter().all(|it| it.1 == "Everything else"), "{told:?}");
    assert_eq!(policies(&mia).await["policies"].as_array().map(Vec::len), Some(5));
}

#[tokio::test]
async fn a_post_mortem_knows_its_policy_and_whom_it_invites() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Root", Role::Admin).await);
    let (owner, other) =
        (api.person("Owen", Role::Member).await, api.person("Otto", Role::Member).await);
    let team = json!({"name": "Shop", "lead": owner.id});
    let team = admin.post("/teams", team).await.is(StatusCode::CREATED).text("id").to_owned();
    admin.write(Method::PUT, "/services/checkout", json!({"team": team})).await.is(StatusCode::OK);
    let near_miss = json!({
        "title": "Nearly", "near_miss": true, "services": ["Checkout"],
        "incident": {"started_at": STARTED, "stabilised_at": "2026-03-02T18:00:00Z"},
    });
    let opened = mia.post("/postmortems", near_miss).await;
    opened.is(StatusCode::CREATED);
    assert_eq!(opened.json["near_miss"], true);
    let path = format!("/postmortems/{}", opened.text("id"));
    let policy = mia.get(&format!("{path}/policy")).await;
    policy.is(StatusCode::OK);
    assert_eq!(
        (policy.text("policy"), policy.text("because")),
        ("Near-misses", "it is a near-miss")
    );
    assert_eq!(policy.json["terms"]["handbook"], "near-miss");
    assert_eq!(policy.json["call"]["earliest"], "2026-03-03T18:00:00Z");
    assert_eq!(policy.json["call"]["late_after"], "2026-03-09T18:00:00Z");
    assert_eq!(policy.json["opened_by"], Value::Null);
    let invited = policy.json["invited"].as_array().unwrap();
    let people: Vec<_> = invited.iter().map(|it| it["person"].as_str().unwrap()).collect();
    assert_eq!(people, [&mia.id[..], &owner.id]);
    assert!(!people.contains(&&other.id[..]));

    // What changes about it may change its policy.
    let change = json!({"near_miss": false, "severity": "SEV2"});
    mia.write(Method::PATCH, &path, change).await.is(StatusCode::OK);
    let policy = mia.get(&format!("{path}/policy")).await;
    assert_eq!(policy.text("policy"), "Severe incidents");
}
