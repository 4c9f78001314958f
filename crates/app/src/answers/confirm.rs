//! Giving the answer of a link: an edit in the person's name, once.

use afterword_domain::chasing::{AnswerRefused, Given, Outcome, Purpose};
use afterword_domain::stage::analysis_open;
use afterword_record::edit::{ActionPatch, Field};
use afterword_record::{Edit, Record};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Asked, still_asked, used};
use crate::app::App;
use crate::error::AppError;
use crate::record::refused;

/// What an answer led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Answered {
    /// In words for the person.
    pub sentence: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// Id of the action.
    pub action: String,
}

fn not_taken(error: AnswerRefused) -> AppError {
    let field = match error {
        AnswerRefused::NoDate | AnswerRefused::PastDate => "due",
        AnswerRefused::NoReason => "reason",
    };
    AppError::invalid(field, error.to_string())
}

impl App {
    /// Gives the answer of a link. One that leads to nothing does not use the link up.
    pub async fn confirm_answer(&self, token: &str, given: Given) -> Result<Answered, AppError> {
        let asked = self.asked_by(token).await?;
        let today = asked.today(self);
        let outcome = asked.claims.purpose.outcome(&asked.action, &given, today);
        if let Outcome::Settled(sentence) = outcome.map_err(not_taken)? {
            return Ok(answered(&asked, sentence));
        }
        analysis_open(&asked.postmortem.incident)
            .map_err(|closed| AppError::Conflict(closed.to_string()))?;
        let until = asked.claims.expires_at();
        if !self.storage.use_link(&asked.hash, until, self.clock.now()).await? {
            return Err(used());
        }
        match self.write_answer(&asked, given, today).await {
            Ok(sentence) => Ok(answered(&asked, sentence)),
            Err(error) => {
                self.storage.release_link(&asked.hash).await?;
                Err(error)
            }
        }
    }

    async fn write_answer(
        &self,
        asked: &Asked,
        given: Given,
        today: Date,
    ) -> Result<String, AppError> {
        let (purpose, action, person) =
            (asked.claims.purpose, asked.action.id.clone(), asked.person.id.clone());
        let author = person.clone();
        let write = move |record: &mut Record| match change(
            record, purpose, &action, &person, &given, today,
        ) {
            Ok((update, sentence)) => (update, Ok(sentence)),
            Err(error) => (None, Err(error)),
        };
        self.rooms.edit(&asked.postmortem.id, Some(author), write).await?.answer
    }
}

fn answered(asked: &Asked, sentence: String) -> Answered {
    let (postmortem, action) = (asked.postmortem.id.clone(), asked.action.id.clone());
    Answered { sentence, postmortem, action }
}

/// By what stands in the record at this very moment.
fn change(
    record: &mut Record,
    purpose: Purpose,
    id: &str,
    person: &str,
    given: &Given,
    today: Date,
) -> Result<(Option<Vec<u8>>, String), AppError> {
    let actions = record.project().actions;
    let action = still_asked(actions.iter().find(|it| it.id == id), person)?;
    match purpose.outcome(&action, given, today).map_err(not_taken)? {
        Outcome::Settled(sentence) => Ok((None, sentence)),
        Outcome::Change { state, due, reason, sentence } => {
            let due = due.map_or(Field::Keep, Field::Set);
            let patch = ActionPatch { state, due, reason, ..ActionPatch::default() };
            let edit = Edit::PatchAction(id.to_owned(), patch);
            Ok((record.edit(&edit).map_err(refused)?, sentence))
        }
    }
}
