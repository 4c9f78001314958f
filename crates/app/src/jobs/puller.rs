//! Asks the sources that can be asked for what is new.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use afterword_domain::evidence::Delivery;
use afterword_integrations::evidence::{Page, Pull, PullError, client};
use afterword_integrations::vendor;
use afterword_storage::{NewTrouble, Source, Storage, StorageError, TroubleKind};
use jiff::{SignedDuration, Timestamp};
use rand::Rng as _;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use crate::clock::Clock;
use crate::evidence::arrivals::Arrival;
use crate::evidence::intake::Intake;
use crate::secrets::new_id;

/// How often the list of sources is looked through.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// How long a source rests after it had nothing more to tell.
const REST: Duration = Duration::from_mins(1);
/// How long it rests at the most after failures.
const LONGEST_REST: Duration = Duration::from_hours(1);
/// How far back the first question reaches.
const FIRST_DAYS: i64 = 30;

/// When a source is asked next, and how often in a row it failed.
#[derive(Clone, Copy)]
struct Turn {
    due: Instant,
    failures: u32,
}

struct Puller {
    storage: Storage,
    intake: Intake,
    clock: Clock,
    client: reqwest::Client,
}

/// Starts asking. A source that fails is asked more and more rarely; no source waits for another.
pub(crate) fn start(storage: Storage, intake: Intake, clock: Clock) -> JoinHandle<()> {
    tokio::spawn(async move {
        match client() {
            Ok(client) => Arc::new(Puller { storage, intake, clock, client }).run().await,
            Err(error) => tracing::error!(%error, "sources cannot be asked"),
        }
    })
}

impl Puller {
    async fn run(self: Arc<Self>) {
        let mut turns: BTreeMap<String, Turn> = BTreeMap::new();
        let mut under_way = JoinSet::new();
        loop {
            match self.storage.sources().await {
                Ok(sources) => {
                    for source in sources.into_iter().filter(is_asked) {
                        let turn = turns.entry(source.id.clone()).or_insert_with(first_turn);
                        if turn.due <= Instant::now() {
                            // Not again before this one has answered.
                            turn.due = Instant::now() + LONGEST_REST * 24;
                            let (puller, turn) = (self.clone(), *turn);
                            under_way.spawn(async move { puller.ask(source, turn).await });
                        }
                    }
                }
                Err(error) => tracing::error!(%error, "the sources cannot be listed"),
            }
            let look = tokio::time::sleep(LOOK_EVERY);
            tokio::pin!(look);
            loop {
                tokio::select! {
                    () = &mut look => break,
                    Some(Ok((id, turn))) = under_way.join_next(), if !under_way.is_empty() => {
                        turns.insert(id, turn);
                    }
                }
            }
        }
    }

    async fn ask(&self, source: Source, turn: Turn) -> (String, Turn) {
        let (id, failures) = (source.id.clone(), turn.failures);
        let rest = match self.ask_for_all(source).await {
            Ok(()) => return (id, Turn { due: Instant::now() + REST, failures: 0 }),
            Err(PullError::TooOften(wait)) => wait.min(LONGEST_REST * 24),
            Err(error) => {
                // A row of failures is told once.
                if failures == 0 {
                    self.tell(&id, &error).await;
                }
                rest_after(failures)
            }
        };
        (id, Turn { due: Instant::now() + rest, failures: failures.saturating_add(1) })
    }

    async fn ask_for_all(&self, mut source: Source) -> Result<(), PullError> {
        let Some(pull) = pull_of(&source) else { return Ok(()) };
        loop {
            let now = self.clock.now();
            let first = now.saturating_sub(SignedDuration::from_hours(24 * FIRST_DAYS));
            let page = Page {
                settings: source.settings.clone(),
                token: source.token.clone().unwrap_or_default(),
                cursor: source.pull_cursor.clone(),
                since: first.unwrap_or(now),
            };
            let pulled = pull.page(&self.client, &page).await?;
            let told = |(body, events)| Delivery { source: source.id.clone(), body, events };
            let deliveries = pulled.deliveries.into_iter().map(told).collect();
            self.keep(&source.id, deliveries, &pulled.cursor, now)
                .await
                .map_err(|error| PullError::Unavailable(error.to_string()))?;
            if !pulled.more {
                return Ok(());
            }
            source.pull_cursor = Some(pulled.cursor);
        }
    }

    async fn keep(
        &self,
        source: &str,
        deliveries: Vec<Delivery>,
        cursor: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let settled = self.intake.settle(deliveries, now);
        let all: Vec<_> = settled.iter().collect();
        let arrived = self.storage.add_pulled(source, &all, cursor).await?;
        if !arrived.new.is_empty() {
            self.intake.tell(Arc::new(Arrival::of(&settled)));
        }
        Ok(())
    }

    async fn tell(&self, source: &str, error: &PullError) {
        let trouble = NewTrouble {
            id: new_id(),
            source: source.to_owned(),
            received_at: self.clock.now(),
            kind: TroubleKind::Failed,
            reason: error.to_string(),
            headers: None,
            body: None,
        };
        if let Err(error) = self.storage.add_trouble(&trouble).await {
            tracing::error!(%error, source, "a source's failure could not be noted");
        }
    }
}

fn is_asked(source: &Source) -> bool {
    source.token.is_some() && pull_of(source).is_some()
}

fn pull_of(source: &Source) -> Option<&'static dyn Pull> {
    vendor(&source.vendor)?.pull()
}

fn first_turn() -> Turn {
    Turn { due: Instant::now(), failures: 0 }
}

/// Doubles with each failure in a row; a little by chance, so that not all come back at once.
fn rest_after(failures: u32) -> Duration {
    let rest = REST.saturating_mul(1_u32.checked_shl(failures).unwrap_or(u32::MAX));
    let rest = rest.min(LONGEST_REST);
    rest.mul_f64(rand::rng().random_range(0.8..1.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_fails_is_asked_more_and_more_rarely() {
        assert!(rest_after(0) < rest_after(2));
        assert!(rest_after(40) <= LONGEST_REST.mul_f64(1.2));
    }
}
