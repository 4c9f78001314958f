//! When to talk about the process as a whole, and with which questions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::handbook::Part;
use crate::survey::Counts;

/// After so many meetings, unless facilitators decide otherwise.
pub const EVERY: u32 = 8;
/// Fewer tell nothing,
pub const FEWEST: u32 = 2;
/// and after more nobody remembers the first.
pub const MOST: u32 = 50;

/// Whether so many meetings since the last one are enough.
pub fn is_due(held: usize, every: u32) -> bool {
    held >= every as usize
}

/// Something to be looked at, with the post-mortem that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RetrospectiveMatter)]
pub struct Matter {
    /// Id of the post-mortem, where it is about one.
    pub postmortem: Option<String>,
    /// The title of that, or of the handbook.
    pub title: String,
    /// What was said.
    pub text: String,
}

/// How much was said about one part of the meeting; by whom and about whom is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RetrospectiveTheme)]
pub struct Theme {
    /// The part of the meeting; absent: before it or without a handbook.
    pub part: Option<Part>,
    /// Questions that could have been asked.
    pub questions: u32,
    /// What worked.
    pub worked: u32,
    /// Anything else.
    pub other: u32,
}

impl Theme {
    fn all(&self) -> u32 {
        self.questions + self.worked + self.other
    }
}

/// What is prepared for a retrospective: kept as it was when it ends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = RetrospectivePrepared)]
pub struct Prepared {
    /// The meetings that it is about, in their order.
    pub meetings: Vec<Matter>,
    /// The surveys that may be shown, together: for each question how many chose 1 to 5.
    pub survey: [Counts; 4],
    /// How many surveys these are.
    pub surveys: usize,
    /// What was written in them.
    pub survey_words: Vec<Matter>,
    /// Feedback that was adopted.
    pub adopted: Vec<Matter>,
    /// What feedback was about.
    pub themes: Vec<Theme>,
    /// Proposals that nobody has decided on.
    pub open: Vec<Matter>,
    /// Versions of handbooks that were made, with their reasons.
    pub versions: Vec<Matter>,
    /// Ideas about the process that were parked.
    pub parked: Vec<Matter>,
    /// What to talk about.
    pub questions: Vec<String>,
}

/// "I felt safe", among the questions of the survey.
const SAFE: usize = 1;

/// Questions for the facilitators, by what there is to look at.
pub fn questions(prepared: &Prepared) -> Vec<String> {
    let mut asked =
        vec!["What happened in these meetings that we would not want to lose?".to_owned()];
    let unsafe_answers: u32 =
        prepared.survey.get(SAFE).map_or(0, |counts| counts.0.iter().take(2).sum());
    if unsafe_answers > 0 {
        asked.push(
            "Somebody did not feel safe to speak. What could they have seen or heard in the room, \
             and how would we notice it while it happens?"
                .to_owned(),
        );
    }
    if let Some(theme) = prepared.themes.iter().filter(|it| it.all() > 1).max_by_key(|it| it.all())
    {
        let part = theme.part.map_or("time before the first step", Part::words);
        asked.push(format!(
            "Much of the feedback is about one part, “{part}”. What makes that part hard to lead?"
        ));
    }
    if !prepared.versions.is_empty() {
        asked.push(
            "Which changes of the handbook did we notice in a room, and which did nobody use?"
                .to_owned(),
        );
    }
    if !prepared.open.is_empty() {
        asked.push(
            "Which of the open proposals do we try next, and which do we decline, and why?"
                .to_owned(),
        );
    }
    if !prepared.parked.is_empty() {
        asked.push("What was parked about how we work: is it still so?".to_owned());
    }
    asked.push("Who would like to lead next, and who would like to learn it?".to_owned());
    asked.push("What will we do differently until the next time?".to_owned());
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_due_after_so_many_meetings() {
        assert!(!is_due(0, EVERY) && !is_due(7, EVERY));
        assert!(is_due(8, EVERY) && is_due(9, EVERY));
    }

    #[test]
    fn what_is_asked_depends_on_what_there_is() {
        let empty = questions(&Prepared::default());
        assert_eq!(empty.len(), 3);
        let matter = || {
            vec![Matter { postmortem: None, title: "60 minutes".to_owned(), text: "x".to_owned() }]
        };
        let mut survey = [Counts::default(); 4];
        survey[SAFE] = Counts([0, 1, 0, 0, 4]);
        let theme = |part, questions| Theme { part, questions, worked: 0, other: 0 };
        let full = Prepared {
            survey,
            open: matter(),
            versions: matter(),
            parked: matter(),
            themes: vec![theme(None, 1), theme(Some(Part::Record), 3)],
            ..Prepared::default()
        };
        let asked = questions(&full);
        assert_eq!(asked.len(), 8);
        assert!(asked.iter().any(|it| it.contains("“Objective record”")), "{asked:?}");
    }
}
