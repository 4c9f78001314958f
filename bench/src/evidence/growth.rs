//! Whether an event costs more the more are stored.

use afterword_storage::{NewDelivery, Storage};
use anyhow::Result;
use jiff::SignedDuration;
use tokio::sync::mpsc;

use super::dataset::{self, Events, SPAN, now};
use super::intake::{InBatches, in_batches};
use super::{Extent, Options, Subject, questions};
use crate::place::{Engine, Place};
use crate::report::{Figure, Report, Table};
use crate::server::Installation;

const STEPS: [u64; 3] = [10_000, 100_000, 1_000_000];
/// Events in one transaction while the store is filled.
const AT_ONCE: usize = 10_000;

/// Fills a store step by step; measures what an event costs at each step, and what is asked of
/// the events at the last.
pub(crate) async fn run(
    engine: Engine,
    options: &Options,
    extent: Extent,
    report: &mut Report,
) -> Result<()> {
    let place = Place::new(engine, options.postgres.as_deref()).await?;
    let installation = Installation::over(&place.url, &options.programs).await?;
    let mut costs = Vec::new();
    let mut stored = 0;
    let steps = STEPS.into_iter().filter(|step| *step < extent.stored).chain([extent.stored]);
    for step in steps {
        eprintln!("{}: storing {step} events", engine.name());
        fill(&place.url, &format!("until-{step}"), step - stored).await?;
        stored = step;
        if options.only.contains(&Subject::Growth) {
            costs.push((step, cost(&installation, step, extent).await?));
        }
    }
    if let [(_, first), ..] = &costs[..] {
        let figures = costs.iter().flat_map(|(step, cost)| figures(*step, cost, first)).collect();
        let title = format!("What an event costs, by the number stored, {}", engine.name());
        report.add(Table::new(title, figures));
    }
    if options.only.contains(&Subject::Questions) {
        place.settle().await?;
        let of = format!("{stored} events, {}", engine.name());
        ask(&place, options, &of, extent, report).await?;
    }
    place.end(options.keep).await
}

/// What is asked of the events in a store.
pub(crate) async fn ask(
    place: &Place,
    options: &Options,
    of: &str,
    extent: Extent,
    report: &mut Report,
) -> Result<()> {
    let installation = Installation::over(&place.url, &options.programs).await?;
    let server = installation.start().await?;
    let title = format!("Asked of {of}, 1,000 a second come in");
    report.add(questions::run(&server, title, extent.asking).await?);
    server.stop().await
}

async fn cost(installation: &Installation, step: u64, extent: Extent) -> Result<InBatches> {
    let server = installation.start().await?;
    let measured = in_batches(&server, &format!("at-{step}"), extent.batches).await?;
    server.stop().await?;
    Ok(measured)
}

fn figures(step: u64, cost: &InBatches, first: &InBatches) -> [Figure; 2] {
    [
        Figure::new(format!("batches of 500 with {step} stored"), "1/s", cost.rate)
            .beside(first.rate),
        Figure::new("    server CPU per event", "us", cost.cpu_micros).beside(first.cpu_micros),
    ]
}

/// Puts events into the store, evenly over the last ninety days.
pub(crate) async fn fill(url: &str, series: &str, count: u64) -> Result<()> {
    let storage = Storage::open(url).await?;
    let (sender, mut batches) = mpsc::channel::<Result<Vec<NewDelivery>>>(2);
    let events = Events::new(series);
    let making = tokio::task::spawn_blocking(move || make(events, count, &sender));
    while let Some(batch) = batches.recv().await {
        storage.add_deliveries(&batch?.iter().collect::<Vec<_>>()).await?;
    }
    making.await?;
    storage.close().await;
    Ok(())
}

fn make(mut events: Events, count: u64, batches: &mpsc::Sender<Result<Vec<NewDelivery>>>) {
    let end = now();
    let start = end - SPAN;
    let between = SPAN.as_micros() / i128::from(count.max(1));
    let at = |number: u64| {
        let after = i64::try_from(between * i128::from(number)).unwrap_or_default();
        start + SignedDuration::from_micros(after)
    };
    for first in (0..count).step_by(AT_ONCE) {
        let last = count.min(first + AT_ONCE as u64);
        let lines: Vec<_> = (first..last).map(|number| events.json(at(number))).collect();
        let body = lines.join("\n");
        if batches.blocking_send(dataset::deliveries(&body, end)).is_err() {
            return;
        }
    }
}
