use afterword_domain::action::Action;
use afterword_domain::feedback::{Answer, Kind};
use afterword_domain::job::Job;
use afterword_domain::meeting::{Followed, Meeting};
use afterword_storage::{Feedback, Lesson, ProjectionRow, RequestState, StorageError, TakenJob};
use jiff::Timestamp;

use crate::store::{Store, at};

fn comment(id: &str, author: &str, about: &str, at_ms: i64) -> Feedback {
    Feedback {
        id: id.to_owned(),
        postmortem_id: "p".to_owned(),
        author: author.to_owned(),
        about: about.to_owned(),
        at_ms,
        step_id: Some("welcome".to_owned()),
        kind: Kind::Question,
        text: format!("words of {id}"),
        created_at: at(at_ms),
        answer: None,
        answer_text: String::new(),
        answered_at: None,
        version: 1,
    }
}

/// A post-mortem that its opener `p` led, and two who may say something about it.
async fn led(store: &Store) {
    store.postmortem("p").await;
    for person in ["ana", "bo"] {
        store.person(person).await;
    }
}

pub(crate) async fn project_meeting(store: &Store, seq: i64, meeting: Meeting, now: Timestamp) {
    let (record, actions) = ("{}".to_owned(), Vec::<Action>::new());
    let projection = ProjectionRow { seq, record, actions, meeting };
    store.storage.save_projection("p", &projection, now).await.unwrap();
}

async fn comments_stand_in_the_order_of_their_minutes(store: &Store) {
    led(store).await;
    let storage = &store.storage;
    for (id, author, at_ms) in [("late", "ana", 90), ("early", "bo", 10)] {
        storage.add_feedback(&comment(id, author, "p", at_ms)).await.unwrap();
    }
    let all = storage.feedback_of("p").await.unwrap();
    assert_eq!(all, [comment("early", "bo", "p", 10), comment("late", "ana", "p", 90)]);
    let received = storage.feedback_about("p").await.unwrap();
    assert_eq!(received.iter().map(|it| &it.it.id[..]).collect::<Vec<_>>(), ["late", "early"]);
    assert_eq!((&received[0].title[..], &received[0].handbook), ("Outage p", &None));
    assert!(storage.feedback_about("ana").await.unwrap().is_empty());
    let since = storage.feedback_since(at(10)).await.unwrap();
    assert_eq!(since.iter().map(|it| &it.it.id[..]).collect::<Vec<_>>(), ["late"]);
    assert_eq!(storage.feedback("none").await.unwrap(), None);
}

async fn an_answered_comment_stays(store: &Store) {
    led(store).await;
    let storage = &store.storage;
    let first = comment("f", "ana", "p", 10);
    storage.add_feedback(&first).await.unwrap();
    let answered = Feedback {
        answer: Some(Answer::Adopted),
        answer_text: "I will.".to_owned(),
        answered_at: Some(at(20)),
        ..first.clone()
    };
    storage.change_feedback(&answered).await.unwrap();
    // Whoever read it before that writes on top of nothing.
    let stale =
        storage.change_feedback(&Feedback { text: "late".to_owned(), ..first.clone() }).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    for version in [1, 2] {
        let withdrawn = storage.withdraw_feedback(&Feedback { version, ..first.clone() }).await;
        assert!(matches!(withdrawn, Err(StorageError::Stale)), "{withdrawn:?}");
    }
    let kept = storage.feedback("f").await.unwrap().unwrap().it;
    assert_eq!(kept, Feedback { version: 2, ..answered });
    storage.add_feedback(&comment("other", "bo", "p", 11)).await.unwrap();
    storage.withdraw_feedback(&comment("other", "bo", "p", 11)).await.unwrap();
    assert_eq!(storage.feedback_of("p").await.unwrap().len(), 1);
}

async fn jobs(store: &Store) -> Vec<Job> {
    let mut jobs = Vec::new();
    while let Some(TakenJob { job: Some(job), .. }) =
        store.storage.take_job("s", at(1_000_000), at(2_000_000)).await.unwrap()
    {
        jobs.push(job);
    }
    jobs
}

async fn a_request_is_settled_once_and_passes_on_when_declined(store: &Store) {
    led(store).await;
    let storage = &store.storage;
    let people = ["ana".to_owned(), "bo".to_owned()];
    storage.request_feedback("p", &people, at(5)).await.unwrap();
    storage.request_feedback("p", &people[..1], at(9)).await.unwrap();
    let tell = |person: &str| Job::TellOfRequests { person: person.to_owned() };
    assert_eq!(jobs(store).await, [tell("ana"), tell("bo")]);
    let asked = storage.feedback_asked_of("ana").await.unwrap();
    assert_eq!((asked.len(), asked[0].asked_at, &asked[0].title[..]), (1, at(5), "Outage p"));
    storage.note_told_of_requests(&asked, at(6)).await.unwrap();
    assert_eq!(storage.feedback_asked_of("ana").await.unwrap()[0].told_at, Some(at(6)));
    let last = storage.feedback_asked_last().await.unwrap();
    assert_eq!(last.get("ana"), Some(&at(5)));
    assert!(last["ana"] < last["bo"], "they were asked in this order");

    let settle = async |person: &str, state| {
        storage.settle_request("p", person, state, at(7)).await.unwrap()
    };
    assert!(settle("ana", RequestState::Declined).await);
    assert!(!settle("ana", RequestState::Done).await);
    assert!(!settle("p", RequestState::Done).await);
    assert_eq!(jobs(store).await, [Job::AskForFeedback { postmortem: "p".to_owned() }]);
    // Whoever says something has done what they were asked.
    storage.add_feedback(&comment("f", "bo", "p", 10)).await.unwrap();
    assert!(storage.feedback_asked_of("bo").await.unwrap().is_empty());
    let all = storage.feedback_requests("p").await.unwrap();
    let states: Vec<_> = all.iter().map(|it| (&it.person_id[..], it.state)).collect();
    assert_eq!(states, [("ana", RequestState::Declined), ("bo", RequestState::Done)]);
}

async fn a_meeting_that_ends_asks_once_for_feedback(store: &Store) {
    led(store).await;
    let handbook = Some(Followed { id: "60-minutes".to_owned(), version: 2 });
    let open = Meeting { opened_at: Some(at(0)), handbook, ..Meeting::default() };
    project_meeting(store, 1, open.clone(), at(10)).await;
    assert_eq!(jobs(store).await, []);
    let ended = Meeting { closed_at: Some(at(3600)), ..open };
    project_meeting(store, 2, ended.clone(), at(3601)).await;
    assert_eq!(jobs(store).await, [Job::AskForFeedback { postmortem: "p".to_owned() }]);
    store.sql("DELETE FROM jobs").await;
    project_meeting(store, 3, ended.clone(), at(3700)).await;
    assert_eq!(jobs(store).await, []);
    // Read anew long afterwards, as after an upgrade.
    store.sql("DELETE FROM projections").await;
    project_meeting(store, 3, ended, at(3600 + 15 * 86_400)).await;
    assert_eq!(jobs(store).await, []);
}

async fn lessons_are_their_writers_alone(store: &Store) {
    led(store).await;
    let storage = &store.storage;
    let lesson = |id: &str, person: &str| Lesson {
        id: id.to_owned(),
        person_id: person.to_owned(),
        postmortem: Some(("p".to_owned(), "Outage p".to_owned())),
        at_ms: Some(754_000),
        text: "Ask support first".to_owned(),
        created_at: at(3),
        version: 1,
    };
    storage.add_lesson(&lesson("l", "ana")).await.unwrap();
    storage.add_lesson(&lesson("m", "bo")).await.unwrap();
    assert_eq!(storage.lessons("ana").await.unwrap(), [lesson("l", "ana")]);
    storage.change_lesson(&lesson("l", "ana"), "Ask support").await.unwrap();
    for other in [lesson("l", "ana"), Lesson { version: 2, ..lesson("l", "bo") }] {
        let refused = storage.change_lesson(&other, "other words").await;
        assert!(matches!(refused, Err(StorageError::Stale)), "{refused:?}");
        let refused = storage.remove_lesson(&other).await;
        assert!(matches!(refused, Err(StorageError::Stale)), "{refused:?}");
    }
    let kept = storage.lessons("ana").await.unwrap();
    assert_eq!((&kept[0].text[..], kept[0].version), ("Ask support", 2));
    storage.remove_lesson(&kept[0]).await.unwrap();
    assert!(storage.lessons("ana").await.unwrap().is_empty());
}

on_both_engines!(
    comments_stand_in_the_order_of_their_minutes,
    an_answered_comment_stays,
    a_request_is_settled_once_and_passes_on_when_declined,
    a_meeting_that_ends_asks_once_for_feedback,
    lessons_are_their_writers_alone,
);
