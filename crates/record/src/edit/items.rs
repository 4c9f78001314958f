//! What is added and what is patched.
//!
//! In JSON a patch is a merge patch: a missing key keeps, `null` clears what may be absent.

use afterword_domain::action::ActionState;
use afterword_domain::analysis::{NodeKind, Signal, Tag};
use afterword_domain::people::Discipline;
use afterword_domain::ticket::TicketLink;
use afterword_domain::timeline::{EntryKind, Evidence, Precision};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Field;

/// A new entry of the timeline. `precision` follows from the times unless given.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewEntry {
    /// A UUID, never used before.
    #[serde(skip)]
    pub id: String,
    /// When it happened or began.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// The end of a range.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
    /// How well the time is known.
    pub precision: Option<Precision>,
    /// The time as it was typed or imported.
    pub typed: Option<String>,
    /// What has to be answered before `typed` can be read.
    pub question: Option<String>,
    /// What sort of moment it is.
    pub kind: EntryKind,
    /// Whose view it is.
    pub lane: Discipline,
    /// A person's id, or a name or role as written.
    pub who: Option<String>,
    /// What happened, as Markdown.
    pub text: String,
    /// Links that show it.
    pub evidence: Vec<Evidence>,
    /// The entry beside which it stands.
    pub beside: Option<String>,
    /// Position among entries of the same time; after the last unless given.
    pub order: Option<f64>,
    /// Never part of a publication.
    pub withheld: bool,
    /// Given as input, and not taken by the room yet.
    pub proposed: bool,
    /// The question that it answers, on one line.
    pub asked: Option<String>,
}

/// A new node of the analysis.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewNode {
    /// A UUID, never used before.
    #[serde(skip)]
    pub id: String,
    /// What sort of node it is.
    pub kind: NodeKind,
    /// The node below which it stands.
    pub parent: Option<String>,
    /// Further nodes below which it stands too.
    pub also: Vec<String>,
    /// Plain text.
    pub text: String,
    /// Ids of the timeline entries it is about.
    pub entries: Vec<String>,
    /// What the finding made hard.
    pub tag: Option<Tag>,
    /// The system involved.
    pub system: Option<String>,
    /// What was the matter with the signal; read only where sensing was made hard.
    pub signal: Option<Signal>,
    /// Who lacked an information, by role.
    pub needed_by: Option<String>,
    /// The information that was missing.
    pub needed: Option<String>,
    /// Where the missing information was.
    pub was_at: Option<String>,
    /// Position among siblings; after the last unless given.
    pub order: Option<f64>,
    /// Never part of a publication.
    pub withheld: bool,
}

/// A new theme.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewTheme {
    /// A UUID, never used before.
    #[serde(skip)]
    pub id: String,
    /// Plain text, one line.
    pub title: String,
    /// Plain text: what stands behind it.
    pub text: String,
    /// Ids of the analysis nodes it comes from.
    pub nodes: Vec<String>,
    /// A cluster that is not chosen yet.
    pub candidate: bool,
    /// Plain text: why it is chosen though three are chosen already.
    pub reason: String,
    /// Position among the themes; after the last unless given.
    pub order: Option<f64>,
    /// Never part of a publication.
    pub withheld: bool,
}

/// A new action.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewAction {
    /// A UUID, never used before.
    #[serde(skip)]
    pub id: String,
    /// Plain text, one line: a verb and a thing.
    pub title: String,
    /// Plain text: how we would know.
    pub done_when: String,
    /// A person's id, or a name or team as written.
    pub owner: Option<String>,
    /// A calendar day.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
    /// How far it is.
    pub state: ActionState,
    /// Plain text: why it was declined.
    pub reason: String,
    /// Id of the theme it comes from.
    pub theme: Option<String>,
    /// Position among the actions; after the last unless given.
    pub order: Option<f64>,
    /// Never part of a publication.
    pub withheld: bool,
    /// It is about how post-mortems are run, and not about the systems.
    pub process: bool,
}

/// What changes about an entry. A new `at` without a `precision` keeps the precision that
/// fits it; an `until` makes a range.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryPatch {
    /// When it happened or began.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Field<Timestamp>,
    /// The end of a range.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Field<Timestamp>,
    /// How well the time is known.
    pub precision: Option<Precision>,
    /// The time as it was typed or imported.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub typed: Field<String>,
    /// What has to be answered before `typed` can be read.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub question: Field<String>,
    /// What sort of moment it is.
    pub kind: Option<EntryKind>,
    /// Whose view it is.
    pub lane: Option<Discipline>,
    /// A person's id, or a name or role as written.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub who: Field<String>,
    /// What happened, as Markdown.
    pub text: Option<String>,
    /// Links that show it.
    pub evidence: Option<Vec<Evidence>>,
    /// The entry beside which it stands.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub beside: Field<String>,
    /// Position among entries of the same time.
    pub order: Option<f64>,
    /// Never part of a publication.
    pub withheld: Option<bool>,
    /// Given as input, and not taken by the room yet: `false` takes it.
    pub proposed: Option<bool>,
}

/// What changes about a node.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NodePatch {
    /// What sort of node it is.
    pub kind: Option<NodeKind>,
    /// The node below which it stands.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub parent: Field<String>,
    /// Further nodes below which it stands too.
    pub also: Option<Vec<String>>,
    /// Plain text.
    pub text: Option<String>,
    /// Ids of the timeline entries it is about.
    pub entries: Option<Vec<String>>,
    /// What the finding made hard.
    #[serde(default)]
    #[schema(value_type = Option<Tag>)]
    pub tag: Field<Tag>,
    /// The system involved.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub system: Field<String>,
    /// What was the matter with the signal; read only where sensing was made hard.
    #[serde(default)]
    #[schema(value_type = Option<Signal>)]
    pub signal: Field<Signal>,
    /// Who lacked an information, by role.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub needed_by: Field<String>,
    /// The information that was missing.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub needed: Field<String>,
    /// Where the missing information was.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub was_at: Field<String>,
    /// Position among siblings.
    pub order: Option<f64>,
    /// Never part of a publication.
    pub withheld: Option<bool>,
}

/// What changes about a theme.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemePatch {
    /// Plain text, one line.
    pub title: Option<String>,
    /// Plain text: what stands behind it.
    pub text: Option<String>,
    /// Ids of the analysis nodes it comes from.
    pub nodes: Option<Vec<String>>,
    /// A cluster that is not chosen yet.
    pub candidate: Option<bool>,
    /// Plain text: why it is chosen though three are chosen already.
    pub reason: Option<String>,
    /// Position among the themes.
    pub order: Option<f64>,
    /// Never part of a publication.
    pub withheld: Option<bool>,
}

/// What changes about an action.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionPatch {
    /// Plain text, one line: a verb and a thing.
    pub title: Option<String>,
    /// Plain text: how we would know.
    pub done_when: Option<String>,
    /// A person's id, or a name or team as written.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub owner: Field<String>,
    /// A calendar day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Field<Date>,
    /// How far it is.
    pub state: Option<ActionState>,
    /// Plain text: why it was declined.
    pub reason: Option<String>,
    /// Id of the theme it comes from.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub theme: Field<String>,
    /// Its ticket in the team's tracker. Trackers are asked by the server, so that nobody writes
    /// this by themselves.
    #[serde(skip)]
    pub ticket: Field<TicketLink>,
    /// Position among the actions.
    pub order: Option<f64>,
    /// Never part of a publication.
    pub withheld: Option<bool>,
    /// It is about how post-mortems are run, and not about the systems.
    pub process: Option<bool>,
}
