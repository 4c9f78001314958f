//! Telling another facilitator something about how they led.

use afterword_domain::feedback::Kind;
use afterword_domain::policy::Operation;
use afterword_storage::Feedback;

use super::view::FeedbackView;
use super::{milliseconds, words};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// A comment to be.
#[derive(Clone, Debug)]
pub struct FeedbackToGive {
    /// Seconds into the recording, or into the meeting where there is none.
    pub at: f64,
    /// What sort of comment it is.
    pub kind: Kind,
    /// The words.
    pub text: String,
}

impl App {
    /// Tells whoever led at that moment something about it.
    pub async fn give_feedback(
        &self,
        caller: &Caller,
        id: &str,
        new: FeedbackToGive,
    ) -> Result<FeedbackView, AppError> {
        let postmortem = self.permitted(caller, id, Operation::GiveFeedback).await?;
        let (text, at_ms) = (words("text", &new.text, 1)?, milliseconds(new.at)?);
        let meeting = self.current_meeting(id).await?;
        let about = self.about(&postmortem, &meeting, at_ms).await?;
        if about.person == caller.person.id {
            return Err(to_yourself());
        }
        let feedback = Feedback {
            id: new_id(),
            postmortem_id: postmortem.id,
            author: caller.person.id.clone(),
            about: about.person,
            at_ms,
            step_id: about.step,
            kind: new.kind,
            text,
            created_at: self.clock.now(),
            answer: None,
            answer_text: String::new(),
            answered_at: None,
            version: 1,
        };
        self.storage.add_feedback(&feedback).await?;
        Ok(FeedbackView::new(caller, &feedback, None))
    }
}

pub(super) fn to_yourself() -> AppError {
    AppError::Conflict(
        "you led at this minute yourself: write what you take from it on your growth page"
            .to_owned(),
    )
}
