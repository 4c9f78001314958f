//! Typed edits.
//!
//! An edit is one transaction. Its update is returned for the caller to store *before* it
//! is shown to anybody; where storing fails, the record is thrown away and loaded again.

mod action;
mod apply;
mod entry;
mod field;
mod items;
mod known;
mod limits;
mod moment;
mod node;
mod order;
mod restore;
mod theme;
mod write;

use crate::part::{Part, ProseName};

pub use field::Field;
pub use items::{
    ActionPatch, EntryPatch, NewAction, NewEntry, NewNode, NewTheme, NodePatch, ThemePatch,
};
pub(crate) use limits::{LONGEST_WORDS, one_line};

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A new entry.
    AddEntry(NewEntry),
    /// A new node.
    AddNode(NewNode),
    /// A new theme.
    AddTheme(NewTheme),
    /// A new action.
    AddAction(NewAction),
    /// An entry changes: its id, what changes.
    PatchEntry(String, EntryPatch),
    /// A node changes: its id, what changes.
    PatchNode(String, NodePatch),
    /// A theme changes: its id, what changes.
    PatchTheme(String, ThemePatch),
    /// An action changes: its id, what changes.
    PatchAction(String, ActionPatch),
    /// An item is deleted; its words stay.
    Delete(Part, String),
    /// A deleted item comes back.
    Restore(Part, String),
    /// A text becomes this Markdown.
    SetProse(ProseName, String),
}

/// Why an edit is refused. Nothing was changed, except after [`EditError::Broken`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// There is no such item, or it is deleted.
    #[error("there is no {} {id}", .part.item())]
    Unknown {
        /// Where it was looked for.
        part: Part,
        /// The id.
        id: String,
    },
    /// The id is in use.
    #[error("{id} is the id of another {}: make a new one", .part.item())]
    Taken {
        /// Where it is used.
        part: Part,
        /// The id.
        id: String,
    },
    /// A value that the record does not take.
    #[error("{field}: {problem}")]
    Invalid {
        /// The key in the record.
        field: &'static str,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// The document panicked: throw the record away and load it again.
    #[error("the record broke while it was edited, and must be loaded again")]
    Broken,
}

#[cfg(test)]
pub(crate) mod tests;
