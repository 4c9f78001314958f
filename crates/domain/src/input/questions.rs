//! What each discipline is asked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::people::Discipline;

/// Whoever has a minute answers no more.
pub const MOST_QUESTIONS: usize = 5;
/// In characters.
const LONGEST: usize = 300;

/// A question for somebody who was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InputQuestion {
    /// The question, on one line.
    pub text: String,
    /// Whether it is about a moment, so that one may say when that was.
    pub timed: bool,
}

/// Why questions are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionsRefused {
    /// There is none.
    #[error("ask at least one question")]
    None,
    /// There are too many for a minute.
    #[error("ask at most {MOST_QUESTIONS} questions: a minute is enough for no more")]
    TooMany,
    /// One is empty, too long or on several lines.
    #[error("write each question on one line of 1 to {LONGEST} characters")]
    Length,
    /// One stands there twice.
    #[error("ask each question once")]
    Twice,
}

/// The questions that fit a discipline; whoever asks may change them.
pub fn defaults(discipline: &Discipline) -> Vec<InputQuestion> {
    let at = |text: &str| InputQuestion { text: text.to_owned(), timed: true };
    let of = |text: &str| InputQuestion { text: text.to_owned(), timed: false };
    match discipline.as_str() {
        "support" => vec![
            at("Who wrote first, and what did they say?"),
            of("What did you tell customers, and what did you not know then?"),
            at("When did they write that it works again?"),
        ],
        "sre" => vec![
            at("What did the pager show?"),
            at("What did you look at first, and what did you see there?"),
            of("What did you want to know and could not see?"),
        ],
        "engineering" => vec![
            at("What shipped, and what did you expect?"),
            at("What was the first sign for you that something else happened?"),
            of("What would you have liked to know before?"),
        ],
        "product" => vec![
            at("What was planned or announced around that time?"),
            of("What could customers not do, and what did they do instead?"),
        ],
        "sales" => vec![
            at("What did customers hear, and from whom?"),
            of("What did they ask you, and what could you answer?"),
        ],
        "leadership" => vec![
            at("How did you hear of it, and from whom?"),
            at("What was decided then, and on what knowledge?"),
        ],
        _ => vec![at("How did you notice it?"), of("What did it look like from where you were?")],
    }
}

/// Questions as they are kept: without white space around them.
pub fn checked(questions: Vec<InputQuestion>) -> Result<Vec<InputQuestion>, QuestionsRefused> {
    if questions.len() > MOST_QUESTIONS {
        return Err(QuestionsRefused::TooMany);
    }
    let mut kept: Vec<InputQuestion> = Vec::new();
    for question in questions {
        let text = question.text.trim();
        let fits = (1..=LONGEST).contains(&text.chars().count());
        if !fits || text.contains(char::is_control) {
            return Err(QuestionsRefused::Length);
        }
        if kept.iter().any(|it| it.text == text) {
            return Err(QuestionsRefused::Twice);
        }
        kept.push(InputQuestion { text: text.to_owned(), timed: question.timed });
    }
    if kept.is_empty() { Err(QuestionsRefused::None) } else { Ok(kept) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str) -> InputQuestion {
        InputQuestion { text: text.to_owned(), timed: false }
    }

    #[test]
    fn every_discipline_is_asked_two_or_three_open_questions_one_of_them_about_a_moment() {
        let slugs = Discipline::DEFAULTS.map(|(slug, _)| slug).into_iter().chain(["legal"]);
        for slug in slugs {
            let questions = defaults(&slug.parse().expect("a slug"));
            assert!((2..=3).contains(&questions.len()), "{slug}");
            assert!(questions.iter().any(|it| it.timed), "{slug}");
            assert_eq!(checked(questions.clone()), Ok(questions), "{slug}");
        }
    }

    #[test]
    fn no_default_asks_why_or_who_did_it() {
        for (slug, _) in Discipline::DEFAULTS {
            for it in defaults(&slug.parse().expect("a slug")) {
                let text = it.text.to_lowercase();
                assert!(text.ends_with('?') && !text.contains("why"), "{text}");
                assert!(!text.contains("fault") && !text.contains("mistake"), "{text}");
            }
        }
    }

    #[test]
    fn what_nobody_can_answer_in_a_minute_is_refused() {
        let many = (0..=MOST_QUESTIONS).map(|n| question(&n.to_string())).collect();
        for (questions, refused) in [
            (vec![], QuestionsRefused::None),
            (many, QuestionsRefused::TooMany),
            (vec![question(" ")], QuestionsRefused::Length),
            (vec![question("a\nb")], QuestionsRefused::Length),
            (vec![question(&"x".repeat(301))], QuestionsRefused::Length),
            (vec![question("a?"), question(" a? ")], QuestionsRefused::Twice),
        ] {
            assert_eq!(checked(questions), Err(refused));
        }
        assert_eq!(checked(vec![question(" a? ")]), Ok(vec![question("a?")]));
    }
}
