//! When a feed has something.

use std::collections::BTreeMap;
use std::str::FromStr as _;
use std::time::{Duration, Instant};

use afterword_domain::scheduling::Interval;
use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFreeBusyType,
    ICalendarFrequency, ICalendarParameterName, ICalendarParameterValue, ICalendarPeriod,
    ICalendarProperty, ICalendarRecurrenceRule, ICalendarStatus, ICalendarTransparency,
    ICalendarValue,
};
use calcard::{Entry, Parser};
use jiff::Timestamp;

use super::{Busy, CalendarError, Window};

/// An event is followed through so many of its repetitions: a daily one for half a century.
const MOST_REPETITIONS: usize = 20_000;
/// All events of a feed take no more time than that.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many times are kept.
const MOST_TIMES: usize = 10_000;
const MOST_ZONES: usize = 200;
/// No clock is further from UTC.
const FURTHEST_CLOCK: i64 = 14 * 60 * 60;

/// What is left out.
#[derive(Default)]
struct Left {
    dense: usize,
    endless: usize,
    floating: usize,
    unread: usize,
    late: bool,
}

struct Reader {
    /// Where times that name no zone are meant.
    home: Option<Tz>,
    window: Window,
    times: Vec<Interval>,
    left: Left,
    until: Instant,
}

/// Reads when a feed has something within the window. `zone`: the IANA name of its owner's zone, in
/// which times are meant that name none, if that is known.
pub fn read(text: &str, zone: Option<&str>, window: Window) -> Result<Busy, CalendarError> {
    let mut reader = Reader {
        home: zone.and_then(|it| Tz::from_str(it).ok()),
        window,
        times: Vec::new(),
        left: Left::default(),
        until: Instant::now() + PATIENCE,
    };
    let mut parser = Parser::new(text);
    let mut calendars = 0;
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                calendars += 1;
                reader.calendar(calendar);
            }
            Entry::Eof => break,
            // What is no calendar is gone past.
            _ => {}
        }
    }
    if calendars == 0 {
        return Err(CalendarError("There is no calendar at this address.".to_owned()));
    }
    Ok(reader.busy())
}

impl Reader {
    fn calendar(&mut self, calendar: ICalendar) {
        let mut zones = Vec::new();
        let mut single = Vec::new();
        // Whatever repeats is read by itself, with its exceptions: those of one event would else be
        // taken for those of another at the same time.
        let mut repeated: BTreeMap<String, Vec<ICalendarComponent>> = BTreeMap::new();
        for component in calendar.components {
            match component.component_type {
                ICalendarComponentType::VTimezone if zones.len() < MOST_ZONES => {
                    zones.push(component);
                }
                ICalendarComponentType::VFreebusy => self.free_busy(&component),
                ICalendarComponentType::VEvent if component.is_recurrent_or_override() => {
                    let uid = component.uid().unwrap_or_default().to_owned();
                    repeated.entry(uid).or_default().push(component);
                }
                ICalendarComponentType::VEvent => single.push(component),
                _ => {}
            }
        }
        self.expand(single, &zones, 0);
        for events in repeated.into_values() {
            if Instant::now() > self.until {
                self.left.late = true;
                return;
            }
            self.repeated(events, &zones);
        }
    }

    fn repeated(&mut self, events: Vec<ICalendarComponent>, zones: &[ICalendarComponent]) {
        let rules = || events.iter().filter_map(rule);
        if rules().any(is_dense) {
            self.left.dense += 1;
            return;
        }
        let has_exceptions = events.iter().any(ICalendarComponent::is_recurrence_override);
        let is_over = |rule: &ICalendarRecurrenceRule| {
            let until = rule.until.as_ref().and_then(|it| seconds(it, Tz::UTC));
            // A day for zones.
            until.is_some_and(|it| it + 86_400 < self.window.from.as_second())
        };
        let all_over = rules().next().is_some() && rules().all(is_over);
        if all_over && !has_exceptions {
            return;
        }
        self.expand(events, zones, MOST_REPETITIONS);
    }

    /// `most`: through how many repetitions it is followed; 0 where nothing repeats.
    fn expand(
        &mut self,
        mut events: Vec<ICalendarComponent>,
        zones: &[ICalendarComponent],
        most: usize,
    ) {
        let count = events.len();
        let is_busy: Vec<_> = events.iter().map(takes_time).collect();
        let ends: Vec<_> = events.iter_mut().map(end_of_rule).collect();
        // An exception belongs to its event whichever of them was changed how often.
        for event in &mut events {
            event.entries.retain(|it| it.name != ICalendarProperty::Sequence);
        }
        // A feed of one event has a zone or two; they are looked up by the event.
        events.extend(zones.iter().cloned());
        let calendar = ICalendar { components: events };
        let expanded = calendar.expand_dates(self.home.unwrap_or(Tz::Floating), most);
        self.left.unread += expanded.errors.len();
        let last = expanded.events.iter().map(|it| it.timestamps().0).max();
        let cut = most > 0 && expanded.events.len() >= most;
        if cut && last.is_some_and(|it| it < self.window.until.as_second()) {
            self.left.endless += 1;
        }
        for event in expanded.events {
            let of = usize::try_from(event.comp_id).unwrap_or(usize::MAX);
            if of >= count || !is_busy.get(of).copied().unwrap_or_default() {
                continue;
            }
            let (start, end) = event.timestamps();
            if ends.get(of).copied().flatten().is_some_and(|it| start > it) {
                continue;
            }
            if end < self.window.from.as_second() || start > self.window.until.as_second() {
                continue;
            }
            if event.start.timezone().is_floating() {
                self.left.floating += 1;
                continue;
            }
            // A day is as long as the clock on the wall says.
            let exact = event.try_into_date_time().map(|it| it.end.timestamp());
            self.add(start, exact.unwrap_or(end));
        }
    }

    fn free_busy(&mut self, component: &ICalendarComponent) {
        for entry in component.properties(&ICalendarProperty::Freebusy) {
            if is_free(entry) {
                continue;
            }
            for value in &entry.values {
                let ICalendarValue::Period(period) = value else { continue };
                let found = match period {
                    ICalendarPeriod::Range { start, end } => {
                        seconds(start, Tz::UTC).zip(seconds(end, Tz::UTC))
                    }
                    ICalendarPeriod::Duration { start, duration } => {
                        let length = duration.to_time_delta().map(|it| it.num_seconds());
                        seconds(start, Tz::UTC)
                            .zip(length)
                            .map(|(start, length)| (start, start.saturating_add(length)))
                    }
                };
                match found {
                    Some((start, end)) => self.add(start, end),
                    None => self.left.unread += 1,
                }
            }
        }
    }

    fn add(&mut self, start: i64, end: i64) {
        let from = start.max(self.window.from.as_second());
        let until = end.min(self.window.until.as_second());
        let times = Timestamp::from_second(from).ok().zip(Timestamp::from_second(until).ok());
        if let Some((from, until)) = times.filter(|(from, until)| from < until) {
            self.times.push(Interval { from, until });
        }
    }

    fn busy(mut self) -> Busy {
        self.times.sort_unstable();
        let mut merged: Vec<Interval> = Vec::new();
        for it in self.times {
            match merged.last_mut().filter(|last| it.from <= last.until) {
                Some(last) => last.until = last.until.max(it.until),
                None => merged.push(it),
            }
        }
        let more = merged.len().saturating_sub(MOST_TIMES);
        merged.truncate(MOST_TIMES);
        Busy { times: merged, notes: notes(&self.left, more) }
    }
}

fn notes(left: &Left, more: usize) -> Vec<String> {
    let events = |count: usize| {
        if count == 1 { "One event".to_owned() } else { format!("{count} events") }
    };
    let some = |count: usize, rest: &str| (count > 0).then(|| format!("{}: {rest}", events(count)));
    let late = "Reading it took too long: some events that repeat were left out.".to_owned();
    [
        some(left.dense, "left out for repeating every minute or second."),
        some(left.endless, "not followed to the end for repeating too often."),
        some(left.floating, "left out for naming no zone, while yours is not known."),
        some(left.unread, "left out for times that cannot be read."),
        some(more, "left out as too many."),
        left.late.then_some(late),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn rule(component: &ICalendarComponent) -> Option<&ICalendarRecurrenceRule> {
    let entry = component.property(&ICalendarProperty::Rrule)?;
    match entry.values.first()? {
        ICalendarValue::RecurrenceRule(rule) => Some(rule),
        _ => None,
    }
}

/// When a rule ends, in seconds since 1970, if that is said in UTC. The library compares it with the
/// clock on the wall: so that it leaves out no last repetition, it is told a later end.
fn end_of_rule(event: &mut ICalendarComponent) -> Option<i64> {
    let entry = event.property_mut(&ICalendarProperty::Rrule)?;
    let ICalendarValue::RecurrenceRule(rule) = entry.values.first_mut()? else { return None };
    let until = rule.until.as_mut()?;
    if until.hour.is_none() {
        // The whole of that day.
        (until.hour, until.minute, until.second) = (Some(23), Some(59), Some(59));
    }
    until.tz_hour?;
    let end = seconds(until, Tz::UTC)?;
    *until = PartialDateTime::from_naive_timestamp(end + FURTHEST_CLOCK);
    Some(end)
}

/// No engagement of anybody's repeats so often.
fn is_dense(rule: &ICalendarRecurrenceRule) -> bool {
    matches!(rule.freq, ICalendarFrequency::Secondly | ICalendarFrequency::Minutely)
        || rule.byminute.len() > 12
        || rule.bysecond.len() > 1
}

fn seconds(at: &PartialDateTime, zone: Tz) -> Option<i64> {
    at.to_date_time_with_tz(zone).map(|it| it.timestamp())
}

/// Whether somebody is busy with it.
fn takes_time(component: &ICalendarComponent) -> bool {
    let is_free = component.transparency() == Some(&ICalendarTransparency::Transparent);
    let is_cancelled = component.status() == Some(&ICalendarStatus::Cancelled);
    let has = |name| component.has_property(&name);
    // What begins at a time and has no end ends when it begins.
    let begins_at_time = component
        .property(&ICalendarProperty::Dtstart)
        .and_then(|it| it.values.first())
        .is_some_and(|it| matches!(it, ICalendarValue::PartialDateTime(at) if at.hour.is_some()));
    let has_end = has(ICalendarProperty::Dtend) || has(ICalendarProperty::Duration);
    !is_free && !is_cancelled && !is_shown_as_free(component) && (has_end || !begins_at_time)
}

/// As Outlook says it.
fn is_shown_as_free(component: &ICalendarComponent) -> bool {
    component.entries.iter().any(|entry| {
        matches!(&entry.name, ICalendarProperty::Other(name)
            if name.eq_ignore_ascii_case("X-MICROSOFT-CDO-BUSYSTATUS"))
            && entry.values.first().and_then(ICalendarValue::as_text) == Some("FREE")
    })
}

fn is_free(entry: &ICalendarEntry) -> bool {
    entry.params.iter().any(|it| {
        it.name == ICalendarParameterName::Fbtype
            && it.value == ICalendarParameterValue::Fbtype(ICalendarFreeBusyType::Free)
    })
}
