use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::{Answer, Api, PUBLIC_URL};

const PASSWORD: &str = "a long enough password";

async fn sign_in(api: &Api, password: &str) -> Answer {
    let body = json!({"email": " ADA@example.org ", "password": password});
    api.ask(Method::POST, "/session").json(&body).send().await
}

/// What a browser sends back.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_password_opens_a_session_until_signing_out() {
    let api = Api::start().await;
    let ada = api.person_with("Ada", Role::Member, Some(PASSWORD)).await;
    let signed = sign_in(&api, PASSWORD).await;
    signed.is(StatusCode::NO_CONTENT);
    let set = signed.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(set.contains(part), "{part} is missing in {set}");
    }
    let cookie = cookie(&signed);
    let read = || api.ask(Method::GET, "/session").header("cookie", &cookie).send();
    let session = read().await;
    session.is(StatusCode::OK);
    assert_eq!(session.json["person"]["id"], ada.id);
    assert!(!session.json["disciplines"].as_array().unwrap().is_empty());

    let end = api.ask(Method::DELETE, "/session").header("cookie", &cookie).send().await;
    end.is(StatusCode::NO_CONTENT);
    assert_eq!(end.header("clear-site-data"), "\"cache\"");
    read().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
}

#[tokio::test]
async fn guessing_a_password_is_refused_and_slowed_down() {
    let api = Api::start().await;
    api.person_with("Ada", Role::Member, Some(PASSWORD)).await;
    for _ in 0..5 {
        sign_in(&api, "a wrong password")
            .await
            .is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
    let refused = sign_in(&api, PASSWORD).await;
    refused.is_problem(StatusCode::TOO_MANY_REQUESTS, "too-often");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    let other = json!({"email": "bob@example.org", "password": "x"});
    let other = api.ask(Method::POST, "/session").json(&other).send().await;
    other.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
}

#[tokio::test]
async fn nobody_learns_whose_address_has_an_account() {
    let api = Api::start().await;
    api.person_with("Ada", Role::Member, Some(PASSWORD)).await;
    let wrong = sign_in(&api, "a wrong password").await;
    let unknown = json!({"email": "nobody@example.org", "password": "a wrong password"});
    let unknown = api.ask(Method::POST, "/session").json(&unknown).send().await;
    assert_eq!((wrong.status, &wrong.json), (unknown.status, &unknown.json));
}

#[tokio::test]
async fn writes_by_cookie_come_from_our_own_pages() {
    let api = Api::start().await;
    api.person_with("Ada", Role::Member, Some(PASSWORD)).await;
    let cookie = cookie(&sign_in(&api, PASSWORD).await);
    let open = |origin: Option<&'static str>| {
        let new = json!({"title": "x", "incident": {"started_at": "2026-03-01T18:00:00Z"}});
        let ask = api.ask(Method::POST, "/postmortems").json(&new).header("cookie", &cookie);
        match origin {
            Some(origin) => ask.header("origin", origin).send(),
            None => ask.send(),
        }
    };
    open(Some(PUBLIC_URL)).await.is(StatusCode::CREATED);
    open(None).await.is(StatusCode::CREATED);
    for foreign in ["https://evil.example.org", "null", "https://afterword.example.org.evil.org"] {
        open(Some(foreign)).await.is_problem(StatusCode::FORBIDDEN, "origin");
    }
}

#[tokio::test]
async fn a_token_that_is_unknown_opens_nothing() {
    let api = Api::start().await;
    for value in ["Bearer unknown", "Bearer ", "Basic YTpi"] {
        let refused = api.ask(Method::GET, "/session").header("authorization", value).send().await;
        refused.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
}

#[tokio::test]
async fn a_link_works_only_where_mail_is_sent_and_an_invented_one_never() {
    let api = Api::start().await;
    let options = api.ask(Method::GET, "/sign-in").send().await;
    assert_eq!((&options.json["mail"], &options.json["demo"]), (&json!(false), &json!(null)));
    let used =
        api.ask(Method::POST, "/session/link").json(&json!({"token": "made up"})).send().await;
    used.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let api = Api::start().await;
    api.person_with("Ada", Role::Member, Some(PASSWORD)).await;
    let cookie = cookie(&sign_in(&api, PASSWORD).await);
    api.pass(366 * 86_400);
    let read = api.ask(Method::GET, "/session").header("cookie", &cookie).send().await;
    read.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
}
