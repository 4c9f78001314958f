//! From asking to a mail that a mail server took, and from its link into the record.

use afterword_domain::input::defaults;

use super::{InputAnswer, InputAsk, InputToAsk, InputToGive};
use crate::access::Caller;
use crate::jobs::queue::{Ended, Fault};
use crate::reminders::tests::{House, header, person};

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

#[tokio::test]
async fn a_request_is_forgotten_after_a_month() {
    let (house, people) = asked(&["bo"]).await;
    send(&house).await.unwrap();
    house.pass(30 * 24 * HOUR);
    assert_eq!(send(&house).await, Ok(Ended::Done));
    assert_eq!(house.app.home(&people[0]).await.unwrap().wanted.len(), 0);
}
