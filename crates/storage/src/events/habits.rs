//! How often things came, in a window and in the periods before it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use afterword_domain::evidence::lookback::{Firings, Habit, Occurrence, Scale};
use afterword_domain::evidence::{EventKind, EventState};
use jiff::Timestamp;
use tokio::try_join;

use super::lookback::Stretch;
use super::tally::{Came, Span, Tallied, hour_at, hour_of};
use crate::database::Storage;
use crate::error::StorageError;

/// Whose habits are wanted.
#[derive(Clone, Debug)]
pub struct HabitsWanted {
    /// The keys of the services.
    pub services: Vec<String>,
    /// Of this kind.
    pub kind: EventKind,
    /// Only of what these name, also if it did not come in the window; otherwise of whatever
    /// came in the window.
    pub fingerprints: Option<Vec<String>>,
    /// The window, and the periods before it.
    pub scale: Scale,
}

/// A habit, and when that was: by hours, so that single events are found without a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How often it came.
    pub habit: Habit,
    /// On which days it came, the last first.
    days: Vec<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Day {
    number: i64,
    /// Hours since 1970.
    hours: Vec<i64>,
}

/// More different alerts than a service has, and few enough to rank.
const MOST_HABITS: usize = 500;
/// So many single times are read, shared among the alerts that are told: a page shows ten of each,
/// and says how long they lasted ...
const OCCURRENCES: usize = 300;
/// ... but at least so many of each, and at most so many.
const OF_EACH: (usize, usize) = (20, 100);
/// So many hours between two are read with them: to look up the second by itself would take longer
/// than to go past what came between.
const CLOSE: i64 = 6;

impl Storage {
    /// How often things came in a window and in the periods before it, rarest first.
    pub async fn habits(&self, wanted: &HabitsWanted) -> Result<Vec<Counted>, StorageError> {
        let names = wanted.fingerprints.as_deref();
        if wanted.services.is_empty() || names.is_some_and(<[_]>::is_empty) {
            return Ok(Vec::new());
        }
        let scale = &wanted.scale;
        let tallied = Tallied {
            services: &wanted.services,
            kind: Some(wanted.kind),
            names,
            resolved: false,
            came_since: names.is_none().then(|| scale.hour()),
            span: Span::new(scale.begin, scale.to),
        };
        let mut things: BTreeMap<(String, String), Counting> = BTreeMap::new();
        let periods = Periods::of(scale);
        let (all, early) = try_join!(
            self.hours(&tallied),
            self.single_hours(&tallied, (scale.hour(), scale.from), 1),
        )?;
        for Came { service, fingerprint, first, number, hours } in all {
            things.entry((service, fingerprint)).or_default().count(&periods, first, number, hours);
        }
        for hours in early {
            if let Some(it) = things.get_mut(&(hours.service.clone(), hours.fingerprint.clone())) {
                it.move_before_the_window(&hours);
            }
        }
        let counted = things.into_iter().filter_map(|(key, it)| it.done(key, wanted.kind));
        let mut counted: Vec<Counted> =
            counted.filter(|it| names.is_some() || it.habit.now > 0).collect();
        counted.sort_by_cached_key(|Counted { habit, .. }| {
            (habit.active, Reverse(habit.now), habit.fingerprint.clone())
        });
        counted.truncate(MOST_HABITS);
        Ok(counted)
    }

    /// The last occurrences of these, and the first in the window.
    pub async fn firings(
        &self,
        alerts: &[&Counted],
        scale: &Scale,
    ) -> Result<Firings, StorageError> {
        let Some(first) = alerts.first() else { return Ok(Firings::default()) };
        let (fewest, most) = OF_EACH;
        let of_each = (OCCURRENCES / alerts.len()).clamp(fewest, most);
        let mut since: HashMap<(&str, &str), i64> = HashMap::new();
        let mut hours: BTreeSet<(&str, i64)> = BTreeSet::new();
        for alert in alerts {
            let Habit { service, fingerprint, .. } = &alert.habit;
            let (from, read) = alert.hours_to_read(of_each, hour_of(scale.from));
            since.insert((service, fingerprint), from);
            hours.extend(read.into_iter().map(|hour| (&service[..], hour)));
        }
        let each = |name: fn(&Habit) -> &String| {
            let names: BTreeSet<&String> = alerts.iter().map(|it| name(&it.habit)).collect();
            names.into_iter().cloned().collect::<Vec<String>>()
        };
        let (services, names) = (each(|it| &it.service), each(|it| &it.fingerprint));
        let first_hour = since.values().min().copied().unwrap_or_default();
        let gone = Tallied {
            services: &services,
            kind: Some(first.habit.kind),
            names: Some(&names),
            resolved: true,
            came_since: None,
            span: Span::new(hour_at(first_hour), scale.to),
        };
        let gone = self.hours(&gone).await?;
        for it in &gone {
            if let Some(from) = since.get(&(&it.service[..], &it.fingerprint[..])) {
                let own = it.hours.iter().filter(|hour| *hour >= from);
                hours.extend(own.map(|hour| (&it.service[..], *hour)));
            }
        }
        let stretches = stretches(&hours, scale);
        let kinds = [first.habit.kind];
        let found = self.occurrences_within(&stretches, &kinds, Some(&names)).await?;
        Ok(sorted_out(found, &since, scale.from))
    }

    /// How often something came that is not gone again, of each service and name, from one time
    /// until before another.
    pub async fn numbers(
        &self,
        services: &[String],
        fingerprints: &[String],
        (from, to): (Timestamp, Timestamp),
    ) -> Result<BTreeMap<(String, String), usize>, StorageError> {
        if services.is_empty() || fingerprints.is_empty() {
            return Ok(BTreeMap::new());
        }
        let tallied = Tallied {
            services,
            kind: None,
            names: Some(fingerprints),
            resolved: false,
            came_since: None,
            span: Span::new(from, to),
        };
        let mut numbers: BTreeMap<(String, String), i64> = BTreeMap::new();
        for it in self.hours(&tallied).await? {
            *numbers.entry((it.service, it.fingerprint)).or_default() += it.number;
        }
        let positive = numbers.into_iter().filter(|(_, number)| *number > 0);
        Ok(positive.map(|(key, number)| (key, usize::try_from(number).unwrap_or(0))).collect())
    }

    /// How many events of a kind there were in the window (first) and in each of the periods
    /// before it, the latest of them first.
    pub async fn volumes(
        &self,
        services: &[String],
        kind: EventKind,
        scale: &Scale,
    ) -> Result<Vec<usize>, StorageError> {
        let mut volumes = vec![0_i64; scale.periods as usize + 1];
        if !services.is_empty() {
            let of = |span| Tallied {
                services,
                kind: Some(kind),
                names: None,
                resolved: false,
                came_since: None,
                span,
            };
            let periods = Periods::of(scale);
            let (all, early) =
                (of(Span::new(scale.begin, scale.to)), of(Span::new(scale.hour(), scale.from)));
            let (all, early) = try_join!(self.day_sums(&all), self.day_sums(&early))?;
            for (hour, number) in all {
                if let Some(volume) = volumes.get_mut(periods.of_hour(hour)) {
                    *volume += number;
                }
            }
            let early: i64 = early.into_iter().map(|(_, number)| number).sum();
            if let [now, last, ..] = &mut volumes[..] {
                (*now, *last) = (*now - early, *last + early);
            }
        }
        Ok(volumes.into_iter().map(|it| usize::try_from(it).unwrap_or_default()).collect())
    }

    /// How many events about these services there were from one time until before another.
    pub async fn events_between(
        &self,
        services: &[String],
        from: Timestamp,
        to: Timestamp,
    ) -> Result<usize, StorageError> {
        if services.is_empty() {
            return Ok(0);
        }
        let span = Span::new(from, to);
        let tallied =
            Tallied { services, kind: None, names: None, resolved: false, came_since: None, span };
        let sums = self.day_sums(&tallied).await?;
        let all: i64 = sums.into_iter().map(|(_, number)| number).sum();
        Ok(usize::try_from(all).unwrap_or_default())
    }
}

/// The periods by hours since 1970.
struct Periods {
    window: i64,
    length: i64,
    number: usize,
}

impl Periods {
    fn of(scale: &Scale) -> Self {
        let length = scale.period.as_hours().max(1);
        Self { window: hour_of(scale.from), length, number: scale.periods as usize }
    }

    /// 0 is the window, 1 the period before it.
    fn of_hour(&self, hour: i64) -> usize {
        if hour >= self.window {
            return 0;
        }
        let before = (self.window - 1 - hour) / self.length;
        usize::try_from(before).map_or(self.number, |it| (it + 1).min(self.number))
    }
}

#[derive(Default)]
struct Counting {
    periods: BTreeMap<usize, i64>,
    days: BTreeMap<i64, Day>,
}

impl Counting {
    fn count(&mut self, periods: &Periods, first: i64, number: i64, hours: Vec<i64>) {
        *self.periods.entry(periods.of_hour(first)).or_default() += number;
        let day = self.days.entry(first).or_insert(Day { number: 0, hours: Vec::new() });
        day.number += number;
        day.hours.extend(hours);
    }

    /// What came in the window's hour and before the window.
    fn move_before_the_window(&mut self, early: &Came) {
        *self.periods.entry(0).or_default() -= early.number;
        *self.periods.entry(1).or_default() += early.number;
    }

    fn done(self, (service, fingerprint): (String, String), kind: EventKind) -> Option<Counted> {
        let number = |it: i64| u32::try_from(it).unwrap_or_default();
        let before = self.periods.range(1..).map(|(_, it)| number(*it)).filter(|it| *it > 0);
        let last = self.days.values().flat_map(|day| &day.hours).max()?;
        let habit = Habit {
            service,
            kind,
            fingerprint,
            now: number(self.periods.get(&0).copied().unwrap_or_default()),
            active: u32::try_from(before.clone().count()).unwrap_or(u32::MAX),
            most: before.max().unwrap_or_default(),
            last_at: hour_at(*last),
        };
        let days = self.days.into_values().rev().collect();
        Some(Counted { habit, days })
    }
}

impl Counted {
    /// From which hour on the last so many are, and which hours are to be read: those, and the
    /// first in the window.
    fn hours_to_read(&self, most: usize, window: i64) -> (i64, BTreeSet<i64>) {
        let mut left = i64::try_from(most).unwrap_or(i64::MAX);
        let enough = |day: &&Day| {
            let wanted = left > 0;
            left -= day.number;
            wanted
        };
        let days = self.days.iter().take_while(enough);
        let mut read: BTreeSet<i64> = days.flat_map(|day| &day.hours).copied().collect();
        let since = read.first().copied().unwrap_or(i64::MAX);
        let came: BTreeSet<i64> = self.days.iter().flat_map(|day| &day.hours).copied().collect();
        // In the hour in which the window begins it may have come only before that.
        read.extend(came.range(window..).take(2));
        (since, read)
    }
}

/// The hours of each service, those that lie close to each other as one with what is between.
fn stretches(hours: &BTreeSet<(&str, i64)>, scale: &Scale) -> Vec<Stretch> {
    let mut joined: Vec<(&str, i64, i64)> = Vec::new();
    for (service, hour) in hours {
        match joined.last_mut() {
            Some((of, _, end)) if of == service && *hour <= *end + CLOSE => *end = hour + 1,
            _ => joined.push((service, *hour, hour + 1)),
        }
    }
    let stretch = |(service, first, end): (&str, i64, i64)| Stretch {
        service: service.to_owned(),
        from: hour_at(first).max(scale.begin),
        to: hour_at(end).min(scale.to),
    };
    joined.into_iter().map(stretch).collect()
}

/// Of what was read for all together, what is each alert's own: what came before that only where
/// it is the first in the window.
fn sorted_out(
    found: Vec<Occurrence>,
    since: &HashMap<(&str, &str), i64>,
    window: Timestamp,
) -> Firings {
    let mut firings = Firings::default();
    for it in found {
        let Some(name) = it.fingerprint.as_deref() else { continue };
        match since.get(&(&it.service[..], name)) {
            Some(since) if hour_of(it.at) >= *since => firings.last.push(it),
            Some(_) if it.at >= window && it.state != Some(EventState::Resolved) => {
                let key = (it.service.clone(), name.to_owned());
                let first = firings.first.entry(key).or_insert(it.at);
                *first = it.at.min(*first);
            }
            _ => {}
        }
    }
    firings
}
