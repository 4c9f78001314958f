//! The record as typed values.

mod items;
mod read;
mod reader;
mod references;
mod tree;
mod withhold;

use afterword_domain::action::Action;
use afterword_domain::analysis::{Node, Theme};
use afterword_domain::meeting::Meeting;
use afterword_domain::timeline::Entry;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::part::{Part, ProseName};

pub(crate) use items::is_web_address;

/// Everything a record holds, in reading order, without what is deleted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Projection {
    /// What happened.
    pub timeline: Vec<Entry>,
    /// The tree, each node before those below it, siblings in their order.
    pub analysis: Vec<Node>,
    /// What became apparent.
    pub themes: Vec<Theme>,
    /// What will be done.
    pub actions: Vec<Action>,
    /// The texts beside the items.
    pub prose: Prose,
    /// What the room remembers of its own work.
    #[serde(default)]
    pub meeting: Meeting,
    /// What can be brought back.
    pub deleted: Vec<Deleted>,
    /// What could not be read.
    pub warnings: Vec<Warning>,
}

/// The texts beside the items, as Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Prose {
    /// What happened, in short.
    pub summary: String,
    /// What one has to know to understand it.
    pub background: String,
    /// What was learned.
    pub learned: String,
}

impl Prose {
    /// One of the texts.
    pub fn get(&self, name: ProseName) -> &str {
        match name {
            ProseName::Summary => &self.summary,
            ProseName::Background => &self.background,
            ProseName::Learned => &self.learned,
        }
    }

    /// One of the texts, to be changed.
    pub fn get_mut(&mut self, name: ProseName) -> &mut String {
        match name {
            ProseName::Summary => &mut self.summary,
            ProseName::Background => &mut self.background,
            ProseName::Learned => &mut self.learned,
        }
    }
}

/// A deleted item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Deleted {
    /// Where it stood.
    pub part: Part,
    /// Its id.
    pub id: String,
    /// Its words, so that people recognise it.
    pub text: String,
}

/// Something that could not be read as it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Warning {
    /// Where it stands.
    pub part: Part,
    /// The item, the name of the prose, or the key in the meeting.
    pub id: String,
    /// What is wrong, and how it was read.
    pub problem: String,
}
