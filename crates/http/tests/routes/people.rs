use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::Api;

#[tokio::test]
async fn only_an_administrator_adds_people() {
    let api = Api::start().await;
    let new = json!({"email": "New@Example.org", "name": "New"});
    for (name, role) in [("Mia", Role::Member), ("Flo", Role::Facilitator)] {
        let person = api.person(name, role).await;
        let refused = person.post("/people", new.clone()).await;
        refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    }
    let admin = api.person("Ada", Role::Admin).await;
    let added = admin.post("/people", new.clone()).await;
    added.is(StatusCode::CREATED);
    assert_eq!(added.text("email"), "new@example.org");
    admin.post("/people", new).await.is_problem(StatusCode::CONFLICT, "conflict");
    let bad = json!({"email": "no address", "name": "x"});
    admin.post("/people", bad).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
}

#[tokio::test]
async fn people_change_themselves_and_not_their_powers() {
    let api = Api::start().await;
    let (mia, other) =
        (api.person("Mia", Role::Member).await, api.person("Bob", Role::Member).await);
    let admin = api.person("Ada", Role::Admin).await;
    let path = format!("/people/{}", mia.id);
    let changed = mia.write(Method::PATCH, &path, json!({"name": "Mia M."})).await;
    changed.is(StatusCode::OK);
    for body in [json!({"email": "x@example.org"}), json!({"role": "admin"})] {
        let refused = mia.write(Method::PATCH, &path, body.clone()).await;
        refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
        admin.write(Method::PATCH, &path, body).await.is(StatusCode::OK);
    }
    let refused = other.write(Method::PATCH, &path, json!({"name": "Silly"})).await;
    refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let read = other.get(&path).await;
    assert_eq!((read.text("name"), read.text("role")), ("Mia M.", "admin"));
}

#[tokio::test]
async fn the_last_administrator_remains_one() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Admin).await;
    let path = format!("/people/{}", ada.id);
    let step_down = || ada.write(Method::PATCH, &path, json!({"role": "member"}));
    let refused = step_down().await;
    refused.is_problem(StatusCode::CONFLICT, "conflict");
    assert!(refused.text("detail").contains("only administrator"), "{}", refused.text("detail"));
    let bob = api.person("Bob", Role::Admin).await;
    step_down().await.is(StatusCode::OK);
    let last = format!("/people/{}", bob.id);
    let refused = bob.write(Method::PATCH, &last, json!({"role": "facilitator"})).await;
    refused.is_problem(StatusCode::CONFLICT, "conflict");
}

#[tokio::test]
async fn a_change_of_what_was_changed_meanwhile_is_refused() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let path = format!("/people/{}", mia.id);
    let tag = mia.get(&path).await.header("etag").to_owned();
    let rename = |tag: &str| {
        mia.ask(Method::PATCH, &path).json(&json!({"name": "M"})).header("if-match", tag).send()
    };
    rename(&tag).await.is(StatusCode::OK);
    let stale = rename(&tag).await;
    stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(stale.json["current"]["name"], "M");
    let missing = mia.ask(Method::PATCH, &path).json(&json!({"name": "M"})).send().await;
    missing.is_problem(StatusCode::PRECONDITION_REQUIRED, "if-match");
}

#[tokio::test]
async fn tokens_are_shown_once_and_belong_to_one() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Ada", Role::Admin).await);
    let path = format!("/people/{}/tokens", mia.id);
    let made = mia.post(&path, json!({"label": "script"})).await;
    made.is(StatusCode::CREATED);
    let bearer = format!("Bearer {}", made.text("token"));
    let session = || api.ask(Method::GET, "/session").header("authorization", &bearer).send();
    session().await.is(StatusCode::OK);
    let listed = mia.get(&path).await;
    assert!(!listed.json.to_string().contains(made.text("token")));
    admin.get(&path).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let one = format!("{path}/{}", made.text("id"));
    mia.write(Method::DELETE, &one, json!(null)).await.is(StatusCode::NO_CONTENT);
    session().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_or_an_administrator() {
    let api = Api::start().await;
    let mia = api.person_with("Mia", Role::Member, Some("the old password")).await;
    let (other, admin) =
        (api.person("Bob", Role::Member).await, api.person("Ada", Role::Admin).await);
    let path = format!("/people/{}/password", mia.id);
    let set = async |who: &crate::api::Someone<'_>, current: Option<&str>| {
        let body = json!({"current": current, "password": "the new password"});
        who.write(Method::PUT, &path, body).await.status
    };
    assert_ne!(set(&mia, None).await, StatusCode::NO_CONTENT);
    assert_ne!(set(&mia, Some("a wrong password")).await, StatusCode::NO_CONTENT);
    assert_eq!(set(&other, None).await, StatusCode::FORBIDDEN);
    assert_eq!(set(&mia, Some("the old password")).await, StatusCode::NO_CONTENT);
    assert_eq!(set(&admin, None).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn disciplines_are_the_administrators() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Ada", Role::Admin).await);
    let list = json!([{"slug": "legal", "label": "Legal"}, {"slug": "sre", "label": "SRE"}]);
    let refused = mia.write(Method::PUT, "/disciplines", list.clone()).await;
    refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let set = admin.write(Method::PUT, "/disciplines", list).await;
    assert!(set.status.is_success(), "{set:?}");
    let read = mia.get("/disciplines").await;
    assert!(read.json.to_string().contains("Legal"), "{}", read.json);
    let bad = json!([{"slug": "No Slug", "label": "x"}]);
    assert!(admin.write(Method::PUT, "/disciplines", bad).await.status.is_client_error());
}
