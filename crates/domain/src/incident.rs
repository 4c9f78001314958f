//! The incident that a post-mortem is about.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The four times of an incident, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IncidentTimes {
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// When somebody or something first noticed.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub detected_at: Option<Timestamp>,
    /// When production was safe again; analysis opens then.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub stabilised_at: Option<Timestamp>,
    /// When everything was back to normal.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resolved_at: Option<Timestamp>,
}

/// Why a set of incident times is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IncidentTimesError {
    /// A later step stands before the beginning.
    #[error("{0} is before started_at: check the dates, and whether both are in UTC")]
    BeforeStart(&'static str),
}

impl IncidentTimes {
    /// Checks that nothing happened before the beginning.
    pub fn check(&self) -> Result<(), IncidentTimesError> {
        let later = [
            ("detected_at", self.detected_at),
            ("stabilised_at", self.stabilised_at),
            ("resolved_at", self.resolved_at),
        ];
        match later.into_iter().find(|(_, at)| at.is_some_and(|at| at < self.started_at)) {
            Some((name, _)) => Err(IncidentTimesError::BeforeStart(name)),
            None => Ok(()),
        }
    }

    /// Whether production is safe again.
    pub fn is_stabilised(&self) -> bool {
        self.stabilised_at.is_some() || self.resolved_at.is_some()
    }

    /// The end of the incident as far as it is known.
    pub fn end(&self) -> Option<Timestamp> {
        self.resolved_at.or(self.stabilised_at)
    }
}
