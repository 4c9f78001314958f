//! `bin/bench evidence`: events come in, are asked about, and leave the people who edit alone.

mod dataset;
mod growth;
mod intake;
mod live;
mod peers;

mod questions;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;

use crate::place::{Engine, Place};
use crate::report::Report;
use crate::server::Programs;

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    programs: Programs,
    /// Where the figures are written as JSON
    #[arg(long, default_value = "bench/results/evidence.json")]
    output: PathBuf,
    /// The address of a `PostgreSQL` server that is durable; `bin/bench` starts one
    #[arg(long)]
    postgres: Option<String>,
    /// One short round of everything: to see that it works, not to compare
    #[arg(long)]
    quick: bool,
    /// How many events are stored at most [default: 10000000, quick: 100000]
    #[arg(long)]
    events: Option<u64>,
    /// Ask of the events that are stored there (`sqlite://PATH`, `postgres://…`), not of new ones
    #[arg(long)]
    database: Option<String>,
    /// Keep the databases that questions were asked of, to ask again with `--database`
    #[arg(long)]
    keep: bool,
    /// Measure only these databases
    #[arg(long, value_enum, default_values = ["sqlite", "postgres"])]
    engine: Vec<Engine>,
    /// Measure only these
    #[arg(long, value_enum, default_values = ["intake", "live", "growth", "questions"])]
    only: Vec<Subject>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Subject {
    Intake,
    Live,
    Growth,
    Questions,
}

/// How much is measured.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    rounds: usize,
    /// Batches of each round.
    batches: usize,
    /// How long single events are sent.
    singly: Duration,
    /// How long somebody types beside each inflow.
    editing: Duration,
    /// How long is asked.
    asking: Duration,
    /// Events that are stored at most.
    stored: u64,
}

impl Extent {
    fn of(options: &Options) -> Self {
        let (rounds, batches, seconds, stored) =
            if options.quick { (1, 20, 3, 100_000) } else { (3, 200, 15, 10_000_000) };
        let asking = Duration::from_secs(if options.quick { 10 } else { 180 });
        Self {
            rounds,
            batches,
            singly: Duration::from_secs(seconds),
            editing: Duration::from_secs(seconds),
            asking,
            stored: options.events.unwrap_or(stored),
        }
    }
}

pub(crate) async fn run(options: Options) -> Result<()> {
    let extent = Extent::of(&options);
    let mut report = Report::new(options.quick);
    if let Some(url) = &options.database {
        growth::ask(&Place::there(url), &options, "the events of another run", extent, &mut report)
            .await?;
        return written(&report, &options);
    }
    for engine in options.engine.iter().copied() {
        if options.only.contains(&Subject::Intake) {
            report.add(intake::run(engine, &options, extent).await?);
        }
        if options.only.contains(&Subject::Live) {
            report.add(live::run(engine, &options, extent).await?);
        }
        if options.only.iter().any(|it| matches!(it, Subject::Growth | Subject::Questions)) {
            growth::run(engine, &options, extent, &mut report).await?;
        }
    }
    written(&report, &options)
}

fn written(report: &Report, options: &Options) -> Result<()> {
    report.write(&options.output)?;
    println!("All figures: {}", options.output.display());
    Ok(())
}
