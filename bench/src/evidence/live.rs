//! What the events leave of live editing: how long an edit takes until it is on disk.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use tokio::time::{MissedTickBehavior, interval};

use super::dataset::{Events, now};
use super::intake::send;
use super::{Extent, Options};
use crate::place::{Engine, Place};
use crate::protocol::Incoming;
use crate::report::{Figure, Table};
use crate::server::{Installation, Server};
use crate::stats::Samples;
use crate::sync::author::Author;
use crate::sync::connection::Connection;

/// Twenty edits a second of one person.
const BETWEEN_EDITS: Duration = Duration::from_millis(50);

/// Events that come in at a steady rate.
#[derive(Clone, Copy)]
pub(crate) struct Inflow {
    pub(crate) requests_a_second: u32,
    pub(crate) events_each: usize,
}

/// As many tools report, each a little.
pub(crate) const THOUSAND: Inflow = Inflow { requests_a_second: 10, events_each: 100 };
const TWENTY_THOUSAND: Inflow = Inflow { requests_a_second: 40, events_each: 500 };
const NOTHING: Inflow = Inflow { requests_a_second: 1, events_each: 0 };

impl Inflow {
    /// Sends until it is dropped; a slow server is sent less.
    pub(crate) async fn run(self, server: &Server<'_>, series: &str) -> Result<()> {
        let mut events = Events::new(series);
        let mut ticks = interval(Duration::from_secs(1) / self.requests_a_second);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        loop {
            ticks.tick().await;
            if self.events_each > 0 {
                send(server, events.body(self.events_each, now())).await?;
            }
        }
    }
}

pub(crate) async fn run(engine: Engine, options: &Options, extent: Extent) -> Result<Table> {
    let place = Place::new(engine, options.postgres.as_deref()).await?;
    let installation = Installation::over(&place.url, &options.programs).await?;
    let server = installation.start().await?;
    let document = server.create_document().await?;
    let mut figures = Vec::new();
    let inflows = [
        ("while nothing comes in", NOTHING),
        ("while 1,000 events a second come in", THOUSAND),
        ("while 20,000 events a second come in", TWENTY_THOUSAND),
    ];
    for (name, inflow) in inflows {
        eprintln!("live edits, {}: {name}", engine.name());
        let mut samples = tokio::select! {
            samples = edit(&server, &document, extent.editing) => samples?,
            ended = inflow.run(&server, name) => return Err(ended.err().context("no inflow")?),
        };
        for percent in [50, 99] {
            let value = samples.percentile_ms(percent).context("nothing was edited")?;
            figures.push(Figure::new(format!("{name}, p{percent}"), "ms", value));
        }
    }
    server.stop().await?;
    place.remove().await?;
    let title = format!("A live edit until it is on disk, {}", engine.name());
    Ok(Table::new(title, figures))
}

/// One person types; answers how long each character took to be acknowledged.
async fn edit(server: &Server<'_>, document: &str, lasting: Duration) -> Result<Samples> {
    let mut connection = Connection::open(&server.address(document)).await?;
    let (mut author, entry) = Author::new(&mut SmallRng::from_os_rng());
    connection.sender.update(&entry.update).await?;
    acknowledged(&mut connection).await?;
    let (mut samples, began, mut ticks) =
        (Samples::default(), Instant::now(), interval(BETWEEN_EDITS));
    while began.elapsed() < lasting {
        ticks.tick().await;
        let typed = Instant::now();
        connection.sender.update(&author.type_character().update).await?;
        acknowledged(&mut connection).await?;
        samples.add(typed.elapsed());
    }
    Ok(samples)
}

async fn acknowledged(connection: &mut Connection) -> Result<()> {
    loop {
        let frame = connection.receiver.frame().await?;
        if let Incoming::Acknowledged(_) = connection.receiver.read(&frame)? {
            return Ok(());
        }
    }
}
