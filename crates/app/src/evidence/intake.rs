//! Storing what arrives: one transaction for all that came while the one before was under way.

use std::sync::{Arc, PoisonError, RwLock};

use afterword_domain::evidence::{Delivery, Event, mask};
use afterword_storage::{Arrived, ClockCorrection, NewDelivery, Storage};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::error::AppError;
use crate::evidence::arrivals::Arrival;

/// Events in one transaction, so that nobody else who writes waits long: on `SQLite` the people
/// who edit do.
const GROUP: usize = 500;
/// Requests that wait; whoever comes beyond that waits to hand in.
const QUEUE: usize = 256;
/// Arrivals that somebody who watches may be behind before missing some.
const WATCHED: usize = 256;

type Answer = oneshot::Sender<Result<Arrived, AppError>>;

struct Request {
    deliveries: Vec<NewDelivery>,
    /// In one transaction, however many they are.
    at_once: bool,
    answer: Answer,
}

/// Where every delivery goes, whoever took it.
#[derive(Clone)]
pub(crate) struct Intake {
    requests: mpsc::Sender<Request>,
    arrivals: broadcast::Sender<Arc<Arrival>>,
    corrections: Arc<RwLock<Vec<ClockCorrection>>>,
}

impl Intake {
    /// Starts the task; it ends when the last handle is gone and everything is stored.
    pub(crate) fn start(storage: Storage) -> Self {
        let (requests, mut inbox) = mpsc::channel::<Request>(QUEUE);
        tokio::spawn(async move {
            while let Some(first) = inbox.recv().await {
                let mut events = first.events();
                let mut group = vec![first];
                while events < GROUP
                    && let Ok(next) = inbox.try_recv()
                {
                    events += next.events();
                    group.push(next);
                }
                store(&storage, group).await;
            }
        });
        let (arrivals, _) = broadcast::channel(WATCHED);
        Self { requests, arrivals, corrections: Arc::default() }
    }

    /// Stores deliveries; on disk when this returns. Answers how many events were new.
    pub(crate) async fn store(
        &self,
        deliveries: Vec<Delivery>,
        received_at: Timestamp,
    ) -> Result<usize, AppError> {
        self.hand_in(deliveries, received_at, false).await
    }

    /// The same, all or nothing.
    pub(crate) async fn store_at_once(
        &self,
        deliveries: Vec<Delivery>,
        received_at: Timestamp,
    ) -> Result<usize, AppError> {
        self.hand_in(deliveries, received_at, true).await
    }

    async fn hand_in(
        &self,
        deliveries: Vec<Delivery>,
        received_at: Timestamp,
        at_once: bool,
    ) -> Result<usize, AppError> {
        let settled = self.settle(deliveries, received_at);
        if settled.is_empty() {
            return Ok(0);
        }
        let (answer, stored) = oneshot::channel();
        let arrival = Arc::new(Arrival::of(&settled));
        let stopped = || AppError::Unavailable("the server is stopping".to_owned());
        let request = Request { deliveries: settled, at_once, answer };
        self.requests.send(request).await.map_err(|_| stopped())?;
        let arrived = stored.await.map_err(|_| stopped())??;
        if !arrived.new.is_empty() {
            self.tell(arrival);
        }
        Ok(arrived.new.len())
    }

    /// Makes deliveries ready to be stored. Without events there is nothing to keep.
    pub(crate) fn settle(&self, deliveries: Vec<Delivery>, now: Timestamp) -> Vec<NewDelivery> {
        let deliveries = deliveries.into_iter().filter(|delivery| !delivery.events.is_empty());
        deliveries
            .map(|delivery| {
                let masked = mask(&delivery.body);
                let settle = |reported: afterword_domain::evidence::Reported| {
                    self.corrected(reported.settle(&delivery.source, now))
                };
                NewDelivery {
                    sha256: Sha256::digest(&delivery.body).into(),
                    body: masked.body,
                    masked: masked.places,
                    events: delivery.events.into_iter().map(settle).collect(),
                }
            })
            .collect()
    }

    fn corrected(&self, mut event: Event) -> Event {
        let corrections = self.corrections.read().unwrap_or_else(PoisonError::into_inner);
        let fits = |it: &&ClockCorrection| {
            it.source == event.source && it.from <= event.raw_at && event.raw_at < it.until
        };
        event.skew = corrections.iter().find(fits).map_or(SignedDuration::ZERO, |it| it.correction);
        event
    }

    /// Tells those who watch.
    pub(crate) fn tell(&self, arrival: Arc<Arrival>) {
        // Nobody may be watching.
        let _ = self.arrivals.send(arrival);
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Arc<Arrival>> {
        self.arrivals.subscribe()
    }

    /// From now on these corrections hold for what arrives.
    pub(crate) fn correct(&self, corrections: Vec<ClockCorrection>) {
        *self.corrections.write().unwrap_or_else(PoisonError::into_inner) = corrections;
    }
}

impl Request {
    fn events(&self) -> usize {
        self.deliveries.iter().map(|delivery| delivery.events.len()).sum()
    }
}

/// Stores a group together; where that fails each request alone, so that nobody is refused for
/// what somebody else sent.
async fn store(storage: &Storage, group: Vec<Request>) {
    let events: usize = group.iter().map(Request::events).sum();
    if group.len() > 1 && events <= 2 * GROUP {
        let all: Vec<&NewDelivery> = group.iter().flat_map(|request| &request.deliveries).collect();
        if let Ok(mut arrived) = storage.add_deliveries(&all).await {
            for Request { deliveries, answer, .. } in group {
                let ids = deliveries.iter().flat_map(|it| &it.events).map(|event| event.id);
                // Sent by two at once, it is new for the first.
                let new = ids.filter(|id| arrived.new.remove(id)).collect();
                // Whoever asked may have gone; what was sent is stored.
                let _ = answer.send(Ok(Arrived { new }));
            }
            return;
        }
    }
    for Request { deliveries, at_once, answer } in group {
        let most = if at_once { usize::MAX } else { GROUP };
        let _ = answer.send(store_in_parts(storage, &deliveries, most).await);
    }
}

/// Stores what one request brought, at most so many deliveries in a transaction. Where that ends
/// half-way the sender hears so and sends it again; what is there already is recognised.
async fn store_in_parts(
    storage: &Storage,
    deliveries: &[NewDelivery],
    most: usize,
) -> Result<Arrived, AppError> {
    let mut arrived = Arrived::default();
    let all: Vec<&NewDelivery> = deliveries.iter().collect();
    for part in all.chunks(most) {
        arrived.new.extend(storage.add_deliveries(part).await?.new);
    }
    Ok(arrived)
}
