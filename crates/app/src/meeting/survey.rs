//! The survey at the end.

use afterword_domain::policy::Operation;
use afterword_domain::survey::{Answers, Counts, FEWEST_SHOWN, counted};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// A post-mortem's survey, as its participants see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SurveyView)]
pub struct SurveyView {
    /// Whether the reader has answered; what, nobody knows.
    pub answered: bool,
    /// How many have answered.
    pub people: usize,
    /// How many chose 1 to 5, for: learned something, felt safe, everybody was heard, would come
    /// again. Absent until enough have answered for nobody to be told from it.
    pub counts: Option<[Counts; 4]>,
    /// What else was said; absent as long.
    pub words: Option<Vec<String>>,
}

impl App {
    /// What the survey says so far.
    pub async fn survey(&self, caller: &Caller, id: &str) -> Result<SurveyView, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        let survey = self.storage.survey(id).await?;
        let shown = survey.answers.len() >= FEWEST_SHOWN;
        let words = || {
            let all = survey.answers.iter().map(|it| it.words.trim().to_owned());
            all.filter(|words| !words.is_empty()).collect()
        };
        Ok(SurveyView {
            answered: survey.people.contains(&caller.person.id),
            people: survey.answers.len(),
            counts: shown.then(|| counted(&survey.answers)),
            words: shown.then(words),
        })
    }

    /// Answers the survey, once.
    pub async fn answer_survey(
        &self,
        caller: &Caller,
        id: &str,
        answers: Answers,
    ) -> Result<(), AppError> {
        self.entered(caller, id).await?;
        answers.check().map_err(|wrong| AppError::invalid("answers", wrong.to_string()))?;
        if self.storage.answer_survey(id, &caller.person.id, &answers).await? {
            Ok(())
        } else {
            Err(AppError::Conflict("you have answered already; thank you".to_owned()))
        }
    }
}
