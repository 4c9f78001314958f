//! A change to one step that somebody suggests, and the handbook with it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Check, Handbook, Sign, Step};

/// What of a step it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SuggestedPart {
    /// One more thing to say.
    Say,
    /// One more question for the room.
    Prompt,
    /// One more thing to have done before the step is left.
    Check,
    /// One more sign to watch for, with its move.
    Sign,
    /// Another length.
    Minutes,
}

/// A change to one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HandbookSuggestion)]
#[serde(deny_unknown_fields)]
pub struct Suggestion {
    /// Id of the step.
    pub step: String,
    /// What of it.
    pub part: SuggestedPart,
    /// The new words; for a sign, what is noticed.
    #[serde(default)]
    pub text: String,
    /// For a sign: what to do.
    #[serde(default, rename = "move")]
    pub moves: String,
    /// For another length: so many minutes.
    #[serde(default)]
    pub minutes: u32,
}

/// Why a suggestion cannot be made to a handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The step is gone.
    #[error("the handbook has no such step any more: choose another")]
    Step,
    /// It says it already.
    #[error("the handbook says this already: nothing would change")]
    Same,
}

impl Handbook {
    /// The handbook with a suggestion taken over, its words as they are kept.
    pub fn with(&self, suggestion: &Suggestion) -> Result<Self, Unfit> {
        let mut next = self.clone();
        let step = next.steps.iter_mut().find(|step| step.id == suggestion.step);
        change(step.ok_or(Unfit::Step)?, suggestion);
        let (before, after) = (self.clone().tidied(), next.tidied());
        if before == after { Err(Unfit::Same) } else { Ok(after) }
    }
}

fn change(step: &mut Step, suggestion: &Suggestion) {
    let text = suggestion.text.split_whitespace().collect::<Vec<_>>().join(" ");
    match suggestion.part {
        SuggestedPart::Say => add(&mut step.say, text),
        SuggestedPart::Prompt => add(&mut step.prompts, text),
        SuggestedPart::Check if step.checks.iter().all(|it| it.text != text) => {
            let id = unused_id(&step.checks);
            step.checks.push(Check { id, text, watch: None });
        }
        SuggestedPart::Check => {}
        SuggestedPart::Sign => {
            let sign = Sign { sign: text, moves: suggestion.moves.clone() };
            if !step.signs.contains(&sign) {
                step.signs.push(sign);
            }
        }
        SuggestedPart::Minutes => step.minutes = suggestion.minutes,
    }
}

fn add(lines: &mut Vec<String>, line: String) {
    if !lines.contains(&line) {
        lines.push(line);
    }
}

fn unused_id(checks: &[Check]) -> String {
    let free = |id: &String| checks.iter().all(|it| it.id != *id);
    let ids = (checks.len() + 1..).map(|number| format!("check-{number}"));
    ids.into_iter().find(free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::handbook::{ChangedPart, built_in, changes};

    fn suggestion(part: SuggestedPart, text: &str) -> Suggestion {
        let step = built_in()[0].handbook.steps[1].id.clone();
        Suggestion { step, part, text: text.to_owned(), moves: "Ask.".to_owned(), minutes: 7 }
    }

    const PARTS: [SuggestedPart; 5] = [
        SuggestedPart::Say,
        SuggestedPart::Prompt,
        SuggestedPart::Check,
        SuggestedPart::Sign,
        SuggestedPart::Minutes,
    ];

    #[test]
    fn what_cannot_be_taken_over_says_why() {
        let handbook = &built_in()[0].handbook;
        let gone =
            Suggestion { step: "gone".to_owned(), ..suggestion(SuggestedPart::Say, "Hello") };
        assert_eq!(handbook.with(&gone), Err(Unfit::Step));
        for part in PARTS {
            let once = handbook.with(&suggestion(part, "What else did you see?")).unwrap();
            let again = once.with(&suggestion(part, " What  else did you see? "));
            assert_eq!(again, Err(Unfit::Same), "{part:?}");
        }
        assert_eq!(handbook.with(&suggestion(SuggestedPart::Say, "  ")), Err(Unfit::Same));
    }

    proptest! {
        #[test]
        fn one_step_changes_and_nothing_is_taken_away(part in 0..PARTS.len(), text in "[a-z]{3,20} [a-z]{3,20}") {
            let handbook = &built_in()[0].handbook;
            let given = suggestion(PARTS[part], &text);
            let with = handbook.with(&given).unwrap();
            prop_assert_eq!(with.faults(), vec![]);
            let changed = changes(handbook, &with);
            prop_assert_eq!(changed.len(), 1);
            prop_assert_eq!((changed[0].part, changed[0].id.as_deref()), (ChangedPart::Step, Some(&given.step[..])));
            let taken = changed[0].fields.iter().flat_map(|it| &it.passages);
            let gone = taken.filter(|it| it.after.is_none()).count();
            prop_assert_eq!(gone, 0);
        }
    }
}
