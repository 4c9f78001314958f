//! From what a tool reported to the event that is kept.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::{Event, EventId, EventKind, EventState, TimeMark};
use crate::review::INCIDENT;

/// The time that a tool reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportedTime {
    /// An instant.
    At(Timestamp),
    /// Without a zone.
    Unzoned(DateTime),
    /// None, or nothing that can be read.
    #[default]
    Missing,
}

impl ReportedTime {
    /// Reads RFC 3339, or the same without a zone; anything else is missing.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if let Ok(at) = text.parse() {
            return Self::At(at);
        }
        text.parse().map_or(Self::Missing, Self::Unzoned)
    }

    /// Reads seconds since 1970, or milliseconds, microseconds or nanoseconds where seconds would
    /// lie beyond the year 5138.
    pub fn from_epoch(number: i64) -> Self {
        let at = match number.unsigned_abs() {
            0..100_000_000_000 => Timestamp::from_second(number),
            100_000_000_000..100_000_000_000_000 => Timestamp::from_millisecond(number),
            100_000_000_000_000..100_000_000_000_000_000 => Timestamp::from_microsecond(number),
            _ => Timestamp::from_nanosecond(number.into()),
        };
        at.map_or(Self::Missing, Self::At)
    }
}

/// An event as a vendor's folder reads it from a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reported {
    /// What names this event for its source for ever: the same again is the same event. It need
    /// not be short, and is kept only as a hash.
    pub delivery: String,
    /// When it happened.
    pub at: ReportedTime,
    /// What sort of thing it is.
    pub kind: EventKind,
    /// The service it is about.
    pub service: Option<String>,
    /// Production, staging ...
    pub environment: Option<String>,
    /// One line.
    pub title: String,
    /// More about it, as plain text.
    pub text: Option<String>,
    /// Where to see it in its tool.
    pub url: Option<String>,
    /// Who did or said it.
    pub actor: Option<String>,
    /// The same for events that are about the same thing.
    pub fingerprint: Option<String>,
    /// As the tool calls it.
    pub severity: Option<String>,
    /// For alerts: there or gone.
    pub state: Option<EventState>,
    /// Whatever else the tool says, by name.
    pub labels: BTreeMap<String, String>,
}

/// Clocks differ by a little without being wrong.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);
/// Before the first pagers that could have sent anything: 1990-01-01.
const LONG_AGO: i64 = 631_152_000;

const LONGEST_NAME: usize = 200;
const LONGEST_TITLE: usize = 500;
const LONGEST_TEXT: usize = 4_000;
const LONGEST_URL: usize = 2_000;
const LONGEST_FINGERPRINT: usize = 64;
const MOST_LABELS: usize = 64;

impl Reported {
    /// Whether it tells of an incident of a paging tool.
    pub fn tells_of_incident(&self) -> bool {
        self.labels.contains_key(INCIDENT)
    }

    /// Makes it an event: bounded, with its time in UTC and a mark where that is odd.
    pub fn settle(self, source: &str, received_at: Timestamp) -> Event {
        let (reported, mut marks) = match self.at {
            ReportedTime::At(at) => (Some(at), Vec::new()),
            ReportedTime::Unzoned(at) => unzoned(at),
            ReportedTime::Missing => (None, vec![TimeMark::Missing]),
        };
        let raw_at = reported.unwrap_or(received_at);
        if raw_at.duration_since(received_at) > AHEAD {
            marks.push(TimeMark::Future);
        } else if raw_at.as_second() < LONG_AGO {
            marks.push(TimeMark::LongAgo);
        }
        let title = titled(&self.title, self.kind);
        Event {
            id: EventId::new(source, &self.delivery, reported),
            source: source.to_owned(),
            // The store counts in microseconds; what is read must be what was written.
            raw_at: Timestamp::from_microsecond(raw_at.as_microsecond()).unwrap_or(raw_at),
            skew: SignedDuration::ZERO,
            received_at,
            marks,
            kind: self.kind,
            service: line(self.service.as_deref().unwrap_or_default(), LONGEST_NAME),
            environment: optional(self.environment.as_deref(), LONGEST_NAME),
            text: cut(self.text.as_deref().unwrap_or_default().trim(), LONGEST_TEXT),
            url: self.url.filter(|url| is_link(url)),
            actor: optional(self.actor.as_deref(), LONGEST_NAME),
            fingerprint: self
                .fingerprint
                .as_deref()
                .and_then(short_fingerprint)
                .or_else(|| named_by_title(self.kind, &title)),
            title,
            severity: optional(self.severity.as_deref(), LONGEST_NAME),
            state: self.state,
            labels: labels(self.labels),
        }
    }
}

fn unzoned(at: DateTime) -> (Option<Timestamp>, Vec<TimeMark>) {
    match at.to_zoned(TimeZone::UTC) {
        Ok(at) => (Some(at.timestamp()), vec![TimeMark::NoZone]),
        Err(_) => (None, vec![TimeMark::Missing]),
    }
}

/// One name for a service that its tools write in several ways: `Checkout API`, `checkout_api`.
pub fn service_key(service: &str) -> String {
    let words = service.split(|c: char| c.is_whitespace() || c == '_' || c == '-');
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("-")
}

fn titled(title: &str, kind: EventKind) -> String {
    let title = line(title, LONGEST_TITLE);
    if title.is_empty() { format!("{} without a title", kind.as_str()) } else { title }
}

fn is_link(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
        && url.len() <= LONGEST_URL
        && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// A long fingerprint is still one fingerprint.
fn short_fingerprint(text: &str) -> Option<String> {
    let text = line(text, usize::MAX);
    match text.len() {
        0 => None,
        1..=LONGEST_FINGERPRINT => Some(text),
        _ => {
            let mut short = [0; 16];
            short.copy_from_slice(&Sha256::digest(text.as_bytes())[..16]);
            Some(uuid::Uuid::from_bytes(short).simple().to_string())
        }
    }
}

/// An alert that its tool gives no name is known by its title, or it could not be found again.
fn named_by_title(kind: EventKind, title: &str) -> Option<String> {
    if kind == EventKind::Alert { short_fingerprint(title) } else { None }
}

fn labels(labels: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let short = |(name, value): (String, String)| {
        let name = line(&name, LONGEST_NAME);
        (!name.is_empty()).then(|| (name, line(&value, LONGEST_TITLE)))
    };
    labels.into_iter().filter_map(short).take(MOST_LABELS).collect()
}

fn optional(text: Option<&str>, longest: usize) -> Option<String> {
    Some(line(text?, longest)).filter(|text| !text.is_empty())
}

/// The text on one line.
fn line(text: &str, longest: usize) -> String {
    let mut line = String::with_capacity(text.len());
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    shortened(line, longest)
}

/// The text without what a database refuses, and no longer than that many bytes.
fn cut(text: &str, longest: usize) -> String {
    shortened(text.replace('\0', ""), longest)
}

fn shortened(mut text: String, longest: usize) -> String {
    if text.len() > longest {
        text.truncate(text.floor_char_boundary(longest));
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-03-01T18:43:00Z";

    fn now() -> Timestamp {
        NOW.parse().unwrap()
    }

    fn settled(at: ReportedTime) -> Event {
        Reported { delivery: "1".to_owned(), at, ..Reported::default() }.settle("pager", now())
    }

    #[test]
    fn a_good_time_is_kept_without_a_mark() {
        let event = settled(ReportedTime::parse("2026-03-01T19:40:00+01:00"));
        assert_eq!(event.at().to_string(), "2026-03-01T18:40:00Z");
        assert_eq!(event.marks, []);
    }

    #[test]
    fn odd_times_are_kept_and_marked() {
        let cases = [
            ("2026-03-01 18:40:00", "2026-03-01T18:40:00Z", vec![TimeMark::NoZone]),
            ("2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", vec![TimeMark::Future]),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", vec![TimeMark::LongAgo]),
            ("soon", NOW, vec![TimeMark::Missing]),
            ("", NOW, vec![TimeMark::Missing]),
            (
                "2030-01-01T00:00:00",
                "2030-01-01T00:00:00Z",
                vec![TimeMark::NoZone, TimeMark::Future],
            ),
        ];
        for (written, at, marks) in cases {
            let event = settled(ReportedTime::parse(written));
            assert_eq!((event.at().to_string().as_str(), event.marks), (at, marks), "{written}");
        }
    }

    #[test]
    fn numbers_are_read_in_their_unit() {
        let second = 1_772_390_580;
        for number in [second, second * 1_000, second * 1_000_000, second * 1_000_000_000] {
            let event = settled(ReportedTime::from_epoch(number));
            assert_eq!(event.at().to_string(), NOW, "{number}");
        }
    }

    #[test]
    fn without_a_time_what_comes_again_is_the_same_event() {
        let event = |received_at| {
            let reported = Reported { delivery: "1".to_owned(), ..Reported::default() };
            reported.settle("pager", received_at)
        };
        let later = now() + SignedDuration::from_hours(1);
        assert_eq!(event(now()).id, event(later).id);
    }

    #[test]
    fn what_is_too_long_is_cut_and_what_is_no_link_is_none() {
        let event = Reported {
            title: format!("a\nb\0{}", "ü".repeat(1_000)),
            url: Some("javascript:alert(1)".to_owned()),
            fingerprint: Some("x".repeat(100)),
            ..Reported::default()
        }
        .settle("pager", now());
        assert!(event.title.starts_with("a b"), "{}", event.title);
        assert!(event.title.len() <= LONGEST_TITLE + '…'.len_utf8());
        assert_eq!(event.url, None);
        assert_eq!(event.fingerprint.map(|it| it.len()), Some(32));
    }

    #[test]
    fn an_alert_without_a_name_is_known_by_its_title() {
        let named = |kind| {
            let title = "Disk full".to_owned();
            Reported { kind, title, ..Reported::default() }.settle("pager", now()).fingerprint
        };
        assert_eq!(named(EventKind::Alert).as_deref(), Some("Disk full"));
        assert_eq!(named(EventKind::Message), None);
    }

    #[test]
    fn a_service_has_one_key() {
        for name in ["Checkout API", "checkout_api", "checkout-api", " CHECKOUT  api "] {
            assert_eq!(service_key(name), "checkout-api");
        }
    }
}
