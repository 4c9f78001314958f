//! The survey at the end: four questions, answered without a name.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Fewer answers than this are not shown: among two, each knows what the other said.
pub const FEWEST_SHOWN: usize = 3;

/// The highest agreement; the lowest is 1.
pub const SCALE: u8 = 5;

/// One person's answers; whose they are is kept nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// "I learned something that changes how I work", from 1 to 5.
    pub learned: Option<u8>,
    /// "I felt safe to say what I saw and believed", from 1 to 5.
    pub safe: Option<u8>,
    /// "Everybody who had something to say was heard", from 1 to 5.
    pub heard: Option<u8>,
    /// "I would come again", from 1 to 5.
    pub again: Option<u8>,
    /// Anything else.
    #[serde(default)]
    pub words: String,
}

/// What the answers to one question say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts(
    /// How many chose 1, 2, 3, 4 and 5.
    pub [u32; 5],
);

/// Why answers are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedAnswers {
    /// Off the scale.
    #[error("answer with 1 to {SCALE}, or leave a question out")]
    Scale,
    /// Nothing was answered.
    #[error("answer at least one question")]
    Empty,
    /// Too many words.
    #[error("keep it below {} characters", Answers::MOST_WORDS)]
    Long,
}

impl Answers {
    /// Longer answers are letters.
    pub const MOST_WORDS: usize = 4000;

    fn choices(&self) -> [Option<u8>; 4] {
        [self.learned, self.safe, self.heard, self.again]
    }

    /// Refuses answers that say nothing or are off the scale.
    pub fn check(&self) -> Result<(), RefusedAnswers> {
        if self.choices().into_iter().flatten().any(|choice| !(1..=SCALE).contains(&choice)) {
            return Err(RefusedAnswers::Scale);
        }
        if self.words.chars().count() > Self::MOST_WORDS {
            return Err(RefusedAnswers::Long);
        }
        let empty = self.words.trim().is_empty() && self.choices().iter().all(Option::is_none);
        if empty { Err(RefusedAnswers::Empty) } else { Ok(()) }
    }
}

/// Counts the answers to each question, in the order of [`Answers`].
pub fn counted(answers: &[Answers]) -> [Counts; 4] {
    let mut counted = [Counts::default(); 4];
    for answer in answers {
        for (counts, choice) in counted.iter_mut().zip(answer.choices()) {
            let place = choice.and_then(|choice| usize::from(choice).checked_sub(1));
            if let Some(count) = place.and_then(|place| counts.0.get_mut(place)) {
                *count += 1;
            }
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(learned: Option<u8>, words: &str) -> Answers {
        Answers { learned, words: words.to_owned(), ..Answers::default() }
    }

    #[test]
    fn a_question_may_be_left_out_but_not_all() {
        assert_eq!(answers(Some(5), "").check(), Ok(()));
        assert_eq!(answers(None, "thanks").check(), Ok(()));
        assert_eq!(answers(None, "  ").check(), Err(RefusedAnswers::Empty));
        for off in [0, 6] {
            assert_eq!(answers(Some(off), "").check(), Err(RefusedAnswers::Scale));
        }
        let long = "w".repeat(Answers::MOST_WORDS + 1);
        assert_eq!(answers(None, &long).check(), Err(RefusedAnswers::Long));
    }

    #[test]
    fn choices_are_counted_by_question() {
        let given = [answers(Some(5), ""), answers(Some(5), ""), answers(Some(1), "")];
        let [learned, safe, ..] = counted(&given);
        assert_eq!((learned.0, safe.0), ([1, 0, 0, 0, 2], [0; 5]));
    }
}
