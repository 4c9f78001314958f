//! The Yjs document of one post-mortem.

mod depth;
mod guard;
mod scan;

use std::fmt;

use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, TransactionMut, Update};

use crate::part::Part;
use guard::guarded;
use scan::{Scan, scan, scan_state_vector};

/// The largest update that is taken from outside.
pub const MAX_UPDATE_BYTES: usize = 8 << 20;
/// The largest state vector that is taken from outside.
pub const MAX_STATE_VECTOR_BYTES: usize = 1 << 20;
/// The format of the record that this crate writes.
pub const FORMAT: i64 = 1;

/// Rich text in a list in a list ... is far below this.
const DEEPEST: usize = 200;

/// Why an update is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedUpdate {
    /// Larger than [`MAX_UPDATE_BYTES`] or [`MAX_STATE_VECTOR_BYTES`].
    #[error("{bytes} bytes are too many: send at most {limit} at once")]
    TooLarge {
        /// How many came.
        bytes: usize,
        /// How many may come.
        limit: usize,
    },
    /// Not an update of the Yjs encoding, version 1, or one with nonsense in it.
    #[error("malformed: {0}")]
    Malformed(String),
}

/// Why an update was not applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// Nothing was changed.
    #[error(transparent)]
    Refused(#[from] RefusedUpdate),
    /// The record may be half changed: throw it away and load it again.
    #[error("the update broke the document, which must be loaded again")]
    Broken,
}

/// A stored update that was left out while loading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its number in the log; `None` is the snapshot.
    pub seq: Option<i64>,
    /// What is wrong with it.
    pub reason: ApplyError,
}

/// The document of one post-mortem.
pub struct Record {
    pub(crate) doc: Doc,
    /// At most this deep can types be nested by now.
    levels: usize,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("levels", &self.levels).finish_non_exhaustive()
    }
}

impl Default for Record {
    fn default() -> Self {
        Self::new()
    }
}

impl Record {
    /// An empty record.
    pub fn new() -> Self {
        Self::with_options(Options::default())
    }

    #[cfg(test)]
    pub(crate) fn with_client(client: u64) -> Self {
        let client_id = yrs::ClientID::new(client);
        Self::with_options(Options { client_id, ..Options::default() })
    }

    fn with_options(options: Options) -> Self {
        let doc = Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..options });
        for part in Part::ALL {
            doc.get_or_insert_map(part.as_str());
        }
        Self { doc, levels: 1 }
    }

    /// Loads a record from its snapshot and the updates after it. What cannot be applied is
    /// left out and reported.
    pub fn from_updates<'a>(
        snapshot: Option<&[u8]>,
        tail: impl Iterator<Item = (i64, &'a [u8])>,
    ) -> (Self, Vec<Rejected>) {
        let updates: Vec<(Option<i64>, &[u8])> = snapshot
            .map(|snapshot| (None, snapshot))
            .into_iter()
            .chain(tail.map(|(seq, update)| (Some(seq), update)))
            .collect();
        let mut rejected = Vec::new();
        loop {
            match Self::replay(&updates, &mut rejected) {
                Ok(record) => return (record, rejected),
                Err(broken) => {
                    rejected.push(Rejected { seq: broken, reason: ApplyError::Broken });
                }
            }
        }
    }

    /// Applies all but the rejected; stops at one that breaks the document.
    fn replay(
        updates: &[(Option<i64>, &[u8])],
        rejected: &mut Vec<Rejected>,
    ) -> Result<Self, Option<i64>> {
        let mut record = Self::new();
        for &(seq, update) in updates {
            if rejected.iter().any(|rejected| rejected.seq == seq) {
                continue;
            }
            match record.apply_stored(update) {
                Ok(()) => {}
                Err(ApplyError::Broken) => return Err(seq),
                Err(reason) => rejected.push(Rejected { seq, reason }),
            }
        }
        Ok(record)
    }

    /// Whether an update may be stored and applied.
    pub fn check(update: &[u8]) -> Result<(), RefusedUpdate> {
        bounded(update, MAX_UPDATE_BYTES)?;
        decode(update).map(drop)
    }

    /// Applies an update that came from outside.
    pub fn apply(&mut self, update: &[u8]) -> Result<(), ApplyError> {
        bounded(update, MAX_UPDATE_BYTES)?;
        self.apply_stored(update)
    }

    pub(crate) fn apply_stored(&mut self, update: &[u8]) -> Result<(), ApplyError> {
        let (update, Scan { types }) = decode(update)?;
        self.levels = self.levels.saturating_add(types);
        if !guard::apply(&self.doc, update, self.levels) {
            return Err(ApplyError::Broken);
        }
        if self.levels <= guard::LEVELS_ON_ANY_STACK || self.remeasure()? {
            Ok(())
        } else {
            Err(ApplyError::Broken)
        }
    }

    /// Finds out how deep the document really is. What waits for missing updates is counted
    /// as if it were nested as deep as it can be.
    fn remeasure(&mut self) -> Result<bool, ApplyError> {
        let txn = self.doc.try_transact().map_err(|_| ApplyError::Broken)?;
        let waiting = if txn.has_missing_updates() {
            let waiting = guarded(|| txn.encode_state_as_update_v1(&txn.state_vector()))
                .ok_or(ApplyError::Broken)?;
            scan(&waiting)?.types
        } else {
            0
        };
        let depth = guarded(|| depth::depth(&txn)).ok_or(ApplyError::Broken)?;
        self.levels = depth + waiting;
        Ok(depth <= DEEPEST)
    }

    /// What the record holds, for asking another for what it lacks.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What another, whose state vector came from outside, lacks.
    pub fn encode_diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, RefusedUpdate> {
        bounded(state_vector, MAX_STATE_VECTOR_BYTES)?;
        scan_state_vector(state_vector)?;
        guarded(|| {
            let known = StateVector::decode_v1(state_vector)
                .map_err(|error| RefusedUpdate::Malformed(error.to_string()))?;
            Ok(self.doc.transact().encode_state_as_update_v1(&known))
        })
        .unwrap_or_else(|| Err(RefusedUpdate::Malformed("it cannot be answered".to_owned())))
    }

    /// The whole record as one update: a snapshot.
    pub fn encode_state(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    /// Several updates as one.
    pub fn merge(updates: &[&[u8]]) -> Result<Vec<u8>, RefusedUpdate> {
        let updates = updates
            .iter()
            .map(|update| decode(update).map(|(update, _)| update))
            .collect::<Result<Vec<_>, _>>()?;
        guarded(|| Update::merge_updates(updates).encode_v1())
            .ok_or_else(|| RefusedUpdate::Malformed("it cannot be merged".to_owned()))
    }

    /// Writes in one transaction; returns its update, or nothing if nothing changed.
    pub(crate) fn write(
        &mut self,
        write: impl FnOnce(&mut TransactionMut<'_>),
    ) -> Result<Option<Vec<u8>>, ApplyError> {
        let mut txn = self.doc.try_transact_mut().map_err(|_| ApplyError::Broken)?;
        if guarded(|| write(&mut txn)).is_none() {
            guard::abandon(txn);
            return Err(ApplyError::Broken);
        }
        let changed = txn.has_changes();
        let update = guard::commit(txn).ok_or(ApplyError::Broken)?;
        self.levels = self.levels.saturating_add(scan(&update)?.types);
        Ok(changed.then_some(update))
    }
}

fn bounded(bytes: &[u8], limit: usize) -> Result<(), RefusedUpdate> {
    if bytes.len() <= limit {
        return Ok(());
    }
    Err(RefusedUpdate::TooLarge { bytes: bytes.len(), limit })
}

fn decode(update: &[u8]) -> Result<(Update, Scan), RefusedUpdate> {
    let scan = scan(update)?;
    let decoded = guarded(|| Update::decode_v1(update))
        .ok_or_else(|| RefusedUpdate::Malformed("it cannot be decoded".to_owned()))?;
    decoded
        .map(|update| (update, scan))
        .map_err(|error| RefusedUpdate::Malformed(error.to_string()))
}

#[cfg(test)]
mod tests;
