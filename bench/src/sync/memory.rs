//! What an open document and a connection keep in memory while nothing happens.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use anyhow::Result;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use tokio::time::sleep;

use super::report::{Figure, float};
use super::witness::{Listener, Stopwatch};
use super::writer::{self, Writer};
use crate::server::{Address, Installation, Kind, Programs, Server};

const DOCUMENTS: u32 = 500;
const SAMPLE_EVERY: Duration = Duration::from_millis(250);
/// Memory is steady when this many samples in a row differ by less than a hundredth.
const STEADY: usize = 4;
const MOST_SAMPLES: usize = 40;

pub(crate) fn title() -> String {
    format!("{DOCUMENTS} records open, nobody types")
}

/// First one connection to each document, then a second one: the second step is connections
/// alone, and the first one less that is the documents.
pub(crate) async fn run(kind: Kind, programs: &Programs) -> Result<Vec<Figure>> {
    let installation = Installation::new(kind, programs).await?;
    let server = installation.start().await?;
    let empty = settled(&server).await?;
    let (addresses, mut listeners) = open_documents(&server).await?;
    let opened = settled(&server).await?;
    let stopwatch = Rc::new(RefCell::new(Stopwatch::default()));
    for address in &addresses {
        listeners.push(writer::observe(address, &stopwatch).await?);
    }
    let joined = settled(&server).await?;
    for listener in &mut listeners {
        listener.check().await?;
    }
    let each = |more: f64, less: f64| (more - less) / f64::from(DOCUMENTS);
    let connection = each(joined, opened);
    Ok(vec![
        Figure::new("server without documents", "MB", empty / 1024.0),
        Figure::new(
            "one open document, without connections",
            "kB",
            each(opened, empty) - connection,
        ),
        Figure::new("one connection", "kB", connection),
    ])
}

async fn open_documents(server: &Server<'_>) -> Result<(Vec<Address>, Vec<Listener>)> {
    let mut random = SmallRng::seed_from_u64(super::SEED);
    let stopwatch = Rc::new(RefCell::new(Stopwatch::default()));
    let (mut addresses, mut listeners) = (Vec::new(), Vec::new());
    for _ in 0..DOCUMENTS {
        let address = server.address(&server.create_document().await?);
        let (_, listener) = Writer::join(&address, &mut random, 0, &stopwatch).await?;
        addresses.push(address);
        listeners.push(listener);
    }
    Ok((addresses, listeners))
}

/// Resident memory in kilobytes once it has stopped moving, or as it is when it does not stop.
async fn settled(server: &Server<'_>) -> Result<f64> {
    let mut last = kilobytes(server)?;
    let mut steady = 0;
    for _ in 0..MOST_SAMPLES {
        sleep(SAMPLE_EVERY).await;
        let now = kilobytes(server)?;
        steady = if (now - last).abs() < last / 100.0 { steady + 1 } else { 0 };
        last = now;
        if steady == STEADY {
            break;
        }
    }
    Ok(last)
}

fn kilobytes(server: &Server<'_>) -> Result<f64> {
    Ok(float(server.resident()? / 1024))
}
