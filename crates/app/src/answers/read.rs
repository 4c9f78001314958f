//! What a link in a message asks about.

use afterword_domain::action::ActionState;
use afterword_domain::chasing::Purpose;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::error::AppError;

/// What a link asks about, and what it would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct AnswerView {
    /// What it would do.
    pub purpose: Purpose,
    /// In whose name.
    pub person: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub postmortem_title: String,
    /// Id of the action.
    pub action: String,
    /// What is to be done.
    pub title: String,
    /// How one would know.
    pub done_when: String,
    /// When it is due.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
    /// How far it is.
    pub state: ActionState,
    /// The day where the person is: no date can be before it.
    #[schema(value_type = String, format = Date)]
    pub today: Date,
    /// Why there is nothing to answer any more.
    pub settled: Option<String>,
}

impl App {
    /// What a link asks about. Changes nothing, however often it is asked.
    pub async fn read_answer(&self, token: &str) -> Result<AnswerView, AppError> {
        let asked = self.asked_by(token).await?;
        let today = asked.today(self);
        let purpose = asked.claims.purpose;
        Ok(AnswerView {
            purpose,
            person: asked.person.name,
            postmortem: asked.postmortem.id,
            postmortem_title: asked.postmortem.title,
            settled: purpose.settled(&asked.action),
            action: asked.action.id,
            title: asked.action.title,
            done_when: asked.action.done_when,
            due: asked.action.due,
            state: asked.action.state,
            today,
        })
    }
}
