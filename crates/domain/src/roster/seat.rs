//! The seats of a post-mortem, and how far a request for one is.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody does in a post-mortem's meeting.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Leads it.
    Facilitator,
    /// Leads with them, and takes over if their connection drops.
    CoFacilitator,
    /// Writes for the room.
    NoteTaker,
    /// Watches, to learn how it is led; several may.
    Shadow,
}

impl Seat {
    /// Every seat.
    pub const ALL: [Self; 4] =
        [Self::Facilitator, Self::CoFacilitator, Self::NoteTaker, Self::Shadow];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::CoFacilitator => "co_facilitator",
            Self::NoteTaker => "note_taker",
            Self::Shadow => "shadow",
        }
    }

    /// The seat of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// What whoever has it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::CoFacilitator => "co-facilitator",
            Self::NoteTaker => "note-taker",
            Self::Shadow => "shadow",
        }
    }

    /// Whether whoever has it leads, alone or with another.
    pub fn leads(self) -> bool {
        matches!(self, Self::Facilitator | Self::CoFacilitator)
    }
}

/// How far a request for a seat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatState {
    /// It waits for an answer.
    Asked,
    /// They will do it.
    Accepted,
    /// Not this time.
    Declined,
    /// Somebody else was asked in their place, by themselves.
    HandedOver,
    /// It was taken back before it was answered.
    Withdrawn,
}

impl SeatState {
    const ALL: [Self; 5] =
        [Self::Asked, Self::Accepted, Self::Declined, Self::HandedOver, Self::Withdrawn];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::HandedOver => "handed_over",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// Whether somebody has the seat, or may yet come to have it.
    pub fn stands(self) -> bool {
        matches!(self, Self::Asked | Self::Accepted)
    }

    /// What an answer makes of it; `None` if there is nothing left to answer. Whoever accepted may
    /// step back.
    pub fn after(self, answer: Answer) -> Option<Self> {
        match (self, answer) {
            (Self::Asked, Answer::Accept) => Some(Self::Accepted),
            (Self::Asked | Self::Accepted, Answer::Decline) => Some(Self::Declined),
            _ => None,
        }
    }
}

/// What somebody answers who is asked to take a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SeatAnswer)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// I will.
    Accept,
    /// Not this time.
    Decline,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for seat in Seat::ALL {
            assert_eq!(Seat::parse(seat.as_str()), Some(seat));
            assert_eq!(serde_json::json!(seat), seat.as_str());
        }
        for state in SeatState::ALL {
            assert_eq!(SeatState::parse(state.as_str()), Some(state));
            assert_eq!(serde_json::json!(state), state.as_str());
        }
        assert_eq!(Seat::parse("scapegoat"), None);
    }

    #[test]
    fn a_request_is_accepted_once_and_stepped_back_from_once() {
        use Answer::{Accept, Decline};
        use SeatState::{Accepted, Asked, Declined};
        assert_eq!(Asked.after(Accept), Some(Accepted));
        assert_eq!(Asked.after(Decline), Some(Declined));
        assert_eq!(Accepted.after(Decline), Some(Declined));
        assert_eq!(Accepted.after(Accept), None);
        for ended in SeatState::ALL.into_iter().filter(|it| !it.stands()) {
            assert_eq!((ended.after(Accept), ended.after(Decline)), (None, None), "{ended:?}");
        }
    }
}
