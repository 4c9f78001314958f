//! All records that somebody has open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use afterword_record::Record;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::committer::Committer;
use crate::log::UpdateLog;
use crate::presence::{ConnectionId, Visitor};
use crate::room::{Command, Room, Surroundings};
use crate::visitors::Outgoing;

/// Why a room did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomError {
    /// The store does not store; nothing has changed.
    #[error("the server cannot store edits at the moment; nothing was changed, try again soon")]
    NotStored,
    /// The record cannot be read from the store.
    #[error("the record cannot be read at the moment; try again soon")]
    NotAvailable,
}

/// What came of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditOutcome<T> {
    /// What the edit answered.
    pub answer: T,
    /// The place of the record's last update, the edit's own if it changed anything.
    pub seq: i64,
}

/// The way into one room; a room stays open as long as anybody holds one.
struct Door {
    commands: mpsc::Sender<Command>,
}

type Doors = Mutex<HashMap<String, Arc<Door>>>;

/// Commands that may wait for a room: a full inbox makes its writers wait.
const INBOX: usize = 1024;
/// How long an empty room stays open, so that a page reload finds it warm.
const LINGER: Duration = Duration::from_secs(30);

/// All records that somebody has open.
pub struct Rooms {
    log: Arc<dyn UpdateLog>,
    committer: Mutex<Option<Committer>>,
    doors: Arc<Doors>,
    changed: mpsc::UnboundedSender<String>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Nothing panics while it holds one of these locks; if it did, the map is still whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rooms {
    /// Rooms over a log; the names of records that changed come out of the receiver.
    pub fn new(log: Arc<dyn UpdateLog>) -> (Self, mpsc::UnboundedReceiver<String>) {
        let (changed, news) = mpsc::unbounded_channel();
        let committer = Mutex::new(Some(Committer::start(log.clone())));
        let doors = Arc::default();
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        (Self { log, committer, doors, changed, tasks, stop }, news)
    }

    /// Comes into a room, for live editing. `acks`: whether to be told what is saved.
    pub async fn join(
        &self,
        record: &str,
        visitor: Visitor,
        acks: bool,
    ) -> Result<Connection, RoomError> {
        let door = self.door(record)?;
        let (answer, result) = oneshot::channel();
        ask(&door, Command::Join { visitor, acks, answer }).await?;
        let (id, outbox) = result.await.map_err(|_| RoomError::NotAvailable)??;
        Ok(Connection { id, door, outbox })
    }

    /// Edits a record on a person's behalf: stored before anyone sees it.
    ///
    /// `edit` answers the update that it made, or nothing if it made none, and whatever else the
    /// caller wants to know. It must leave the record as it was if it answers no update.
    pub async fn edit<T: Send + 'static>(
        &self,
        record: &str,
        person: Option<String>,
        edit: impl FnOnce(&mut Record) -> (Option<Vec<u8>>, T) + Send + 'static,
    ) -> Result<EditOutcome<T>, RoomError> {
        let door = self.door(record)?;
        let (told, said) = oneshot::channel();
        let edit = Box::new(move |record: &mut Record| {
            let (update, answer) = edit(record);
            let _ = told.send(answer);
            update
        });
        let (answer, result) = oneshot::channel();
        ask(&door, Command::Edit { person, edit, answer }).await?;
        let seq = result.await.map_err(|_| RoomError::NotAvailable)??;
        let answer = said.await.map_err(|_| RoomError::NotStored)?;
        Ok(EditOutcome { answer, seq })
    }

    /// Reads a record as it stands, with the place of its last update.
    pub async fn read<T: Send + 'static>(
        &self,
        record: &str,
        read: impl FnOnce(&Record, i64) -> T + Send + 'static,
    ) -> Result<T, RoomError> {
        let door = self.door(record)?;
        let (told, said) = oneshot::channel();
        let read = Box::new(move |record: &Record, seq: i64| {
            let _ = told.send(read(record, seq));
        });
        let (answer, result) = oneshot::channel();
        ask(&door, Command::Read { read, answer }).await?;
        result.await.map_err(|_| RoomError::NotAvailable)??;
        said.await.map_err(|_| RoomError::NotAvailable)
    }

    /// Who is in a room, by their ids.
    pub async fn people(&self, record: &str) -> Result<Vec<Visitor>, RoomError> {
        let door = self.door(record)?;
        let (answer, people) = oneshot::channel();
        ask(&door, Command::Here { answer }).await?;
        people.await.map_err(|_| RoomError::NotAvailable)
    }

    /// How many rooms are open.
    pub fn open_rooms(&self) -> usize {
        locked(&self.doors).len()
    }

    /// Closes every room after storing what came; waits until all is on disk.
    pub async fn close(&self) {
        locked(&self.committer).take();
        self.stop.cancel();
        locked(&self.doors).clear();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// The way into a room. The first who asks opens it; later ones wait for the same opening.
    fn door(&self, record: &str) -> Result<Arc<Door>, RoomError> {
        let committer = locked(&self.committer).clone().ok_or(RoomError::NotAvailable)?;
        let mut doors = locked(&self.doors);
        if let Some(door) = doors.get(record).filter(|door| !door.commands.is_closed()) {
            return Ok(door.clone());
        }
        let (commands, inbox) = mpsc::channel(INBOX);
        let door = Arc::new(Door { commands });
        doors.insert(record.to_owned(), door.clone());
        let around =
            Surroundings { log: self.log.clone(), committer, changed: self.changed.clone() };
        let idle = leave_if_alone(record.to_owned(), Arc::downgrade(&self.doors));
        let (name, stop) = (record.to_owned(), self.stop.clone());
        self.tasks.spawn(async move {
            // If it cannot be opened, dropping the inbox tells everyone who waits.
            if let Ok(room) = Room::open(name, around).await {
                room.run(inbox, idle, LINGER, stop).await;
            }
        });
        Ok(door)
    }
}

/// Takes the door away if nobody but the map holds it: then no command is on its way, and with
/// the last sender gone the room's inbox ends.
fn leave_if_alone(record: String, doors: Weak<Doors>) -> impl Fn() {
    move || {
        let Some(doors) = doors.upgrade() else { return };
        let mut doors = locked(&doors);
        if doors.get(&record).is_some_and(|door| Arc::strong_count(door) == 1) {
            doors.remove(&record);
        }
    }
}

async fn ask(door: &Door, command: Command) -> Result<(), RoomError> {
    door.commands.send(command).await.map_err(|_| RoomError::NotAvailable)
}

/// Somebody's live connection to a record. Dropping it leaves the room.
pub struct Connection {
    id: ConnectionId,
    door: Arc<Door>,
    outbox: mpsc::Receiver<Outgoing>,
}

impl Connection {
    /// What is to be sent to the client next; `None` at the end.
    pub async fn next(&mut self) -> Option<Outgoing> {
        self.outbox.recv().await
    }

    /// What is to be sent besides, if anything waits.
    pub fn waiting(&mut self) -> Option<Outgoing> {
        self.outbox.try_recv().ok()
    }

    /// A way to hand in what the client sent, apart from `next`.
    pub fn sender(&self) -> FrameSender {
        FrameSender { id: self.id, door: self.door.clone() }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let (door, id) = (self.door.clone(), self.id);
        // Waiting for a place in the inbox needs a task; without a runtime everything is ending.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { ask(&door, Command::Leave(id)).await });
        }
    }
}

/// Hands in what a client sends.
#[derive(Clone)]
pub struct FrameSender {
    id: ConnectionId,
    door: Arc<Door>,
}

impl FrameSender {
    /// Hands in a binary message; waits while the room is busy.
    pub async fn send(&self, frame: Vec<u8>) -> Result<(), RoomError> {
        ask(&self.door, Command::Frame(self.id, frame)).await
    }
}
