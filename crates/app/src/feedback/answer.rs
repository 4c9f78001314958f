//! What whoever led answers: thanks, or that they will do it so.

use afterword_domain::feedback::Answer;
use afterword_domain::policy::Operation;
use afterword_domain::process::Source;

use super::view::{FeedbackView, check_read};
use super::words;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// An answer to a comment.
#[derive(Clone, Debug)]
pub struct FeedbackToAnswer {
    /// Thanks, or adopted.
    pub kind: Answer,
    /// In words; may be empty.
    pub text: String,
}

impl App {
    /// Answers a comment about oneself. Who gave thanks may adopt it later.
    pub async fn answer_feedback(
        &self,
        caller: &Caller,
        id: &str,
        feedback: &str,
        read: Option<i64>,
        answer: FeedbackToAnswer,
    ) -> Result<FeedbackView, AppError> {
        let before = self.feedback_in(caller, id, feedback).await?;
        if before.about != caller.person.id {
            return Err(AppError::Forbidden("whoever led at that minute answers it"));
        }
        check_read(caller, &before, read)?;
        let proposal = self.proposal_of(feedback).await?;
        if proposal.is_some() && answer.kind != Answer::Adopted {
            return Err(AppError::Conflict(
                "it became a proposal for the handbook: decline that first".to_owned(),
            ));
        }
        let mut after = before;
        after.answer = Some(answer.kind);
        after.answer_text = words("text", &answer.text, 0)?;
        after.answered_at = Some(self.clock.now());
        self.storage.change_feedback(&after).await?;
        after.version += 1;
        let shown = proposal.filter(|_| caller.may(Operation::ImproveProcess));
        Ok(FeedbackView::new(caller, &after, shown))
    }

    /// Id of the proposal that a comment became.
    pub(super) async fn proposal_of(&self, feedback: &str) -> Result<Option<String>, AppError> {
        Ok(self.storage.proposal_from(Source::Feedback, feedback).await?.map(|it| it.id))
    }
}
