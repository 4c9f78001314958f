//! The search itself.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::bounds::Bounds;
use super::grid::{self, Against, Lane, Local, QUARTER};
use super::hours::DayHours;
use super::ledger::burden;
use super::people::{Attendee, Wish};
use super::sessions::{self, Offer};
use super::strain::Strain;
use super::words;

/// Nobody is asked to come within that time from now.
pub const NOTICE: SignedDuration = SignedDuration::from_hours(2);

/// So many hours are offered, of different days.
const MOST: usize = 4;
/// Hours that begin in one day.
const STARTS_A_DAY: usize = 96;
/// Whoever is needed counts as much as so many who are welcome.
const NEEDED: i64 = 4;
/// What waiting weighs: one for each of so many quarters of an hour.
const PATIENCE: i64 = 24;
const PAST_WARNING: i64 = 60;
const LATE: i64 = 200;
/// What it weighs that somebody proposes an hour.
const PROPOSED: i64 = 40;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// When the incident was over.
    pub end: Timestamp,
    /// What time it is.
    pub now: Timestamp,
    /// From when on, and until when.
    pub bounds: Bounds,
    /// How long the meeting takes.
    pub minutes: u16,
    /// Among how many days from the first possible hour on.
    pub days: u8,
    /// Who is to come.
    pub people: &'a [Attendee],
    /// Id of who leads, if that is known.
    pub leads: Option<&'a str>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whether there is an hour inside the day of everybody who is needed.
    pub humane: bool,
    /// The best hours, of different days, and those that people proposed; the best first.
    pub candidates: Vec<Candidate>,
    /// What to do where no hour suits all who are needed.
    pub offer: Option<Offer>,
    /// What should be known of the search as a whole, in sentences.
    pub notes: Vec<String>,
}

/// An hour to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// When it begins.
    pub starts_at: Timestamp,
    /// What stands against it: the less, the better.
    pub cost: i64,
    /// Whether it is inside the day of everybody who is needed.
    pub humane: bool,
    /// The hour as each person has it: first those who are needed, by name.
    pub people: Vec<LocalHour>,
    /// What should be thought of, in sentences.
    pub warnings: Vec<String>,
    /// Why this hour, in sentences.
    pub reasons: Vec<String>,
    /// Ids of those who proposed it.
    pub proposed_by: Vec<String>,
}

/// An hour as somebody has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalHour {
    /// Id of the person.
    pub person: String,
    /// Whether the hour has to suit them.
    pub needed: bool,
    /// The name of their zone.
    pub zone: Option<String>,
    /// When it begins and ends by their clock; nothing where their zone is not known.
    pub local: Option<(DateTime, DateTime)>,
    /// Their working hours on that day.
    pub hours: Option<DayHours>,
    /// What stands against it most.
    pub strain: Option<Strain>,
    /// What stands against it, in sentences.
    pub why: Vec<String>,
}

/// Every hour of the search, for everybody: people in the order in which they are shown.
pub(super) struct Table<'a> {
    pub(super) search: &'a Search<'a>,
    pub(super) people: Vec<&'a Attendee>,
    first: i64,
    pub(super) starts: usize,
    length: usize,
    lanes: Vec<Lane>,
    /// By start: what waiting for it weighs.
    delays: Vec<i64>,
}

/// How bad it is for those who are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Humane,
    Inhumane,
    Impossible,
}

/// Looks for hours. The order of the people does not matter.
pub fn find(search: &Search<'_>) -> Found {
    let table = Table::new(search);
    let ranked = table.ranked();
    let best = ranked.first().map_or(Tier::Impossible, |it| it.0);
    let humane = best == Tier::Humane && !table.people.is_empty();
    let chosen = ranked.iter().filter(|it| it.0 == best).take(MOST).map(|it| it.2);
    let mut starts: Vec<_> = chosen.collect();
    starts.extend(table.proposed().filter(|it| !starts.contains(it)).collect::<Vec<_>>());
    let candidates = starts.into_iter().map(|start| table.candidate(start)).collect();
    let offer = if humane { None } else { sessions::offer(&table) };
    Found { humane, candidates, offer, notes: words::notes(&table.people, humane) }
}

impl<'a> Table<'a> {
    fn new(search: &'a Search<'a>) -> Self {
        let mut people: Vec<_> = search.people.iter().collect();
        people.sort_by(|a, b| (!a.needed, &a.name, &a.id).cmp(&(!b.needed, &b.name, &b.id)));
        let soon = search.now.saturating_add(NOTICE).unwrap_or(Timestamp::MAX);
        let first = grid::ceiling(search.bounds.opens(search.end).max(soon));
        let starts = usize::from(search.days) * STARTS_A_DAY;
        let length = usize::from(search.minutes.div_ceil(15)).max(1);
        let count = starts + length;
        let mut zones: Vec<(&Attendee, Vec<Local>)> = Vec::new();
        let mut lanes = Vec::with_capacity(people.len());
        for &person in &people {
            // A zone is looked up once for all who are in it.
            let known = zones.iter().position(|(it, _)| it.zone == person.zone);
            let locals = match (&person.zone, known) {
                (None, _) => None,
                (Some(_), Some(at)) => zones.get(at).map(|it| &it.1[..]),
                (Some(zone), None) => {
                    let second = |n: usize| first + i64::try_from(n).unwrap_or(0) * QUARTER;
                    let locals = (0..count).map(|n| Local::of(zone, second(n))).collect();
                    zones.push((person, locals));
                    zones.last().map(|it| &it.1[..])
                }
            };
            lanes.push(Lane::of(person, locals, first, count, search.minutes));
        }
        let mut table = Self { search, people, first, starts, length, lanes, delays: Vec::new() };
        table.delays = (0..starts).map(|start| table.delay(start)).collect();
        table
    }

    pub(super) fn start(&self, start: usize) -> Timestamp {
        let second = self.first + i64::try_from(start).unwrap_or(0) * QUARTER;
        Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
    }

    fn delay(&self, start: usize) -> i64 {
        let Search { bounds, end, .. } = self.search;
        let at = self.start(start);
        let mut delay = i64::try_from(start).unwrap_or(0) / PATIENCE;
        if at > bounds.warns(*end) {
            delay += PAST_WARNING;
        }
        if at > bounds.lapses(*end) {
            delay += LATE;
        }
        delay
    }

    pub(super) fn waiting(&self, start: usize) -> i64 {
        self.delays.get(start).copied().unwrap_or_default()
    }

    pub(super) fn against(&self, person: usize, start: usize) -> Against {
        let nothing = Against { worst: None, hour: 0, other: 0 };
        self.lanes.get(person).map_or(nothing, |lane| lane.against(start, self.length))
    }

    /// What it weighs that somebody comes to the hour that begins then.
    pub(super) fn weight(&self, person: usize, against: Against) -> i64 {
        let Some(it) = self.people.get(person) else { return 0 };
        let weight = against.hour * burden(&it.past) + against.other;
        if it.needed { weight * NEEDED } else { weight }
    }

    fn cost(&self, start: usize) -> (Tier, i64) {
        let (mut tier, mut cost) = (Tier::Humane, self.waiting(start));
        for (number, person) in self.people.iter().enumerate() {
            let against = self.against(number, start);
            cost += self.weight(number, against);
            if let (true, Some(worst)) = (person.needed, against.worst) {
                tier = tier.max(tier_of(worst));
            }
        }
        (tier, cost)
    }

    /// The best start of each day, the best day first.
    fn ranked(&self) -> Vec<(Tier, i64, usize)> {
        let proposed = self.proposals();
        let mut days = BTreeMap::new();
        for start in 0..self.starts {
            let (tier, cost) = self.cost(start);
            let wanted = proposed.get(&start).map_or(0, Vec::len);
            let cost = cost - PROPOSED * i64::try_from(wanted).unwrap_or(0);
            let day = self.start(start).as_second().div_euclid(24 * 60 * 60);
            let best = days.entry(day).or_insert((tier, cost, start));
            *best = (*best).min((tier, cost, start));
        }
        let mut ranked: Vec<_> = days.into_values().collect();
        ranked.sort_unstable();
        ranked
    }

    /// The starts that people proposed, with their ids.
    fn proposals(&self) -> BTreeMap<usize, Vec<String>> {
        let mut all: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for person in &self.people {
            for wish in &person.wishes {
                let Wish::Propose(at) = wish else { continue };
                let after = at.as_second() - self.first;
                let start = usize::try_from(after / QUARTER).ok();
                if let Some(start) = start.filter(|it| after % QUARTER == 0 && *it < self.starts) {
                    all.entry(start).or_default().push(person.id.clone());
                }
            }
        }
        all
    }

    fn proposed(&self) -> impl Iterator<Item = usize> {
        self.proposals().into_keys()
    }

    fn candidate(&self, start: usize) -> Candidate {
        let (tier, cost) = self.cost(start);
        let everybody: Vec<_> = (0..self.people.len()).collect();
        let starts_at = self.start(start);
        let proposed_by = self.proposals().remove(&start).unwrap_or_default();
        Candidate {
            starts_at,
            cost,
            humane: tier == Tier::Humane,
            people: self.local_hours(start, &everybody),
            warnings: words::warnings(&self.search.bounds, self.search.end, starts_at),
            reasons: words::reasons(&self.strained(start), &proposed_by),
            proposed_by,
        }
    }

    /// Everybody with what stands most against that hour.
    fn strained(&self, start: usize) -> Vec<(&'a Attendee, Option<Strain>)> {
        let worst = |number| self.against(number, start).worst;
        self.people.iter().enumerate().map(|(number, it)| (*it, worst(number))).collect()
    }

    /// The hour as these people have it.
    pub(super) fn local_hours(&self, start: usize, people: &[usize]) -> Vec<LocalHour> {
        let from = self.start(start);
        let length = SignedDuration::from_mins(i64::from(self.search.minutes));
        let until = from.saturating_add(length).unwrap_or(Timestamp::MAX);
        let of = |&number: &usize| {
            let person = *self.people.get(number)?;
            let strain = self.against(number, start).worst;
            let clock = |at: Timestamp| Some(person.zone.as_ref()?.to_datetime(at));
            let local = clock(from).zip(clock(until));
            let weekday = local.map(|(it, _)| it.date().weekday().to_monday_zero_offset());
            let hours = weekday.and_then(|it| person.hours.of(usize::try_from(it).ok()?));
            let name = |zone: &jiff::tz::TimeZone| zone.iana_name().map(str::to_owned);
            Some(LocalHour {
                person: person.id.clone(),
                needed: person.needed,
                zone: person.zone.as_ref().and_then(name),
                local,
                hours,
                strain,
                why: words::why(person, strain, hours, local, from),
            })
        };
        people.iter().filter_map(of).collect()
    }
}

fn tier_of(worst: Strain) -> Tier {
    match worst {
        it if it.is_humane() => Tier::Humane,
        it if it.is_impossible() => Tier::Impossible,
        _ => Tier::Inhumane,
    }
}
