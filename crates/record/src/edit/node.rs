//! Nodes of the analysis.

use std::collections::BTreeSet;

use yrs::ReadTxn;

use super::known::Known;
use super::write::Writer;
use super::{EditError, NewNode, NodePatch, limits};
use crate::part::Part;
use crate::values;

pub(super) fn check_new(node: &NewNode, known: &Known<'_, impl ReadTxn>) -> Result<(), EditError> {
    limits::words("text", Some(&node.text))?;
    limits::line("system", node.system.as_ref())?;
    limits::line("needed_by", node.needed_by.as_ref())?;
    limits::line("needed", node.needed.as_ref())?;
    limits::line("was_at", node.was_at.as_ref())?;
    limits::list("entries", &node.entries)?;
    limits::list("also", &node.also)?;
    limits::order(node.order)?;
    known.refer_all(Part::Analysis, "parent", node.parent.iter())?;
    known.refer_all(Part::Analysis, "also", &node.also)?;
    known.refer_all(Part::Timeline, "entries", &node.entries)
}

pub(super) fn add(writer: &mut Writer<'_, '_>, node: &NewNode) {
    writer.named("kind", Some(&node.kind));
    writer.named("parent", node.parent.as_ref());
    writer.set("also", &node.also);
    writer.words("text", &node.text);
    writer.strings("entries", &node.entries);
    writer.named("tag", node.tag.as_ref());
    writer.named("system", node.system.as_ref());
    writer.named("signal", node.signal.as_ref());
    writer.named("needed_by", node.needed_by.as_ref());
    writer.named("needed", node.needed.as_ref());
    writer.named("was_at", node.was_at.as_ref());
    writer.flag("withheld", node.withheld);
}

pub(super) fn check_patch(
    id: &str,
    patch: &NodePatch,
    known: &Known<'_, impl ReadTxn>,
) -> Result<(), EditError> {
    limits::words("text", patch.text.as_ref())?;
    limits::line("system", patch.system.set())?;
    limits::line("needed_by", patch.needed_by.set())?;
    limits::line("needed", patch.needed.set())?;
    limits::line("was_at", patch.was_at.set())?;
    limits::list("also", patch.also.as_deref().unwrap_or_default())?;
    limits::list("entries", patch.entries.as_deref().unwrap_or_default())?;
    limits::order(patch.order)?;
    known.refer_all(Part::Analysis, "parent", patch.parent.set())?;
    known.refer_all(Part::Analysis, "also", patch.also.iter().flatten())?;
    if patch.parent.set().is_some_and(|parent| stands_below(known.txn, parent, id)) {
        return Err(limits::invalid("parent", "a node cannot stand below itself"));
    }
    if patch.also.iter().flatten().any(|also| is_reached(known.txn, also, id)) {
        return Err(limits::invalid("also", "a node cannot stand below itself"));
    }
    known.refer_all(Part::Timeline, "entries", patch.entries.iter().flatten())
}

/// Whether one node is the other, or stands somewhere below it.
fn stands_below<T: ReadTxn>(txn: &T, node: &str, above: &str) -> bool {
    let mut at = node.to_owned();
    let mut seen = BTreeSet::new();
    while at != above {
        let parent = values::item(txn, Part::Analysis, &at)
            .and_then(|map| values::string(txn, &map, "parent"));
        match parent {
            Some(parent) if seen.insert(at) => at = parent,
            _ => return false,
        }
    }
    true
}

/// Whether one node is the other, or stands somewhere below it, be it by a further parent.
fn is_reached<T: ReadTxn>(txn: &T, node: &str, above: &str) -> bool {
    let mut open = vec![node.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(at) = open.pop() {
        if at == above {
            return true;
        }
        if let Some(map) = values::item(txn, Part::Analysis, &at)
            && seen.insert(at)
        {
            open.extend(values::string(txn, &map, "parent"));
            open.extend(values::set(txn, &map, "also"));
        }
    }
    false
}

pub(super) fn patch(writer: &mut Writer<'_, '_>, patch: &NodePatch) {
    if patch.kind.is_some() {
        writer.named("kind", patch.kind.as_ref());
    }
    writer.field("parent", &patch.parent);
    if let Some(also) = &patch.also {
        writer.set("also", also);
    }
    if let Some(text) = &patch.text {
        writer.words("text", text);
    }
    if let Some(entries) = &patch.entries {
        writer.strings("entries", entries);
    }
    writer.field("tag", &patch.tag);
    writer.field("system", &patch.system);
    writer.field("signal", &patch.signal);
    writer.field("needed_by", &patch.needed_by);
    writer.field("needed", &patch.needed);
    writer.field("was_at", &patch.was_at);
}
