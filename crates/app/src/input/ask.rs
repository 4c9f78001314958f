//! Asking people of chosen disciplines for what they saw.

use std::collections::HashSet;

use afterword_domain::input::{InputQuestion, Told, checked};
use afterword_domain::people::Discipline;
use afterword_domain::policy::Operation;
use afterword_storage::{InputRequest, InputState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// Nobody asks more at once.
const MOST_PEOPLE: usize = 200;

/// Who is to be asked what.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InputToAsk {
    /// For each discipline that is asked.
    pub asks: Vec<InputAsk>,
}

/// What people of one discipline are asked.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InputAsk {
    /// Whose view is wanted: in this lane stands what they say.
    pub discipline: Discipline,
    /// The ids of those who are asked, of whatever discipline they are.
    pub people: Vec<String>,
    /// What they are asked.
    pub questions: Vec<InputQuestion>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct InputAsked {
    /// How many are asked now who were not before.
    pub asked: u64,
    /// Whether they are told by mail; otherwise it stands on their own pages alone.
    pub sends_mail: bool,
}

impl App {
    /// Asks people, each with a mail of their own; whoever was asked before is not asked again.
    pub async fn ask_for_input(
        &self,
        caller: &Caller,
        id: &str,
        wanted: InputToAsk,
    ) -> Result<InputAsked, AppError> {
        let postmortem = self.permitted(caller, id, Operation::AskForInput).await?;
        self.inquiry(postmortem).await?.is_open()?;
        let people: HashSet<_> = self.storage.people().await?.into_iter().map(|it| it.id).collect();
        let mut requests = Vec::new();
        for ask in wanted.asks {
            let questions = checked(ask.questions)
                .map_err(|refused| AppError::invalid("questions", refused.to_string()))?;
            for person in ask.people {
                if !people.contains(&person) {
                    return Err(AppError::NotFound("person"));
                }
                requests.push(InputRequest {
                    id: new_id(),
                    postmortem_id: id.to_owned(),
                    person_id: person,
                    discipline: ask.discipline.clone(),
                    questions: questions.clone(),
                    asked_by: caller.person.id.clone(),
                    told: Told { asked_at: self.clock.now(), mailed_at: None, reminded_at: None },
                    state: InputState::Waiting,
                });
            }
        }
        if requests.is_empty() || requests.len() > MOST_PEOPLE {
            return Err(AppError::invalid(
                "people",
                format!("choose 1 to {MOST_PEOPLE} people to ask"),
            ));
        }
        let asked = self.storage.ask_for_input(&requests).await?;
        self.queue.ring();
        Ok(InputAsked { asked, sends_mail: self.sends_mail() })
    }
}
