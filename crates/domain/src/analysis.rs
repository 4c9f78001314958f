//! The tree of questions, answers and findings, and the themes that stand out of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What sort of node it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// A why or a how.
    #[default]
    Question,
    /// One of several answers to a question.
    Answer,
    /// What made probing, sensing or responding hard.
    Finding,
    /// A turning point: it stands for the entries that it is about, and questions hang below it.
    Moment,
}

/// What a finding made hard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tag {
    /// Trying something small and safe.
    Probing,
    /// Seeing what happens.
    Sensing,
    /// Acting on what was seen.
    Responding,
}

/// What was the matter with the signal, where sensing was made hard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// There was none.
    Absent,
    /// It was there, and nobody saw it.
    Unseen,
    /// It was seen, and taken for something else.
    Misread,
    /// It was seen and understood, and nothing could be done with it.
    NotActionable,
}

/// A node of the analysis, as it is read from the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Node {
    /// UUID, made by whoever wrote the node.
    pub id: String,
    /// What sort of node it is.
    pub kind: NodeKind,
    /// The node below which it stands; a root if absent.
    pub parent: Option<String>,
    /// Ids of further nodes below which it stands too, where factors combine. Together with
    /// `parent` they never make a circle.
    #[serde(default)]
    pub also: Vec<String>,
    /// Plain text.
    pub text: String,
    /// Ids of the timeline entries it is about.
    pub entries: Vec<String>,
    /// What the finding made hard.
    pub tag: Option<Tag>,
    /// The system involved: alerting, CI, deploy, chat, dashboards, docs, code review ...
    pub system: Option<String>,
    /// What was the matter with the signal; only where sensing was made hard.
    #[serde(default)]
    pub signal: Option<Signal>,
    /// Who lacked an information, by role.
    #[serde(default)]
    pub needed_by: Option<String>,
    /// The information that was missing.
    #[serde(default)]
    pub needed: Option<String>,
    /// Where the missing information was.
    #[serde(default)]
    pub was_at: Option<String>,
    /// Position among siblings.
    pub order: f64,
    /// Never part of a publication.
    #[serde(default)]
    pub withheld: bool,
}

/// So many themes are chosen without saying why.
pub const FEW_THEMES: u32 = 3;

/// One of the few things that became apparent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Theme {
    /// UUID, made by whoever wrote the theme.
    pub id: String,
    /// Plain text, one line.
    pub title: String,
    /// Plain text: what stands behind it.
    pub text: String,
    /// Ids of the analysis nodes it comes from.
    pub nodes: Vec<String>,
    /// A cluster that was not chosen: it is never part of a publication.
    #[serde(default)]
    pub candidate: bool,
    /// Plain text: why it was chosen though three were chosen already.
    #[serde(default)]
    pub reason: String,
    /// Position among the themes.
    pub order: f64,
    /// Never part of a publication.
    #[serde(default)]
    pub withheld: bool,
}
