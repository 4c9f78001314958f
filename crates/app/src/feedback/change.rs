//! One's own words, until they are answered: changed, or withdrawn.

use afterword_domain::feedback::Kind;
use afterword_storage::{Feedback, StorageError};

use super::give::to_yourself;
use super::view::{FeedbackView, check_read};
use super::{milliseconds, words};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What is to be different; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct FeedbackPatch {
    /// Seconds into the recording, or into the meeting where there is none.
    pub at: Option<f64>,
    /// What sort of comment it is.
    pub kind: Option<Kind>,
    /// The words.
    pub text: Option<String>,
}

impl App {
    /// The comment, if there is one below this post-mortem and the caller may see it.
    pub(super) async fn feedback_in(
        &self,
        caller: &Caller,
        id: &str,
        feedback: &str,
    ) -> Result<Feedback, AppError> {
        self.feedback_open_to(caller, id).await?;
        let found = self.storage.feedback(feedback).await?.map(|it| it.it);
        let leads = caller.may(afterword_domain::policy::Operation::GiveFeedback);
        let theirs = |it: &Feedback| leads || it.about == caller.person.id;
        found
            .filter(|it| it.postmortem_id == id && theirs(it))
            .ok_or(AppError::NotFound("feedback"))
    }

    /// Changes one's own comment that nobody has answered.
    pub async fn change_feedback(
        &self,
        caller: &Caller,
        id: &str,
        feedback: &str,
        read: Option<i64>,
        patch: FeedbackPatch,
    ) -> Result<FeedbackView, AppError> {
        let before = self.own_unanswered(caller, id, feedback).await?;
        check_read(caller, &before, read)?;
        let mut after = before.clone();
        if let Some(text) = &patch.text {
            after.text = words("text", text, 1)?;
        }
        after.kind = patch.kind.unwrap_or(before.kind);
        if let Some(at) = patch.at {
            self.move_to(id, &mut after, milliseconds(at)?).await?;
        }
        if after.about == caller.person.id {
            return Err(to_yourself());
        }
        self.storage.change_feedback(&after).await?;
        after.version += 1;
        Ok(FeedbackView::new(caller, &after, None))
    }

    /// Another moment may be another's, and in another step.
    async fn move_to(&self, id: &str, it: &mut Feedback, at_ms: i64) -> Result<(), AppError> {
        let found = self.storage.postmortem(id).await?;
        let postmortem = found.ok_or(AppError::NotFound("post-mortem"))?;
        let about = self.about(&postmortem, &self.current_meeting(id).await?, at_ms).await?;
        (it.at_ms, it.about, it.step_id) = (at_ms, about.person, about.step);
        Ok(())
    }

    /// Withdraws one's own comment that nobody has answered: it is gone.
    pub async fn withdraw_feedback(
        &self,
        caller: &Caller,
        id: &str,
        feedback: &str,
        read: Option<i64>,
    ) -> Result<(), AppError> {
        let it = self.own_unanswered(caller, id, feedback).await?;
        check_read(caller, &it, read)?;
        match self.storage.withdraw_feedback(&it).await {
            Err(StorageError::Stale) => Err(answered()),
            other => Ok(other?),
        }
    }

    async fn own_unanswered(
        &self,
        caller: &Caller,
        id: &str,
        feedback: &str,
    ) -> Result<Feedback, AppError> {
        let it = self.feedback_in(caller, id, feedback).await?;
        if it.author != caller.person.id {
            return Err(AppError::Forbidden(
                "these are somebody else’s words: only they change them",
            ));
        }
        if it.answer.is_some() { Err(answered()) } else { Ok(it) }
    }
}

fn answered() -> AppError {
    AppError::Conflict("it is answered already, and stays as it was answered".to_owned())
}
