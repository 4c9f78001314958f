use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};

use crate::api::{Answer, Api, Someone};

pub(crate) const KEY: &str = "the key of this installation";
/// A day after the tests' clock begins, in seconds since 1970.
pub(crate) const TOMORROW: i64 = 1_772_686_400;

/// A link as a message holds it, signed by whoever knows the key.
pub(crate) fn link(key: &str, claims: &Value) -> String {
    let body = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    format!("{body}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// An action of somebody's, and where it is.
struct Owned<'a> {
    owner: Someone<'a>,
    postmortem: String,
    action: String,
}

impl Owned<'_> {
    fn link(&self, purpose: &str, nonce: &str) -> String {
        link(KEY, &self.claims(purpose, TOMORROW, nonce))
    }

    fn claims(&self, purpose: &str, expires: i64, nonce: &str) -> Value {
        json!([purpose, self.postmortem, self.action, self.owner.id, expires, nonce])
    }

    async fn state(&self) -> String {
        let path = format!("/postmortems/{}/record", self.postmortem);
        self.owner.get(&path).await.json["actions"][0]["state"].as_str().unwrap().to_owned()
    }
}

async fn owned(api: &Api) -> Owned<'_> {
    api.knows_key(KEY).await;
    let owner = api.person("Ada", Role::Member).await;
    let postmortem = owner.open("Check-out fails").await;
    let new = json!({"title": "Page on failed check-outs", "owner": owner.id, "due": "2026-03-05"});
    let action = owner.add(&format!("{postmortem}/actions"), new).await;
    let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    Owned { postmortem: last(&postmortem), action: last(&action), owner }
}

async fn post(api: &Api, path: &str, body: Value) -> Answer {
    api.ask(Method::POST, path).json(&body).send().await
}

#[tokio::test]
async fn a_link_asks_without_a_sign_in_and_changes_nothing_until_it_is_confirmed() {
    let api = Api::start().await;
    let it = owned(&api).await;
    let token = it.link("declined", "1");
    for _ in 0..2 {
        let asked = post(&api, "/answers", json!({"token": token})).await;
        asked.is(StatusCode::OK);
        assert_eq!(asked.text("title"), "Page on failed check-outs");
        assert_eq!((asked.text("purpose"), asked.text("person")), ("declined", "Ada"));
        assert_eq!(asked.json["settled"], Value::Null);
    }
    for path in ["//answer", "/answers", "/answers/confirm"] {
        api.ask(Method::GET, path).send().await;
    }
    assert_eq!(it.state().await, "open");

    let confirm = |body: Value| post(&api, "/answers/confirm", body);
    let missing = confirm(json!({"token": token})).await;
    missing.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(missing.text("field"), "reason");
    let given = json!({"token": token, "reason": "too costly"});
    let done = confirm(given.clone()).await;
    done.is(StatusCode::OK);
    assert_eq!(
        (done.text("postmortem"), done.text("action")),
        (&it.postmortem[..], &it.action[..])
    );
    assert_eq!(it.state().await, "declined");

    confirm(given).await.is_problem(StatusCode::CONFLICT, "conflict");
    let again = post(&api, "/answers", json!({"token": token})).await;
    again.is_problem(StatusCode::CONFLICT, "conflict");
    assert!(again.text("detail").contains("used already"), "{}", again.json);
}

#[tokio::test]
async fn a_settled_action_says_so_instead_of_failing() {
    let api = Api::start().await;
    let it = owned(&api).await;
    let confirm = |token: String| post(&api, "/answers/confirm", json!({"token": token}));
    confirm(it.link("done", "1")).await.is(StatusCode::OK);
    let late = post(&api, "/answers", json!({"token": it.link("on_it", "2")})).await;
    late.is(StatusCode::OK);
    assert!(late.text("settled").contains("done already"), "{}", late.json);
    let confirmed = confirm(it.link("on_it", "2")).await;
    assert!(confirmed.is(StatusCode::OK).text("sentence").contains("done already"));
    assert_eq!(it.state().await, "done");
}

#[tokio::test]
async fn what_is_not_a_working_link_is_refused_each_with_its_own_words() {
    let api = Api::start().await;
    let it = owned(&api).await;
    let good = it.link("done", "1");
    let other = link(KEY, &json!(["done", it.postmortem, "another", it.owner.id, TOMORROW, "1"]));
    let (body, _) = good.split_once('.').unwrap();
    let (_, signature) = other.split_once('.').unwrap();
    let (invalid, conflict) = (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT);
    let cases = [
        (format!("{body}.{signature}"), invalid, "not whole"),
        (link("another key", &it.claims("done", TOMORROW, "1")), invalid, "not whole"),
        (link(KEY, &json!({"purpose": "done"})), invalid, "not whole"),
        ("rubbish".to_owned(), invalid, "not whole"),
        (String::new(), invalid, "not whole"),
        (link(KEY, &it.claims("off", TOMORROW, "1")), invalid, "answers nothing"),
        (link(KEY, &it.claims("done", 1_772_600_000, "1")), conflict, "too old"),
        (other, conflict, "taken out"),
    ];
    for (token, status, words) in cases {
        for path in ["/answers", "/answers/confirm"] {
            let refused = post(&api, path, json!({"token": token})).await;
            refused.is(status);
            assert!(refused.text("detail").contains(words), "{token}: {}", refused.json);
        }
    }
    assert_eq!(it.state().await, "open");

    let path = format!("/postmortems/{}/actions/{}", it.postmortem, it.action);
    it.owner.write(Method::PATCH, &path, json!({"owner": "the platform team"})).await;
    let refused = post(&api, "/answers", json!({"token": good})).await;
    refused.is_problem(conflict, "conflict");
    assert!(refused.text("detail").contains("not yours any more"), "{}", refused.json);
}

#[tokio::test]
async fn another_date_lies_ahead() {
    let api = Api::start().await;
    let it = owned(&api).await;
    let token = it.link("new_date", "1");
    let confirm = |due: &str| post(&api, "/answers/confirm", json!({"token": token, "due": due}));
    // It is 4 March in Berlin.
    let past = confirm("2026-03-03").await;
    past.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(past.text("field"), "due");
    confirm("2026-03-31").await.is(StatusCode::OK);
    assert_eq!(it.state().await, "open");
}

#[tokio::test]
async fn one_press_in_a_mail_program_switches_reminders_off() {
    let api = Api::start().await;
    let it = owned(&api).await;
    let off = link(KEY, &json!(["off", "", "", it.owner.id, TOMORROW, "1"]));
    let path = format!("/reminders/off?token={off}");
    let often = async || {
        let read = it.owner.get(&format!("/people/{}/reminders", it.owner.id)).await;
        read.text("often").to_owned()
    };
    let visit = api.ask(Method::GET, &path).send().await;
    visit.is(StatusCode::SEE_OTHER);
    assert_eq!(visit.header("location"), format!("/reminders/off#{off}"));
    assert_eq!(often().await, "daily", "a scanner that looks changes nothing");

    for _ in 0..2 {
        let form = "application/x-www-form-urlencoded";
        let press = api.ask(Method::POST, &path).body(form, "List-Unsubscribe=One-Click");
        press.send().await.is(StatusCode::NO_CONTENT);
    }
    assert_eq!(often().await, "off");
    let forged = api.ask(Method::POST, "/reminders/off?token=rubbish").send().await;
    forged.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let answer = format!("/reminders/off?token={}", it.link("done", "1"));
    let wrong = api.ask(Method::POST, &answer).send().await;
    wrong.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
}
