//! Who was asked for input, and until when it is wanted.

use afterword_domain::input::{Call, InputQuestion, Told};
use afterword_domain::meeting::Meeting;
use afterword_storage::{InputRequest, InputState};

use crate::feedback::project_meeting;
use crate::store::{Store, at};

on_both_engines!(
    nobody_is_asked_twice,
    what_was_sent_and_said_is_noted,
    whoever_wants_to_be_asked_no_more_is_not,
    calls_count_until_they_are_cancelled,
    input_is_wanted_until_the_call_is_over,
    what_is_scheduled_is_told_to_those_who_are_asked_to_it,
    a_service_leads_to_those_who_own_it,
);

fn request(postmortem: &str, person: &str) -> InputRequest {
    InputRequest {
        id: format!("{postmortem} {person}"),
        postmortem_id: postmortem.to_owned(),
        person_id: person.to_owned(),
        discipline: "support".parse().unwrap(),
        questions: vec![InputQuestion { text: "Who wrote first?".to_owned(), timed: true }],
        asked_by: postmortem.to_owned(),
        told: Told { asked_at: at(10), mailed_at: None, reminded_at: None },
        state: InputState::Waiting,
    }
}

/// Two post-mortems and somebody who is asked about the first.
async fn asked(store: &Store) -> InputRequest {
    for id in ["p", "q"] {
        store.postmortem(id).await;
    }
    store.person("ana").await;
    let request = request("p", "ana");
    assert_eq!(store.storage.ask_for_input(std::slice::from_ref(&request)).await.unwrap(), 1);
    request
}

async fn nobody_is_asked_twice(store: &Store) {
    let first = asked(store).await;
    store.person("bo").await;
    let again = InputRequest { id: "again".to_owned(), ..first.clone() };
    let bo = InputRequest { told: Told { asked_at: at(20), ..first.told }, ..request("p", "bo") };
    assert_eq!(store.storage.ask_for_input(&[again, bo.clone()]).await.unwrap(), 1);
    assert_eq!(store.storage.input_requests("p").await.unwrap(), [first.clone(), bo]);
    let stands = store.storage.input_request("p ana").await.unwrap();
    assert_eq!(stands.as_ref(), Some(&first));
    assert_eq!(store.storage.input_asked_of("p", "ana").await.unwrap(), Some(first));
    assert_eq!(store.storage.input_asked_of("q", "ana").await.unwrap(), None);
    let jobs = store.storage.jobs(9).await.unwrap();
    let jobs: Vec<_> = jobs.iter().map(|it| (&it.kind[..], &it.subject[..])).collect();
    assert_eq!(jobs, [("ask_for_input", "p")]);
}

async fn what_was_sent_and_said_is_noted(store: &Store) {
    let first = asked(store).await;
    let told = Told { mailed_at: Some(at(11)), reminded_at: Some(at(12)), ..first.told };
    store.storage.note_told_of_input(&first.id, &told).await.unwrap();
    store.storage.settle_input(&first.id, InputState::Answered).await.unwrap();
    let expected = InputRequest { told, state: InputState::Answered, ..first };
    assert_eq!(store.storage.input_requests("p").await.unwrap(), [expected]);
}

async fn whoever_wants_to_be_asked_no_more_is_not(store: &Store) {
    let first = asked(store).await;
    for state in [InputState::Off, InputState::Answered] {
        store.storage.settle_input(&first.id, state).await.unwrap();
    }
    let stands = store.storage.input_request(&first.id).await.unwrap().unwrap();
    assert_eq!(stands.state, InputState::Off);
}

async fn appointment(store: &Store, id: &str, postmortem: &str, seconds: i64, state: &str) {
    let starts_at = at(seconds).as_microsecond();
    store
        .sql(&format!(
            "INSERT INTO appointments (id, postmortem_id, starts_at, minutes, call_url, recorded, \
             state, sequence, created_by, created_at, version) VALUES ('{id}', '{postmortem}', \
             {starts_at}, 60, 'https://call.example/1', 0, '{state}', 0, '{postmortem}', 0, 1)"
        ))
        .await;
}

async fn calls_count_until_they_are_cancelled(store: &Store) {
    asked(store).await;
    appointment(store, "late", "p", 9_000, "standing").await;
    appointment(store, "early", "p", 100, "standing").await;
    appointment(store, "gone", "p", 50, "cancelled").await;
    appointment(store, "other", "q", 60, "standing").await;
    let call = |seconds| Call { starts_at: at(seconds), ends_at: at(seconds + 3_600) };
    assert_eq!(store.storage.calls_about("p").await.unwrap(), [call(100), call(9_000)]);
}

async fn input_is_wanted_until_the_call_is_over(store: &Store) {
    asked(store).await;
    store.storage.ask_for_input(&[request("q", "ana")]).await.unwrap();
    let wanted = async |now: i64| {
        let all = store.storage.input_wanted_of("ana", at(0), at(now)).await.unwrap();
        all.into_iter().map(|it| (it.title, it.call_at)).collect::<Vec<_>>()
    };
    let (p, q) = ("Outage p".to_owned(), "Outage q".to_owned());
    assert_eq!(wanted(20).await, [(p.clone(), None), (q.clone(), None)]);
    let all = store.storage.input_wanted_of("ana", at(0), at(20)).await.unwrap();
    assert_eq!((&all[0].asked_by[..], all[0].discipline.as_str()), ("Person p", "support"));
    assert!(store.storage.input_wanted_of("ana", at(10), at(20)).await.unwrap().is_empty(), "old");

    appointment(store, "first", "q", 1_000, "standing").await;
    appointment(store, "second", "q", 9_000, "standing").await;
    assert_eq!(wanted(20).await, [(q.clone(), Some(at(1_000))), (p.clone(), None)]);
    assert_eq!(wanted(5_000).await, [(q.clone(), Some(at(9_000))), (p.clone(), None)]);
    assert_eq!(wanted(13_000).await, [(p.clone(), None)], "both calls about q are past");
    let held = Meeting { opened_at: Some(at(1)), closed_at: Some(at(2)), ..Meeting::default() };
    project_meeting(store, 1, held, at(3)).await;
    assert!(wanted(13_000).await.is_empty(), "and the meeting about p was held");
    store.storage.settle_input("q ana", InputState::Answered).await.unwrap();
    assert!(wanted(20).await.is_empty());
}

async fn what_is_scheduled_is_told_to_those_who_are_asked_to_it(store: &Store) {
    asked(store).await;
    for (id, seconds, state) in
        [("b", 200, "standing"), ("a", 100, "standing"), ("gone", 300, "cancelled")]
    {
        appointment(store, id, "p", seconds, state).await;
        store
            .sql(&format!(
                "INSERT INTO attendances (appointment_id, person_id, answer, time_zone) \
                 VALUES ('{id}', 'ana', 'maybe', 'UTC')"
            ))
            .await;
    }
    let ids = async |now: i64, most: i64| {
        let all = store.storage.scheduled_calls("ana", at(now), most).await.unwrap();
        all.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(0, 9).await, ["a", "b"]);
    assert_eq!(ids(0, 1).await, ["a"]);
    assert_eq!(ids(3_750, 9).await, ["b"], "the first is past, the second goes on");
    assert!(ids(4_000, 9).await.is_empty());
    let call = store.storage.scheduled_calls("ana", at(0), 1).await.unwrap().remove(0);
    assert_eq!((call.minutes, &call.answer[..], &call.title[..]), (60, "maybe", "Outage p"));
    assert!(store.storage.scheduled_calls("p", at(0), 9).await.unwrap().is_empty());
}

async fn a_service_leads_to_those_who_own_it(store: &Store) {
    asked(store).await;
    for statement in [
        "INSERT INTO teams (id, slug, name) VALUES ('t', 'shop', 'Shop')",
        "INSERT INTO team_members (team_id, person_id) VALUES ('t', 'ana')",
        "INSERT INTO services (name, team_id) VALUES ('checkout', 't')",
        "INSERT INTO services (name, team_id) VALUES ('nobodys', NULL)",
        "INSERT INTO invitees (postmortem_id, person_id, needed, added_at) VALUES ('p', 'ana', 1, 0)",
    ] {
        store.sql(statement).await;
    }
    let owners = store.storage.owners_of_services().await.unwrap();
    assert_eq!(owners, [("checkout".to_owned(), "ana".to_owned())]);
    assert_eq!(store.storage.services_of("ana").await.unwrap(), ["checkout"]);
    assert!(store.storage.services_of("p").await.unwrap().is_empty());
    assert_eq!(store.storage.invited_to("p").await.unwrap(), ["ana"]);
}
