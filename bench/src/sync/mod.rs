//! `bin/bench sync`: many people edit at once.

pub(crate) mod author;
mod cold_open;
pub(crate) mod connection;
mod kill;
mod load;
mod meeting;
mod memory;
mod report;
mod witness;
mod writer;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::server::{Kind, Programs};
use load::Load;
use report::{Comparison, Figure, Report};

/// Every run types the same characters at the same moments.
const SEED: u64 = 20_260_301;

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    programs: Programs,
    /// Where the figures are written as JSON
    #[arg(long, default_value = "bench/results/sync.json")]
    output: PathBuf,
    /// One short round of everything: to see that it works, not to compare
    #[arg(long)]
    quick: bool,
    /// How often each server is killed [default: 200, quick: 10]
    #[arg(long)]
    kills: Option<usize>,
    /// Measure only these servers
    #[arg(long, value_enum, default_values = ["afterword", "hocuspocus"])]
    server: Vec<Kind>,
    /// Measure only these
    #[arg(long, value_enum, default_values = ["load", "memory", "cold-open", "kill"])]
    only: Vec<Subject>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Subject {
    Load,
    Memory,
    ColdOpen,
    Kill,
}

/// How much is measured.
#[derive(Clone, Copy)]
struct Extent {
    rounds: usize,
    /// How long the typing is measured in each round.
    typing: Duration,
    history: usize,
    openings: usize,
    kills: usize,
}

impl Extent {
    fn of(options: &Options) -> Self {
        if options.quick {
            Self {
                rounds: 1,
                typing: Duration::from_secs(5),
                history: 20_000,
                openings: 2,
                kills: options.kills.unwrap_or(10),
            }
        } else {
            Self {
                rounds: 3,
                typing: Duration::from_secs(20),
                history: 100_000,
                openings: 5,
                kills: options.kills.unwrap_or(200),
            }
        }
    }
}

/// One thing that is measured of every server.
enum Measurement {
    Load(Load),
    Memory,
    ColdOpen,
    Kill,
}

impl Measurement {
    fn of(subject: Subject) -> Vec<Self> {
        match subject {
            Subject::Load => load::LOADS.into_iter().map(Self::Load).collect(),
            Subject::Memory => vec![Self::Memory],
            Subject::ColdOpen => vec![Self::ColdOpen],
            Subject::Kill => vec![Self::Kill],
        }
    }

    fn title(&self, extent: Extent) -> String {
        match self {
            Self::Load(load) => load.title(),
            Self::Memory => memory::title(),
            Self::ColdOpen => cold_open::title(extent.history, extent.openings),
            Self::Kill => kill::title(extent.kills),
        }
    }

    /// Opening and killing repeat by themselves.
    fn rounds(&self, extent: Extent) -> usize {
        match self {
            Self::Load(_) | Self::Memory => extent.rounds,
            Self::ColdOpen | Self::Kill => 1,
        }
    }

    async fn run(&self, kind: Kind, programs: &Programs, extent: Extent) -> Result<Vec<Figure>> {
        match self {
            Self::Load(load) => load.run(kind, programs, extent.typing).await,
            Self::Memory => memory::run(kind, programs).await,
            Self::ColdOpen => cold_open::run(kind, programs, extent.history, extent.openings).await,
            Self::Kill => kill::run(kind, programs, extent.kills).await,
        }
    }
}

pub(crate) async fn run(options: Options) -> Result<()> {
    let extent = Extent::of(&options);
    let mut report = Report::new(options.quick);
    for measurement in options.only.iter().copied().flat_map(Measurement::of) {
        let comparison = compare(&measurement, &options, extent).await?;
        println!("{comparison}");
        report.add(&comparison);
    }
    report.write(&options.output)?;
    println!("All rounds: {}", options.output.display());
    Ok(())
}

/// Measures the servers in turn, so that what else the machine does meets all of them.
async fn compare(
    measurement: &Measurement,
    options: &Options,
    extent: Extent,
) -> Result<Comparison> {
    let title = measurement.title(extent);
    let rounds = measurement.rounds(extent);
    let mut comparison = Comparison::new(title.clone());
    for round in 1..=rounds {
        for kind in options.server.iter().copied() {
            eprintln!("{title}: {}, round {round} of {rounds}", kind.name());
            let figures = measurement
                .run(kind, &options.programs, extent)
                .await
                .with_context(|| format!("{title}: {}", kind.name()))?;
            comparison.add(kind, figures);
        }
    }
    Ok(comparison)
}
