//! What an edit may refer to: what stands in the record, and what the same batch adds.

use std::collections::BTreeSet;

use yrs::{Map, ReadTxn};

use super::{EditError, limits};
use crate::part::Part;
use crate::values;

pub(super) struct Known<'a, T> {
    pub(super) txn: &'a T,
    added: BTreeSet<(Part, String)>,
}

impl<'a, T: ReadTxn> Known<'a, T> {
    pub(super) fn new(txn: &'a T) -> Self {
        Self { txn, added: BTreeSet::new() }
    }

    /// A new id, which must not be in use, be it for something deleted.
    pub(super) fn add(&mut self, part: Part, id: &str) -> Result<(), EditError> {
        limits::id(id)?;
        let used = values::root(self.txn, part).is_some_and(|root| root.contains_key(self.txn, id));
        if used || !self.added.insert((part, id.to_owned())) {
            return Err(EditError::Taken { part, id: id.to_owned() });
        }
        Ok(())
    }

    /// Whether the item is there, deleted or not.
    pub(super) fn exists(&self, part: Part, id: &str) -> Result<(), EditError> {
        let added = self.added.contains(&(part, id.to_owned()));
        if added || values::item(self.txn, part, id).is_some() {
            return Ok(());
        }
        Err(EditError::Unknown { part, id: id.to_owned() })
    }

    /// Whether the item is there and not deleted.
    pub(super) fn stands(&self, part: Part, id: &str) -> Result<(), EditError> {
        self.exists(part, id)?;
        let deleted = values::item(self.txn, part, id)
            .is_some_and(|map| values::flag(self.txn, &map, "deleted"));
        if deleted { Err(EditError::Unknown { part, id: id.to_owned() }) } else { Ok(()) }
    }

    pub(super) fn refer_all<'i>(
        &self,
        part: Part,
        field: &'static str,
        ids: impl IntoIterator<Item = &'i String>,
    ) -> Result<(), EditError> {
        for id in ids {
            self.stands(part, id).map_err(|unknown| limits::invalid(field, unknown.to_string()))?;
        }
        Ok(())
    }
}
