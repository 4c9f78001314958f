//! When the call may be, when it is time for it, and when it is late.

use jiff::Timestamp;

use super::ReviewTerms;
use crate::appointment::Pace;
use crate::incident::IncidentTimes;

/// The times between which a call should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallTimes {
    /// Not before: people unwind.
    pub earliest: Timestamp,
    /// From here on memory fades.
    pub warn_after: Timestamp,
    /// From here on it is late.
    pub late_after: Timestamp,
}

impl ReviewTerms {
    /// How soon after an incident people meet.
    pub fn pace(&self) -> Pace {
        Pace {
            rest_hours: self.earliest_hours.into(),
            fades_hours: self.warn_hours.into(),
            late_days: self.late_days.into(),
        }
    }

    /// The times for the call about an incident; `None` while it goes on.
    pub fn call_times(&self, incident: &IncidentTimes) -> Option<CallTimes> {
        let (pace, end) = (self.pace(), incident.end()?);
        let earliest = pace.earliest(incident)?;
        Some(CallTimes {
            earliest,
            warn_after: pace.fades_after(end),
            // Nothing is late before it may be.
            late_after: pace.late_after(end).max(earliest),
        })
    }
}
