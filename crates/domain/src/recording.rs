//! Recordings of meetings: who may watch them, how long they stay, what is off the record.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::postmortem::Naming;

/// The largest recording, in bytes: 10 GiB.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024 * 1024;
/// How long one stays if nobody says otherwise.
pub const KEPT_DAYS: i64 = 365;
/// The longest time that one can be set to stay; beyond, it stays as long as the post-mortem.
pub const MOST_DAYS: i64 = 3650;
/// Nothing that is recorded is longer, in milliseconds: a day.
pub const LONGEST_MS: i64 = 24 * 60 * 60 * 1000;

/// How far a recording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RecordingState {
    /// There is none, and a transcript alone.
    Empty,
    /// It is on its way.
    Uploading,
    /// It is here.
    Kept,
    /// It is elsewhere.
    Linked,
}

impl RecordingState {
    const ALL: [Self; 4] = [Self::Empty, Self::Uploading, Self::Kept, Self::Linked];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Uploading => "uploading",
            Self::Kept => "kept",
            Self::Linked => "linked",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// Who may watch a recording once its post-mortem is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Everyone who may read the publication.
    Everyone,
    /// Those of the room.
    TookPart,
}

impl Visibility {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::TookPart => "took-part",
        }
    }

    /// The visibility of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Everyone, Self::TookPart].into_iter().find(|it| it.as_str() == name)
    }

    /// What holds if nobody says otherwise: where people appear by their roles, their faces and
    /// voices would tell who they are.
    pub fn usual(naming: Naming) -> Self {
        match naming {
            Naming::Names => Self::Everyone,
            Naming::Roles => Self::TookPart,
        }
    }
}

/// A stretch of a recording, in milliseconds from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub from_ms: i64,
    /// When it ends.
    pub until_ms: i64,
}

impl Span {
    /// The span between two times in seconds, if it is one; it does not end before it begins, nor
    /// after a day.
    pub fn between(from: f64, until: f64) -> Option<Self> {
        let span = Self { from_ms: milliseconds(from)?, until_ms: milliseconds(until)? };
        (span.from_ms < span.until_ms && span.until_ms <= LONGEST_MS).then_some(span)
    }
}

/// Seconds as whole milliseconds; nothing before the beginning, nor what no recording reaches.
pub fn milliseconds(seconds: f64) -> Option<i64> {
    let milliseconds = (seconds * 1000.0).round();
    #[expect(clippy::cast_precision_loss, reason = "a day in milliseconds is exact")]
    let in_range = (0.0..=LONGEST_MS as f64).contains(&milliseconds);
    #[expect(clippy::cast_possible_truncation, reason = "it was rounded and is in range")]
    in_range.then_some(milliseconds as i64)
}

/// Milliseconds as the seconds that the API speaks of.
#[expect(clippy::cast_precision_loss, reason = "exact for any length that is recorded")]
pub fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_go_forward_within_a_day() {
        assert_eq!(Span::between(1.5, 2.0), Some(Span { from_ms: 1500, until_ms: 2000 }));
        for (from, until) in [(2.0, 1.0), (1.0, 1.0), (-1.0, 1.0), (0.0, 1e9), (f64::NAN, 1.0)] {
            assert_eq!(Span::between(from, until), None, "{from} to {until}");
        }
    }

    #[test]
    fn roles_keep_faces_in_the_room() {
        assert_eq!(Visibility::usual(Naming::Names), Visibility::Everyone);
        assert_eq!(Visibility::usual(Naming::Roles), Visibility::TookPart);
    }
}
