//! `bin/bench schedule`: the search for an hour.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use afterword_domain::scheduling::{
    Attendee, Bounds, Interval, PastHour, Search, Strain, WeekHours, find,
};
use afterword_domain::time::zone_named;
use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use crate::report::{Figure, Report, Table};
use crate::stats::Samples;

const GOAL_MS: f64 = 100.0;
const DAYS: u8 = 10;

const ZONES: [&str; 12] = [
    "America/Los_Angeles",
    "America/Denver",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Kyiv",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
];

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// Where the figures are written as JSON
    #[arg(long, default_value = "bench/results/schedule.json")]
    output: PathBuf,
    /// One short round: to see that it works, not to compare
    #[arg(long)]
    quick: bool,
    /// How many people are asked
    #[arg(long, default_value_t = 60)]
    people: usize,
    /// How many busy times they have together
    #[arg(long, default_value_t = 5_000)]
    busy: usize,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let rounds = if options.quick { 20 } else { 500 };
    let mut report = Report::new(options.quick);
    let mut figures = Vec::new();
    // In one zone there is an hour for all; in twelve there is none, and two sessions are looked for.
    for (name, zones) in [("one zone", 1), ("12 zones, two sessions", ZONES.len())] {
        let mut random = SmallRng::seed_from_u64(7);
        let mut samples = Samples::default();
        for _ in 0..rounds {
            // Any week of the year, those in which clocks change among them.
            let begin: Timestamp = "2026-01-01T00:00:00Z".parse()?;
            let end = begin + SignedDuration::from_hours(random.random_range(0..365 * 24));
            let people = people(&mut random, options, zones, end);
            let search = search(end, &people);
            let started = Instant::now();
            black_box(find(black_box(&search)));
            samples.add(started.elapsed());
        }
        let p99 = samples.percentile_ms(99).context("nothing was searched")?;
        let p50 = samples.percentile_ms(50).context("nothing was searched")?;
        let goal = |p99: f64, _: f64| p99 <= GOAL_MS;
        figures.push(Figure::new(format!("{name}, p99"), "ms", p99).goal("100 ms", goal));
        figures.push(Figure::new("    p50", "ms", p50));
    }
    let title = format!("{} people, {DAYS} days, {} busy times", options.people, options.busy);
    report.add(Table::new(title, figures));
    report.write(&options.output)?;
    println!("All figures: {}", options.output.display());
    Ok(())
}

fn search(end: Timestamp, people: &[Attendee]) -> Search<'_> {
    let now = end + SignedDuration::from_hours(12);
    Search { end, now, bounds: Bounds::default(), minutes: 60, days: DAYS, people, leads: None }
}

fn people(random: &mut SmallRng, options: &Options, zones: usize, end: Timestamp) -> Vec<Attendee> {
    let one = |n: usize| Attendee {
        id: format!("{n}"),
        name: format!("Person {n}"),
        needed: !n.is_multiple_of(3),
        zone: ZONES.get(n % zones).and_then(|name| zone_named(name)),
        hours: WeekHours::default(),
        days_off: Vec::new(),
        holidays: BTreeSet::new(),
        busy: Vec::new(),
        past: Vec::new(),
        wishes: Vec::new(),
    };
    let mut people: Vec<_> = (0..options.people).map(one).collect();
    for _ in 0..options.busy {
        let whose = random.random_range(0..options.people);
        if let Some(person) = people.get_mut(whose) {
            person.busy.push(interval(random, end));
        }
    }
    for person in people.iter_mut().step_by(5) {
        person.past = vec![PastHour { at: Timestamp::UNIX_EPOCH, strain: Strain::Late }; 2];
    }
    people
}

/// Half an hour to two hours, in the days in which is searched.
fn interval(random: &mut SmallRng, end: Timestamp) -> Interval {
    let from = end + SignedDuration::from_mins(15 * random.random_range(96..11 * 96));
    Interval { from, until: from + SignedDuration::from_mins(random.random_range(30..120)) }
}
