//! What happens at the weekday and hour at which the incident began.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Unit};

use super::super::proposals::Proposal;
use super::super::words::times;
use super::super::{EventId, EventKind, EventState};
use super::{Answer, Finding, Looked, MOST_FINDINGS, Occurrence, Question, first_ids};

const WEEKS: i32 = 12;
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Once may be chance.
const FEWEST_WEEKS: usize = 2;

/// The hour in which an incident began, in the weeks before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SameHour {
    /// Twelve weeks before the hour began.
    pub begin: Timestamp,
    /// When the hour began.
    pub end: Timestamp,
}

impl SameHour {
    /// The hour of that time.
    pub fn of(started_at: Timestamp) -> Self {
        let hour = started_at
            .to_zoned(TimeZone::UTC)
            .round(jiff::ZonedRound::new().smallest(Unit::Hour).mode(jiff::RoundMode::Floor));
        let end = hour.map_or(started_at, |hour| hour.timestamp());
        let begin = WEEK.checked_mul(WEEKS).and_then(|weeks| end.checked_sub(weeks).ok());
        Self { begin: begin.unwrap_or(Timestamp::MIN), end }
    }

    /// That hour of each of the weeks, the last first.
    pub fn hours(self) -> Vec<(Timestamp, Timestamp)> {
        let before = |week: i32| {
            let from = self.end.checked_sub(WEEK.checked_mul(week)?).ok()?;
            Some((from, from.checked_add(HOUR).ok()?))
        };
        (1..=WEEKS).filter_map(before).collect()
    }

    fn words(self) -> String {
        let until = self.end.checked_add(HOUR).unwrap_or(self.end);
        format!(
            "{}s, {} to {}",
            self.end.strftime("%A"),
            self.end.strftime("%H:%MZ"),
            until.strftime("%H:%MZ")
        )
    }
}

/// Something that came in that hour of several weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weekly {
    /// The key of its service.
    pub service: String,
    /// What names it.
    pub fingerprint: String,
    /// In how many of the weeks.
    pub weeks: usize,
    /// Its events in that hour, in the order of time.
    pub events: Vec<Occurrence>,
}

/// What came in that hour of several weeks, most weeks first.
pub fn weekly(mut occurrences: Vec<Occurrence>, hour: SameHour) -> Vec<Weekly> {
    occurrences.retain(|it| it.state != Some(EventState::Resolved));
    occurrences.sort_by_key(|it| (it.at, it.id));
    let mut things: BTreeMap<(String, String), Vec<Occurrence>> = BTreeMap::new();
    for it in occurrences {
        if let Some(fingerprint) = it.fingerprint.clone() {
            things.entry((it.service.clone(), fingerprint)).or_default().push(it);
        }
    }
    let week = |it: &Occurrence| {
        (hour.end.duration_since(it.at).as_secs() + HOUR.as_secs() - 1) / WEEK.as_secs()
    };
    let mut found: Vec<Weekly> = things
        .into_iter()
        .map(|((service, fingerprint), events)| {
            let weeks = events.iter().map(week).collect::<BTreeSet<_>>().len();
            Weekly { service, fingerprint, weeks, events }
        })
        .filter(|it| it.weeks >= FEWEST_WEEKS)
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse(it.weeks));
    found.truncate(MOST_FINDINGS);
    found
}

/// "What happens at this weekday and hour?" `totals`: how often each came in all of the twelve
/// weeks; what comes at hardly any other hour stands first.
pub fn same_hour(
    looked: &Looked,
    hour: SameHour,
    mut found: Vec<Weekly>,
    totals: &BTreeMap<(String, String), usize>,
    shown: &BTreeMap<EventId, Proposal>,
) -> Answer {
    let total = |it: &Weekly| {
        let key = (it.service.clone(), it.fingerprint.clone());
        totals.get(&key).copied().unwrap_or_default().max(it.events.len())
    };
    found.sort_by(|a, b| {
        let share = |it: &Weekly, other: &Weekly| it.events.len() * total(other);
        share(b, a).cmp(&share(a, b)).then(b.weeks.cmp(&a.weeks))
    });
    let summary = match found.len() {
        0 => format!("Nothing that recurs at this weekday and hour ({}).", hour.words()),
        n => format!("{n} that recur at this weekday and hour ({}).", hour.words()),
    };
    let finding = |it: &Weekly| {
        let proposal = it.events.last().and_then(|last| shown.get(&last.id))?.clone();
        let verb = if proposal.kind == EventKind::Alert { "fired" } else { "came" };
        Some(Finding {
            sentence: format!(
                "“{}” {verb} in {} of the {WEEKS} weeks before at this weekday and hour.",
                proposal.title, it.weeks
            ),
            reason: format!(
                "it {verb} {} in those weeks, {} of them in this hour",
                times(total(it)),
                it.events.len()
            ),
            count: it.events.len(),
            events: first_ids(it.events.iter().rev().map(|it| it.id)),
            words: Vec::new(),
            proposal,
        })
    };
    let findings = found.iter().filter_map(finding).collect();
    looked.answer(Question::SameHour, &summary, findings)
}
