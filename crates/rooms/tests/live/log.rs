//! A log in memory, with a gate before it and failures on demand.

use std::sync::{Arc, Mutex, MutexGuard};

use afterword_rooms::{LogError, NewUpdate, StoredRecord, UpdateLog};
use async_trait::async_trait;
use tokio::sync::watch;

#[derive(Default)]
struct Kept {
    updates: Vec<NewUpdate>,
    snapshots: Vec<(String, i64, Vec<u8>)>,
    appends: Vec<usize>,
    loads: usize,
    fails: bool,
    loading_fails: bool,
}

pub(crate) struct MemoryLog {
    kept: Mutex<Kept>,
    open: watch::Sender<bool>,
    knocks: watch::Sender<usize>,
    snapshots_open: watch::Sender<bool>,
}

impl MemoryLog {
    pub(crate) fn new() -> Arc<Self> {
        let (open, knocks) = (watch::Sender::new(true), watch::Sender::new(0));
        let snapshots_open = watch::Sender::new(true);
        Arc::new(Self { kept: Mutex::default(), open, knocks, snapshots_open })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap()
    }

    /// From now on nothing is stored until the gate is opened again.
    pub(crate) fn shut(&self) {
        self.open.send_replace(false);
    }

    pub(crate) fn open(&self) {
        self.open.send_replace(true);
    }

    /// Whether snapshots are stored, or wait.
    pub(crate) fn open_for_snapshots(&self, open: bool) {
        self.snapshots_open.send_replace(open);
    }

    /// Waits until so many appends have come as far as the gate, in all.
    pub(crate) async fn knocked(&self, times: usize) {
        self.knocks.subscribe().wait_for(|knocks| *knocks >= times).await.unwrap();
    }

    pub(crate) fn fail(&self, fails: bool) {
        self.kept().fails = fails;
    }

    pub(crate) fn fail_to_load(&self, fails: bool) {
        self.kept().loading_fails = fails;
    }

    /// How many updates each append brought.
    pub(crate) fn appends(&self) -> Vec<usize> {
        self.kept().appends.clone()
    }

    pub(crate) fn loads(&self) -> usize {
        self.kept().loads
    }

    /// The authors of a record's updates, in their order.
    pub(crate) fn authors(&self, record: &str) -> Vec<Option<String>> {
        let kept = self.kept();
        let own = kept.updates.iter().filter(|update| update.record == record);
        own.map(|update| update.person.clone()).collect()
    }

    pub(crate) fn snapshots(&self) -> usize {
        self.kept().snapshots.len()
    }

    /// Puts an update into the log as if an earlier server had stored it.
    pub(crate) fn plant(&self, record: &str, payload: &[u8]) {
        let payload = payload.to_vec();
        self.kept().updates.push(NewUpdate { record: record.to_owned(), person: None, payload });
    }
}

#[async_trait]
impl UpdateLog for MemoryLog {
    async fn append(&self, updates: Vec<NewUpdate>) -> Result<Vec<i64>, LogError> {
        self.knocks.send_modify(|knocks| *knocks += 1);
        self.open.subscribe().wait_for(|open| *open).await.unwrap();
        let mut kept = self.kept();
        if kept.fails {
            return Err(LogError("the disk is full".to_owned()));
        }
        kept.appends.push(updates.len());
        let first = kept.updates.len() + 1;
        kept.updates.extend(updates);
        Ok((first..=kept.updates.len()).map(|seq| i64::try_from(seq).unwrap()).collect())
    }

    async fn load(&self, record: &str) -> Result<StoredRecord, LogError> {
        let mut kept = self.kept();
        kept.loads += 1;
        if kept.loading_fails {
            return Err(LogError("the disk is gone".to_owned()));
        }
        let snapshot = kept.snapshots.iter().rev().find(|(name, ..)| name == record);
        let snapshot = snapshot.map(|(_, seq, state)| (*seq, state.clone()));
        let after = snapshot.as_ref().map_or(0, |(seq, _)| *seq);
        let tail = (1..).zip(&kept.updates).filter(|(_, update)| update.record == record);
        let tail = tail.filter(|(seq, _)| *seq > after);
        Ok(StoredRecord {
            tail: tail.map(|(seq, update)| (seq, update.payload.clone())).collect(),
            snapshot,
        })
    }

    async fn save_snapshot(&self, record: &str, seq: i64, state: Vec<u8>) -> Result<(), LogError> {
        self.snapshots_open.subscribe().wait_for(|open| *open).await.unwrap();
        self.kept().snapshots.push((record.to_owned(), seq, state));
        Ok(())
    }
}
