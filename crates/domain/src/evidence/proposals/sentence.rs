//! How often and when, in words.

use jiff::Timestamp;

use super::super::EventKind;
use super::super::words::{clock, times};
use super::fold::Folded;

/// "fired 14 times from 18:40Z to 19:10Z, resolved 19:12Z".
pub(super) fn sentence(folded: &Folded) -> String {
    let first = folded.first.at();
    let resolved = |from: Timestamp| {
        folded.resolved_at.map(|at| format!(", resolved {}", clock(at, from))).unwrap_or_default()
    };
    match (folded.fired, folded.resolved_at) {
        (0, _) if folded.ids.len() == 1 => format!("resolved {}", clock(first, first)),
        (0, _) => format!("resolved {}", period(first, folded.last_at)),
        (1, Some(_)) => format!("firing from {}{}", clock(first, first), resolved(first)),
        (1, None) => format!("{} at {}", verb(folded.first.kind), clock(first, first)),
        (n, _) => format!(
            "{} {} {}{}",
            verb(folded.first.kind),
            times(n),
            period(first, folded.last_fired_at),
            resolved(first)
        ),
    }
}

fn period(from: Timestamp, to: Timestamp) -> String {
    if clock(from, from) == clock(to, from) {
        return format!("at {}", clock(from, from));
    }
    format!("from {} to {}", clock(from, from), clock(to, from))
}

fn verb(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Alert => "fired",
        EventKind::Change => "changed",
        EventKind::Ticket => "reported",
        EventKind::Message => "written",
        EventKind::Page => "paged",
        EventKind::Note => "noted",
    }
}
