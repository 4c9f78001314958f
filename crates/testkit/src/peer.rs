//! One end of the sync protocol: a document, what is known of its being saved, and the frames.
//!
//! Without a connection, so that the same peer speaks to a room in memory and over a WebSocket.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use yrs::encoding::read::{Cursor, Read as _};
use yrs::encoding::write::Write as _;
use yrs::sync::awareness::{AwarenessUpdate, AwarenessUpdateEntry};
use yrs::updates::decoder::Decode as _;
use yrs::updates::encoder::Encode as _;
use yrs::{
    ClientID, Doc, Map as _, MapPrelim, Out, ReadTxn as _, StateVector, Transact as _,
    TransactionMut, Update,
};

const SYNC: u32 = 0;
const AWARENESS: u32 = 1;
const SAVED: u32 = 100;
const NOT_STORED: u32 = 101;

/// What a frame said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The server asked what this peer has; the reply is to be sent.
    Asked {
        /// Sync step 2.
        reply: Vec<u8>,
    },
    /// The server answered what this peer lacked.
    Synced,
    /// Somebody edited.
    Update,
    /// Somebody came, moved or went.
    Presence,
    /// So many of this connection's updates are on disk.
    Saved(u64),
    /// The store does not store at the moment.
    NotStored(String),
}

/// A document that is synchronised with a server, over one connection after the other.
#[derive(Debug)]
pub struct Peer {
    doc: Doc,
    presence: BTreeMap<u64, (u32, String)>,
    /// The entries in each update of this connection that is not known to be saved.
    sent: BTreeMap<u64, BTreeSet<String>>,
    count: u64,
    unsaved: BTreeSet<String>,
    saved: BTreeSet<String>,
    /// How many edits were made that are no entries.
    edits: usize,
}

impl Peer {
    /// A peer whose document has this client id.
    pub fn new(client: u32) -> Self {
        Self {
            doc: document(client),
            presence: BTreeMap::new(),
            sent: BTreeMap::new(),
            count: 0,
            unsaved: BTreeSet::new(),
            saved: BTreeSet::new(),
            edits: 0,
        }
    }

    /// Begins a connection: the frame asks for what this peer lacks.
    pub fn hello(&mut self) -> Vec<u8> {
        self.presence.clear();
        self.sent.clear();
        self.count = 0;
        sync_frame(0, &self.doc.transact().state_vector().encode_v1())
    }

    /// Takes a frame from the server.
    pub fn hear(&mut self, frame: &[u8]) -> Result<Heard> {
        let mut cursor = Cursor::new(frame);
        match cursor.read_var::<u32>()? {
            SYNC => self.hear_sync(&mut cursor),
            AWARENESS => {
                for (client, entry) in AwarenessUpdate::decode_v1(cursor.read_buf()?)?.clients {
                    self.presence.insert(client.get(), (entry.clock, entry.json.to_string()));
                }
                Ok(Heard::Presence)
            }
            SAVED => {
                let count = cursor.read_var::<u64>()?;
                let later = self.sent.split_off(&(count + 1));
                let saved = std::mem::replace(&mut self.sent, later).into_values().flatten();
                self.saved.extend(saved);
                self.unsaved.retain(|id| !self.saved.contains(id));
                Ok(Heard::Saved(count))
            }
            NOT_STORED => Ok(Heard::NotStored(cursor.read_string()?.to_owned())),
            other => bail!("the server sent a message {other}"),
        }
    }

    fn hear_sync(&mut self, cursor: &mut Cursor<'_>) -> Result<Heard> {
        let step = cursor.read_var::<u32>()?;
        let payload = cursor.read_buf()?;
        match step {
            0 => {
                let known = StateVector::decode_v1(payload)?;
                let missing = self.doc.transact().encode_state_as_update_v1(&known);
                self.number_update(self.unsaved.clone());
                Ok(Heard::Asked { reply: sync_frame(1, &missing) })
            }
            1 | 2 => {
                let update = Update::decode_v1(payload)?;
                self.doc.transact_mut().apply_update(update)?;
                Ok(if step == 1 { Heard::Synced } else { Heard::Update })
            }
            other => bail!("the server sent a sync message {other}"),
        }
    }

    fn number_update(&mut self, entries: BTreeSet<String>) {
        self.count += 1;
        self.sent.insert(self.count, entries);
    }

    /// Adds an entry to the timeline; the frame is to be sent unless the peer is offline.
    pub fn add_entry(&mut self, id: &str, typed: &str) -> Vec<u8> {
        let timeline = self.doc.get_or_insert_map("timeline");
        let update = {
            let mut txn = self.doc.transact_mut();
            let values = [("precision", "unknown"), ("kind", "note"), ("typed", typed)];
            timeline.insert(&mut txn, id, MapPrelim::from(values));
            txn.encode_update_v1()
        };
        self.unsaved.insert(id.to_owned());
        self.number_update(BTreeSet::from([id.to_owned()]));
        update_frame(&update)
    }

    pub(crate) fn doc(&self) -> &Doc {
        &self.doc
    }

    /// Edits the document as any client may; the frame is to be sent unless the peer is offline.
    pub fn edit(&mut self, edit: impl FnOnce(&mut TransactionMut<'_>)) -> Vec<u8> {
        let update = {
            let mut txn = self.doc.transact_mut();
            edit(&mut txn);
            txn.encode_update_v1()
        };
        self.edits += 1;
        let edit = format!("edit {}", self.edits);
        self.unsaved.insert(edit.clone());
        self.number_update(BTreeSet::from([edit]));
        update_frame(&update)
    }

    /// What the timeline's entries say they were typed as, by id.
    pub fn entries(&self) -> BTreeMap<String, String> {
        let timeline = self.doc.get_or_insert_map("timeline");
        let txn = self.doc.transact();
        let typed = |value: Out| value.cast::<yrs::MapRef>().ok()?.get(&txn, "typed");
        timeline
            .iter(&txn)
            .map(|(id, entry)| {
                let typed = typed(entry).map_or_else(String::new, |typed| typed.to_string(&txn));
                (id.to_owned(), typed)
            })
            .collect()
    }

    /// The frame that says where this peer is.
    pub fn locate(&self, clock: u32, state: &str) -> Vec<u8> {
        presence_frame(self.doc.client_id().get(), clock, state)
    }

    /// Who is here: the presence states by client, without those who left.
    pub fn present(&self) -> BTreeMap<u64, serde_json::Value> {
        let state = |json: &String| serde_json::from_str(json).unwrap_or_default();
        let here = self.presence.iter().filter(|(_, (_, json))| json != "null");
        here.map(|(client, (_, json))| (*client, state(json))).collect()
    }

    /// Whether everything that this peer ever wrote is known to be on disk.
    pub fn is_saved(&self) -> bool {
        self.unsaved.is_empty()
    }

    /// The entries of this peer that the server said are on disk.
    pub fn saved(&self) -> &BTreeSet<String> {
        &self.saved
    }

    /// The whole document, for comparing it with another's.
    pub fn state(&self) -> Result<Vec<u8>> {
        let update = self.doc.transact().encode_state_as_update_v1(&StateVector::default());
        let pending = self.doc.transact().has_missing_updates();
        (!pending).then_some(update).context("updates are missing")
    }
}

/// A document with the roots of a record.
fn document(client: u32) -> Doc {
    let doc = Doc::with_client_id(u64::from(client));
    for root in ["timeline", "analysis", "themes", "actions", "prose", "meeting"] {
        doc.get_or_insert_map(root);
    }
    doc
}

/// A frame that carries an update.
pub fn update_frame(update: &[u8]) -> Vec<u8> {
    sync_frame(2, update)
}

/// A frame of the sync protocol: step 1, step 2 or an update.
pub fn sync_frame(step: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0, step];
    frame.write_buf(payload);
    frame
}

/// A frame that says where a client is.
pub fn presence_frame(client: u64, clock: u32, state: &str) -> Vec<u8> {
    let entry = AwarenessUpdateEntry { clock, json: state.into() };
    let update = AwarenessUpdate { clients: [(ClientID::new(client), entry)].into() };
    let mut frame = vec![1];
    frame.write_buf(update.encode_v1());
    frame
}
