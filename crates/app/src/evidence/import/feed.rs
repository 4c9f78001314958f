//! From a reader, which may block, to the store, a batch at a time.

use std::mem::take;
use std::ops::ControlFlow;

use afterword_domain::evidence::Delivery;
use afterword_integrations::evidence::{Found, Take, Unreadable};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::ImportedEvents;
use crate::app::App;
use crate::documents::Skipped;
use crate::error::AppError;

/// Events stored at once, and how many bytes of messages: whichever is reached first.
const BATCH: usize = 1_000;
const BATCH_BYTES: usize = 4 << 20;
/// What is told of each; more are counted.
const TOLD: usize = 1_000;

/// Gathers what a reader finds.
struct Gatherer {
    source: String,
    batches: mpsc::Sender<Vec<Delivery>>,
    batch: Vec<Delivery>,
    bytes: usize,
    skipped: Vec<Skipped>,
    more_skipped: usize,
}

impl Gatherer {
    fn take(&mut self, found: Found) -> ControlFlow<()> {
        match found {
            Found::Skipped(skipped) if self.skipped.len() < TOLD => {
                let line = usize::try_from(skipped.line).unwrap_or(usize::MAX);
                self.skipped.push(Skipped { line, text: skipped.text, why: skipped.why });
            }
            Found::Skipped(_) => self.more_skipped += 1,
            Found::Event(body, reported) => {
                self.bytes += body.len();
                let (source, events) = (self.source.clone(), vec![*reported]);
                self.batch.push(Delivery { source, body, events });
                if self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES {
                    return self.send();
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn send(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        match self.batches.blocking_send(take(&mut self.batch)) {
            Ok(()) => ControlFlow::Continue(()),
            // Whoever sent the file has gone, or the store does not take it.
            Err(_) => ControlFlow::Break(()),
        }
    }
}

impl App {
    /// Stores what `read` finds while it is reading. Where it cannot go on, what it found before
    /// stays; the same file again adds only what is missing.
    pub(super) async fn feed(
        &self,
        source: String,
        read: impl FnOnce(Take<'_>) -> Result<(), Unreadable> + Send + 'static,
    ) -> Result<ImportedEvents, AppError> {
        let (batches, mut inbox) = mpsc::channel(2);
        let mut gatherer = Gatherer {
            source: source.clone(),
            batches,
            batch: Vec::new(),
            bytes: 0,
            skipped: Vec::new(),
            more_skipped: 0,
        };
        let reading = spawn_blocking(move || {
            let outcome = read(&mut |found| gatherer.take(found));
            if !gatherer.batch.is_empty() {
                // Nobody waits any more if it is not taken.
                let _ = gatherer.send();
            }
            (outcome, gatherer.skipped, gatherer.more_skipped)
        });
        let (mut events, mut known) = (0, 0);
        while let Some(batch) = inbox.recv().await {
            let received = batch.len();
            let new = self.intake.store(batch, self.clock.now()).await?;
            events += received;
            known += received - new;
        }
        let (outcome, skipped, more_skipped) = reading.await.map_err(AppError::internal)?;
        outcome.map_err(|unreadable| refused(&unreadable, events))?;
        Ok(ImportedEvents { source, events, known, skipped, more_skipped })
    }
}

fn refused(unreadable: &Unreadable, events: usize) -> AppError {
    let kept = match events {
        0 => String::new(),
        1 => ". The event before it is kept".to_owned(),
        _ => format!(". The {events} events before it are kept; importing again adds only others"),
    };
    AppError::invalid("body", format!("{unreadable}{kept}"))
}
