//! Themes.

use yrs::ReadTxn;

use super::known::Known;
use super::write::Writer;
use super::{EditError, NewTheme, ThemePatch, limits};
use crate::part::Part;

pub(super) fn check_new(
    theme: &NewTheme,
    known: &Known<'_, impl ReadTxn>,
) -> Result<(), EditError> {
    limits::line("title", Some(&theme.title))?;
    limits::words("text", Some(&theme.text))?;
    limits::words("reason", Some(&theme.reason))?;
    limits::list("nodes", &theme.nodes)?;
    limits::order(theme.order)?;
    known.refer_all(Part::Analysis, "nodes", &theme.nodes)
}

pub(super) fn add(writer: &mut Writer<'_, '_>, theme: &NewTheme) {
    writer.words("title", &theme.title);
    writer.words("text", &theme.text);
    writer.strings("nodes", &theme.nodes);
    writer.flag("candidate", theme.candidate);
    writer.words("reason", &theme.reason);
    writer.flag("withheld", theme.withheld);
}

pub(super) fn check_patch(
    patch: &ThemePatch,
    known: &Known<'_, impl ReadTxn>,
) -> Result<(), EditError> {
    limits::line("title", patch.title.as_ref())?;
    limits::words("text", patch.text.as_ref())?;
    limits::words("reason", patch.reason.as_ref())?;
    limits::list("nodes", patch.nodes.as_deref().unwrap_or_default())?;
    limits::order(patch.order)?;
    known.refer_all(Part::Analysis, "nodes", patch.nodes.iter().flatten())
}

pub(super) fn patch(writer: &mut Writer<'_, '_>, patch: &ThemePatch) {
    if let Some(title) = &patch.title {
        writer.words("title", title);
    }
    if let Some(text) = &patch.text {
        writer.words("text", text);
    }
    if let Some(nodes) = &patch.nodes {
        writer.strings("nodes", nodes);
    }
    if let Some(candidate) = patch.candidate {
        writer.flag("candidate", candidate);
    }
    if let Some(reason) = &patch.reason {
        writer.words("reason", reason);
    }
}
