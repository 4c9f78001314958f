//! How many events a second come in and are on disk, beside what the database alone can do.

use std::time::{Duration, Instant};

use afterword_storage::{NewDelivery, Storage};
use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use reqwest::Method;

use super::dataset::{self, Events, now};
use super::peers::{self, Copied};
use super::{Extent, Options};
use crate::place::{Engine, Place};
use crate::report::{Figure, Table};
use crate::server::{Installation, Server};
use crate::stats::{Samples, median};

/// Events in one request.
pub(crate) const BATCH: usize = 500;
const CONNECTIONS: usize = 64;

/// Events a second of one engine, one value a round.
#[derive(Default)]
struct Rounds {
    batches: Vec<f64>,
    singly: Vec<f64>,
    /// The database alone, a transaction for each batch.
    alone: Vec<f64>,
    /// The database alone, one transaction for all.
    at_once: Vec<f64>,
    cpu: Vec<f64>,
    latency: Vec<f64>,
}

/// Measures one engine; the server and the database alone take turns.
pub(crate) async fn run(engine: Engine, options: &Options, extent: Extent) -> Result<Table> {
    let mut rounds = Rounds::default();
    for round in 1..=extent.rounds {
        eprintln!("intake, {}: round {round} of {}", engine.name(), extent.rounds);
        served(engine, options, extent, &mut rounds).await?;
        alone(engine, options, extent, &mut rounds).await?;
    }
    let title = format!("Durable intake over HTTP into {}", engine.name());
    Ok(Table::new(title, rounds.figures(engine)?))
}

impl Rounds {
    fn figures(&self, engine: Engine) -> Result<Vec<Figure>> {
        let middle = |values: &[f64]| median(values).context("nothing was measured");
        let batches = Figure::new("one client, batches of 500", "1/s", middle(&self.batches)?)
            .beside(middle(&self.alone)?);
        let batches = match engine {
            Engine::Sqlite => batches.goal("20,000, or half of the peer", |events, ratio| {
                events >= 20_000.0 || ratio >= 0.5
            }),
            Engine::Postgres => batches.goal("half of the peer", |_, ratio| ratio >= 0.5),
        };
        let mut figures = vec![batches];
        if engine == Engine::Postgres {
            let at_once = middle(&self.at_once)?;
            let figure = Figure::new("the same, beside one COPY", "1/s", middle(&self.batches)?);
            figures.push(figure.beside(at_once));
        }
        let singly = Figure::new("singly, 64 connections", "1/s", middle(&self.singly)?);
        figures.push(singly.goal("3,000", |events, _| events >= 3_000.0));
        figures.push(Figure::new("answer to a batch, p99", "ms", middle(&self.latency)?));
        figures.push(Figure::new("server CPU per event in batches", "us", middle(&self.cpu)?));
        Ok(figures)
    }
}

async fn served(
    engine: Engine,
    options: &Options,
    extent: Extent,
    rounds: &mut Rounds,
) -> Result<()> {
    let place = Place::new(engine, options.postgres.as_deref()).await?;
    let installation = Installation::over(&place.url, &options.programs).await?;
    let server = installation.start().await?;
    let measured = in_batches(&server, "batch", extent.batches).await?;
    rounds.batches.push(measured.rate);
    rounds.cpu.push(measured.cpu_micros);
    rounds.latency.push(measured.p99);
    rounds.singly.push(singly(&server, extent.singly).await?);
    server.stop().await?;
    place.remove().await
}

/// What sending batches came to.
pub(crate) struct InBatches {
    /// Events a second.
    pub(crate) rate: f64,
    /// Of the server, for each event.
    pub(crate) cpu_micros: f64,
    /// Milliseconds until a batch was answered.
    pub(crate) p99: f64,
}

/// One client that sends a batch as soon as the one before was answered.
pub(crate) async fn in_batches(
    server: &Server<'_>,
    series: &str,
    batches: usize,
) -> Result<InBatches> {
    let mut events = Events::new(series);
    let bodies: Vec<_> = (0..batches).map(|_| events.body(BATCH, now())).collect();
    // The first answer may find connections to be made and statements to be prepared.
    send(server, Events::new(&format!("{series}-warm")).body(BATCH, now())).await?;
    let (mut latencies, cpu, began) = (Samples::default(), server.cpu()?, Instant::now());
    for body in bodies {
        let sent = Instant::now();
        send(server, body).await?;
        latencies.add(sent.elapsed());
    }
    let (took, cpu) = (began.elapsed(), server.cpu()?.saturating_sub(cpu));
    let count = count(batches * BATCH);
    Ok(InBatches {
        rate: count / took.as_secs_f64(),
        cpu_micros: cpu.as_secs_f64() * 1e6 / count,
        p99: latencies.percentile_ms(99).context("no batch was sent")?,
    })
}

/// Clients that each send one event as soon as the one before was answered.
async fn singly(server: &Server<'_>, lasting: Duration) -> Result<f64> {
    let began = Instant::now();
    let clients = (0..CONNECTIONS).map(|client| async move {
        let mut events = Events::new(&format!("single-{client}"));
        let mut sent = 0_usize;
        while began.elapsed() < lasting {
            send(server, events.json(now())).await?;
            sent += 1;
        }
        anyhow::Ok(sent)
    });
    let sent: usize = try_join_all(clients).await?.into_iter().sum();
    Ok(count(sent) / began.elapsed().as_secs_f64())
}

/// Sends events and waits until they are on disk.
pub(crate) async fn send(server: &Server<'_>, body: String) -> Result<()> {
    let request = server.request(Method::POST, "/events");
    let request = request.header("content-type", "application/x-ndjson").body(body);
    let answer = request.send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    ensure!(status.is_success(), "events were not taken: {status} {text}");
    Ok(())
}

/// The database without a server in front of it.
async fn alone(
    engine: Engine,
    options: &Options,
    extent: Extent,
    rounds: &mut Rounds,
) -> Result<()> {
    let batches = batches(extent.batches)?;
    let count = count(extent.batches * BATCH);
    let place = Place::new(engine, options.postgres.as_deref()).await?;
    prepare(&place).await?;
    if engine == Engine::Sqlite {
        let took = peers::insert(&place.url, &batches)?;
        rounds.alone.push(count / took.as_secs_f64());
        return place.remove().await;
    }
    let each: Vec<Copied> = batches.iter().map(|batch| copied(&[batch])).collect::<Result<_>>()?;
    rounds.alone.push(count / peers::copy(&place.url, &each).await?.as_secs_f64());
    place.remove().await?;
    let place = Place::new(engine, options.postgres.as_deref()).await?;
    prepare(&place).await?;
    let all = copied(&batches.iter().collect::<Vec<_>>())?;
    rounds.at_once.push(count / peers::copy(&place.url, &[all]).await?.as_secs_f64());
    place.remove().await
}

fn batches(count: usize) -> Result<Vec<Vec<NewDelivery>>> {
    let mut events = Events::new("batch");
    let batch = |_| {
        let now = now();
        dataset::deliveries(&events.body(BATCH, now), now)
    };
    (0..count).map(batch).collect()
}

fn copied(batches: &[&Vec<NewDelivery>]) -> Result<Copied> {
    let mut copied = Copied::default();
    for batch in batches {
        copied.add(batch)?;
    }
    Ok(copied)
}

/// Makes the tables and their indexes, and the partition of today.
async fn prepare(place: &Place) -> Result<()> {
    let storage = Storage::open(&place.url).await?;
    let now = now();
    let first = dataset::deliveries(&Events::new("first").body(1, now), now)?;
    storage.add_deliveries(&first.iter().collect::<Vec<_>>()).await?;
    storage.close().await;
    Ok(())
}

pub(crate) fn count(events: usize) -> f64 {
    f64::from(u32::try_from(events).unwrap_or(u32::MAX))
}
