//! Checking edits, then making them: all or none.

use yrs::{Map, ReadTxn, Transact, TransactionMut};

use super::known::Known;
use super::order::Orders;
use super::write::Writer;
use super::{Edit, EditError, action, entry, limits, node, theme};
use crate::document::{FORMAT, Record};
use crate::part::{Part, ProseName};

impl Record {
    /// Makes one change; returns its update, or nothing if nothing changed.
    pub fn edit(&mut self, edit: &Edit) -> Result<Option<Vec<u8>>, EditError> {
        self.edit_many(std::slice::from_ref(edit))
    }

    /// Makes what every record has from its beginning; nothing if it is there already.
    pub fn begin(&mut self) -> Result<Option<Vec<u8>>, EditError> {
        self.edit_many(&[])
    }

    /// Makes all changes or, if one is refused, none. Later ones may refer to what earlier
    /// ones add.
    pub fn edit_many(&mut self, edits: &[Edit]) -> Result<Option<Vec<u8>>, EditError> {
        {
            let txn = self.doc.transact();
            let mut known = Known::new(&txn);
            edits.iter().try_for_each(|edit| check(edit, &mut known))?;
        }
        let written = self.write(|txn| {
            begin(txn);
            let mut orders = Orders::default();
            for edit in edits {
                make(txn, &mut orders, edit);
            }
        });
        written.map_err(|_| EditError::Broken)
    }
}

/// Every writer leaves the version of the format, and the texts that many may begin at once.
fn begin(txn: &mut TransactionMut<'_>) {
    for name in ProseName::ALL {
        set_prose(txn, name, None);
    }
    if let Some(meeting) = txn.get_map(Part::Meeting.as_str())
        && !meeting.contains_key(txn, "format")
    {
        meeting.insert(txn, "format", FORMAT);
    }
}

fn check<T: ReadTxn>(edit: &Edit, known: &mut Known<'_, T>) -> Result<(), EditError> {
    match edit {
        Edit::AddEntry(entry) => {
            entry::check_new(entry, known)?;
            known.add(Part::Timeline, &entry.id)
        }
        Edit::AddNode(node) => {
            node::check_new(node, known)?;
            known.add(Part::Analysis, &node.id)
        }
        Edit::AddTheme(theme) => {
            theme::check_new(theme, known)?;
            known.add(Part::Themes, &theme.id)
        }
        Edit::AddAction(action) => {
            action::check_new(action, known)?;
            known.add(Part::Actions, &action.id)
        }
        Edit::PatchEntry(id, patch) => {
            known.stands(Part::Timeline, id)?;
            entry::check_patch(id, patch, known)
        }
        Edit::PatchNode(id, patch) => {
            known.stands(Part::Analysis, id)?;
            node::check_patch(id, patch, known)
        }
        Edit::PatchTheme(id, patch) => {
            known.stands(Part::Themes, id)?;
            theme::check_patch(patch, known)
        }
        Edit::PatchAction(id, patch) => {
            known.stands(Part::Actions, id)?;
            action::check_patch(patch, known)
        }
        Edit::Delete(part, id) | Edit::Restore(part, id) => known.exists(*part, id),
        Edit::SetProse(_, markdown) => limits::markdown("text", Some(markdown)),
    }
}

fn make(txn: &mut TransactionMut<'_>, orders: &mut Orders, edit: &Edit) {
    match edit {
        Edit::AddEntry(new) => {
            add(txn, orders, Part::Timeline, &new.id, new.order, |writer| entry::add(writer, new));
        }
        Edit::AddNode(new) => {
            add(txn, orders, Part::Analysis, &new.id, new.order, |writer| node::add(writer, new));
        }
        Edit::AddTheme(new) => {
            add(txn, orders, Part::Themes, &new.id, new.order, |writer| theme::add(writer, new));
        }
        Edit::AddAction(new) => {
            add(txn, orders, Part::Actions, &new.id, new.order, |writer| action::add(writer, new));
        }
        Edit::PatchEntry(id, patch) => {
            change(txn, Part::Timeline, id, |writer| {
                entry::patch(writer, id, patch);
                common(writer, patch.order, patch.withheld);
            });
        }
        Edit::PatchNode(id, patch) => {
            change(txn, Part::Analysis, id, |writer| {
                node::patch(writer, patch);
                common(writer, patch.order, patch.withheld);
            });
        }
        Edit::PatchTheme(id, patch) => {
            change(txn, Part::Themes, id, |writer| {
                theme::patch(writer, patch);
                common(writer, patch.order, patch.withheld);
            });
        }
        Edit::PatchAction(id, patch) => {
            change(txn, Part::Actions, id, |writer| {
                action::patch(writer, patch);
                common(writer, patch.order, patch.withheld);
            });
        }
        Edit::Delete(part, id) => change(txn, *part, id, |writer| writer.flag("deleted", true)),
        Edit::Restore(part, id) => change(txn, *part, id, |writer| writer.flag("deleted", false)),
        Edit::SetProse(name, markdown) => set_prose(txn, *name, Some(markdown)),
    }
}

fn add(
    txn: &mut TransactionMut<'_>,
    orders: &mut Orders,
    part: Part,
    id: &str,
    order: Option<f64>,
    write: impl FnOnce(&mut Writer<'_, '_>),
) {
    let order = order.unwrap_or_else(|| orders.next(txn, part));
    let Some(root) = txn.get_map(part.as_str()) else {
        return;
    };
    let mut writer = Writer::add(txn, &root, id);
    write(&mut writer);
    writer.put("order", Some(order.into()));
}

fn change(
    txn: &mut TransactionMut<'_>,
    part: Part,
    id: &str,
    write: impl FnOnce(&mut Writer<'_, '_>),
) {
    if let Some(mut writer) = Writer::of(txn, part, id) {
        write(&mut writer);
    }
}

fn common(writer: &mut Writer<'_, '_>, order: Option<f64>, withheld: Option<bool>) {
    if let Some(order) = order {
        writer.put("order", Some(order.into()));
    }
    if let Some(withheld) = withheld {
        writer.flag("withheld", withheld);
    }
}

fn set_prose(txn: &mut TransactionMut<'_>, name: ProseName, markdown: Option<&str>) {
    let Some(map) = txn.get_map(Part::Prose.as_str()) else {
        return;
    };
    let mut writer = Writer { txn, map };
    let fragment = writer.fragment(name.as_str());
    if let Some(markdown) = markdown {
        writer.rich(&fragment, markdown);
    }
}
