//! What stands on somebody's own page: where they are wanted, what is ahead, what they took on,
//! what was published that concerns them.

mod published;

pub use published::HomePublished;

use afterword_domain::action::ActionState;
use afterword_domain::input::REQUESTS_LAST;
use afterword_domain::policy::Operation;
use afterword_storage::{ActionSort, InputWanted, PageRequest, QuestionsWaiting, ScheduledCall};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::actions::{ActionsWanted, ListedAction, OwnerWanted};
use crate::app::App;
use crate::error::AppError;

/// More would be no page to glance at; each part leads to where the rest is.
const MOST: u32 = 5;

/// Somebody's own page. What is empty is not shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Home)]
pub struct HomeView {
    /// Where input is wanted, what has a call first.
    pub wanted: Vec<HomeWanted>,
    /// The next calls, the first first.
    pub calls: Vec<HomeCall>,
    /// Actions that are still to be done, what is due first comes first.
    pub actions: Vec<HomeAction>,
    /// Published post-mortems of theirs below which readers wait for an answer.
    pub questions: Vec<HomeQuestions>,
    /// What was published in the last weeks about services of theirs, or about what they want to
    /// hear of; newest first.
    pub published: Vec<HomePublished>,
}

/// A post-mortem for which somebody's input is wanted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HomeWanted {
    /// Its id.
    pub postmortem: String,
    /// Its title.
    pub title: String,
    /// As which discipline they are asked: its slug.
    pub discipline: String,
    /// The name of whoever asks.
    pub asked_by: String,
    /// When the call about it begins, if one is arranged.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub call_at: Option<Timestamp>,
}

/// A call that somebody is asked to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HomeCall {
    /// The appointment's id.
    pub id: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// Its title.
    pub title: String,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// How long it is.
    pub minutes: i64,
    /// Where it is.
    pub call_url: Option<String>,
    /// What they answered: `open`, `yes`, `maybe` or `no`.
    pub answer: String,
}

/// A published post-mortem below which readers wait for an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HomeQuestions {
    /// Its id.
    pub postmortem: String,
    /// Its title.
    pub title: String,
    /// How many questions wait.
    pub questions: i64,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
}

/// An action that somebody took on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HomeAction {
    /// Its id.
    pub id: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub postmortem_title: String,
    /// What is to be done.
    pub title: String,
    /// When it is due.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
    /// How far it is.
    pub state: ActionState,
}

impl From<InputWanted> for HomeWanted {
    fn from(it: InputWanted) -> Self {
        Self {
            postmortem: it.postmortem_id,
            title: it.title,
            discipline: it.discipline.to_string(),
            asked_by: it.asked_by,
            call_at: it.call_at,
        }
    }
}

impl From<ScheduledCall> for HomeCall {
    fn from(it: ScheduledCall) -> Self {
        Self {
            id: it.id,
            postmortem: it.postmortem_id,
            title: it.title,
            starts_at: it.starts_at,
            minutes: it.minutes,
            call_url: it.call_url,
            answer: it.answer,
        }
    }
}

impl From<QuestionsWaiting> for HomeQuestions {
    fn from(it: QuestionsWaiting) -> Self {
        Self {
            postmortem: it.postmortem_id,
            title: it.title,
            questions: it.questions,
            asked_at: it.asked_at,
        }
    }
}

impl From<ListedAction> for HomeAction {
    fn from(ListedAction { row, .. }: ListedAction) -> Self {
        Self {
            id: row.action.id,
            postmortem: row.postmortem_id,
            postmortem_title: row.postmortem_title,
            title: row.action.title,
            due: row.action.due,
            state: row.action.state,
        }
    }
}

impl App {
    /// The caller's own page.
    pub async fn home(&self, caller: &Caller) -> Result<HomeView, AppError> {
        caller.permit(Operation::Browse)?;
        let (me, now) = (&caller.person.id, self.clock.now());
        let since = now.saturating_sub(REQUESTS_LAST).unwrap_or(now);
        let wanted = self.storage.input_wanted_of(me, since, now).await?;
        let calls = self.storage.scheduled_calls(me, now, i64::from(MOST)).await?;
        let questions = self.storage.questions_waiting(me, i64::from(MOST)).await?;
        let mine = ActionsWanted {
            states: vec![ActionState::Open, ActionState::Doing],
            owner: Some(OwnerWanted::Me),
            sort: ActionSort::Due,
            ..ActionsWanted::default()
        };
        let page = PageRequest { limit: MOST, cursor: None };
        let actions = self.actions(caller, &mine, &page).await?;
        Ok(HomeView {
            wanted: wanted.into_iter().map(Into::into).collect(),
            calls: calls.into_iter().map(Into::into).collect(),
            actions: actions.items.into_iter().map(Into::into).collect(),
            questions: questions.into_iter().map(Into::into).collect(),
            published: self.published_for(caller, now).await?,
        })
    }
}
