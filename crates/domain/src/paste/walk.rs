//! Going down a timeline: what each row is read against follows from those above it.

use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Form, Pasted, Row, Skipped, Why, kind};
use crate::time::{self, Candidates, Context, Near, Reading};
use crate::timeline::{EntryKind, Moment};

/// The rows so far, and what holds for the next one.
pub(super) struct Walk {
    base: Context,
    zones: Candidates<TimeZone>,
    dates: Candidates<Option<Date>>,
    near: Near,
    rows: Vec<Row>,
    skipped: Vec<Skipped>,
}

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
            rows: Vec::new(),
            skipped: Vec::new(),
        }
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
        let (moment, typed, question) = time.map_or((Moment::Unknown, None, None), |time| {
            (time.moment, Some(time.typed), time.question)
        });
        self.near = moment.at().map_or(self.near, Near::After);
        self.rows.push(Row {
            moment,
            typed: draft.typed.or(typed),
            question,
            kind: draft.kind.unwrap_or_else(|| kind::of_note(&draft.text)),
            text: draft.text,
            who: draft.who,
            line: draft.line,
            last_line: draft.last_line.max(draft.line),
        });
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
        let text = text.replace('\n', " ");
        let lower = text.to_lowercase();
        PHRASES.iter().any(|phrase| lower.contains(phrase)) && {
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
        Pasted { form, rows: self.rows, skipped: self.skipped }
    }
}
