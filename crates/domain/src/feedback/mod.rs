//! What one facilitator tells another about how a meeting was led: never about its content, never
//! seen by those who read the publication.

mod rotation;

pub use rotation::{Candidate, ENOUGH, next};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longer comments are letters.
pub const LONGEST: usize = 2000;
/// No recording and no meeting is a week long.
pub const LATEST_SECOND: f64 = 7.0 * 86_400.0;

/// What sort of comment it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = FeedbackKind)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A question that could have been asked.
    Question,
    /// Something that worked.
    Worked,
    /// Anything else about how it was led.
    #[default]
    Other,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Question, Self::Worked, Self::Other];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Worked => "worked",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

/// What whoever led answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = FeedbackAnswerKind)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// Thanks, and no more.
    Thanks,
    /// I will do it so.
    Adopted,
}

impl Answer {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Thanks => "thanks",
            Self::Adopted => "adopted",
        }
    }

    /// The answer of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Thanks, Self::Adopted].into_iter().find(|it| it.as_str() == name)
    }
}

/// A time in a recording as people write it: `12:34`, `1:02:03`.
pub fn minute(milliseconds: i64) -> String {
    let seconds = milliseconds.max(0) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_players_show_them() {
        for (milliseconds, shown) in
            [(0, "0:00"), (754_000, "12:34"), (754_999, "12:34"), (3_723_000, "1:02:03")]
        {
            assert_eq!(minute(milliseconds), shown);
        }
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        for answer in [Answer::Thanks, Answer::Adopted] {
            assert_eq!(Answer::parse(answer.as_str()), Some(answer));
        }
        assert_eq!(Kind::parse("blame"), None);
    }
}
