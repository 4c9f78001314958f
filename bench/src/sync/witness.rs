//! What one client was shown and what was acknowledged to it.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::time::Instant;

use anyhow::Result;
use tokio::task::JoinHandle;
use yrs::updates::decoder::Decode;
use yrs::{ClientID, ID, IdSet, Update};

use super::connection::Receiver;
use crate::protocol::{Acknowledged, Incoming};
use crate::stats::Samples;

/// The times of the edits made while it runs, shared by all clients of a measurement.
#[derive(Default)]
pub(crate) struct Stopwatch {
    pub(crate) running: bool,
    made: HashMap<ID, Instant>,
    pub(crate) visible: Samples,
    pub(crate) acknowledged: Samples,
    /// Frames that made at least one measured edit visible.
    pub(crate) frames: usize,
    /// How many times the measured edits have to become visible, over all clients.
    deliveries_due: usize,
}

impl Stopwatch {
    fn made(&mut self, edit: ID, audience: usize, now: Instant) {
        if self.running {
            self.made.insert(edit, now);
            self.deliveries_due += audience;
        }
    }

    pub(crate) fn edits(&self) -> usize {
        self.made.len()
    }

    pub(crate) fn undelivered(&self) -> usize {
        self.deliveries_due.saturating_sub(self.visible.len())
    }

    pub(crate) fn unacknowledged(&self) -> usize {
        self.made.len().saturating_sub(self.acknowledged.len())
    }

    fn visible(&mut self, edits: &[ID], now: Instant) {
        let measured = edits.iter().filter_map(|edit| self.made.get(edit));
        let before = self.visible.len();
        for made in measured {
            self.visible.add(now.duration_since(*made));
        }
        self.frames += usize::from(self.visible.len() > before);
    }

    fn acknowledged(&mut self, edit: &ID, now: Instant) {
        if let Some(made) = self.made.get(edit) {
            self.acknowledged.add(now.duration_since(*made));
        }
    }
}

/// Who a client is in its document.
#[derive(Clone, Copy)]
pub(crate) struct Role {
    /// The client as an author; one that only looks on has none.
    pub(crate) author: Option<ClientID>,
    /// How many others are to see what it types.
    pub(crate) audience: usize,
}

impl Role {
    pub(crate) const OBSERVER: Self = Self { author: None, audience: 0 };
}

/// One client's view.
pub(crate) struct Witness {
    role: Role,
    stopwatch: Rc<RefCell<Stopwatch>>,
    /// Sent and not yet acknowledged; `None` stands for the message that joined.
    unacknowledged: VecDeque<Option<ID>>,
    messages_acknowledged: usize,
    sent: IdSet,
    shown: IdSet,
    acknowledged: IdSet,
}

impl Witness {
    /// A client that has just joined, which takes one message.
    pub(crate) fn new(role: Role, stopwatch: Rc<RefCell<Stopwatch>>) -> Self {
        Self {
            role,
            stopwatch,
            unacknowledged: VecDeque::from([None]),
            messages_acknowledged: 0,
            sent: IdSet::new(),
            shown: IdSet::new(),
            acknowledged: IdSet::new(),
        }
    }

    /// The client is about to send an edit.
    pub(crate) fn sends(&mut self, edit: ID, made_at: Instant) {
        self.stopwatch.borrow_mut().made(edit, self.role.audience, made_at);
        self.unacknowledged.push_back(Some(edit));
        self.sent.insert(edit, 1);
    }

    /// The edits of this client.
    pub(crate) fn sent(&self) -> &IdSet {
        &self.sent
    }

    /// All that others inserted and this client was shown.
    pub(crate) fn shown(&self) -> &IdSet {
        &self.shown
    }

    /// The edits of this client that the server acknowledged.
    pub(crate) fn acknowledged(&self) -> &IdSet {
        &self.acknowledged
    }

    fn hears(&mut self, incoming: &Incoming<'_>, now: Instant) -> Result<()> {
        match incoming {
            Incoming::Update(update) | Incoming::Contents(update) => {
                self.is_shown(&Update::decode_v1(update)?, now);
            }
            Incoming::Acknowledged(Acknowledged::Next) => self.acknowledge(1, now),
            Incoming::Acknowledged(Acknowledged::UpTo(count)) => {
                self.acknowledge(count.saturating_sub(self.messages_acknowledged), now);
            }
            _ => {}
        }
        Ok(())
    }

    /// A server may merge several edits into one frame and may echo the client's own: every
    /// character counts once, and only those of others.
    fn is_shown(&mut self, update: &Update, now: Instant) {
        let mut fresh = Vec::new();
        for (client, ranges) in update.insertions(true).diff(&self.shown).iter() {
            if self.role.author != Some(*client) {
                let clocks = ranges.iter().cloned().flatten();
                fresh.extend(clocks.map(|clock| ID::new(*client, clock)));
            }
        }
        self.stopwatch.borrow_mut().visible(&fresh, now);
        for edit in fresh {
            self.shown.insert(edit, 1);
        }
    }

    fn acknowledge(&mut self, messages: usize, now: Instant) {
        self.messages_acknowledged += messages;
        let messages = messages.min(self.unacknowledged.len());
        for edit in self.unacknowledged.drain(..messages).flatten() {
            self.stopwatch.borrow_mut().acknowledged(&edit, now);
            self.acknowledged.insert(edit, 1);
        }
    }
}

/// A client that reads whatever the server sends, until one of them hangs up.
pub(crate) struct Listener {
    pub(crate) witness: Rc<RefCell<Witness>>,
    listening: JoinHandle<Result<()>>,
}

impl Listener {
    pub(crate) fn new(receiver: Receiver, witness: Witness) -> Self {
        let witness = Rc::new(RefCell::new(witness));
        let listening = tokio::task::spawn_local(listen(receiver, Rc::clone(&witness)));
        Self { witness, listening }
    }

    /// An error if the server has hung up.
    pub(crate) async fn check(&mut self) -> Result<()> {
        if self.listening.is_finished() { (&mut self.listening).await? } else { Ok(()) }
    }

    /// Waits until the server has hung up and all that it sent before is read.
    pub(crate) async fn hung_up(&mut self) -> Result<()> {
        // How the connection ended does not matter: the server was killed.
        let _ended = (&mut self.listening).await?;
        Ok(())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(mut receiver: Receiver, witness: Rc<RefCell<Witness>>) -> Result<()> {
    loop {
        let frame = receiver.frame().await?;
        let now = Instant::now();
        witness.borrow_mut().hears(&receiver.read(&frame)?, now)?;
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::SmallRng;
    use yrs::merge_updates_v1;

    use super::*;
    use crate::sync::author::{Author, Edit};

    struct Scene {
        author: Author,
        stopwatch: Rc<RefCell<Stopwatch>>,
        writer: Witness,
        reader: Witness,
    }

    impl Scene {
        fn new() -> Self {
            let (author, _) = Author::new(&mut SmallRng::seed_from_u64(1));
            let stopwatch =
                Rc::new(RefCell::new(Stopwatch { running: true, ..Default::default() }));
            let role = Role { author: Some(author.client()), audience: 1 };
            let writer = Witness::new(role, Rc::clone(&stopwatch));
            let reader = Witness::new(Role::OBSERVER, Rc::clone(&stopwatch));
            Self { author, stopwatch, writer, reader }
        }

        fn types(&mut self) -> Edit {
            let edit = self.author.type_character();
            self.writer.sends(edit.id, Instant::now());
            edit
        }
    }

    fn hear(witness: &mut Witness, update: &[u8]) {
        witness.hears(&Incoming::Update(update), Instant::now()).unwrap();
    }

    #[test]
    fn edits_merged_into_one_frame_all_count() {
        let mut scene = Scene::new();
        let updates = [scene.types().update, scene.types().update];
        hear(&mut scene.reader, &merge_updates_v1(updates).unwrap());
        let stopwatch = scene.stopwatch.borrow();
        assert_eq!((stopwatch.visible.len(), stopwatch.frames), (2, 1));
        assert_eq!(stopwatch.undelivered(), 0);
    }

    #[test]
    fn an_edit_that_arrives_again_counts_once_and_an_echo_never() {
        let mut scene = Scene::new();
        let edit = scene.types();
        hear(&mut scene.reader, &edit.update);
        hear(&mut scene.reader, &edit.update);
        hear(&mut scene.writer, &edit.update);
        assert_eq!(scene.stopwatch.borrow().visible.len(), 1);
        assert!(scene.writer.shown().is_empty());
    }

    #[test]
    fn edits_before_the_stopwatch_ran_are_not_measured() {
        let mut scene = Scene::new();
        scene.stopwatch.borrow_mut().running = false;
        let edit = scene.types();
        hear(&mut scene.reader, &edit.update);
        assert_eq!(scene.stopwatch.borrow().visible.len(), 0);
        assert!(!scene.reader.shown().is_empty());
    }

    #[test]
    fn acknowledgements_go_to_the_oldest_or_up_to_a_message() {
        let mut scene = Scene::new();
        let (first, last) = (scene.types().id, scene.types().id);
        let acknowledge = |witness: &mut Witness, what| {
            witness.hears(&Incoming::Acknowledged(what), Instant::now()).unwrap();
        };
        acknowledge(&mut scene.writer, Acknowledged::Next);
        assert!(scene.writer.acknowledged().is_empty(), "the first message was no edit");
        acknowledge(&mut scene.writer, Acknowledged::UpTo(2));
        assert!(scene.writer.acknowledged().contains(&first));
        assert!(!scene.writer.acknowledged().contains(&last));
        acknowledge(&mut scene.writer, Acknowledged::UpTo(3));
        assert_eq!(scene.stopwatch.borrow().unacknowledged(), 0);
        assert_eq!(scene.stopwatch.borrow().acknowledged.len(), 2);
    }
}
