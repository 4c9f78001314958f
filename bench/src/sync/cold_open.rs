//! A server that has just started opens a record that has a long history.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::time::timeout;
use yrs::updates::decoder::Decode;
use yrs::{IdSet, Update};

use super::author::Author;
use super::connection::{Connection, PATIENCE, Receiver, Sender};
use super::report::{Figure, Goal, float};
use crate::protocol::{Acknowledged, Incoming};
use crate::server::{Address, Installation, Kind, Programs};
use crate::stats::Samples;

const AUTHORS: usize = 20;
/// People type a few words in one place, then go elsewhere.
const BURST: usize = 30;
const DELETED: f64 = 0.1;
/// So many updates are handed to the socket at once.
const BATCH: usize = 64;

pub(crate) fn title(history: usize, openings: usize) -> String {
    format!("Cold open after {history} edits by {AUTHORS} people, {openings} times")
}

pub(crate) async fn run(
    kind: Kind,
    programs: &Programs,
    edits: usize,
    openings: usize,
) -> Result<Vec<Figure>> {
    let installation = Installation::new(kind, programs).await?;
    let server = installation.start().await?;
    let document = server.create_document().await?;
    let history = write_history(edits);
    let began = Instant::now();
    send(&server.address(&document), &history).await?;
    let rate = float(history.len()) / began.elapsed().as_secs_f64();
    server.stop().await?;

    let expected = written(&history)?;
    let mut times = Samples::default();
    for _ in 0..openings {
        let server = installation.start().await?;
        let asked = Instant::now();
        let opened = Connection::open(&server.address(&document)).await?;
        times.add(opened.contents_at.duration_since(asked));
        let missing = expected.diff(&Update::decode_v1(&opened.contents)?.insertions(true));
        ensure!(missing.is_empty(), "the record came back without {missing:?}");
        drop(opened);
        server.stop().await?;
    }
    let time = |times: &mut Samples, percent| times.percentile_ms(percent).context("never opened");
    Ok(vec![
        Figure::new("connect to all of the content, median", "ms", time(&mut times, 50)?)
            .goal(Goal::Value(100.0)),
        Figure::new("connect to all of the content, slowest", "ms", time(&mut times, 100)?),
        Figure::new("edits acknowledged while writing it", "/s", rate),
    ])
}

/// All updates, in the order in which they were made.
fn write_history(edits: usize) -> Vec<Vec<u8>> {
    let mut random = SmallRng::seed_from_u64(super::SEED);
    let mut updates = Vec::with_capacity(edits + AUTHORS);
    let mut authors = Vec::with_capacity(AUTHORS);
    for _ in 0..AUTHORS {
        let (author, entry) = Author::new(&mut random);
        authors.push(author);
        updates.push(entry.update);
    }
    while updates.len() < edits + AUTHORS {
        let chosen = random.random_range(0..AUTHORS);
        if let Some(author) = authors.get_mut(chosen) {
            author.move_cursor(&mut random);
            let left = edits + AUTHORS - updates.len();
            updates.extend((0..BURST.min(left)).map(|_| edit(author, &mut random)));
        }
    }
    updates
}

fn edit(author: &mut Author, random: &mut SmallRng) -> Vec<u8> {
    let deleted = if random.random_bool(DELETED) { author.backspace() } else { None };
    deleted.unwrap_or_else(|| author.type_character()).update
}

/// Sends everything through one connection, and returns when all is acknowledged.
async fn send(address: &Address, history: &[Vec<u8>]) -> Result<()> {
    let Connection { mut sender, mut receiver, .. } = Connection::open(address).await?;
    // The answer to the server's question is acknowledged as well.
    let messages = history.len() + 1;
    tokio::try_join!(
        send_all(&mut sender, history),
        wait_for_acknowledgements(&mut receiver, messages),
    )?;
    Ok(())
}

async fn send_all(sender: &mut Sender, history: &[Vec<u8>]) -> Result<()> {
    for batch in history.chunks(BATCH) {
        for update in batch {
            sender.feed_update(update).await?;
        }
        sender.flush().await?;
    }
    Ok(())
}

async fn wait_for_acknowledgements(receiver: &mut Receiver, messages: usize) -> Result<()> {
    let mut acknowledged = 0;
    while acknowledged < messages {
        let frame = timeout(PATIENCE, receiver.frame())
            .await
            .with_context(|| format!("{acknowledged} of {messages} edits acknowledged"))??;
        match receiver.read(&frame)? {
            Incoming::Acknowledged(Acknowledged::Next) => acknowledged += 1,
            Incoming::Acknowledged(Acknowledged::UpTo(count)) => acknowledged = count,
            _ => {}
        }
    }
    Ok(())
}

fn written(history: &[Vec<u8>]) -> Result<IdSet> {
    let mut all = IdSet::new();
    for update in history {
        all.merge_with(Update::decode_v1(update)?.insertions(true));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_has_as_many_edits_as_asked_for() {
        assert_eq!(write_history(100).len(), AUTHORS + 100);
    }

    #[test]
    fn a_history_is_the_same_for_every_server() {
        assert_eq!(write_history(200), write_history(200));
    }

    #[test]
    fn a_history_holds_deletions_and_many_authors() {
        let history = write_history(1000);
        assert_eq!(written(&history).unwrap().len(), AUTHORS);
        let deletions = history
            .iter()
            .filter(|update| !Update::decode_v1(update).unwrap().delete_set().is_empty());
        assert!(deletions.count() > 50);
    }
}
