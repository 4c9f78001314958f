//! Going down a timeline: what each row is read against follows from those above it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Form, Pasted, Row, Skipped, Why, kind};
use crate::time::{self, Candidates, Context, Near, Reading};
use crate::timeline::{EntryKind, Moment};

/// The rows so far, and what holds for the next one.
pub(super) struct Walk {
    base: Context,
    zones: Candidates<TimeZone>,
    dates: Candidates<Option<Date>>,
    near: Near,
    /// Whether a question is answered by what is meant most likely.
    supposes: bool,
    /// Whether somebody wrote in which zone the times are.
    zone_written: bool,
    rows: Vec<Row>,
    skipped: Vec<Skipped>,
    unzoned: Vec<usize>,
    undated: Option<usize>,
}

/// What lies no further from the incident's day than this may have happened on it.
const NEAR: SignedDuration = SignedDuration::from_hours(36);
/// Readings that lie less than this apart differ in more than their day.
const DAY: SignedDuration = SignedDuration::from_hours(23);

/// A row before its time is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) text: String,
    /// The time as it was written, where it is read with something added.
    pub(super) typed: Option<String>,
    pub(super) who: Option<String>,
    pub(super) kind: Option<EntryKind>,
    pub(super) line: usize,
    pub(super) last_line: usize,
}

impl Walk {
    pub(super) fn new(context: &Context) -> Self {
        Self {
            base: context.clone(),
            zones: Candidates { values: vec![context.default_zone.clone()], doubt: None },
            dates: Candidates { values: vec![context.date], doubt: None },
            near: context.near,
            supposes: false,
            zone_written: false,
            rows: Vec::new(),
            skipped: Vec::new(),
            unzoned: Vec::new(),
            undated: None,
        }
    }

    /// A walk that goes on where there is a question.
    pub(super) fn supposing(context: &Context) -> Self {
        Self { supposes: true, ..Self::new(context) }
    }

    /// What the next row is read against; several contexts where it is in doubt.
    fn contexts(&self) -> Vec<Context> {
        let of = |zone: &TimeZone, date: &Option<Date>| Context {
            near: self.near,
            default_zone: zone.clone(),
            date: *date,
            ..self.base.clone()
        };
        let zones = self.zones.values.iter();
        zones.flat_map(|zone| self.dates.values.iter().map(move |date| of(zone, date))).collect()
    }

    /// Reads the time at the beginning of a text as the next row's.
    pub(super) fn read(&self, text: &str) -> Reading {
        let doubt = self.zones.doubt.as_deref().or(self.dates.doubt.as_deref());
        time::read_among(text, &self.contexts(), doubt)
    }

    /// How far a time lies from the row above.
    pub(super) fn distance(&self, time: &str) -> Option<SignedDuration> {
        let at = self.read(time).time?.moment.at()?;
        Some(at.duration_since(self.near.at()).abs())
    }

    /// Adds a row whose text begins with its time, if it has one.
    pub(super) fn add(&mut self, draft: Draft) {
        let Reading { time, rest, .. } = self.read(&draft.text);
        let rest = Draft { text: rest, ..draft };
        self.add_read(time, rest);
    }

    /// Adds a row whose time is written apart from its text.
    pub(super) fn add_at(&mut self, time: &str, draft: Draft) {
        let Reading { time, rest, .. } = self.read(time);
        let text = [rest.as_str(), &draft.text].join(" ").trim().to_owned();
        self.add_read(time, Draft { text, ..draft });
    }

    fn add_read(&mut self, time: Option<time::ReadTime>, draft: Draft) {
        let time = time.map(|time| if self.supposes { self.suppose(time) } else { time });
        let (moment, next_day) =
            time.as_ref().map_or((Moment::Unknown, None), |time| (time.moment, time.next_day));
        self.take_zone_of(time.as_ref());
        let unzoned = time.as_ref().is_some_and(|time| time.unzoned) && !self.zone_written;
        if unzoned && moment != Moment::Unknown {
            self.unzoned.push(draft.line);
        }
        let has_day = time.as_ref().is_none_or(|time| time.dated) || self.dates.values != [None];
        if !has_day && moment != Moment::Unknown && matches!(self.near, Near::Around(_)) {
            self.undated = Some(draft.line);
        }
        let (typed, question) = time.map(|time| (time.typed, time.question)).unzip();
        self.near = moment.at().map_or(self.near, Near::After);
        self.rows.push(Row {
            moment,
            typed: draft.typed.or(typed),
            question: question.flatten(),
            kind: draft.kind.unwrap_or_else(|| kind::of_note(&draft.text)),
            text: draft.text,
            who: draft.who,
            line: draft.line,
            last_line: draft.last_line.max(draft.line),
            next_day,
        });
    }

    /// Goes on as if the likeliest answer had been given. Where the incident's day leaves only one,
    /// there is nothing to ask.
    fn suppose(&self, time: time::ReadTime) -> time::ReadTime {
        let Some(question) = &time.question else { return time };
        match self.on_the_day(&question.choices) {
            Some(only) => time::ReadTime { moment: only, question: None, ..time },
            None => time::ReadTime { moment: question.likeliest.unwrap_or(time.moment), ..time },
        }
    }

    /// The only choice near the incident's day, if the others lie on other days.
    fn on_the_day(&self, choices: &[Moment]) -> Option<Moment> {
        let noon = self.base.default_zone.to_timestamp(self.base.date?.at(12, 0, 0, 0)).ok()?;
        let is_within = |moment: &Moment, of: Timestamp, most: SignedDuration| {
            moment.at().is_some_and(|at| at.duration_since(of).abs() <= most)
        };
        let only = choices.iter().copied().find(|choice| is_within(choice, noon, NEAR))?;
        let of_its_day = |choice: &&Moment| only.at().is_some_and(|at| is_within(choice, at, DAY));
        (choices.iter().filter(of_its_day).count() == 1).then_some(only)
    }

    /// A zone that only some rows name is likely that of the rows below them too.
    fn take_zone_of(&mut self, time: Option<&time::ReadTime>) {
        let is_open =
            self.supposes && !self.zone_written && self.base.default_zone == TimeZone::UTC;
        if let Some(zone) = time.and_then(|time| time.zone.clone()).filter(|_| is_open) {
            self.zones = Candidates { values: vec![zone], doubt: None };
        }
    }

    pub(super) fn skip(&mut self, line: usize, text: &str, why: Why) {
        if !text.trim().is_empty() {
            self.skipped.push(Skipped { line, text: text.to_owned(), why });
        }
    }

    /// Takes over the day that a text consists of; says whether it does.
    pub(super) fn take_day(&mut self, text: &str) -> bool {
        let found = self.found(|context| time::day_alone(text, context));
        self.take_dates(found)
    }

    /// Takes over what a heading says of day and zone; says whether it says anything.
    pub(super) fn take_heading(&mut self, text: &str) -> bool {
        let dated = self.take_day(text) || {
            let found = self.found(|context| time::date_in(text, context));
            self.take_dates(found)
        };
        self.take_zone(text) || dated
    }

    /// Takes over what a sentence says of all the rows below it, as "all times are in PST".
    pub(super) fn take_premise(&mut self, text: &str) -> bool {
        let text = text.replace('\n', " ");
        is_premise(&text) && {
            let found = self.found(|context| time::date_in(&text, context));
            let dated = self.take_dates(found);
            self.take_zone(&text) || dated
        }
    }

    /// Takes over the zone that is written somewhere in a text.
    pub(super) fn take_zone(&mut self, text: &str) -> bool {
        let found = self.found(|context| time::zone_in(text, context));
        let found = found.filter(|zones| !zones.values.is_empty());
        let is_found = found.is_some();
        self.zone_written |= is_found;
        self.zones = found.unwrap_or_else(|| self.zones.clone());
        is_found
    }

    fn take_dates(&mut self, found: Option<Candidates<Date>>) -> bool {
        let Some(Candidates { values, doubt }) = found.filter(|dates| !dates.values.is_empty())
        else {
            return false;
        };
        self.dates = Candidates { values: values.into_iter().map(Some).collect(), doubt };
        // The day is given, so the rows above say nothing about it any longer.
        self.near = Near::Around(self.base.near.at());
        true
    }

    fn found<T>(&self, find: impl Fn(&Context) -> Option<T>) -> Option<T> {
        find(&self.contexts().into_iter().next()?)
    }

    pub(super) fn finish(mut self, form: Form) -> Pasted {
        self.rows.sort_by_key(|row| row.line);
        self.skipped.sort_by_key(|skipped| skipped.line);
        Pasted {
            form,
            rows: self.rows,
            skipped: self.skipped,
            unzoned: self.unzoned,
            undated: self.undated,
        }
    }
}

/// Whether a sentence speaks of all times.
pub(super) fn is_premise(text: &str) -> bool {
    const PHRASES: [&str; 9] = [
        "all times",
        "times are",
        "times in",
        "timestamps",
        "time zone",
        "timezone",
        "all events",
        "unless otherwise",
        "unless noted",
    ];
    let lower = text.to_lowercase();
    PHRASES.iter().any(|phrase| lower.contains(phrase))
}
