use afterword_domain::job::Job;
use afterword_domain::meeting::Meeting;
use afterword_domain::roster::SeatState::{Accepted, Asked, Declined, HandedOver};
use afterword_domain::roster::{Seat, Step};
use afterword_storage::{
    NewUpdate, PreparationNotes, StepReached, StorageError, StoredSeat, TakenJob,
};

use crate::feedback::project_meeting;
use crate::store::{Store, at};

fn reached(step: Step, seconds: i64) -> StepReached {
    StepReached { step, at: at(seconds), postmortem: None, confirmed_by: None }
}

fn seat(id: &str, seat: Seat, person: &str, seconds: i64) -> StoredSeat {
    StoredSeat {
        id: id.to_owned(),
        postmortem_id: "p".to_owned(),
        title: "Outage p".to_owned(),
        seat,
        person_id: person.to_owned(),
        state: Asked,
        asked_by: Some("p".to_owned()),
        asked_at: at(seconds),
        answered_at: None,
        told_at: None,
        starts_at: None,
        version: 1,
    }
}

/// A post-mortem that `p` opened, and three who may lead it.
async fn opened(store: &Store) {
    store.postmortem("p").await;
    for person in ["ana", "bo", "cy"] {
        store.person(person).await;
    }
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

fn tell(person: &str) -> Job {
    Job::TellOfSeats { person: person.to_owned() }
}

async fn somebody_joins_once_and_takes_each_step_once(store: &Store) {
    opened(store).await;
    let storage = &store.storage;
    storage.join_roster("bo", Step::Read, at(1)).await.unwrap();
    storage.join_roster("ana", Step::Graduated, at(2)).await.unwrap();
    let again = storage.join_roster("bo", Step::Graduated, at(3)).await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");

    let shadowed = StepReached {
        postmortem: Some(("p".to_owned(), "Outage p".to_owned())),
        confirmed_by: Some("ana".to_owned()),
        ..reached(Step::Shadowed, 9)
    };
    storage.note_step("bo", &shadowed).await.unwrap();
    let again = storage.note_step("bo", &reached(Step::Shadowed, 10)).await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");
    let all = storage.facilitators().await.unwrap();
    assert_eq!(all.iter().map(|it| &it.person_id[..]).collect::<Vec<_>>(), ["ana", "bo"]);
    assert_eq!(all[1].steps, [reached(Step::Read, 1), shadowed]);
    assert_eq!((all[0].reached(), all[1].reached()), (Step::Graduated, Step::Shadowed));

    storage.leave_roster("bo").await.unwrap();
    storage.join_roster("bo", Step::Read, at(20)).await.unwrap();
    let all = storage.facilitators().await.unwrap();
    assert_eq!(all[1].steps, [reached(Step::Read, 20)]);
}

async fn a_day_off_is_kept_as_it_was_written(store: &Store) {
    opened(store).await;
    let storage = &store.storage;
    storage.join_roster("bo", Step::Read, at(1)).await.unwrap();
    let day = Some("2026-03-09".parse().unwrap());
    storage.set_away("bo", day, 1).await.unwrap();
    let stale = storage.set_away("bo", None, 1).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    let all = storage.facilitators().await.unwrap();
    assert_eq!((all[0].away_until, all[0].version), (day, 2));
    storage.set_away("bo", None, 2).await.unwrap();
    assert_eq!(storage.facilitators().await.unwrap()[0].away_until, None);
}

async fn a_seat_is_for_one_and_nobody_has_two(store: &Store) {
    opened(store).await;
    let storage = &store.storage;
    storage.add_seat(&seat("1", Seat::Facilitator, "ana", 1), at(1)).await.unwrap();
    assert_eq!(jobs(store).await, [tell("ana")]);
    for refused in [seat("2", Seat::Facilitator, "bo", 2), seat("3", Seat::CoFacilitator, "ana", 3)]
    {
        let answer = storage.add_seat(&refused, at(3)).await;
        assert!(matches!(answer, Err(StorageError::Exists)), "{answer:?}");
    }
    for watching in [seat("4", Seat::Shadow, "bo", 4), seat("5", Seat::Shadow, "cy", 5)] {
        storage.add_seat(&watching, at(5)).await.unwrap();
    }
    // Whoever declines makes room for the next.
    let asked = storage.seats_of("p").await.unwrap();
    storage.settle_seat(&asked[0], Declined, at(6)).await.unwrap();
    let stale = storage.settle_seat(&asked[0], Accepted, at(7)).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    store.person("di").await;
    storage.add_seat(&seat("6", Seat::Facilitator, "di", 8), at(8)).await.unwrap();
    let states: Vec<_> = storage.seats_of("p").await.unwrap();
    let states: Vec<_> = states.iter().map(|it| (&it.id[..], it.state)).collect();
    assert_eq!(states, [("1", Declined), ("4", Asked), ("5", Asked), ("6", Asked)]);
    let last = storage.asked_to_lead_last().await.unwrap();
    assert_eq!(
        last.into_iter().collect::<Vec<_>>(),
        [("ana".to_owned(), at(1)), ("di".to_owned(), at(8)),]
    );
}

async fn whoever_accepts_is_invited(store: &Store) {
    opened(store).await;
    let storage = &store.storage;
    let taken = StoredSeat { state: Accepted, ..seat("1", Seat::NoteTaker, "cy", 1) };
    storage.add_seat(&taken, at(1)).await.unwrap();
    assert_eq!(jobs(store).await, [], "nobody is told of what they took themselves");
    arranged(store).await;
    storage.add_seat(&seat("2", Seat::Facilitator, "ana", 2), at(2)).await.unwrap();
    let asked = storage.seats_of("p").await.unwrap();
    assert_eq!(invited(store).await, ["cy 0"]);
    storage.settle_seat(&asked[1], Accepted, at(3)).await.unwrap();
    assert_eq!(invited(store).await, ["ana 1", "cy 0"]);
    // They are asked to the call that is arranged already.
    let asked = store.read("SELECT person_id FROM attendances ORDER BY person_id").await;
    assert_eq!(asked, ["ana", "cy"]);

    jobs(store).await;
    let accepted = storage.seats_of("p").await.unwrap().remove(1);
    assert_eq!((accepted.state, accepted.answered_at), (Accepted, Some(at(3))));
    let to = seat("3", Seat::Facilitator, "bo", 4);
    storage.hand_over_seat(&accepted, &to, at(4)).await.unwrap();
    let states: Vec<_> = storage.seats_of("p").await.unwrap();
    let states: Vec<_> = states.iter().map(|it| (&it.person_id[..], it.state)).collect();
    assert_eq!(states, [("cy", Accepted), ("ana", HandedOver), ("bo", Asked)]);
    assert_eq!(jobs(store).await, [tell("bo")]);
    // Handing over to somebody who has a seat changes nothing.
    let bo = storage.seats_of("p").await.unwrap().remove(2);
    let refused = storage.hand_over_seat(&bo, &seat("4", Seat::Facilitator, "cy", 5), at(5)).await;
    assert!(matches!(refused, Err(StorageError::Exists)), "{refused:?}");
    assert_eq!(storage.seats_of("p").await.unwrap()[2], bo);
}

/// A call of an hour, at 3600.
async fn arranged(store: &Store) {
    let begins = at(3600).as_microsecond();
    store
        .sql(&format!(
            "INSERT INTO appointments (id, postmortem_id, starts_at, minutes, recorded, state, \
             sequence, created_by, created_at, version) \
             VALUES ('a', 'p', {begins}, 60, 0, 'standing', 0, 'p', 0, 1)"
        ))
        .await;
}

/// Who is invited, and whether an hour has to suit them.
async fn invited(store: &Store) -> Vec<String> {
    store.read("SELECT person_id || ' ' || needed FROM invitees ORDER BY person_id").await
}

async fn what_is_ahead_ends_with_the_call(store: &Store) {
    opened(store).await;
    let storage = &store.storage;
    for (it, person) in [(Seat::Facilitator, "ana"), (Seat::Shadow, "bo")] {
        storage.add_seat(&seat(person, it, person, 1), at(1)).await.unwrap();
    }
    let ahead = async |person: Option<&str>, seconds| {
        let all = storage.seats_ahead(person, at(seconds)).await.unwrap();
        all.into_iter().map(|it| it.person_id).collect::<Vec<_>>()
    };
    assert_eq!(ahead(None, 10).await, ["ana", "bo"]);
    assert_eq!(ahead(Some("bo"), 10).await, ["bo"]);
    arranged(store).await;
    assert_eq!(storage.seats_ahead(None, at(10)).await.unwrap()[0].starts_at, Some(at(3600)));
    assert_eq!(ahead(None, 7200).await, ["ana", "bo"]);
    assert_eq!(ahead(None, 7201).await, [""; 0]);
    // A room that was closed, or a publication, ends it as well.
    store.sql("UPDATE appointments SET state = 'cancelled'").await;
    assert_eq!(ahead(None, 7201).await, ["ana", "bo"]);
    let closed = Meeting { opened_at: Some(at(1)), closed_at: Some(at(9)), ..Meeting::default() };
    project_meeting(store, 1, closed, at(9)).await;
    assert_eq!(ahead(None, 10).await, [""; 0]);
    store.sql("DELETE FROM projections").await;
    store.sql("UPDATE postmortems SET published_at = 1").await;
    assert_eq!(ahead(None, 10).await, [""; 0]);
}

async fn seats_were_held_when_their_meeting_has_ended(store: &Store) {
    opened(store).await;
    let storage = &store.storage;
    let taken =
        |id: &str, it, person: &str| StoredSeat { state: Accepted, ..seat(id, it, person, 1) };
    storage.add_seat(&taken("1", Seat::Facilitator, "ana"), at(1)).await.unwrap();
    storage.add_seat(&taken("2", Seat::Shadow, "bo"), at(1)).await.unwrap();
    storage.add_seat(&seat("3", Seat::Shadow, "cy", 1), at(1)).await.unwrap();
    let open = Meeting { opened_at: Some(at(2)), ..Meeting::default() };
    project_meeting(store, 1, open.clone(), at(3)).await;
    assert_eq!(storage.held_seats().await.unwrap(), []);
    project_meeting(store, 2, Meeting { closed_at: Some(at(9)), ..open }, at(9)).await;
    let held = storage.held_seats().await.unwrap();
    let held: Vec<_> = held.iter().map(|it| (&it.person_id[..], it.seat)).collect();
    assert_eq!(held, [("ana", Seat::Facilitator), ("bo", Seat::Shadow)]);
}

async fn whoever_wrote_is_known_and_whoever_leads_their_team(store: &Store) {
    opened(store).await;
    let storage = &store.storage;
    for (seconds, person) in [(1, "p"), (2, "ana")] {
        let update = NewUpdate {
            postmortem_id: "p".to_owned(),
            person_id: Some(person.to_owned()),
            received_at: at(seconds),
            payload: vec![1],
        };
        storage.append_updates(&[update]).await.unwrap();
    }
    let wrote = storage.writers("p").await.unwrap();
    assert_eq!(wrote.iter().collect::<Vec<_>>(), ["ana"], "to open it is not to write in it");

    store.sql("INSERT INTO teams (id, slug, name, lead_id) VALUES ('t', 't', 'T', 'cy')").await;
    store.sql("INSERT INTO team_members (team_id, person_id) VALUES ('t', 'ana')").await;
    let leads = storage.leads_of(&wrote).await.unwrap();
    assert_eq!(leads.iter().collect::<Vec<_>>(), ["cy"]);
    let others = ["bo".to_owned()].into();
    assert!(storage.leads_of(&others).await.unwrap().is_empty());

    assert_eq!(storage.zones_around("p").await.unwrap(), ["Europe/Berlin"]);
    store.postmortem("q").await;
    storage.join("q", "ana", at(1)).await.unwrap();
    for person in ["ana", "bo"] {
        let row = format!("('p', '{person}', 1, 0)");
        store
            .sql(&format!(
                "INSERT INTO invitees (postmortem_id, person_id, needed, added_at) VALUES {row}"
            ))
            .await;
    }
    assert_eq!(storage.never_in_another("p").await.unwrap(), ["bo", "p"]);

    let lead = StoredSeat { state: Accepted, ..seat("1", Seat::Facilitator, "cy", 1) };
    storage.add_seat(&lead, at(1)).await.unwrap();
    let to_watch = async |person: &str| {
        let all = storage.calls_to_shadow(person, at(2)).await.unwrap();
        all.into_iter().map(|it| (it.postmortem_id, it.facilitator)).collect::<Vec<_>>()
    };
    assert_eq!(to_watch("bo").await, [("p".to_owned(), "cy".to_owned())]);
    assert_eq!(to_watch("ana").await, [], "she wrote in it");
    assert_eq!(to_watch("cy").await, [], "she leads it");
}

async fn notes_are_their_writers_alone(store: &Store) {
    opened(store).await;
    let storage = &store.storage;
    let notes = |text: &str, version| PreparationNotes {
        text: text.to_owned(),
        done: vec!["Talk with whoever is anxious".to_owned()],
        version,
    };
    assert_eq!(storage.preparation_notes("p", "ana").await.unwrap(), PreparationNotes::default());
    storage.keep_preparation_notes("p", "ana", &notes("Ask support first", 0)).await.unwrap();
    for version in [0, 7] {
        let late = storage.keep_preparation_notes("p", "ana", &notes("late", version)).await;
        assert!(matches!(late, Err(StorageError::Stale)), "{late:?}");
    }
    storage.keep_preparation_notes("p", "ana", &notes("Ask sales", 1)).await.unwrap();
    assert_eq!(storage.preparation_notes("p", "ana").await.unwrap(), notes("Ask sales", 2));
    assert_eq!(storage.preparation_notes("p", "bo").await.unwrap(), PreparationNotes::default());
    store.sql("DELETE FROM people WHERE id = 'ana'").await;
    assert!(store.read("SELECT text FROM preparation_notes").await.is_empty());
}

on_both_engines!(
    somebody_joins_once_and_takes_each_step_once,
    a_day_off_is_kept_as_it_was_written,
    a_seat_is_for_one_and_nobody_has_two,
    whoever_accepts_is_invited,
    what_is_ahead_ends_with_the_call,
    seats_were_held_when_their_meeting_has_ended,
    whoever_wrote_is_known_and_whoever_leads_their_team,
    notes_are_their_writers_alone,
);
