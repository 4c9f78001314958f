//! Proposals to a handbook: where they come from, and what the new version says of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::feedback::minute;

/// Where a proposal comes from. Never from whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = HandbookProposalSource)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A facilitator's comment that was adopted.
    Feedback,
    /// What somebody wrote in the survey.
    Survey,
    /// An idea about the process that was parked in a meeting.
    Parked,
    /// A facilitator's own lesson.
    Lesson,
}

impl Source {
    const ALL: [Self; 4] = [Self::Feedback, Self::Survey, Self::Parked, Self::Lesson];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Feedback => "feedback",
            Self::Survey => "survey",
            Self::Parked => "parked",
            Self::Lesson => "lesson",
        }
    }

    /// The source of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    fn words(self) -> &'static str {
        match self {
            Self::Feedback => "feedback among facilitators",
            Self::Survey => "an answer to the survey",
            Self::Parked => "an idea that was parked",
            Self::Lesson => "a facilitator’s own lesson",
        }
    }
}

/// How far a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = HandbookProposalState)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nobody has decided.
    Open,
    /// It became a version.
    Accepted,
    /// It will not be done; the reason says why.
    Declined,
}

impl State {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Open, Self::Accepted, Self::Declined].into_iter().find(|it| it.as_str() == name)
    }
}

/// A version's reason is at most so long.
const LONGEST_REASON: usize = 400;

/// What a version that takes a proposal over says of where it came from: to be changed by whoever
/// saves it. `meeting`: the post-mortem's title, and milliseconds into it where they are known.
pub fn reason(source: Source, meeting: Option<(&str, Option<i64>)>, text: &str) -> String {
    let place = match meeting {
        Some((title, Some(at))) => format!(" on “{title}” at {}", minute(at)),
        Some((title, None)) => format!(" on “{title}”"),
        None => String::new(),
    };
    beginning(&format!("From {}{place}: {text}", source.words()), LONGEST_REASON)
}

/// A text, or as much of it as fits, on one line.
pub fn beginning(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let mut cut: String = line.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_says_where_it_came_from_and_fits() {
        let words = "Ask support first.";
        assert_eq!(
            reason(Source::Feedback, Some(("Outage", Some(754_000))), words),
            "From feedback among facilitators on “Outage” at 12:34: Ask support first."
        );
        assert_eq!(
            reason(Source::Survey, Some(("Outage", None)), words),
            "From an answer to the survey on “Outage”: Ask support first."
        );
        assert_eq!(reason(Source::Lesson, None, &"word ".repeat(200)).chars().count(), 400);
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for source in Source::ALL {
            assert_eq!(Source::parse(source.as_str()), Some(source));
        }
        for state in [State::Open, State::Accepted, State::Declined] {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
    }
}
