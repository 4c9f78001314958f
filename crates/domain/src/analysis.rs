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

/// A node of the analysis, as it is read from the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Node {
    /// UUID, made by whoever wrote the node.
    pub id: String,
    /// What sort of node it is.
    pub kind: NodeKind,
    /// The node below which it stands; a root if absent.
    pub parent: Option<String>,
    /// Plain text.
    pub text: String,
    /// Ids of the timeline entries it is about.
    pub entries: Vec<String>,
    /// What the finding made hard.
    pub tag: Option<Tag>,
    /// The system involved: alerting, CI, deploy, chat, dashboards, docs, code review ...
    pub system: Option<String>,
    /// Position among siblings.
    pub order: f64,
    /// Never part of a publication.
    #[serde(default)]
    pub withheld: bool,
}

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
    /// Position among the themes.
    pub order: f64,
    /// Never part of a publication.
    #[serde(default)]
    pub withheld: bool,
}
