//! How often alerts fired: the same as counting one by one, wherever the time begins and ends.

use afterword_domain::evidence::{EventKind, EventState};
use afterword_storage::Fired;

use crate::lookback::{DAY, HOUR, Put, alert, at, put, services};
use crate::store::Store;

on_both_engines!(
    alerts_that_fired_again_are_counted_with_their_first_and_last_time,
    alerts_of_services_are_counted_over_days_and_parts_of_days,
);

fn gone(at: i64, service: &'static str, name: &'static str) -> Put {
    Put { state: Some(EventState::Resolved), ..alert(at, service, name) }
}

async fn alerts_that_fired_again_are_counted_with_their_first_and_last_time(store: &Store) {
    let puts = [
        alert(-1, "checkout", "latency"),
        alert(0, "checkout", "latency"),
        gone(5, "checkout", "latency"),
        Put { state: None, ..alert(DAY, "checkout", "latency") },
        alert(DAY, "mail", "latency"),
        alert(10, "mail", "queue"),
        alert(20, "checkout", "queue"),
        Put { kind: EventKind::Change, ..alert(30, "checkout", "latency") },
        alert(2 * DAY, "checkout", "latency"),
    ];
    put(store, &puts).await;
    let named = |service: &str, name: &str| (service.to_owned(), name.to_owned());
    let wanted = [named("checkout", "latency"), named("mail", "queue"), named("mail", "disk")];
    let found = store.storage.fired_between(&wanted, at(0), at(2 * DAY)).await.unwrap();
    let fired = |service: &str, name: &str, times, first, last| Fired {
        service: service.to_owned(),
        fingerprint: name.to_owned(),
        times,
        first: at(first),
        last: at(last),
    };
    // The latest comes first; neither the other alert of that name nor that service's other one.
    assert_eq!(found, [fired("checkout", "latency", 2, 0, DAY), fired("mail", "queue", 1, 10, 10)]);
    assert!(store.storage.fired_between(&[], at(0), at(DAY)).await.unwrap().is_empty());
    assert!(store.storage.fired_between(&wanted, at(9), at(9)).await.unwrap().is_empty());
}

async fn alerts_of_services_are_counted_over_days_and_parts_of_days(store: &Store) {
    let names = ["checkout", "mail", "other"];
    let mut puts = Vec::new();
    for n in 0..300_i64 {
        let when = n * n * 7_919 % (100 * DAY) - 50 * DAY;
        let service = names[usize::try_from(n).unwrap() % names.len()];
        puts.push(alert(when, service, "a"));
        if n % 5 == 0 {
            puts.push(gone(when + 60, service, "a"));
            puts.push(Put { kind: EventKind::Page, ..alert(when, service, "a") });
        }
    }
    put(store, &puts).await;
    let wanted = services(&["checkout", "mail"]);
    let spans = [
        (-50 * DAY, 50 * DAY),
        (-10 * DAY + 17, 20 * DAY + 5 * HOUR),
        (-6 * HOUR, 6 * HOUR),
        (0, HOUR),
        (6 * HOUR, 30 * HOUR),
        (3, 3),
    ];
    for (from, to) in spans {
        let counts = |put: &&Put| {
            put.kind == EventKind::Alert
                && put.state != Some(EventState::Resolved)
                && wanted.iter().any(|service| service == put.service)
                && from <= put.at
                && put.at < to
        };
        let expected = i64::try_from(puts.iter().filter(counts).count()).unwrap();
        let counted = store.storage.alerts_between(&wanted, at(from), at(to)).await.unwrap();
        assert_eq!(counted, expected, "from {from} to {to}");
    }
    assert_eq!(store.storage.alerts_between(&[], at(0), at(DAY)).await.unwrap(), 0);
}
