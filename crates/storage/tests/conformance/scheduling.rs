use afterword_domain::job::Job;
use afterword_domain::scheduling::{DayRange, Interval, WeekHours};
use afterword_storage::{Availability, Calendar, CalendarRead, HourWish, StorageError, WishKind};
use jiff::civil::date;

use crate::store::{Store, at};

async fn who_said_nothing_works_as_everybody_begins_with(store: &Store) {
    store.person("a").await;
    let begin = store.storage.availability("a").await.unwrap();
    assert_eq!(begin, Availability::default());
    assert_eq!(begin.hours, WeekHours::default());

    let mut wanted = begin.clone();
    wanted.hours.0[4] = None;
    wanted.days_off = vec![DayRange { from: date(2026, 3, 1), until: date(2026, 3, 9) }];
    wanted.country = Some("DE".to_owned());
    wanted.regional = true;
    store.storage.save_availability("a", &wanted).await.unwrap();
    wanted.version = 1;
    assert_eq!(store.storage.availability("a").await.unwrap(), wanted);
    let stale = store.storage.save_availability("a", &begin).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");

    store.person("b").await;
    let of = store.storage.availability_of(&["a".to_owned(), "b".to_owned()]).await.unwrap();
    assert_eq!(of.into_iter().collect::<Vec<_>>(), [("a".to_owned(), wanted)]);
}

fn calendar(id: &str, person: &str) -> Calendar {
    Calendar {
        id: id.to_owned(),
        person_id: person.to_owned(),
        url: format!("https://calendar.example/{id}.ics"),
        added_at: at(0),
        read_at: None,
        problem: None,
        failures: 0,
        notes: Vec::new(),
    }
}

fn interval(from: i64, until: i64) -> Interval {
    Interval { from: at(from), until: at(until) }
}

async fn a_calendar_is_read_when_it_is_added(store: &Store) {
    store.person("a").await;
    store.storage.add_calendar(&calendar("c", "a")).await.unwrap();
    let taken = store.storage.take_job("server", at(1), at(100)).await.unwrap().unwrap();
    assert_eq!(taken.job, Some(Job::ReadCalendar { id: "c".to_owned() }));
    let mut twice = calendar("d", "a");
    twice.url = calendar("c", "a").url;
    let refused = store.storage.add_calendar(&twice).await;
    assert!(matches!(refused, Err(StorageError::Exists)), "{refused:?}");
    assert_eq!(store.storage.calendars("a").await.unwrap(), [calendar("c", "a")]);
}

async fn what_a_calendar_holds_is_replaced_when_it_is_read_again(store: &Store) {
    store.person("a").await;
    store.person("b").await;
    for new in [calendar("c", "a"), calendar("d", "b")] {
        store.storage.add_calendar(&new).await.unwrap();
    }
    let people = ["a".to_owned(), "b".to_owned()];
    // More than one statement holds.
    let many: Vec<_> = (0..450).map(|n| interval(10 * n, 10 * n + 5)).collect();
    let read = CalendarRead { busy: many.clone(), notes: vec!["Left out.".to_owned()] };
    store.storage.save_calendar_read("c", &read, at(5)).await.unwrap();
    let busy = store.storage.busy_times(&people, at(0), at(10_000)).await.unwrap();
    assert_eq!(busy.into_iter().collect::<Vec<_>>(), [("a".to_owned(), many)]);

    store.storage.save_calendar_problem("c", "it is gone").await.unwrap();
    store.storage.save_calendar_problem("c", "it is gone").await.unwrap();
    let failed = store.storage.calendar("c").await.unwrap().unwrap();
    assert_eq!((failed.problem.as_deref(), failed.failures), (Some("it is gone"), 2));
    assert_eq!((failed.read_at, &failed.notes[..]), (Some(at(5)), &["Left out.".to_owned()][..]));

    let fewer = CalendarRead { busy: vec![interval(0, 10), interval(20, 30)], notes: vec![] };
    store.storage.save_calendar_read("c", &fewer, at(9)).await.unwrap();
    let again = store.storage.calendar("c").await.unwrap().unwrap();
    assert_eq!((again.problem, again.failures, again.read_at), (None, 0, Some(at(9))));
    // Only what touches the time that was asked about.
    let busy = store.storage.busy_times(&people, at(10), at(25)).await.unwrap();
    assert_eq!(busy.into_iter().collect::<Vec<_>>(), [("a".to_owned(), vec![interval(20, 30)])]);
}

async fn a_calendar_is_removed_with_what_is_known_of_it(store: &Store) {
    store.person("a").await;
    store.person("b").await;
    store.storage.add_calendar(&calendar("c", "a")).await.unwrap();
    let read = CalendarRead { busy: vec![interval(0, 10)], notes: vec![] };
    store.storage.save_calendar_read("c", &read, at(1)).await.unwrap();
    assert!(!store.storage.remove_calendar("b", "c").await.unwrap());
    assert!(store.storage.remove_calendar("a", "c").await.unwrap());
    assert!(!store.storage.remove_calendar("a", "c").await.unwrap());
    // Whoever was reading it meanwhile keeps nothing.
    store.storage.save_calendar_read("c", &read, at(2)).await.unwrap();
    let busy = store.storage.busy_times(&["a".to_owned()], at(0), at(10)).await.unwrap();
    assert!(busy.is_empty());
}

async fn people_are_asked_once_each(store: &Store) {
    store.postmortem("p").await;
    for id in ["a", "b"] {
        store.person(id).await;
    }
    store.storage.set_invitee("p", "b", true, at(1)).await.unwrap();
    store.storage.set_invitee("p", "a", false, at(2)).await.unwrap();
    store.storage.set_invitee("p", "b", false, at(3)).await.unwrap();
    let asked = async || -> Vec<(String, bool)> {
        let all = store.storage.invitees("p").await.unwrap();
        all.into_iter().map(|it| (it.person_id, it.needed)).collect()
    };
    assert_eq!(asked().await, [("b".to_owned(), false), ("a".to_owned(), false)]);
    assert!(store.storage.remove_invitee("p", "b", at(4)).await.unwrap());
    assert!(!store.storage.remove_invitee("p", "b", at(4)).await.unwrap());
    assert_eq!(asked().await, [("a".to_owned(), false)]);
}

async fn of_an_hour_counts_what_was_said_last(store: &Store) {
    store.postmortem("p").await;
    let wish = |wish, note: &str| HourWish {
        person_id: "p".to_owned(),
        starts_at: at(900),
        wish,
        note: note.to_owned(),
    };
    let said = [wish(WishKind::Propose, ""), wish(WishKind::Refuse, "the school run")];
    for it in &said {
        store.storage.save_hour_wish("p", it, at(1)).await.unwrap();
    }
    assert_eq!(store.storage.hour_wishes("p").await.unwrap(), said[1..]);
    assert!(store.storage.remove_hour_wish("p", "p", at(900)).await.unwrap());
    assert!(!store.storage.remove_hour_wish("p", "p", at(900)).await.unwrap());
}

async fn calls_that_were_declined_or_cancelled_are_none(store: &Store) {
    for id in ["p", "q"] {
        store.postmortem(id).await;
    }
    let appointment =
        async |id: &str, postmortem: &str, seconds: i64, state: &str, answer: &str| {
            let starts_at = at(seconds).as_microsecond();
            store
            .sql(&format!(
                "INSERT INTO appointments (id, postmortem_id, starts_at, minutes, recorded, state, \
                 sequence, created_by, created_at, version) VALUES ('{id}', '{postmortem}', \
                 {starts_at}, 60, 0, '{state}', 0, 'p', 0, 1)"
            ))
            .await;
            store
                .sql(&format!(
                    "INSERT INTO attendances (appointment_id, person_id, answer, time_zone) \
                 VALUES ('{id}', 'p', '{answer}', 'Europe/Berlin')"
                ))
                .await;
        };
    appointment("1", "q", 100, "standing", "yes").await;
    appointment("2", "q", 200, "standing", "no").await;
    appointment("3", "q", 300, "cancelled", "yes").await;
    appointment("4", "p", 400, "standing", "yes").await;
    appointment("5", "q", 5_000, "standing", "open").await;
    let calls = store.storage.calls_of(&["p".to_owned()], "p", at(0), at(1_000)).await.unwrap();
    let [call] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!((call.starts_at, call.minutes), (at(100), 60));
    assert_eq!((&call.person_id[..], &call.time_zone[..]), ("p", "Europe/Berlin"));
}

on_both_engines!(
    who_said_nothing_works_as_everybody_begins_with,
    a_calendar_is_read_when_it_is_added,
    what_a_calendar_holds_is_replaced_when_it_is_read_again,
    a_calendar_is_removed_with_what_is_known_of_it,
    people_are_asked_once_each,
    of_an_hour_counts_what_was_said_last,
    calls_that_were_declined_or_cancelled_are_none,
);
