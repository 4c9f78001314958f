//! What stands against an hour for somebody.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where the day begins and ends that nobody should have to leave, in minutes after midnight.
pub(super) const DAY_BEGINS: i32 = 7 * 60;
pub(super) const DAY_ENDS: i32 = 22 * 60;

/// What stands against an hour for somebody, the lightest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Strain {
    /// Before the working hours, not before 07:00.
    Early,
    /// After the working hours, until 22:00.
    Late,
    /// Between 22:00 and 07:00.
    Night,
    /// A weekday without working hours.
    FreeDay,
    /// A public holiday.
    Holiday,
    /// A day off.
    DayOff,
    /// They said that they cannot.
    Refused,
    /// Something else stands in their calendar.
    Busy,
}

impl Strain {
    /// Whether it is still inside somebody's day: inconvenient, and can be asked for.
    pub fn is_humane(self) -> bool {
        matches!(self, Self::Early | Self::Late)
    }

    /// Whether they cannot come at all, as far as is known.
    pub fn is_impossible(self) -> bool {
        matches!(self, Self::Refused | Self::Busy)
    }

    /// Whether it is the hour that is inconvenient, whatever day it is: what goes round.
    pub fn is_of_the_hour(self) -> bool {
        matches!(self, Self::Early | Self::Late | Self::Night)
    }

    /// What a quarter of an hour of it weighs, so many quarters from the working hours.
    pub(super) fn weight(self, distance: i32) -> i64 {
        match self {
            Self::Early | Self::Late => 4 + i64::from(distance.clamp(0, 24)),
            Self::Night => 120,
            Self::FreeDay => 150,
            Self::Holiday | Self::DayOff => 200,
            Self::Refused => 300,
            Self::Busy => 400,
        }
    }
}
