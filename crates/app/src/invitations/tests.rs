//! From an arranged call to the mails that a mail server took, and from their links to the answers.

use std::sync::atomic::Ordering;

use afterword_domain::appointment::{Attending, Plan};
use jiff::{SignedDuration, Timestamp};

use super::InvitationAnswer;
use crate::access::Caller;
use crate::appointments::{AppointmentPatch, AppointmentView};
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};
use crate::reminders::tests::{House, header, person};

/// An hour after the tests' clock begins.
const SOON: &str = "2026-03-03T10:00:00Z";
const LATER: &str = "2026-03-04T16:30:00Z";

/// A call to which Ada and Bo are asked.
struct Arranged {
    house: House,
    bo: Caller,
    call: AppointmentView,
}

impl Arranged {
    async fn open() -> Self {
        let house = House::open().await;
        let bo = person(&house.app, "bo").await;
        for it in [&house.ada, &bo] {
            house.invite(&it.person.id).await;
        }
        let plan = Plan {
            starts_at: SOON.parse().unwrap(),
            minutes: 60,
            call_url: Some("https://meet.example/a-b".to_owned()),
            recorded: true,
        };
        let call = house.app.arrange_call(&house.ada, &house.postmortem, plan, None).await.unwrap();
        Self { house, bo, call }
    }

    async fn tell(&self) -> Result<Ended, Fault> {
        self.house.app.tell_of_call(&self.call.id).await
    }

    /// Tells where nothing may go wrong; answers the mails that came thereby.
    async fn told(&self) -> Vec<String> {
        let before = self.house.post.mails().len();
        assert_eq!(self.tell().await, Ok(Ended::Done));
        let mut mails = self.house.post.mails().split_off(before);
        mails.sort_by_key(|mail| header(mail, "To:").to_owned());
        mails
    }

    async fn change(&self, patch: AppointmentPatch) {
        let (app, ada) = (&self.house.app, &self.house.ada);
        app.change_call(ada, &self.call.id, None, patch).await.unwrap();
    }

    async fn move_to(&self, starts_at: &str) {
        let starts_at = Some(starts_at.parse().unwrap());
        self.change(AppointmentPatch { starts_at, ..AppointmentPatch::default() }).await;
    }

    async fn cancel(&self) {
        self.house.app.cancel_call(&self.house.ada, &self.call.id, None).await.unwrap();
    }

    async fn answer(&self, token: &str, answer: Attending) -> Result<Option<Attending>, AppError> {
        let starts_at = self.house.app.read_invitation(token).await?.starts_at;
        let (token, note) = (token.to_owned(), "by train".to_owned());
        let given = InvitationAnswer { token, answer, note, starts_at };
        Ok(self.house.app.answer_invitation(given).await?.answer)
    }
}

/// The lines of the calendar in a mail, as they were before they were folded.
fn calendar(mail: &str) -> Vec<String> {
    let begin = mail.find("BEGIN:VCALENDAR").expect("a calendar in plain text");
    let end = mail[begin..].find("END:VCALENDAR").expect("its end");
    let text = mail[begin..begin + end].replace("\n ", "");
    text.lines().map(str::to_owned).collect()
}

fn has(mail: &str, line: &str) {
    let lines = calendar(mail);
    assert!(lines.iter().any(|it| it == line), "{line} is missing in {lines:#?}");
}

fn link(mail: &str, words: &str) -> String {
    let line = mail.lines().find(|line| line.contains(words)).expect("such a line");
    line.split_once('#').expect("a link").1.trim().to_owned()
}

#[tokio::test]
async fn everybody_who_is_asked_is_told_once_what_it_is_and_when() {
    let it = Arranged::open().await;
    let [ada, bo] = &it.told().await[..] else { panic!("two mails") };
    assert!(header(ada, "To:").contains("ada@example.org"), "{ada}");
    assert!(header(bo, "To:").contains("bo@example.org"), "{bo}");
    for words in [
        "Hello ada,",
        "you are asked to the post-mortem of “Check-out fails”.",
        "Tuesday 3 March 2026, 11:00 to 12:00 (Europe/Berlin)",
        "  10:00 to 11:00 UTC",
        "The call: https://meet.example/a-b",
        "Nobody will be blamed",
        "The call will be recorded. Those who take part can watch it",
        &format!("http://127.0.0.1:8787/postmortems/{}/input", it.house.postmortem),
    ] {
        assert!(decoded(ada).contains(words), "{words} is missing in\n{ada}");
    }
    let no = "I cannot come: http://127.0.0.1:8787/attend?answer=no&hour=1772532000#";
    assert!(ada.contains(no), "{ada}");
    for line in [
        "METHOD:REQUEST",
        &format!("UID:{}", it.call.id),
        "SEQUENCE:0",
        "DTSTART:20260303T100000Z",
        "DTEND:20260303T110000Z",
        "SUMMARY:Post-mortem: Check-out fails",
        "STATUS:CONFIRMED",
        "ORGANIZER;CN=Afterword:mailto:afterword@localhost",
    ] {
        has(ada, line);
    }
    let about = calendar(ada).concat();
    assert!(!about.contains("/attend?"), "others see it in a calendar: {about}");
    assert!(it.told().await.is_empty(), "nobody is told twice");
}

#[tokio::test]
async fn a_call_that_moves_is_told_with_both_hours_under_the_same_uid() {
    let it = Arranged::open().await;
    let first = it.told().await;
    let token = link(&first[1], "I will be there:");
    it.answer(&token, Attending::Yes).await.unwrap();
    it.move_to(LATER).await;
    let [ada, _] = &it.told().await[..] else { panic!("two mails") };
    for words in [
        "is at another hour now.",
        "Wednesday 4 March 2026, 17:30 to 18:30 (Europe/Berlin)",
        "Before: Tuesday 3 March 2026, 11:00 to 12:00 (Europe/Berlin)",
        "  10:00 to 11:00 UTC",
        "Will you be there, now that it is moved?",
    ] {
        assert!(decoded(ada).contains(words), "{words} is missing in\n{ada}");
    }
    for line in
        ["METHOD:REQUEST", &format!("UID:{}", it.call.id), "SEQUENCE:1", "DTSTART:20260304T163000Z"]
    {
        has(ada, line);
    }
    assert_ne!(header(ada, "Message-ID:"), header(&first[0], "Message-ID:"));
    // Whoever had said yes said it to another hour.
    let asked = it.house.app.read_invitation(&token).await.unwrap();
    assert_eq!((asked.answer, asked.starts_at), (None, LATER.parse().unwrap()));
}

#[tokio::test]
async fn two_changes_before_anybody_was_told_are_one_mail_and_one_taken_back_is_none() {
    let it = Arranged::open().await;
    it.told().await;
    it.move_to(LATER).await;
    it.move_to(SOON).await;
    assert!(it.told().await.is_empty(), "they know what stands");
    it.move_to(LATER).await;
    it.change(AppointmentPatch { recorded: Some(false), ..AppointmentPatch::default() }).await;
    let [ada, _] = &it.told().await[..] else { panic!("two mails") };
    assert!(ada.contains("The call will not be recorded."), "{ada}");
    has(ada, "SEQUENCE:4");
}

#[tokio::test]
async fn a_call_that_is_called_off_goes_from_calendars() {
    let it = Arranged::open().await;
    let first = it.told().await;
    it.cancel().await;
    let [ada, _] = &it.told().await[..] else { panic!("two mails") };
    assert!(decoded(ada).contains("is called off"), "{ada}");
    for line in [
        "METHOD:CANCEL",
        "STATUS:CANCELLED",
        &format!("UID:{}", it.call.id),
        "SEQUENCE:1",
        "DTSTART:20260303T100000Z",
    ] {
        has(ada, line);
    }
    assert!(it.told().await.is_empty());
    let token = link(&first[1], "I will be there:");
    let settled = it.house.app.read_invitation(&token).await.unwrap().settled.unwrap();
    assert!(settled.contains("called off"), "{settled}");
    let late = it.answer(&token, Attending::Yes).await;
    assert!(matches!(late, Err(AppError::Conflict(_))), "{late:?}");
}

#[tokio::test]
async fn a_call_that_was_called_off_before_anybody_heard_of_it_is_not_told() {
    let it = Arranged::open().await;
    it.cancel().await;
    assert!(it.told().await.is_empty());
}

#[tokio::test]
async fn only_whom_it_concerns_is_told_when_others_come_and_go() {
    let it = Arranged::open().await;
    let first = it.told().await;
    let cy = person(&it.house.app, "cy").await;
    it.house.invite(&cy.person.id).await;
    let [mail] = &it.told().await[..] else { panic!("one mail") };
    assert!(header(mail, "To:").contains("cy@example.org"), "{mail}");
    has(mail, "METHOD:REQUEST");

    it.house.uninvite(&it.bo.person.id).await;
    let [mail] = &it.told().await[..] else { panic!("one mail") };
    assert!(header(mail, "To:").contains("bo@example.org"), "{mail}");
    assert!(decoded(mail).contains("It takes place, and the hour is yours again."), "{mail}");
    has(mail, "METHOD:CANCEL");
    let token = link(&first[1], "I will be there:");
    let settled = it.house.app.read_invitation(&token).await.unwrap().settled.unwrap();
    assert!(settled.contains("not asked"), "{settled}");
    let answer = it.answer(&token, Attending::Yes).await;
    assert!(matches!(answer, Err(AppError::Conflict(_))), "{answer:?}");

    it.house.invite(&it.bo.person.id).await;
    let [mail] = &it.told().await[..] else { panic!("one mail") };
    has(mail, "METHOD:REQUEST");
    has(mail, "SEQUENCE:3");
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_goes_again_and_is_known_again() {
    let it = Arranged::open().await;
    it.house.post.hangs_up.store(true, Ordering::Relaxed);
    assert!(matches!(it.tell().await, Err(Fault::Later(_))));
    it.told().await;
    let mails = it.house.post.mails();
    let to = |name: &str| -> Vec<_> {
        let all = mails.iter().filter(|mail| header(mail, "To:").contains(name));
        all.map(|mail| header(mail, "Message-ID:")).collect()
    };
    let (ada, bo) = (to("ada@"), to("bo@"));
    assert_eq!(ada.len() + bo.len(), 3, "each once, and one again");
    let twice = if ada.len() == 2 { ada } else { bo };
    assert_eq!(twice[0], twice[1]);
}

#[tokio::test]
async fn whoever_cannot_be_written_to_now_is_written_to_later_and_nobody_waits_for_them() {
    let it = Arranged::open().await;
    it.house.post.refusals.lock().unwrap().push_back("450 come back later");
    assert!(matches!(it.tell().await, Err(Fault::Later(_))));
    assert_eq!(it.house.post.mails().len(), 1);
    assert_eq!(it.told().await.len(), 1);
    assert!(it.told().await.is_empty());
}

#[tokio::test]
async fn people_change_their_minds_until_the_call_is_over() {
    let it = Arranged::open().await;
    let token = link(&it.told().await[1], "I may be there:");
    let asked = it.house.app.read_invitation(&token).await.unwrap();
    assert_eq!((asked.answer, &asked.person[..], asked.settled), (None, "bo", None));
    for answer in [Attending::Maybe, Attending::No, Attending::Yes] {
        assert_eq!(it.answer(&token, answer).await.unwrap(), Some(answer));
    }
    let list = it.house.app.appointments(&it.house.ada, &it.house.postmortem).await.unwrap();
    let bo = &list.items[0].attendances[1];
    assert_eq!((bo.answer, &bo.note[..]), (Some(Attending::Yes), "by train"));

    // For an hour that is not the call's any more nobody is taken at their word.
    let other = InvitationAnswer {
        token: token.clone(),
        answer: Attending::No,
        note: String::new(),
        starts_at: LATER.parse().unwrap(),
    };
    let refused = it.house.app.answer_invitation(other).await;
    assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
    it.house.pass(2 * 3600);
    let settled = it.house.app.read_invitation(&token).await.unwrap().settled.unwrap();
    assert!(settled.contains("over"), "{settled}");
    let late = it.answer(&token, Attending::No).await;
    assert!(matches!(late, Err(AppError::Conflict(_))), "{late:?}");
    assert!(it.told().await.is_empty(), "nobody is told of what is over");
}

#[tokio::test]
async fn one_run_tells_forty_and_the_next_goes_on() {
    let it = Arranged::open().await;
    for at in 0..43 {
        let guest = person(&it.house.app, &format!("guest{at}")).await;
        it.house.invite(&guest.person.id).await;
    }
    let now: Timestamp = "2026-03-03T09:00:00Z".parse().unwrap();
    assert_eq!(it.tell().await, Ok(Ended::Again(now)));
    assert_eq!(it.house.post.mails().len(), 40);
    assert_eq!(it.told().await.len(), 5);
    assert!(now + SignedDuration::from_hours(1) == SOON.parse().unwrap());
}

/// The words of a mail, also where they are written as quoted-printable.
fn decoded(mail: &str) -> String {
    let mut bytes = Vec::with_capacity(mail.len());
    let mut rest = mail.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|_| *first == b'=');
        let byte = digits
            .and_then(|it| std::str::from_utf8(it).ok())
            .and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
