//! What has to be asked before a time can be read.

use super::candidates::Candidates;
use super::shown::utc_text;
use super::wording;
use crate::timeline::Moment;
use jiff::Timestamp;

/// A question to whoever wrote a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question, in plain words.
    pub text: String,
    /// The moments that may be meant, in their order; there may be none.
    pub choices: Vec<Moment>,
}

/// The moment that is meant, or the question that tells which.
pub(super) fn moment_or_question(
    candidates: Candidates<Moment>,
    anchor: Timestamp,
) -> Result<Moment, Question> {
    let Candidates { mut values, doubt } = candidates;
    let readings = values.len();
    values.sort_by_key(|moment| (moment.at(), moment.until()));
    values.dedup();
    match (doubt, values.as_slice()) {
        (None, [only]) => Ok(*only),
        // All ways to read it come to the same.
        (Some(_), [only]) if readings > 1 => Ok(*only),
        (doubt, _) => {
            let doubt =
                doubt.unwrap_or_else(|| "This time can be read in several ways.".to_owned());
            let text = format!("{doubt} {}", which(&values, anchor));
            Err(Question { text, choices: values })
        }
    }
}

fn which(choices: &[Moment], anchor: Timestamp) -> String {
    if choices.is_empty() {
        return "Which time do you mean?".to_owned();
    }
    let choices = choices.iter().map(|moment| utc_text(*moment, anchor));
    format!("Do you mean {}?", wording::one_of(choices))
}
