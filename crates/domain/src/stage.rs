//! The path of a post-mortem, from the outage to the follow-up.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::incident::IncidentTimes;

/// How long people rest between the end of an incident and its post-mortem.
pub const REST: SignedDuration = SignedDuration::from_hours(24);

/// Where on its path a post-mortem is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Production comes first; evidence collects, analysis stays closed.
    Respond,
    /// People unwind.
    Rest,
    /// The room writes the objective record together.
    Record,
    /// Whys and hows, until two or three things stand out.
    Analyse,
    /// The cheapest change with the largest effect.
    Act,
    /// Document and recording go to the entire organisation.
    Publish,
    /// Facilitators' feedback, survey, a better handbook.
    Improve,
    /// Actions are chased until done or declined.
    FollowUp,
}

/// Why a stage cannot be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StageClosed {
    /// Analysis is not response.
    #[error(
        "this opens when the incident is stabilised: fix production first, then set stabilised_at"
    )]
    NotStabilised,
    /// Only publishing leads there.
    #[error("this stage begins with the publication: publish the post-mortem first")]
    NotPublished,
}

impl Stage {
    /// Every stage, in the order of the path.
    pub const ALL: [Self; 8] = [
        Self::Respond,
        Self::Rest,
        Self::Record,
        Self::Analyse,
        Self::Act,
        Self::Publish,
        Self::Improve,
        Self::FollowUp,
    ];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Respond => "respond",
            Self::Rest => "rest",
            Self::Record => "record",
            Self::Analyse => "analyse",
            Self::Act => "act",
            Self::Publish => "publish",
            Self::Improve => "improve",
            Self::FollowUp => "follow_up",
        }
    }

    /// The stage of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// Where a post-mortem begins that is opened now.
    pub fn at_opening(incident: &IncidentTimes, now: Timestamp) -> Self {
        match incident.stabilised_at.or(incident.resolved_at) {
            None => Self::Respond,
            Some(_) if incident.end().is_some_and(|end| now.duration_since(end) < REST) => {
                Self::Rest
            }
            Some(_) => Self::Record,
        }
    }

    /// Whether a post-mortem may go there; any stage may be gone back to.
    pub fn check(self, incident: &IncidentTimes, published: bool) -> Result<(), StageClosed> {
        if self >= Self::Analyse {
            analysis_open(incident)?;
        }
        if self > Self::Publish && !published {
            return Err(StageClosed::NotPublished);
        }
        Ok(())
    }
}

/// Whether whys, themes and actions may be written: not before production is safe.
pub fn analysis_open(incident: &IncidentTimes) -> Result<(), StageClosed> {
    if incident.is_stabilised() { Ok(()) } else { Err(StageClosed::NotStabilised) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    fn incident(stabilised: Option<&str>) -> IncidentTimes {
        IncidentTimes {
            started_at: at("2026-03-01T18:00:00Z"),
            detected_at: None,
            stabilised_at: stabilised.map(at),
            resolved_at: None,
        }
    }

    #[test]
    fn opening_follows_the_incident() {
        let now = at("2026-03-02T12:00:00Z");
        for (stabilised, stage) in [
            (None, Stage::Respond),
            (Some("2026-03-01T19:00:00Z"), Stage::Rest),
            (Some("2026-02-28T12:00:00Z"), Stage::Record),
        ] {
            assert_eq!(Stage::at_opening(&incident(stabilised), now), stage);
        }
    }

    #[test]
    fn analysis_stays_closed_until_stabilised() {
        for stage in Stage::ALL {
            let open = stage.check(&incident(None), true).is_ok();
            assert_eq!(open, stage < Stage::Analyse, "{stage:?}");
            assert!(stage.check(&incident(Some("2026-03-01T19:00:00Z")), true).is_ok());
        }
    }

    #[test]
    fn what_follows_publication_waits_for_it() {
        let incident = incident(Some("2026-03-01T19:00:00Z"));
        assert_eq!(Stage::FollowUp.check(&incident, false), Err(StageClosed::NotPublished));
        assert_eq!(Stage::Publish.check(&incident, false), Ok(()));
    }

    #[test]
    fn names_are_read_back() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.as_str()), Some(stage));
        }
    }
}
