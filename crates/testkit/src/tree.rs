//! The analysis as any client may write it: nodes that are added, moved, linked and deleted, and
//! clusters that are chosen.

use std::collections::{BTreeMap, BTreeSet};

use yrs::{
    Any, Map as _, MapPrelim, MapRef, Out, ReadTxn, Transact as _, TransactionMut, WriteTxn as _,
};

use crate::peer::Peer;

/// A node as it is written, whatever it is read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Below which it was hung.
    pub parent: Option<String>,
    /// Below which it was linked.
    pub also: BTreeSet<String>,
    /// Whether it was deleted.
    pub deleted: bool,
}

impl Peer {
    /// Adds a node; the frame is to be sent unless the peer is offline, here and below.
    pub fn add_node(&mut self, id: &str, parent: Option<&str>) -> Vec<u8> {
        self.edit(|txn| {
            let nodes = txn.get_or_insert_map("analysis");
            let node = nodes.insert(txn, id, MapPrelim::from([("kind", "answer")]));
            node.insert(txn, "also", MapPrelim::default());
            hang(txn, &node, parent);
        })
    }

    /// Hangs a node below another one, or makes it a root.
    pub fn move_node(&mut self, id: &str, parent: Option<&str>) -> Vec<u8> {
        self.edit(|txn| {
            if let Some(node) = item(txn, "analysis", id) {
                hang(txn, &node, parent);
            }
        })
    }

    /// Links a node below a further one, or takes the link away.
    pub fn link_node(&mut self, id: &str, to: &str, linked: bool) -> Vec<u8> {
        self.edit(|txn| {
            let also = item(txn, "analysis", id).and_then(|node| map(node.get(txn, "also")));
            if let Some(also) = also {
                flag(txn, &also, to, linked);
            }
        })
    }

    /// Deletes a node, or brings it back.
    pub fn delete_node(&mut self, id: &str, deleted: bool) -> Vec<u8> {
        self.edit(|txn| {
            if let Some(node) = item(txn, "analysis", id) {
                flag(txn, &node, "deleted", deleted);
            }
        })
    }

    /// Adds a cluster.
    pub fn add_cluster(&mut self, id: &str) -> Vec<u8> {
        self.edit(|txn| {
            let theme = MapPrelim::from([("candidate", true)]);
            txn.get_or_insert_map("themes").insert(txn, id, theme);
        })
    }

    /// Makes a theme of a cluster, or takes that back.
    pub fn choose_cluster(&mut self, id: &str, chosen: bool) -> Vec<u8> {
        self.edit(|txn| {
            if let Some(theme) = item(txn, "themes", id) {
                flag(txn, &theme, "candidate", !chosen);
            }
        })
    }

    /// The nodes by id.
    pub fn nodes(&self) -> BTreeMap<String, Written> {
        self.read("analysis", |txn, node| Written {
            parent: match node.get(txn, "parent") {
                Some(Out::Any(Any::String(parent))) => Some(parent.to_string()),
                _ => None,
            },
            also: map(node.get(txn, "also"))
                .map(|also| also.keys(txn).map(str::to_owned).collect())
                .unwrap_or_default(),
            deleted: node.contains_key(txn, "deleted"),
        })
    }

    /// The themes by id, and whether each is chosen.
    pub fn themes(&self) -> BTreeMap<String, bool> {
        self.read("themes", |txn, theme| !theme.contains_key(txn, "candidate"))
    }

    fn read<V>(
        &self,
        root: &str,
        value: impl Fn(&yrs::Transaction<'_>, MapRef) -> V,
    ) -> BTreeMap<String, V> {
        let txn = self.doc().transact();
        let Some(root) = txn.get_map(root) else {
            return BTreeMap::new();
        };
        let items =
            root.iter(&txn).filter_map(|(id, item)| Some((id.to_owned(), map(Some(item))?)));
        items.map(|(id, item)| (id, value(&txn, item))).collect()
    }
}

fn item(txn: &TransactionMut<'_>, root: &str, id: &str) -> Option<MapRef> {
    map(txn.get_map(root)?.get(txn, id))
}

fn map(value: Option<Out>) -> Option<MapRef> {
    value?.cast().ok()
}

fn hang(txn: &mut TransactionMut<'_>, node: &MapRef, parent: Option<&str>) {
    match parent {
        Some(parent) => {
            node.insert(txn, "parent", parent);
        }
        None => {
            node.remove(txn, "parent");
        }
    }
}

fn flag(txn: &mut TransactionMut<'_>, map: &MapRef, key: &str, set: bool) {
    if set {
        map.insert(txn, key, true);
    } else {
        map.remove(txn, key);
    }
}
