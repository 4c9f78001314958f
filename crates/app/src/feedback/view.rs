//! A comment as facilitators see it.

use afterword_domain::feedback::{Answer, Kind};
use afterword_storage::Feedback;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::seconds;
use crate::access::Caller;
use crate::error::AppError;

/// A comment on how a meeting was led.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Feedback)]
pub struct FeedbackView {
    /// Its id.
    pub id: String,
    /// Id of who wrote it.
    pub author: String,
    /// Id of who led at that moment.
    pub about: String,
    /// Seconds into the recording, or into the meeting where there is none.
    pub at: f64,
    /// Id of the step that the room was in then.
    pub step: Option<String>,
    /// What sort of comment it is.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// What whoever led answers.
    pub answer: Option<FeedbackAnswerView>,
    /// Id of the proposal for the handbook that it became; for facilitators.
    pub proposal: Option<String>,
    /// What the reader may do with it.
    pub may: FeedbackMay,
    /// Its tag.
    pub etag: String,
}

/// What whoever led answers.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FeedbackAnswer)]
pub struct FeedbackAnswerView {
    /// Thanks, or adopted.
    pub kind: Answer,
    /// In words; may be empty.
    pub text: String,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// What the reader may do with a comment.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = FeedbackMay)]
pub struct FeedbackMay {
    /// Change or withdraw it: it is their own, and nobody has answered.
    pub change: bool,
    /// Answer it: it is about them.
    pub answer: bool,
}

impl FeedbackView {
    pub(super) fn new(caller: &Caller, it: &Feedback, proposal: Option<String>) -> Self {
        let me = &caller.person.id;
        Self {
            id: it.id.clone(),
            author: it.author.clone(),
            about: it.about.clone(),
            at: seconds(it.at_ms),
            step: it.step_id.clone(),
            kind: it.kind,
            text: it.text.clone(),
            created_at: it.created_at,
            answer: answer(it),
            proposal,
            may: FeedbackMay {
                change: it.author == *me && it.answer.is_none(),
                answer: it.about == *me,
            },
            etag: it.version.to_string(),
        }
    }
}

pub(super) fn answer(it: &Feedback) -> Option<FeedbackAnswerView> {
    let kind = it.answer?;
    Some(FeedbackAnswerView { kind, text: it.answer_text.clone(), at: it.answered_at })
}

/// Refuses who wrote on top of an older version; `read` is absent for whoever takes any.
pub(super) fn check_read(
    caller: &Caller,
    it: &Feedback,
    read: Option<i64>,
) -> Result<(), AppError> {
    if read.is_none_or(|read| read == it.version) {
        return Ok(());
    }
    let current = serde_json::json!(FeedbackView::new(caller, it, None));
    Err(AppError::Stale { current: Some(current) })
}
