//! From a publication to the mails, channels and programs that hear of it.

use std::sync::{Arc, Mutex};

use afterword_domain::announcing::{Topic, TopicKind};
use afterword_domain::people::Role;
use afterword_domain::postmortem::Naming;
use afterword_integrations::chat::ChatError;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use jiff::Timestamp;
use tokio::net::TcpListener;

use super::{ChannelKind, ChannelPatch, ChannelToAdd, SubscriptionWishes};
use crate::access::Caller;
use crate::jobs::queue::{Ended, Fault};
use crate::people::PersonToAdd;
use crate::reminders::tests::{House, header, person};

const DAY: i64 = 86_400;

fn wishes(at_once: bool, weekly: bool) -> SubscriptionWishes {
    SubscriptionWishes { topics: Vec::new(), at_once, weekly, hour: 9 }
}

async fn subscribe(house: &House, caller: &Caller, wishes: SubscriptionWishes) {
    house.app.change_subscription(caller, &caller.person.id, None, wishes).await.unwrap();
}

async fn publish(house: &House, tell_again: bool) {
    let (ada, id) = (&house.ada, &house.postmortem);
    house.app.publish(ada, id, Some(Naming::Roles), tell_again).await.unwrap();
}

async fn announce(house: &House) {
    assert_eq!(house.app.announce(&house.postmortem).await, Ok(Ended::Done));
}

/// Programs that take messages, and what they took: the last part of the address, the headers and
/// the body.
type Taken = Arc<Mutex<Vec<(String, HeaderMap, String)>>>;

async fn listen() -> (String, Taken) {
    async fn take(
        Path(name): Path<String>,
        State(taken): State<Taken>,
        headers: HeaderMap,
        body: String,
    ) -> StatusCode {
        if name == "gone" {
            return StatusCode::NOT_FOUND;
        }
        taken.lock().unwrap().push((name, headers, body));
        StatusCode::OK
    }
    let taken = Taken::default();
    let router = axum::Router::new().route("/{name}", post(take)).with_state(taken.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, taken)
}

async fn admin(house: &House) -> Caller {
    let new = PersonToAdd {
        email: "alma@example.org".to_owned(),
        name: "Alma".to_owned(),
        discipline: "other".parse().unwrap(),
        time_zone: "UTC".to_owned(),
        role: Role::Admin,
        password: None,
    };
    Caller { person: house.app.add_account(new).await.unwrap(), session: None }
}

fn channel(kind: ChannelKind, url: String) -> ChannelToAdd {
    ChannelToAdd { kind, name: format!("{kind:?}"), url, secret: None, topics: Vec::new() }
}

#[tokio::test]
async fn whoever_wants_to_hear_of_it_is_told_once_and_again_only_when_asked() {
    let house = House::open().await;
    let bo = person(&house.app, "bo").await;
    subscribe(&house, &bo, wishes(true, false)).await;
    publish(&house, false).await;
    announce(&house).await;
    announce(&house).await;
    let [mail] = &house.post.mails()[..] else { panic!("one mail") };
    assert_eq!(header(mail, "Subject:").trim(), "Subject: Published: Check-out fails");
    for line in ["What we do differently", "Page on failed check-outs 1"] {
        assert!(mail.contains(line), "{line} is missing in\n{mail}");
    }
    assert!(mail.contains(&format!("http://127.0.0.1:8787/library/{}", house.postmortem)));
    assert!(header(mail, "List-Unsubscribe:").contains("/api/v1/subscriptions/off?token="));

    publish(&house, false).await;
    announce(&house).await;
    house.app.unpublish(&house.ada, &house.postmortem).await.unwrap();
    announce(&house).await;
    publish(&house, false).await;
    announce(&house).await;
    assert_eq!(house.post.mails().len(), 1, "nobody is told twice of the same");
    publish(&house, true).await;
    announce(&house).await;
    assert_eq!(house.post.mails().len(), 2);
}

#[tokio::test]
async fn nobody_is_told_of_what_was_taken_back_or_is_none_of_their_topics() {
    let house = House::open().await;
    let (bo, cy) = (person(&house.app, "bo").await, person(&house.app, "cy").await);
    subscribe(&house, &bo, wishes(true, false)).await;
    let topic = Topic { kind: TopicKind::Service, value: "search".to_owned() };
    subscribe(&house, &cy, SubscriptionWishes { topics: vec![topic], ..wishes(true, true) }).await;
    publish(&house, false).await;
    house.app.unpublish(&house.ada, &house.postmortem).await.unwrap();
    announce(&house).await;
    assert!(house.post.mails().is_empty());
    publish(&house, false).await;
    announce(&house).await;
    let [mail] = &house.post.mails()[..] else { panic!("one mail") };
    assert!(header(mail, "To:").contains("bo@example.org"), "{mail}");
}

#[tokio::test]
async fn a_mail_server_that_refuses_for_now_is_asked_again_for_those_who_were_not_told() {
    let house = House::open().await;
    for name in ["bo", "cy"] {
        let caller = person(&house.app, name).await;
        subscribe(&house, &caller, wishes(true, false)).await;
    }
    publish(&house, false).await;
    house.post.refusals.lock().unwrap().push_back("450 come back later");
    let fault = house.app.announce(&house.postmortem).await;
    assert!(matches!(fault, Err(Fault::Later(_))), "{fault:?}");
    assert_eq!(house.post.mails().len(), 1, "the others are told all the same");
    announce(&house).await;
    let mails = house.post.mails();
    let mut told: Vec<_> = mails.iter().map(|mail| header(mail, "To:")).collect();
    told.sort_unstable();
    assert_eq!(told, ["To: bo@example.org", "To: cy@example.org"]);
}

#[tokio::test]
async fn channels_and_programs_hear_of_it_and_a_broken_one_is_left_alone() {
    let house = House::open().await;
    let (alma, (address, taken)) = (admin(&house).await, listen().await);
    for (kind, name) in [
        (ChannelKind::Slack, "slack"),
        (ChannelKind::Teams, "teams"),
        (ChannelKind::Webhook, "program"),
        (ChannelKind::Slack, "gone"),
    ] {
        let new = channel(kind, format!("{address}/{name}"));
        house.app.add_channel(&alma, new).await.unwrap();
    }
    publish(&house, false).await;
    let fault = house.app.announce(&house.postmortem).await;
    assert!(matches!(fault, Err(Fault::Never(_))), "{fault:?}");
    announce(&house).await;
    let mut taken = taken.lock().unwrap().clone();
    taken.sort_by(|a, b| a.0.cmp(&b.0));
    let names: Vec<_> = taken.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["program", "slack", "teams"], "each once");
    for (name, _, body) in &taken {
        assert!(body.contains("Page on failed check-outs 1"), "{name}: {body}");
    }
    let (_, headers, body) = &taken[0];
    assert_eq!(headers["webhook-id"], format!("{}.1", house.postmortem));
    assert!(headers["webhook-signature"].to_str().unwrap().starts_with("v1,"));
    let message: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(message["type"], "postmortem.published");
    assert_eq!(message["data"]["title"], "Check-out fails");

    let channels = house.app.channels(&alma).await.unwrap();
    let broken: Vec<_> = channels.iter().filter(|it| it.problem.is_some()).collect();
    let [gone] = &broken[..] else { panic!("{broken:?}") };
    assert!(gone.url.ends_with("/gone"));
    let saved = house.app.change_channel(&alma, &gone.id, None, ChannelPatch::default()).await;
    assert_eq!(saved.unwrap().problem, None);
}

#[tokio::test]
async fn channels_are_for_administrators_and_lead_where_trackers_may() {
    let house = House::open().await;
    let alma = admin(&house).await;
    assert!(house.app.channels(&house.ada).await.is_err());
    for bad in ["http://chat.example.org/x", "ftp://x", "https://name:secret@x.example/", ""] {
        let refused =
            house.app.add_channel(&alma, channel(ChannelKind::Slack, bad.to_owned())).await;
        assert!(refused.is_err(), "{bad}");
    }
    assert!(matches!(
        afterword_integrations::chat::ChatAddress::of_organisation("http://10.0.0.1/x"),
        Err(ChatError::Refused(_))
    ));
}

#[tokio::test]
async fn the_week_is_told_on_monday_with_what_happened_a_year_ago() {
    let house = House::open().await;
    let bo = person(&house.app, "bo").await;
    subscribe(&house, &bo, wishes(false, true)).await;
    publish(&house, false).await;
    let digest = async || house.app.digest_week(&bo.person.id).await;
    let monday: Timestamp = "2026-03-09T08:00:00Z".parse().unwrap();
    assert_eq!(digest().await, Ok(Ended::Again(monday)), "not before it is time");
    assert!(house.post.mails().is_empty());

    house.pass(6 * DAY);
    let next: Timestamp = "2026-03-16T08:00:00Z".parse().unwrap();
    assert_eq!(digest().await, Ok(Ended::Again(next)));
    assert_eq!(digest().await, Ok(Ended::Again(next)), "asked again, nothing is told again");
    let [mail] = &house.post.mails()[..] else { panic!("one mail") };
    assert!(mail.contains("Published lately:") && !mail.contains("A year ago"), "{mail}");

    house.pass(7 * DAY);
    digest().await.unwrap();
    assert_eq!(house.post.mails().len(), 1, "a week without news is no mail");

    // The incident began on 1 March 2026, a Sunday: its week a year later begins on 1 March 2027.
    house.pass(350 * DAY);
    digest().await.unwrap();
    let mails = house.post.mails();
    let mail = mails.last().unwrap();
    assert_eq!(mails.len(), 2);
    assert_eq!(header(mail, "Subject:").trim(), "Subject: A year ago: Check-out fails");
    assert!(mail.contains("A year ago this week:"), "{mail}");
}

#[tokio::test]
async fn a_link_in_each_mail_is_good_for_an_end_of_all_of_them() {
    let house = House::open().await;
    let bo = person(&house.app, "bo").await;
    subscribe(&house, &bo, wishes(true, true)).await;
    publish(&house, false).await;
    announce(&house).await;
    let token = house.token("Hear no more of it:");
    assert!(house.app.switch_reminders_off(&token).await.is_err(), "it is good for one thing");
    for _ in 0..2 {
        house.app.unsubscribe(&token).await.unwrap();
    }
    let view = house.app.subscription(&bo, &bo.person.id).await.unwrap();
    assert!(!view.at_once && !view.weekly);
    assert!(house.app.unsubscribe("made.up").await.is_err());
}
