//! A post-mortem as a whole: everything about it that is not in its record.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::incident::IncidentTimes;
use crate::stage::Stage;

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 300;
/// The longest name of a severity or a service, in characters.
pub const LONGEST_LABEL: usize = 60;
/// So many services can be named.
pub const MOST_SERVICES: usize = 50;

/// How people appear in a publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Naming {
    /// By their names.
    #[default]
    Names,
    /// By their roles: "an SRE".
    Roles,
}

impl Naming {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Roles => "roles",
        }
    }

    /// The naming of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Names, Self::Roles].into_iter().find(|naming| naming.as_str() == name)
    }
}

/// A post-mortem without its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postmortem {
    /// UUID, also the name of its record.
    pub id: String,
    /// One line.
    pub title: String,
    /// When it happened.
    pub incident: IncidentTimes,
    /// As the organisation calls it: "SEV1", "P2".
    pub severity: Option<String>,
    /// The services involved.
    pub services: Vec<String>,
    /// Whether it nearly happened and did not.
    pub near_miss: bool,
    /// Where on its path it is.
    pub stage: Stage,
    /// How people appear when it is published.
    pub naming: Naming,
    /// Id of the person who opened it.
    pub created_by: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When the publication that stands was made.
    pub published_at: Option<Timestamp>,
    /// Counts changes, from 1.
    pub version: i64,
}

impl Postmortem {
    /// The same with other times. Production safe again ends the response; production unsafe again,
    /// with nothing published yet, returns to it.
    #[must_use]
    pub fn with_incident(mut self, incident: IncidentTimes) -> Self {
        let was_stabilised = self.incident.is_stabilised();
        self.incident = incident;
        match (was_stabilised, incident.is_stabilised()) {
            (false, true) if self.stage == Stage::Respond => self.stage = Stage::Rest,
            (true, false) if self.published_at.is_none() => self.stage = Stage::Respond,
            _ => {}
        }
        self
    }
}
