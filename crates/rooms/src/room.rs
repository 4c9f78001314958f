//! One record that somebody has open: the task that alone touches the document.

use std::sync::Arc;
use std::time::Duration;

use afterword_record::Record;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use yrs::Update;

use crate::committer::{Committer, Pace};
use crate::frames::{self, Incoming, close};
use crate::log::{LogError, NewUpdate, UpdateLog};
use crate::presence::{ConnectionId, Presence, Visitor};
use crate::rooms::RoomError;
use crate::visitors::{Outgoing, Visitors};

/// An edit made by the server on somebody's behalf: answers the update it made.
pub(crate) type EditFn = Box<dyn FnOnce(&mut Record) -> Option<Vec<u8>> + Send>;
/// Something that reads the record as it stands after the update with that place.
pub(crate) type ReadFn = Box<dyn FnOnce(&Record, i64) + Send>;

/// What a room can be asked.
pub(crate) enum Command {
    Join {
        visitor: Visitor,
        acks: bool,
        answer: oneshot::Sender<Result<(ConnectionId, mpsc::Receiver<Outgoing>), RoomError>>,
    },
    Leave(ConnectionId),
    Frame(ConnectionId, Vec<u8>),
    Edit {
        person: Option<String>,
        edit: EditFn,
        answer: oneshot::Sender<Result<i64, RoomError>>,
    },
    Read {
        read: ReadFn,
        answer: oneshot::Sender<Result<(), RoomError>>,
    },
    Here {
        answer: oneshot::Sender<Vec<Visitor>>,
    },
}

/// What a room needs from its surroundings.
pub(crate) struct Surroundings {
    pub(crate) log: Arc<dyn UpdateLog>,
    pub(crate) committer: Committer,
    pub(crate) changed: mpsc::UnboundedSender<String>,
}

/// An update of a connection that is not on disk yet.
struct Pending {
    connection: ConnectionId,
    number: u64,
    person: String,
    payload: Vec<u8>,
}

impl Pending {
    /// Whoever comes with nothing new answers the room's question with an empty update, which
    /// is counted and neither stored nor shown: reading is no edit.
    fn is_news(&self) -> bool {
        self.payload != Update::EMPTY_V1
    }

    fn to_store(&self, record: &str) -> NewUpdate {
        NewUpdate {
            record: record.to_owned(),
            person: Some(self.person.clone()),
            payload: self.payload.clone(),
        }
    }
}

/// Commands that are taken together; bounds how long a reader waits behind writers.
const BATCH: usize = 256;
/// Updates after which opening would begin to take noticeably longer.
const SNAPSHOT_EVERY: usize = 500;
/// How long to wait before storing is tried again.
const RETRY: Duration = Duration::from_secs(1);
/// What is kept in memory while the store does not store.
const MAX_PENDING_BYTES: usize = 64 * 1024 * 1024;

pub(crate) struct Room {
    name: String,
    around: Surroundings,
    record: Record,
    /// The place of the last update that is in `record`.
    seq: i64,
    since_snapshot: usize,
    /// The snapshot that is being stored.
    saving: Option<JoinHandle<()>>,
    pace: Pace,
    visitors: Visitors,
    presence: Presence,
    pending: Vec<Pending>,
    /// Connections that asked what they lack; answered after everything before is stored.
    asking: Vec<(ConnectionId, Vec<u8>)>,
    /// Why storing failed the last time it was tried.
    stalled: Option<String>,
}

impl Room {
    /// Reads the record from the store.
    pub(crate) async fn open(name: String, around: Surroundings) -> Result<Self, RoomError> {
        let (record, seq, tail) = load(&name, around.log.as_ref()).await?;
        Ok(Self {
            name,
            around,
            record,
            seq,
            since_snapshot: tail,
            saving: None,
            pace: Pace::default(),
            visitors: Visitors::default(),
            presence: Presence::default(),
            pending: Vec::new(),
            asking: Vec::new(),
            stalled: None,
        })
    }

    /// Takes commands until `idle` closes the door, or until `stop`; then takes what had come.
    pub(crate) async fn run(
        mut self,
        mut inbox: mpsc::Receiver<Command>,
        idle: impl Fn(),
        linger: Duration,
        stop: CancellationToken,
    ) {
        let mut commands = Vec::with_capacity(BATCH);
        let mut stopping = false;
        loop {
            let wait = if self.stalled.is_some() { RETRY } else { linger };
            let next = tokio::time::timeout(wait, inbox.recv_many(&mut commands, BATCH));
            let next = tokio::select! {
                next = next => next,
                () = stop.cancelled(), if !stopping => {
                    stopping = true;
                    inbox.close();
                    continue;
                }
            };
            match next {
                Ok(0) => break,
                Err(_) if self.stalled.is_none() => {
                    // If nobody else holds the door, this closes it, and the inbox ends.
                    idle();
                    continue;
                }
                // Something came, or it is time to try again what could not be stored.
                Ok(_) | Err(_) => {}
            }
            for command in commands.drain(..) {
                self.take(command).await;
            }
            self.gather(&mut inbox).await;
            self.settle().await;
        }
        self.settle().await;
        self.visitors.close_all(close::RESTARTING, "the server is restarting");
        self.snapshot().await;
        self.saved().await;
    }

    /// Takes what else comes in the same few milliseconds, to store and send it together.
    async fn gather(&mut self, inbox: &mut mpsc::Receiver<Command>) {
        if self.pending.is_empty() {
            return;
        }
        self.pace.keep().await;
        for _ in 0..BATCH {
            let Ok(command) = inbox.try_recv() else { return };
            self.take(command).await;
        }
    }

    async fn take(&mut self, command: Command) {
        match command {
            Command::Join { visitor, acks, answer } => self.join(visitor, acks, answer),
            Command::Leave(connection) => self.leave(connection),
            Command::Frame(connection, frame) => self.hear(connection, &frame),
            Command::Edit { person, edit, answer } => {
                let _ = answer.send(self.edit(person, edit).await);
            }
            Command::Read { read, answer } => {
                // Whoever reads sees all that was written before.
                self.settle().await;
                read(&self.record, self.seq);
                let _ = answer.send(Ok(()));
            }
            Command::Here { answer } => {
                let _ = answer.send(self.visitors.people());
            }
        }
    }

    fn join(
        &mut self,
        visitor: Visitor,
        acks: bool,
        answer: oneshot::Sender<Result<(ConnectionId, mpsc::Receiver<Outgoing>), RoomError>>,
    ) {
        let (id, outbox) = self.visitors.add(visitor, acks);
        self.visitors.send(id, frames::sync_step_1(&self.record.state_vector()));
        if let Some(everyone) = self.presence.everyone() {
            self.visitors.send(id, frames::awareness(&everyone));
        }
        if let (Some(reason), true) = (&self.stalled, acks) {
            self.visitors.send(id, frames::not_stored(reason));
        }
        if answer.send(Ok((id, outbox))).is_err() {
            self.visitors.remove(id);
        }
    }

    fn leave(&mut self, connection: ConnectionId) {
        self.visitors.remove(connection);
        if let Some(gone) = self.presence.leave(connection) {
            self.visitors.broadcast(&frames::awareness(&gone), None);
        }
    }

    fn hear(&mut self, connection: ConnectionId, frame: &[u8]) {
        if self.visitors.get_mut(connection).is_none() {
            return;
        }
        match frames::read(frame) {
            Ok(Incoming::SyncStep1(state_vector)) => self.asking.push((connection, state_vector)),
            Ok(Incoming::Update(payload)) => self.receive(connection, payload),
            Ok(Incoming::Awareness(update)) => self.locate(connection, update),
            Ok(Incoming::QueryAwareness) => {
                if let Some(everyone) = self.presence.everyone() {
                    self.visitors.send(connection, frames::awareness(&everyone));
                }
            }
            Ok(Incoming::Ignored) => {}
            Err(reason) => self.refuse(connection, &reason),
        }
    }

    fn receive(&mut self, connection: ConnectionId, payload: Vec<u8>) {
        if let Err(refused) = Record::check(&payload) {
            return self.refuse(connection, &refused.to_string());
        }
        let kept: usize = self.pending.iter().map(|pending| pending.payload.len()).sum();
        if kept + payload.len() > MAX_PENDING_BYTES {
            let reason = "too much is waiting to be stored: keep it in the browser and come back";
            return self.drop_connection(connection, close::NOT_AVAILABLE, reason);
        }
        let Some(connected) = self.visitors.get_mut(connection) else {
            return;
        };
        connected.received += 1;
        let (number, person) = (connected.received, connected.visitor.id.clone());
        self.pending.push(Pending { connection, number, person, payload });
    }

    fn locate(&mut self, connection: ConnectionId, update: yrs::sync::awareness::AwarenessUpdate) {
        let Some(connected) = self.visitors.get_mut(connection) else {
            return;
        };
        let visitor = connected.visitor.clone();
        if let Some(told) = self.presence.update(connection, &visitor, update) {
            self.visitors.broadcast(&frames::awareness(&told), Some(connection));
        }
    }

    fn refuse(&mut self, connection: ConnectionId, reason: &str) {
        self.drop_connection(connection, close::MALFORMED, reason);
    }

    fn drop_connection(&mut self, connection: ConnectionId, code: u16, reason: &str) {
        self.visitors.close(connection, code, reason);
        self.leave(connection);
    }

    /// Stores what came, then shows it, then answers who asked.
    async fn settle(&mut self) {
        if !self.pending.is_empty() {
            self.store_pending().await;
        }
        for (connection, state_vector) in std::mem::take(&mut self.asking) {
            match self.record.encode_diff(&state_vector) {
                Ok(missing) => {
                    self.visitors.send(connection, frames::sync_step_2(&missing));
                }
                Err(refused) => self.refuse(connection, &refused.to_string()),
            }
        }
        if self.since_snapshot >= SNAPSHOT_EVERY {
            self.snapshot().await;
        }
    }

    async fn store_pending(&mut self) {
        let news = self.pending.iter().filter(|pending| pending.is_news());
        let updates: Vec<_> = news.map(|pending| pending.to_store(&self.name)).collect();
        if updates.is_empty() {
            let heard = std::mem::take(&mut self.pending);
            return self.acknowledge(&heard);
        }
        match self.around.committer.commit(updates).await {
            Ok(places) => {
                self.stalled = None;
                let stored = std::mem::take(&mut self.pending);
                self.show(&stored, places.last().copied()).await;
                self.acknowledge(&stored);
            }
            Err(error) => self.stall(&error),
        }
    }

    fn stall(&mut self, error: &LogError) {
        tracing::error!(record = self.name, %error, "updates cannot be stored; trying again");
        let reason = "The server cannot store edits at the moment. Yours are kept and will be \
             stored as soon as it can.";
        self.visitors.not_stored(reason);
        self.stalled = Some(reason.to_owned());
    }

    /// Puts stored updates into the document and sends them on: one frame for all of them.
    async fn show(&mut self, stored: &[Pending], last: Option<i64>) {
        let news: Vec<_> = stored.iter().filter(|pending| pending.is_news()).collect();
        let payloads: Vec<&[u8]> = news.iter().map(|pending| &pending.payload[..]).collect();
        self.absorb(&payloads, last).await;
        let first = news.first().map(|pending| pending.connection);
        let single = news.iter().all(|pending| Some(pending.connection) == first);
        self.send_on(&payloads, first.filter(|_| single));
    }

    fn acknowledge(&mut self, stored: &[Pending]) {
        for pending in stored {
            self.visitors.acknowledge_up_to(pending.connection, pending.number);
        }
        self.visitors.send_acknowledgements();
    }

    async fn absorb(&mut self, payloads: &[&[u8]], last: Option<i64>) {
        self.seq = last.unwrap_or(self.seq);
        self.since_snapshot += payloads.len();
        let failed = payloads.iter().any(|payload| {
            self.record
                .apply(payload)
                .inspect_err(|error| tracing::error!(record = self.name, %error, "reloading"))
                .is_err()
        });
        if failed {
            self.reload().await;
        }
        // Nobody listens while the server stops.
        let _ = self.around.changed.send(self.name.clone());
    }

    fn send_on(&mut self, payloads: &[&[u8]], except: Option<ConnectionId>) {
        match payloads {
            [one] => self.visitors.broadcast(&frames::update(one), except),
            many => match Record::merge(many) {
                Ok(merged) => self.visitors.broadcast(&frames::update(&merged), except),
                Err(_) => {
                    for payload in many {
                        self.visitors.broadcast(&frames::update(payload), except);
                    }
                }
            },
        }
    }

    /// Makes an edit of the server's own: in the document first, since only the document can say
    /// what the update is. Nobody sees it before it is stored, for only this task reads.
    async fn edit(&mut self, person: Option<String>, edit: EditFn) -> Result<i64, RoomError> {
        self.settle().await;
        if self.stalled.is_some() {
            return Err(RoomError::NotStored);
        }
        let Some(payload) = edit(&mut self.record) else {
            return Ok(self.seq);
        };
        let update = NewUpdate { record: self.name.clone(), person, payload: payload.clone() };
        match self.around.committer.commit(vec![update]).await {
            Ok(places) => {
                self.seq = places.last().copied().unwrap_or(self.seq);
                self.since_snapshot += 1;
                self.send_on(&[&payload], None);
                let _ = self.around.changed.send(self.name.clone());
                Ok(self.seq)
            }
            Err(error) => {
                tracing::error!(record = self.name, %error, "an edit cannot be stored");
                self.reload().await;
                Err(RoomError::NotStored)
            }
        }
    }

    /// Reads the record anew, after the document in memory went astray.
    async fn reload(&mut self) {
        match load(&self.name, self.around.log.as_ref()).await {
            Ok((record, seq, tail)) => {
                (self.record, self.seq, self.since_snapshot) = (record, seq, tail);
            }
            Err(error) => {
                tracing::error!(record = self.name, %error, "a record cannot be read");
                self.visitors.close_all(close::NOT_AVAILABLE, "the record cannot be read now");
            }
        }
    }

    /// Begins to store the state, and nobody waits for it; one at a time.
    async fn snapshot(&mut self) {
        self.saved().await;
        if self.since_snapshot == 0 {
            return;
        }
        self.since_snapshot = 0;
        let (log, name) = (self.around.log.clone(), self.name.clone());
        let (seq, state) = (self.seq, self.record.encode_state());
        self.saving = Some(tokio::spawn(async move {
            // Only opening gets slower if this fails: the log holds everything.
            if let Err(error) = log.save_snapshot(&name, seq, state).await {
                tracing::warn!(record = name, %error, "no snapshot was stored");
            }
        }));
    }

    /// Waits for the snapshot that is being stored.
    async fn saved(&mut self) {
        if let Some(saving) = self.saving.take() {
            // A task of ours that panicked has said so itself.
            let _ = saving.await;
        }
    }
}

/// The record, the place of its last update, and how many updates are not in its snapshot.
async fn load(name: &str, log: &dyn UpdateLog) -> Result<(Record, i64, usize), RoomError> {
    let stored = log.load(name).await.map_err(|error| {
        tracing::error!(record = name, %error, "a record cannot be read");
        RoomError::NotAvailable
    })?;
    let snapshot = stored.snapshot.as_ref().map(|(_, state)| &state[..]);
    let tail = stored.tail.iter().map(|(seq, payload)| (*seq, &payload[..]));
    let (record, rejected) = Record::from_updates(snapshot, tail);
    for update in &rejected {
        tracing::warn!(record = name, seq = update.seq, reason = %update.reason, "update skipped");
    }
    let start = stored.snapshot.as_ref().map_or(0, |(seq, _)| *seq);
    let seq = stored.tail.last().map_or(start, |(seq, _)| *seq);
    Ok((record, seq, stored.tail.len()))
}
