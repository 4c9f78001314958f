//! Calls, who is asked to them, and what each was told.

use std::collections::BTreeSet;

use afterword_domain::appointment::{
    Appointment, AppointmentState, Attending, Known, NoticeKind, Plan, notice,
};
use afterword_domain::job::Job;
use afterword_storage::{JobEnd, StorageError, TakenJob, ToldOfCall};

use crate::store::{Store, at};

on_both_engines!(
    everybody_who_is_invited_is_asked_and_told_in_the_same_breath,
    a_call_is_changed_once_by_whoever_read_it,
    an_answer_is_for_the_hour_that_was_asked,
    calls_follow_who_is_invited,
    whoever_comes_to_another_session_is_not_asked_to_this_one,
    what_somebody_was_told_stands_once_and_never_goes_back,
    feeds_hold_what_is_not_long_over,
    what_goes_away_takes_its_calls_along,
);

fn call(id: &str, starts: i64) -> Appointment {
    Appointment {
        id: id.to_owned(),
        postmortem_id: "p".to_owned(),
        plan: Plan {
            starts_at: at(starts),
            minutes: 60,
            call_url: Some("https://meet.example/a".to_owned()),
            recorded: true,
        },
        state: AppointmentState::Standing,
        sequence: 0,
        created_by: "p".to_owned(),
        created_at: at(1),
        version: 1,
    }
}

/// A post-mortem to which these are invited.
async fn invited(store: &Store, people: &[&str]) {
    store.postmortem("p").await;
    for person in people {
        store.person(person).await;
        store.storage.set_invitee("p", person, true, at(0)).await.unwrap();
    }
}

/// Ends the job that waits, and says for which call it was.
async fn told(store: &Store) -> Option<String> {
    let taken = store.storage.take_job("s", at(1_000_000), at(2_000_000)).await.unwrap()?;
    store.storage.end_job(&taken, "s", &JobEnd::Done).await.unwrap();
    match taken {
        TakenJob { job: Some(Job::Invite { appointment }), .. } => Some(appointment),
        other => panic!("another job: {other:?}"),
    }
}

async fn read(store: &Store, id: &str) -> Appointment {
    store.storage.appointment(id).await.unwrap().unwrap()
}

/// Each person with their answer.
async fn answers(store: &Store, id: &str) -> Vec<(String, Option<Attending>)> {
    let all = store.storage.attendances(id).await.unwrap();
    all.into_iter().map(|it| (it.person_id, it.answer)).collect()
}

async fn everybody_who_is_invited_is_asked_and_told_in_the_same_breath(store: &Store) {
    invited(store, &["ana", "bo"]).await;
    store.person("cy").await;
    let new = call("a", 100);
    store.storage.add_appointment(&new, None).await.unwrap();
    assert_eq!(read(store, "a").await, new);
    let all = store.storage.attendances("a").await.unwrap();
    let asked: Vec<_> = all.iter().map(|it| (&it.person_id[..], &it.name[..])).collect();
    assert_eq!(asked, [("ana", "Person ana"), ("bo", "Person bo")]);
    assert_eq!((all[0].answer, &all[0].time_zone[..]), (None, "Europe/Berlin"));
    assert_eq!(told(store).await.as_deref(), Some("a"));

    // A second session, and one that cannot be stored: nobody is told of it.
    store.storage.add_appointment(&call("b", 50), None).await.unwrap();
    assert_eq!(told(store).await.as_deref(), Some("b"));
    let twice = store.storage.add_appointment(&new, None).await;
    assert!(matches!(twice, Err(StorageError::Exists)), "{twice:?}");
    assert_eq!(told(store).await, None);
    let of_it = store.storage.appointments_of("p").await.unwrap();
    assert_eq!(of_it.iter().map(|it| &it.id[..]).collect::<Vec<_>>(), ["b", "a"]);
}

async fn a_call_is_changed_once_by_whoever_read_it(store: &Store) {
    invited(store, &["ana"]).await;
    let (storage, first) = (&store.storage, call("a", 100));
    storage.add_appointment(&first, None).await.unwrap();
    told(store).await;
    let elsewhere = Plan { call_url: None, ..first.plan.clone() };
    storage.change_appointment(&first, &elsewhere, at(2)).await.unwrap();
    assert_eq!(told(store).await.as_deref(), Some("a"));
    let stands = read(store, "a").await;
    assert_eq!((&stands.plan, stands.sequence, stands.version), (&elsewhere, 1, 2));
    let stale = storage.change_appointment(&first, &first.plan, at(3)).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    let stale = storage.cancel_appointment(&first, at(3)).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    assert_eq!(told(store).await, None);

    storage.cancel_appointment(&stands, at(4)).await.unwrap();
    let off = read(store, "a").await;
    assert_eq!((off.state, off.sequence, off.version), (AppointmentState::Cancelled, 2, 3));
    assert_eq!(told(store).await.as_deref(), Some("a"));
    let gone = storage.change_appointment(&off, &first.plan, at(5)).await;
    assert!(matches!(gone, Err(StorageError::Stale)), "{gone:?}");
}

async fn an_answer_is_for_the_hour_that_was_asked(store: &Store) {
    invited(store, &["ana", "bo"]).await;
    let (storage, first) = (&store.storage, call("a", 100));
    storage.add_appointment(&first, None).await.unwrap();
    let say = async |person: &str, starts: i64, answer, note: &str| {
        let starts = at(starts);
        storage.answer_appointment("a", person, starts, answer, note, at(7)).await.unwrap()
    };
    assert!(say("ana", 100, Attending::Yes, "").await);
    assert!(say("ana", 100, Attending::Maybe, "train").await);
    assert!(!say("p", 100, Attending::Yes, "").await, "they are not asked");
    assert!(!say("bo", 101, Attending::Yes, "").await, "that is not its hour");
    let all = storage.attendances("a").await.unwrap();
    assert_eq!(
        (all[0].answer, &all[0].note[..], all[0].answered_at),
        (Some(Attending::Maybe), "train", Some(at(7)))
    );
    // Another link asks nobody anew; another hour does.
    let elsewhere = Plan { call_url: None, ..first.plan.clone() };
    storage.change_appointment(&first, &elsewhere, at(8)).await.unwrap();
    let yet = [("ana".to_owned(), Some(Attending::Maybe)), ("bo".to_owned(), None)];
    assert_eq!(answers(store, "a").await, yet);
    let later = Plan { starts_at: at(200), ..elsewhere };
    storage.change_appointment(&read(store, "a").await, &later, at(9)).await.unwrap();
    assert_eq!(answers(store, "a").await, [("ana".to_owned(), None), ("bo".to_owned(), None)]);
    assert!(!say("ana", 100, Attending::Yes, "").await);
    assert!(say("ana", 200, Attending::No, "").await);
    storage.cancel_appointment(&read(store, "a").await, at(10)).await.unwrap();
    assert!(!say("ana", 200, Attending::Yes, "").await, "it is called off");
}

async fn calls_follow_who_is_invited(store: &Store) {
    invited(store, &["ana"]).await;
    let storage = &store.storage;
    for new in [call("over", -7200), call("ahead", 100), call("off", 100)] {
        storage.add_appointment(&new, None).await.unwrap();
    }
    storage.cancel_appointment(&call("off", 100), at(2)).await.unwrap();
    while told(store).await.is_some() {}
    storage.set_invitee("p", "ana", false, at(3)).await.unwrap();
    assert_eq!(told(store).await, None, "nothing is different");

    store.person("bo").await;
    storage.set_invitee("p", "bo", true, at(3)).await.unwrap();
    assert!(storage.remove_invitee("p", "ana", at(3)).await.unwrap());
    assert!(!storage.remove_invitee("p", "ana", at(3)).await.unwrap());
    assert_eq!(told(store).await.as_deref(), Some("ahead"));
    assert_eq!(told(store).await, None);
    assert_eq!(answers(store, "ahead").await, [("bo".to_owned(), None)]);
    for untouched in ["over", "off"] {
        assert_eq!(answers(store, untouched).await, [("ana".to_owned(), None)], "{untouched}");
    }
    let first = read(store, "ahead").await.sequence;
    storage.set_invitee("p", "ana", true, at(4)).await.unwrap();
    assert_eq!(answers(store, "ahead").await.len(), 2);
    assert!(
        read(store, "ahead").await.sequence > first,
        "a calendar that let it go takes it again"
    );
}

async fn whoever_comes_to_another_session_is_not_asked_to_this_one(store: &Store) {
    invited(store, &["ana", "bo", "cy"]).await;
    let storage = &store.storage;
    let only = |people: &[&str]| people.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
    let (early, late) = (only(&["ana", "bo"]), only(&["bo", "cy"]));
    storage.add_appointment(&call("early", 100), Some(&early)).await.unwrap();
    storage.add_appointment(&call("late", 200), Some(&late)).await.unwrap();
    let asked =
        async |id: &str| answers(store, id).await.into_iter().map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(asked("early").await, ["ana", "bo"]);
    assert_eq!(asked("late").await, ["bo", "cy"]);
    // Whoever is invited later chooses; whoever was let go and is invited again comes as before.
    store.person("dee").await;
    storage.remove_invitee("p", "cy", at(3)).await.unwrap();
    storage.add_invitees("p", &["cy".to_owned(), "dee".to_owned()], at(4)).await.unwrap();
    assert_eq!(asked("early").await, ["ana", "bo", "dee"]);
    assert_eq!(asked("late").await, ["bo", "cy", "dee"]);
}

async fn what_somebody_was_told_stands_once_and_never_goes_back(store: &Store) {
    invited(store, &["ana"]).await;
    let (storage, new) = (&store.storage, call("a", 100));
    storage.add_appointment(&new, None).await.unwrap();
    assert!(storage.told_of_appointment("a").await.unwrap().is_empty());
    let known = |kind, sequence, plan: &Plan| ToldOfCall {
        person_id: "ana".to_owned(),
        known: Known { kind, sequence, plan: plan.clone() },
    };
    let later = Plan { starts_at: at(200), call_url: None, recorded: false, minutes: 30 };
    let (first, second) =
        (known(NoticeKind::Request, 0, &new.plan), known(NoticeKind::Cancel, 3, &later));
    for told in [&first, &first, &second, &first] {
        storage.save_told_of_appointment("a", told, at(5)).await.unwrap();
    }
    // A server that was slow notes the older mail last: the newer one counts.
    let stands = storage.told_of_appointment("a").await.unwrap();
    assert_eq!(stands, [second]);
    let stands = stands.first().map(|it| &it.known);
    assert!(notice(&new, true, stands).is_some() && notice(&new, false, stands).is_none());
}

async fn feeds_hold_what_is_not_long_over(store: &Store) {
    invited(store, &["ana"]).await;
    let storage = &store.storage;
    for new in [call("long_ago", -7200), call("late", 300), call("soon", 100)] {
        storage.add_appointment(&new, None).await.unwrap();
    }
    storage.cancel_appointment(&call("soon", 100), at(2)).await.unwrap();
    let ids = |all: Vec<Appointment>| all.into_iter().map(|it| it.id).collect::<Vec<_>>();
    let all = storage.appointments_since(at(0), 9).await.unwrap();
    assert_eq!(ids(all), ["soon", "late"]);
    assert_eq!(ids(storage.appointments_since(at(-7200), 2).await.unwrap()), ["soon", "late"]);
    assert_eq!(ids(storage.appointments_with("ana", at(0), 9).await.unwrap()), ["soon", "late"]);
    assert!(storage.appointments_with("p", at(0), 9).await.unwrap().is_empty());
}

async fn what_goes_away_takes_its_calls_along(store: &Store) {
    invited(store, &["ana"]).await;
    let storage = &store.storage;
    storage.add_appointment(&call("a", 100), None).await.unwrap();
    let told = ToldOfCall {
        person_id: "ana".to_owned(),
        known: Known { kind: NoticeKind::Request, sequence: 0, plan: call("a", 100).plan },
    };
    storage.save_told_of_appointment("a", &told, at(5)).await.unwrap();
    storage.remove_postmortem("p").await.unwrap();
    assert_eq!(storage.appointment("a").await.unwrap(), None);
    assert!(storage.told_of_appointment("a").await.unwrap().is_empty());
    assert!(storage.attendances("a").await.unwrap().is_empty());
}
