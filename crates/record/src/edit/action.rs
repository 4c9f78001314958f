//! Actions.

use yrs::ReadTxn;

use super::known::Known;
use super::write::Writer;
use super::{ActionPatch, EditError, Field, NewAction, limits};
use crate::part::Part;

pub(super) fn check_new(
    action: &NewAction,
    known: &Known<'_, impl ReadTxn>,
) -> Result<(), EditError> {
    limits::line("title", Some(&action.title))?;
    limits::words("done_when", Some(&action.done_when))?;
    limits::line("owner", action.owner.as_ref())?;
    limits::words("reason", Some(&action.reason))?;
    limits::order(action.order)?;
    known.refer_all(Part::Themes, "theme", action.theme.iter())
}

pub(super) fn add(writer: &mut Writer<'_, '_>, action: &NewAction) {
    writer.words("title", &action.title);
    writer.words("done_when", &action.done_when);
    writer.named("owner", action.owner.as_ref());
    writer.named("due", action.due.as_ref());
    writer.named("state", Some(&action.state));
    writer.words("reason", &action.reason);
    writer.named("theme", action.theme.as_ref());
    writer.flag("withheld", action.withheld);
    writer.flag("process", action.process);
}

pub(super) fn check_patch(
    patch: &ActionPatch,
    known: &Known<'_, impl ReadTxn>,
) -> Result<(), EditError> {
    limits::line("title", patch.title.as_ref())?;
    limits::words("done_when", patch.done_when.as_ref())?;
    limits::line("owner", patch.owner.set())?;
    limits::words("reason", patch.reason.as_ref())?;
    limits::order(patch.order)?;
    known.refer_all(Part::Themes, "theme", patch.theme.set())
}

pub(super) fn patch(writer: &mut Writer<'_, '_>, patch: &ActionPatch) {
    if let Some(title) = &patch.title {
        writer.words("title", title);
    }
    if let Some(done_when) = &patch.done_when {
        writer.words("done_when", done_when);
    }
    writer.field("owner", &patch.owner);
    writer.field("due", &patch.due);
    if patch.state.is_some() {
        writer.named("state", patch.state.as_ref());
    }
    if let Some(reason) = &patch.reason {
        writer.words("reason", reason);
    }
    writer.field("theme", &patch.theme);
    if let Some(process) = patch.process {
        writer.flag("process", process);
    }
    match &patch.ticket {
        Field::Keep => {}
        ticket => {
            writer.named("ticket", ticket.set().map(|it| &it.url));
            writer.named("ticket_name", ticket.set().map(|it| &it.name));
        }
    }
}
