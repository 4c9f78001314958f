//! Asking two other facilitators for feedback, by rotation.

use std::collections::BTreeSet;

use afterword_domain::feedback::{Candidate, ENOUGH, next};
use afterword_domain::policy::{Operation, Standing, may};
use afterword_domain::postmortem::Postmortem;
use afterword_storage::{FeedbackRequest, RequestState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::moment::leaders;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};

/// Something that the reader is asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FeedbackAskedOfMe)]
pub struct AskedOfMe {
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
}

impl From<FeedbackRequest> for AskedOfMe {
    fn from(it: FeedbackRequest) -> Self {
        Self { postmortem: it.postmortem_id, title: it.title, asked_at: it.asked_at }
    }
}

/// What somebody answers to being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = FeedbackRequestAnswer)]
#[serde(rename_all = "lowercase")]
pub enum RequestAnswer {
    /// I have looked, and have said what I have to say.
    Done,
    /// Not this time: somebody else is asked.
    Declined,
}

impl App {
    /// What the caller is asked for.
    pub async fn feedback_asked_of_me(&self, caller: &Caller) -> Result<Vec<AskedOfMe>, AppError> {
        caller.permit(Operation::GiveFeedback)?;
        let asked = self.storage.feedback_asked_of(&caller.person.id).await?;
        Ok(asked.into_iter().map(Into::into).collect())
    }

    /// Settles what the caller is asked for.
    pub async fn settle_feedback_request(
        &self,
        caller: &Caller,
        id: &str,
        answer: RequestAnswer,
    ) -> Result<(), AppError> {
        caller.permit(Operation::GiveFeedback)?;
        let state = match answer {
            RequestAnswer::Done => RequestState::Done,
            RequestAnswer::Declined => RequestState::Declined,
        };
        let now = self.clock.now();
        if !self.storage.settle_request(id, &caller.person.id, state, now).await? {
            return Err(AppError::NotFound("request that waits for you"));
        }
        self.queue.ring();
        Ok(())
    }

    /// Asks at once, without waiting for the meeting to end.
    pub async fn request_feedback(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        let (postmortem, _) = self.feedback_open_to(caller, id).await?;
        if self.ask_others(&postmortem).await? == 0 {
            return Err(AppError::Conflict(
                "there is nobody else to ask: enough are asked, or all other facilitators led or \
                 declined"
                    .to_owned(),
            ));
        }
        self.queue.ring();
        Ok(())
    }

    /// The job: asks until enough are asked. Whoever gave feedback unasked counts too.
    pub(crate) async fn ask_for_feedback(&self, id: &str) -> Result<Ended, Fault> {
        if let Some(postmortem) = self.storage.postmortem(id).await? {
            self.ask_others(&postmortem).await?;
            self.queue.ring();
        }
        Ok(Ended::Done)
    }

    /// Answers how many are asked now who were not before.
    async fn ask_others(&self, postmortem: &Postmortem) -> Result<usize, AppError> {
        let id = &postmortem.id;
        let led = leaders(postmortem, &self.current_meeting(id).await?);
        let requests = self.storage.feedback_requests(id).await?;
        let given = self.storage.feedback_of(id).await?;
        let mut taken: BTreeSet<String> = given.into_iter().map(|it| it.author).collect();
        let declined = |it: &&FeedbackRequest| it.state == RequestState::Declined;
        taken.extend(requests.iter().filter(|it| !declined(it)).map(|it| it.person_id.clone()));
        let wanted = ENOUGH.saturating_sub(taken.len());
        taken.extend(requests.into_iter().map(|it| it.person_id));
        let chosen = next(&self.candidates(id).await?, &led, &taken, wanted);
        if !chosen.is_empty() {
            self.storage.request_feedback(id, &chosen, self.clock.now()).await?;
        }
        Ok(chosen.len())
    }

    async fn candidates(&self, id: &str) -> Result<Vec<Candidate>, AppError> {
        let last = self.storage.feedback_asked_last().await?;
        let participants: BTreeSet<_> = self.storage.participants(id).await?.into_iter().collect();
        let people = self.storage.people().await?;
        let may = |role| may(role, Standing::Newcomer, Operation::GiveFeedback);
        let facilitators = people.into_iter().filter(|it| may(it.role));
        Ok(facilitators
            .map(|it| Candidate {
                asked_last: last.get(&it.id).copied(),
                took_part: participants.contains(&it.id),
                person: it.id,
            })
            .collect())
    }
}
