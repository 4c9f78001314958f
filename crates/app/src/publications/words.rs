//! Times, kinds and states as readers see them.

use afterword_domain::action::ActionState;
use afterword_domain::analysis::{Signal, Tag};
use afterword_domain::people::Discipline;
use afterword_domain::timeline::{Entry, EntryKind, Moment};
use afterword_storage::DisciplineLabel;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

fn utc(at: Timestamp) -> DateTime {
    TimeZone::UTC.to_datetime(at)
}

/// `18:43`, or `18:43:05` where the seconds are known.
fn clock(at: Timestamp) -> String {
    let at = utc(at);
    at.strftime(if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// When an entry was, in UTC: `18:43`, `about 18:43`, `18:43–18:50`.
pub(super) fn when(entry: &Entry) -> String {
    match entry.moment() {
        Moment::Unknown => "time unknown".to_owned(),
        Moment::Exact(at) => clock(at),
        Moment::Approximate(at) => format!("about {}", clock(at)),
        Moment::Range(at, until) if utc(at).date() == utc(until).date() => {
            format!("{}–{}", clock(at), clock(until))
        }
        Moment::Range(at, until) => {
            format!("{}–{}, {}", clock(at), utc(until).strftime("%-d %b"), clock(until))
        }
    }
}

/// `1 March 2026, 18:43 UTC`
pub(super) fn stamp(at: Timestamp) -> String {
    format!("{}, {} UTC", day(utc(at).date()), clock(at))
}

/// `1 March 2026`
pub(super) fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The day of a time, in UTC.
pub(super) fn day_of(at: Timestamp) -> String {
    day(utc(at).date())
}

/// `Sunday 1 March 2026`
pub(super) fn long_day(at: Timestamp) -> String {
    utc(at).strftime("%A %-d %B %Y").to_string()
}

/// What people call a discipline; one that is not in the list stands for itself.
pub(super) fn label_of(labels: &[DisciplineLabel], slug: &Discipline) -> String {
    let known = labels.iter().find(|it| it.slug == *slug);
    known.map_or_else(|| slug.to_string(), |it| it.label.clone())
}

/// What sort of moment an entry tells of.
pub(super) fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Observed => "observed",
        EntryKind::Did => "did",
        EntryKind::Said => "said",
        EntryKind::Believed => "believed",
        EntryKind::Alert => "alert",
        EntryKind::Change => "change",
        EntryKind::Ticket => "ticket",
        EntryKind::Note => "note",
    }
}

/// How far an action is.
pub(super) fn state(state: ActionState) -> &'static str {
    match state {
        ActionState::Open | ActionState::Parked => "Open",
        ActionState::Doing => "Being done",
        ActionState::Done => "Done",
        ActionState::Declined => "Not done",
    }
}

pub(super) fn tag(tag: Tag) -> &'static str {
    match tag {
        Tag::Probing => "probing",
        Tag::Sensing => "sensing",
        Tag::Responding => "responding",
    }
}

pub(super) fn signal(signal: Signal) -> &'static str {
    match signal {
        Signal::Absent => "no signal",
        Signal::Unseen => "unseen",
        Signal::Misread => "misread",
        Signal::NotActionable => "not actionable",
    }
}

/// As the beginning of a sentence: a role comes as it stands in one, “an SRE”.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// At most so many characters, in one line.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    let cut: String = line.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// Text without the characters that no XML may hold.
pub(super) fn xml(text: &str) -> String {
    let fits = |c: &char| {
        matches!(c, '\t' | '\n' | '\r')
            || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
    };
    text.chars().filter(fits).collect()
}
