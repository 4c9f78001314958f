//! From asking to a mail that a mail server took, and from its link into the record.

use afterword_domain::appointment::Plan;
use afterword_domain::chasing::Often;
use afterword_domain::input::defaults;
use jiff::{SignedDuration, Timestamp};

use super::{InputAnswer, InputAsk, InputToAsk, InputToGive};
use crate::access::Caller;
use crate::jobs::queue::{Ended, Fault};
use crate::reminders::tests::{House, header, person, wishes};

const ANSWER: &str = "Say what you saw:";
const HOUR: i64 = 3_600;
const ONE: &str = "0198c5a2-6b1e-4c3a-9d55-000000000001";

/// A house in which Ada has asked these people.
async fn asked(names: &[&str]) -> (House, Vec<Caller>) {
    let house = House::open().await;
    let mut people = Vec::new();
    for name in names {
        people.push(person(&house.app, name).await);
    }
    let support = "support".parse().unwrap();
    let ask = InputAsk {
        people: people.iter().map(|it| it.person.id.clone()).collect(),
        questions: defaults(&support),
        discipline: support,
    };
    let asks = InputToAsk { asks: vec![ask] };
    house.app.ask_for_input(&house.ada, &house.postmortem, asks).await.unwrap();
    (house, people)
}

async fn send(house: &House) -> Result<Ended, Fault> {
    house.app.send_input_requests(&house.postmortem).await
}

fn given(text: &str, anonymous: bool) -> InputToGive {
    let answer = InputAnswer {
        id: ONE.to_owned(),
        question: 0,
        text: text.to_owned(),
        when: None,
        at: None,
    };
    InputToGive { answers: vec![answer], anonymous, zone: None, discipline: None }
}

#[tokio::test]
async fn each_is_written_to_once_with_a_link_that_can_be_used_again() {
    let (house, _) = asked(&["bo", "cy"]).await;
    for _ in 0..2 {
        let ended = send(&house).await.unwrap();
        assert!(matches!(ended, Ended::Again(_)), "{ended:?}");
    }
    let mails = house.post.mails();
    assert_eq!(mails.len(), 2, "each once");
    for (mail, to) in mails.iter().zip(["bo", "cy"]) {
        assert!(header(mail, "To:").contains(to), "{mail}");
        assert!(header(mail, "Subject:").contains("What did you see?"), "{mail}");
        assert!(mail.contains("Who wrote first, and what did they say?"), "{mail}");
        assert!(header(mail, "List-Unsubscribe:").contains("/api/v1/input/off?token="), "{mail}");
    }
    let token = house.token(ANSWER);
    for text in ["A shop wrote", "A shop wrote"] {
        house.app.give_input_by_link(&token, given(text, false)).await.unwrap();
    }
    let record = house.app.current_record(&house.postmortem).await.unwrap().record;
    assert_eq!(record.timeline.len(), 1);
    assert!(record.timeline[0].proposed);
}

#[tokio::test]
async fn a_mail_server_that_refuses_is_asked_again_and_the_others_are_told_meanwhile() {
    let (house, _) = asked(&["bo", "cy"]).await;
    house.post.refusals.lock().unwrap().push_back("450 later");
    assert!(matches!(send(&house).await, Err(Fault::Later(_))));
    assert_eq!(house.post.mails().len(), 1);
    send(&house).await.unwrap();
    assert_eq!(house.post.mails().len(), 2);
}

#[tokio::test]
async fn whoever_has_answered_or_wants_no_more_is_looked_at_no_more() {
    let (house, people) = asked(&["bo"]).await;
    send(&house).await.unwrap();
    let off = house.token("Ask me no more about this:");
    house.app.give_input_by_link(&house.token(ANSWER), given("seen", true)).await.unwrap();
    assert!(matches!(send(&house).await, Ok(Ended::Again(_))), "nobody knows that bo answered");
    house.app.switch_input_off(&off).await.unwrap();
    assert_eq!(send(&house).await, Ok(Ended::Done));
    assert_eq!(house.app.home(&people[0]).await.unwrap().wanted.len(), 0);
}

/// Ada arranges a call in so many hours; answers when it is.
async fn call_in(house: &House, hours: i64) -> Timestamp {
    let starts_at = house.app.clock.now() + SignedDuration::from_hours(hours);
    let plan = Plan { starts_at, minutes: 60, call_url: None, recorded: false };
    house.app.arrange_call(&house.ada, &house.postmortem, plan, None).await.unwrap();
    starts_at
}

#[tokio::test]
async fn one_reminder_comes_a_day_before_the_call_and_never_a_second() {
    let (house, people) = asked(&["bo", "cy"]).await;
    send(&house).await.unwrap();
    let cy = house.token(ANSWER);
    house.app.give_input_by_link(&cy, given("seen", false)).await.unwrap();
    let begins = call_in(&house, 100).await;
    for _ in 0..150 {
        send(&house).await.unwrap();
        house.pass(HOUR);
    }
    assert!(house.app.clock.now() > begins);
    let mails = house.post.mails();
    assert_eq!(mails.len(), 3, "two requests, and one reminder to who has not answered");
    let reminder = mails.last().unwrap();
    assert!(header(reminder, "To:").contains("bo"), "{reminder}");
    assert!(header(reminder, "Subject:").contains("Before the call"), "{reminder}");
    assert!(reminder.contains("The call is on"), "{reminder}");
    assert_eq!(send(&house).await, Ok(Ended::Done), "the call is over");
    let late = house.app.give_input_by_link(&cy, given("late", false)).await;
    assert!(late.unwrap_err().to_string().contains("the call is over"));
    assert!(house.app.home(&people[0]).await.unwrap().wanted.is_empty());
}

#[tokio::test]
async fn whoever_switched_reminders_off_gets_the_request_alone() {
    let (house, people) = asked(&["bo"]).await;
    let bo = &people[0];
    let off = wishes(Often::Off);
    house.app.change_reminders(bo, &bo.person.id, None, off).await.unwrap();
    call_in(&house, 30).await;
    for _ in 0..30 {
        send(&house).await.unwrap();
        house.pass(HOUR);
    }
    assert_eq!(house.post.mails().len(), 1);
}

#[tokio::test]
async fn a_request_is_forgotten_after_a_month() {
    let (house, people) = asked(&["bo"]).await;
    send(&house).await.unwrap();
    house.pass(30 * 24 * HOUR);
    assert_eq!(send(&house).await, Ok(Ended::Done));
    assert_eq!(house.app.home(&people[0]).await.unwrap().wanted.len(), 0);
}
