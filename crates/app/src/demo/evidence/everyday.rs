//! What happens all the time and means nothing, so that one has to look what is unusual.

use super::{DAY, DEPLOYS, GIT, HOUR, TICKETS, Told, alert, told};

/// From so many days before the incident.
const DAYS: i64 = 14 * 7;

const MERGED: [&str; 12] = [
    "Show the size chart on small screens",
    "Update dependencies",
    "Translate the return form",
    "Cache the category menu",
    "Log the basket's number with each request",
    "Remove the old voucher field",
    "Raise the time-out of the address check",
    "Sort search results by season",
    "Fix rounding in the invoice",
    "Add a test for guest orders",
    "Move product pictures to the new store",
    "Say which fields of the form are missing",
];

const ASKED: [&str; 12] = [
    "Where is my parcel?",
    "Wrong size, how do I send it back?",
    "Voucher is not accepted",
    "Cannot change the address",
    "Invoice with the company's name",
    "The page is slow on my phone",
    "Colour differs from the picture",
    "Newsletter: how to unsubscribe",
    "Refund has not come yet",
    "Gift card: how long is it valid?",
    "Cannot sign in",
    "Is the blue one coming back?",
];

/// (every so many days, minute of the day, how long, service, title): alerts as ever.
const USUAL: [(i64, i64, i64, &str, &str); 5] = [
    (1, 2 * HOUR + 40, 25, "payments", "payments: settlement export slower than usual"),
    (3, 11 * HOUR + 7, 6, "checkout", "checkout: instance restarted"),
    (4, 20 * HOUR + 15, 12, "payments", "payments: provider answers slowly"),
    (2, 6 * HOUR + 30, 8, "search", "search: index older than an hour"),
    (5, 15 * HOUR + 48, 4, "partner-api", "api: more than 50 requests refused"),
];

pub(super) fn events() -> Vec<Told> {
    let mut events = Vec::new();
    for day in -DAYS..=1 {
        for (every, minute, lasted, service, title) in USUAL {
            if day.rem_euclid(every) == 0 {
                let minute = day * DAY + minute + scatter(day, every, 4);
                events.extend(alert(minute, lasted, service, title, "warning"));
            }
        }
        events.extend(changes(day));
        events.extend((0..5).map(|n| ticket(day, n)));
    }
    events
}

/// The evening train, and what was merged during the day.
fn changes(day: i64) -> Vec<Told> {
    let train = 481 + day;
    let deployed = |service| {
        told(day * DAY + 17 * HOUR + 52, DEPLOYS, service, format!("Deployed by train {train}"))
            .link(format!("https://deploys.demo.example/train/{train}"))
            .named(&format!("train of {service}"))
    };
    let merged = |n: i64| {
        let service = pick(&["checkout", "payments", "storefront", "search"], scatter(day, n, 4));
        let title = pick(&MERGED, scatter(day, n + 7, 12));
        let pull = 2_200 + day * 3 + n;
        told(
            day * DAY + 9 * HOUR + scatter(day, n + 3, 7 * HOUR),
            GIT,
            service,
            format!("Merged: {title}"),
        )
        .link(format!("https://git.demo.example/shop/pulls/{pull}"))
        .named(&format!("pull request {pull}"))
    };
    ["checkout", "payments"].map(deployed).into_iter().chain((0..3).map(merged)).collect()
}

fn ticket(day: i64, n: i64) -> Told {
    let number = 58_190 + day * 5 + n;
    let minute = day * DAY + 7 * HOUR + scatter(day, n + 20, 14 * HOUR);
    told(minute, TICKETS, "", pick(&ASKED, scatter(day, n + 40, 12)))
        .link(format!("https://help.demo.example/tickets/{number}"))
        .named(&format!("ticket {number}"))
}

/// A number below `below` that looks like chance and is the same each time.
fn scatter(day: i64, n: i64, below: i64) -> i64 {
    let mixed =
        (day.wrapping_mul(2_654_435_761) ^ n.wrapping_mul(40_503)).wrapping_mul(2_246_822_519);
    (mixed >> 13).rem_euclid(below)
}

fn pick<'a>(list: &[&'a str], number: i64) -> &'a str {
    usize::try_from(number).ok().and_then(|at| list.get(at)).copied().unwrap_or_default()
}
