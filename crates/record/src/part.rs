//! The parts of a record.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A root of the record that holds content.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// What happened.
    Timeline,
    /// Questions, answers and findings.
    Analysis,
    /// What became apparent.
    Themes,
    /// What will be done.
    Actions,
    /// Summary, background and what was learned.
    Prose,
    /// What the room remembers of its own work.
    Meeting,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 6] =
        [Self::Timeline, Self::Analysis, Self::Themes, Self::Actions, Self::Prose, Self::Meeting];

    /// The name of the root in the document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Analysis => "analysis",
            Self::Themes => "themes",
            Self::Actions => "actions",
            Self::Prose => "prose",
            Self::Meeting => "meeting",
        }
    }

    /// What people call one item of the part.
    pub fn item(self) -> &'static str {
        match self {
            Self::Timeline => "entry",
            Self::Analysis => "node",
            Self::Themes => "theme",
            Self::Actions => "action",
            Self::Prose => "text",
            Self::Meeting => "value",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|part| part.as_str() == text).ok_or_else(|| {
            format!(
                "“{text}” is no part: use timeline, analysis, themes, actions, prose or meeting"
            )
        })
    }
}

/// One of the texts that stand beside the items.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum ProseName {
    /// What happened, in short.
    Summary,
    /// What one has to know to understand it.
    Background,
    /// What was learned.
    Learned,
}

impl ProseName {
    /// Every text, in reading order.
    pub const ALL: [Self; 3] = [Self::Summary, Self::Background, Self::Learned];

    /// The key in the document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Background => "background",
            Self::Learned => "learned",
        }
    }
}

impl FromStr for ProseName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|name| name.as_str() == text)
            .ok_or_else(|| format!("“{text}” is no text: use summary, background or learned"))
    }
}
