//! `kill -9` while people type: what anybody had been shown has to be there afterwards.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use anyhow::Result;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::time::{Instant, sleep};
use yrs::updates::decoder::Decode;
use yrs::{IdSet, Update};

use super::connection::Connection;
use super::report::{Figure, Goal, float};
use super::witness::{Listener, Stopwatch};
use super::writer::{Pace, Writer};
use crate::server::{Address, Installation, Kind, Programs, Server};

const PEOPLE: usize = 8;
/// 20 edits a second each.
const PERIOD: Duration = Duration::from_millis(50);
/// The kill comes at a random moment of this.
const KILLED_AFTER: std::ops::Range<Duration> =
    Duration::from_millis(200)..Duration::from_millis(1200);

pub(crate) fn title(kills: usize) -> String {
    format!("kill -9 while {PEOPLE} people type, {kills} times")
}

/// What all clients together can testify, over all kills.
#[derive(Default)]
struct Testimony {
    sent: IdSet,
    shown: IdSet,
    acknowledged: IdSet,
}

pub(crate) async fn run(kind: Kind, programs: &Programs, kills: usize) -> Result<Vec<Figure>> {
    let mut random = SmallRng::seed_from_u64(super::SEED);
    let installation = Installation::new(kind, programs).await?;
    let mut server = installation.start().await?;
    let document = server.create_document().await?;
    let mut testimony = Testimony::default();
    for _ in 0..kills {
        type_until_killed(server, &document, &mut random, &mut testimony).await?;
        server = installation.start().await?;
    }
    let present = present(&server.address(&document)).await?;
    let shown = testimony.shown.intersect(&testimony.sent);
    let lost = |testified: &IdSet| count(&testified.diff(&present));
    Ok(vec![
        Figure::new("edits shown to somebody", "", count(&shown)),
        Figure::new("edits shown and lost", "", lost(&shown)).goal(Goal::Value(0.0)),
        Figure::new("edits acknowledged", "", count(&testimony.acknowledged)),
        Figure::new("edits acknowledged and lost", "", lost(&testimony.acknowledged))
            .goal(Goal::Value(0.0)),
    ])
}

async fn type_until_killed(
    server: Server<'_>,
    document: &str,
    random: &mut SmallRng,
    testimony: &mut Testimony,
) -> Result<()> {
    let address = server.address(document);
    let mut listeners = start_typing(&address, random).await?;
    sleep(random.random_range(KILLED_AFTER)).await;
    for listener in &mut listeners {
        listener.check().await?;
    }
    server.kill().await?;
    for listener in &mut listeners {
        listener.hung_up().await?;
        let witness = listener.witness.borrow();
        testimony.sent.merge_with(witness.sent().clone());
        testimony.shown.merge_with(witness.shown().clone());
        testimony.acknowledged.merge_with(witness.acknowledged().clone());
    }
    Ok(())
}

/// New people join, who type until their connection breaks.
async fn start_typing(address: &Address, random: &mut SmallRng) -> Result<Vec<Listener>> {
    let stopwatch = Rc::new(RefCell::new(Stopwatch::default()));
    let mut listeners = Vec::new();
    for _ in 0..PEOPLE {
        let (writer, listener) = Writer::join(address, random, PEOPLE - 1, &stopwatch).await?;
        let first = Instant::now() + PERIOD.mul_f64(random.random());
        let end = first + 2 * KILLED_AFTER.end;
        tokio::task::spawn_local(writer.type_at(Pace { first, period: PERIOD, end }));
        listeners.push(listener);
    }
    Ok(listeners)
}

/// The characters that the document holds, without the deleted ones.
async fn present(address: &Address) -> Result<IdSet> {
    let opened = Connection::open(address).await?;
    let update = Update::decode_v1(&opened.contents)?;
    Ok(update.insertions(false).diff(update.delete_set()))
}

fn count(ids: &IdSet) -> f64 {
    let ranges = ids.iter().flat_map(|(_, ranges)| ranges);
    float(ranges.map(ExactSizeIterator::len).sum::<usize>())
}
