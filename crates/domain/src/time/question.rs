//! What has to be asked before a time can be read.

use super::candidates::Candidates;
use super::context::{Context, Near};
use super::shown::utc_text;
use super::wording;
use crate::timeline::Moment;
use jiff::{SignedDuration, Timestamp};

/// What lies further from its neighbour than this is less likely meant.
const FAR: SignedDuration = SignedDuration::from_hours(36);

/// A question to whoever wrote a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question, in plain words.
    pub text: String,
    /// Only what makes it one: the same for all times that are in doubt for the same reason.
    pub doubt: String,
    /// The moments that may be meant, in their order; there may be none.
    pub choices: Vec<Moment>,
    /// The one that is meant most likely, for those who cannot wait for an answer.
    pub likeliest: Option<Moment>,
}

/// The moment that is meant, or the question that tells which.
pub(super) fn moment_or_question(
    candidates: Candidates<Moment>,
    context: &Context,
) -> Result<Moment, Question> {
    let Candidates { mut values, doubt } = candidates;
    let readings = values.len();
    let likeliest = likeliest(&values, context);
    values.sort_by_key(|moment| (moment.at(), moment.until()));
    values.dedup();
    match (doubt, values.as_slice()) {
        (None, [only]) => Ok(*only),
        // All ways to read it come to the same.
        (Some(_), [only]) if readings > 1 => Ok(*only),
        (doubt, _) => {
            let doubt =
                doubt.unwrap_or_else(|| "This time can be read in several ways.".to_owned());
            let text = format!("{doubt} {}", which(&values, context.near.at()));
            Err(Question { text, doubt, choices: values, likeliest })
        }
    }
}

/// What has happened already, does not run backwards and lies near comes before what does not;
/// of equals the usual reading, which is the first.
fn likeliest(values: &[Moment], context: &Context) -> Option<Moment> {
    let unlikely = |moment: &Moment| {
        let at = moment.at()?;
        let runs_back = matches!(context.near, Near::After(row) if at < row);
        let is_far = at.duration_since(context.near.at()).abs() > FAR;
        Some((at > context.now, runs_back, is_far))
    };
    let known = values.iter().copied().filter(|moment| moment.at().is_some());
    known.min_by_key(unlikely)
}

fn which(choices: &[Moment], anchor: Timestamp) -> String {
    if choices.is_empty() {
        return "Which time do you mean?".to_owned();
    }
    let choices = choices.iter().map(|moment| utc_text(*moment, anchor));
    format!("Do you mean {}?", wording::one_of(choices))
}
