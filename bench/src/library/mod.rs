//! `bin/bench library`: finding and reading what is published.

mod fill;
mod questions;
mod words;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::place::{Engine, Place};
use crate::report::{Figure, Report, Table};
use crate::server::{Installation, Programs};
use fill::Filled;

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    programs: Programs,
    /// Where the figures are written as JSON
    #[arg(long, default_value = "bench/results/library.json")]
    output: PathBuf,
    /// The address of a `PostgreSQL` server that is durable; `bin/bench` starts one
    #[arg(long)]
    postgres: Option<String>,
    /// One short round of everything: to see that it works, not to compare
    #[arg(long)]
    quick: bool,
    /// How many post-mortems are published [default: 100000, quick: 1000]
    #[arg(long)]
    postmortems: Option<usize>,
    /// Ask of what an earlier run published there (`sqlite://PATH`, `postgres://…`), not anew
    #[arg(long)]
    database: Option<String>,
    /// Keep the databases that questions were asked of, to ask again with `--database`
    #[arg(long)]
    keep: bool,
    /// Measure only these databases
    #[arg(long, value_enum, default_values = ["sqlite", "postgres"])]
    engine: Vec<Engine>,
}

pub(crate) async fn run(options: Options) -> Result<()> {
    let mut report = Report::new(options.quick);
    if let Some(url) = &options.database {
        let installation = Installation::over(url, &options.programs).await?;
        report.add(ask(&installation, &options, "stored by another run").await?);
    } else {
        for engine in options.engine.iter().copied() {
            measure(engine, &options, &mut report).await?;
        }
    }
    report.write(&options.output)?;
    println!("All figures: {}", options.output.display());
    Ok(())
}

impl Options {
    fn count(&self) -> usize {
        self.postmortems.unwrap_or(if self.quick { 1_000 } else { 100_000 })
    }
}

async fn measure(engine: Engine, options: &Options, report: &mut Report) -> Result<()> {
    let count = options.count();
    let place = Place::new(engine, options.postgres.as_deref()).await?;
    eprintln!("{}: publishing {count} post-mortems", engine.name());
    fill::fill(&place.url, count).await?;
    let before = place.size().await?;
    let installation = Installation::over(&place.url, &options.programs).await?;
    let server = installation.start().await?;
    let began = Instant::now();
    // The server finds by itself what is not indexed.
    fill::until_indexed(&place.url).await?;
    let took = began.elapsed();
    place.settle().await?;
    let growth = place.size().await?.saturating_sub(before);
    let title = format!("{count} published post-mortems, {}", engine.name());
    report.add(Table::new(title, index_figures(count, before, growth, took)));
    server.stop().await?;
    report.add(ask(&installation, options, engine.name()).await?);
    place.end(options.keep).await
}

async fn ask(installation: &Installation, options: &Options, wherein: &str) -> Result<Table> {
    let count = options.count();
    let rounds = if options.quick { 20 } else { 300 };
    let server = installation.start().await?;
    let figures = questions::ask_all(&server, &Filled::of(count), rounds).await?;
    server.stop().await?;
    Ok(Table::new(format!("Asked of {count} post-mortems, {wherein}"), figures))
}

#[expect(clippy::cast_precision_loss, reason = "figures need no more than 52 bits")]
fn index_figures(count: usize, before: u64, growth: u64, took: Duration) -> Vec<Figure> {
    let each = growth as f64 / count as f64 / 1024.0;
    vec![
        Figure::new("size without the index", "MB", before as f64 / 1e6),
        Figure::new("growth by the index", "MB", growth as f64 / 1e6),
        Figure::new("    for each post-mortem", "kB", each),
        Figure::new("indexed a second", "", count as f64 / took.as_secs_f64()),
    ]
}
