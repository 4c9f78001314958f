//! The evening on which customers were charged twice, and what led up to it.

use super::{CHAT, DAY, DEPLOYS, GIT, HOUR, PAGER, TICKETS, Told, alert, told};

const QUEUE: &str = "payments: retry queue older than 60 s";
const SLOW: &str = "checkout: p95 above 2 s";

pub(super) fn events() -> Vec<Told> {
    let mut events = before();
    events.extend(alerts());
    events.extend(people());
    events
}

/// A week before, and on the days before.
fn before() -> Vec<Told> {
    let precursor = -6 * DAY + 2 * HOUR + 14;
    let [fired, resolved] = alert(precursor, 4, "payments", QUEUE, "critical");
    let link = "https://alerts.demo.example/retry-queue/1187";
    let mut events = vec![
        fired.link(link),
        resolved.link(link),
        told(
            precursor - 9,
            DEPLOYS,
            "payments",
            "Switched “new provider” on for one in a hundred orders",
        )
        .by("Wen Zhao"),
        told(precursor + 41, DEPLOYS, "payments", "Switched “new provider” off again")
            .by("Wen Zhao"),
        told(precursor + 6 * HOUR, TICKETS, "", "Gift card charged twice")
            .link("https://help.demo.example/tickets/57604")
            .named("ticket 57604"),
        told(
            -DAY + 9 * HOUR + 5,
            GIT,
            "payments",
            "Merged: Retry payment confirmation on time-out",
        )
        .link("https://git.demo.example/shop/pulls/2210")
        .by("Wen Zhao")
        .named("pull request 2210"),
    ];
    events.extend(alert(
        -3 * DAY + 11 * HOUR + 20,
        9,
        "payments",
        "payments: database connections nearly used up",
        "warning",
    ));
    // The newsletter slowed the pages down twice before.
    for week in [2, 4] {
        events.extend(alert(-7 * week * DAY + 18 * HOUR + 29, 22, "checkout", SLOW, "warning"));
    }
    events
}

fn alerts() -> Vec<Told> {
    let [slow, fast] = alert(18 * HOUR + 31, 31, "checkout", SLOW, "warning");
    let [old, empty] = alert(18 * HOUR + 31, 86, "payments", QUEUE, "critical");
    vec![
        slow.link("https://alerts.demo.example/checkout-p95/902"),
        fast.link("https://alerts.demo.example/checkout-p95/902"),
        old.link("https://alerts.demo.example/retry-queue/1204"),
        empty.link("https://alerts.demo.example/retry-queue/1204"),
        told(18 * HOUR + 38, DEPLOYS, "checkout", "Scaled checkout from 6 to 8 instances")
            .by("Tomás Rivera"),
        told(19 * HOUR + 41, PAGER, "payments", "Page by hand: customers are charged twice")
            .by("Freya Lindqvist"),
        told(19 * HOUR + 46, PAGER, "payments", "Page to the payments team was not answered"),
        told(19 * HOUR + 52, DEPLOYS, "payments", "Switched “retry confirmation” off")
            .by("Tomás Rivera"),
    ]
}

/// What customers and colleagues wrote.
fn people() -> Vec<Told> {
    let mut events: Vec<Told> = [
        (43, "You charged me twice for one pair of shoes"),
        (55, "Charged twice, please send one back"),
        (58, "Two payments for one order"),
        (61, "Why was my card charged twice?"),
        (66, "Double charge on my account"),
        (73, "Payment taken two times"),
        (80, "Charged twice for the same basket"),
    ]
    .into_iter()
    .zip(58_211..)
    .map(|((minute, title), number)| {
        told(18 * HOUR + minute, TICKETS, "checkout", title)
            .link(format!("https://help.demo.example/tickets/{number}"))
            .named(&format!("ticket {number}"))
    })
    .collect();
    events.extend([
        told(18 * HOUR + 34, CHAT, "", "It is the newsletter again, I think").by("Tomás Rivera"),
        told(19 * HOUR + 10, CHAT, "", "A reseller says his whole basket was billed two times. Is that us?")
            .by("Daniel Mwangi"),
        told(19 * HOUR + 41, CHAT, "", "Eleven tickets now. I am paging on-call by hand")
            .text("Eleven tickets now, two of them from the same hour and minute. I am paging on-call by hand.")
            .link("https://chat.demo.example/support/p1941")
            .by("Freya Lindqvist"),
        told(19 * HOUR + 44, CHAT, "", "Three orders confirmed twice, 5.0 seconds apart").by("Tomás Rivera"),
        told(19 * HOUR + 55, CHAT, "", "No double confirmation since the switch").by("Tomás Rivera"),
    ]);
    // The graph was flapping while the instances came and went.
    events.extend((0..14).flat_map(|n| {
        alert(18 * HOUR + 40 + 2 * n, 1, "checkout", "checkout: instances not ready", "warning")
    }));
    events
}
