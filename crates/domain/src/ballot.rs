//! Votes: dots on what matters most, and where actions lie between cost and impact.
//!
//! Nobody sees a vote before all are shown, and nobody sees afterwards whose it was.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::meeting::BallotKind;

/// How many dots each person has.
pub const DOTS: u8 = 3;
/// The highest cost and the highest impact; the lowest is 1.
pub const SCALE: u8 = 5;

/// One person's votes, by what they are about: clusters or actions, by their ids.
pub type Votes = BTreeMap<String, Vote>;

/// A vote about one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Vote {
    /// Where it lies on the grid.
    Place {
        /// From 1, cheap, to 5.
        cost: u8,
        /// From 1, changes little, to 5.
        impact: u8,
    },
    /// So many dots.
    Dots {
        /// 1 to 3.
        dots: u8,
    },
}

/// Why votes are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedVotes {
    /// Votes of another kind.
    #[error("this vote is {0}")]
    Kind(&'static str),
    /// More dots than there are.
    #[error("each person has {DOTS} dots: take some off before you put more down")]
    Dots,
    /// Off the scale.
    #[error("cost and impact are 1 to {SCALE}")]
    Scale,
}

/// Refuses votes that do not fit what is asked.
pub fn check(kind: BallotKind, votes: &Votes) -> Result<(), RefusedVotes> {
    let mut dots = 0_u32;
    for vote in votes.values() {
        match (kind, vote) {
            (BallotKind::Dots, Vote::Dots { dots: 0 }) => return Err(RefusedVotes::Dots),
            (BallotKind::Dots, Vote::Dots { dots: some }) => dots += u32::from(*some),
            (BallotKind::Grid, Vote::Place { cost, impact }) => {
                if ![cost, impact].iter().all(|it| (1..=SCALE).contains(*it)) {
                    return Err(RefusedVotes::Scale);
                }
            }
            (BallotKind::Dots, _) => return Err(RefusedVotes::Kind("by dots")),
            (BallotKind::Grid, _) => return Err(RefusedVotes::Kind("of cost and impact")),
        }
    }
    if dots > u32::from(DOTS) { Err(RefusedVotes::Dots) } else { Ok(()) }
}

/// What came of the votes about one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Tally {
    /// Its place on the grid.
    Place {
        /// What people think that it costs.
        cost: Spread,
        /// What people think that it would change.
        impact: Spread,
        /// So many people said so.
        voters: u32,
    },
    /// Its dots.
    Dots {
        /// All of them together.
        dots: u32,
        /// So many people gave some.
        voters: u32,
    },
}

/// Where people agree, and how far apart they are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Spread {
    /// As many say less as say more.
    pub median: f32,
    /// The least that anybody said.
    pub low: u8,
    /// The most.
    pub high: u8,
}

/// Counts votes, by what they are about.
pub fn tally(votes: impl IntoIterator<Item = (String, Vote)>) -> BTreeMap<String, Tally> {
    let mut by_subject: BTreeMap<String, Vec<Vote>> = BTreeMap::new();
    for (subject, vote) in votes {
        by_subject.entry(subject).or_default().push(vote);
    }
    let tallied = by_subject.into_iter().map(|(subject, votes)| (subject, tally_of(&votes)));
    tallied.collect()
}

fn tally_of(votes: &[Vote]) -> Tally {
    let (mut dots, mut costs, mut impacts) = (0, Vec::new(), Vec::new());
    for vote in votes {
        match vote {
            Vote::Dots { dots: some } => dots += u32::from(*some),
            Vote::Place { cost, impact } => {
                costs.push(*cost);
                impacts.push(*impact);
            }
        }
    }
    let people = u32::try_from(votes.len()).unwrap_or(u32::MAX);
    match (spread(costs), spread(impacts)) {
        (Some(cost), Some(impact)) => Tally::Place { cost, impact, voters: people },
        _ => Tally::Dots { dots, voters: people },
    }
}

fn spread(mut values: Vec<u8>) -> Option<Spread> {
    values.sort_unstable();
    let (low, high) = (*values.first()?, *values.last()?);
    let (left, right) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
    Some(Spread { median: f32::from(left + right) / 2.0, low, high })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn votes<const N: usize>(votes: [(&str, Vote); N]) -> Votes {
        votes.into_iter().map(|(subject, vote)| (subject.to_owned(), vote)).collect()
    }

    fn dots(dots: u8) -> Vote {
        Vote::Dots { dots }
    }

    fn place(cost: u8, impact: u8) -> Vote {
        Vote::Place { cost, impact }
    }

    #[test]
    fn dots_are_few_and_may_lie_on_one_thing() {
        for (given, taken) in [
            (votes([]), Ok(())),
            (votes([("a", dots(3))]), Ok(())),
            (votes([("a", dots(1)), ("b", dots(2))]), Ok(())),
            (votes([("a", dots(2)), ("b", dots(2))]), Err(RefusedVotes::Dots)),
            (votes([("a", dots(0))]), Err(RefusedVotes::Dots)),
            (votes([("a", dots(255)), ("b", dots(255))]), Err(RefusedVotes::Dots)),
            (votes([("a", place(1, 1))]), Err(RefusedVotes::Kind("by dots"))),
        ] {
            assert_eq!(check(BallotKind::Dots, &given), taken, "{given:?}");
        }
    }

    #[test]
    fn places_lie_on_the_grid() {
        assert_eq!(check(BallotKind::Grid, &votes([("a", place(1, 5))])), Ok(()));
        for off in [place(0, 3), place(3, 6)] {
            assert_eq!(check(BallotKind::Grid, &votes([("a", off)])), Err(RefusedVotes::Scale));
        }
        let other = check(BallotKind::Grid, &votes([("a", dots(1))]));
        assert_eq!(other, Err(RefusedVotes::Kind("of cost and impact")));
    }

    #[test]
    fn the_spread_shows_where_people_differ() {
        let given = [place(1, 4), place(2, 4), place(5, 4), place(2, 5)];
        let tally = tally(given.map(|vote| ("a".to_owned(), vote)));
        let cost = Spread { median: 2.0, low: 1, high: 5 };
        let impact = Spread { median: 4.0, low: 4, high: 5 };
        assert_eq!(tally["a"], Tally::Place { cost, impact, voters: 4 });
    }

    #[test]
    fn a_vote_is_read_by_what_it_holds() {
        let read = |json: &str| serde_json::from_str::<Vote>(json).ok();
        assert_eq!(read(r#"{"dots":2}"#), Some(dots(2)));
        assert_eq!(read(r#"{"cost":1,"impact":2}"#), Some(place(1, 2)));
        assert_eq!(read(r#"{"cost":1}"#), None);
    }

    proptest! {
        #[test]
        fn every_dot_is_counted_once(given in proptest::collection::vec((0..4_u8, 1..4_u8), 0..60)) {
            let all: u32 = given.iter().map(|(_, dots)| u32::from(*dots)).sum();
            let tallied = tally(given.iter().map(|(to, some)| (to.to_string(), dots(*some))));
            let counted = tallied.values().map(|tally| match tally {
                Tally::Dots { dots, .. } => *dots,
                Tally::Place { .. } => 0,
            });
            prop_assert_eq!(counted.sum::<u32>(), all);
        }
    }
}
