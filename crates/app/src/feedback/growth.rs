//! A facilitator's own page: what others told them and what they learned. No operation here is about
//! anybody but the caller, whatever their role.

use afterword_domain::feedback::Kind;
use afterword_domain::policy::Operation;
use afterword_storage::{Lesson, StorageError, TitledFeedback};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{FeedbackAnswerView, answer};
use super::{milliseconds, seconds, words};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// What the reader was told, and what they learned.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Growth {
    /// Newest first.
    pub feedback: Vec<Received>,
    /// Newest first.
    pub lessons: Vec<LessonView>,
}

/// Feedback that the reader received.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FeedbackReceived)]
pub struct Received {
    /// Its id.
    pub id: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
    /// Seconds into the recording, or into the meeting where there is none.
    pub at: f64,
    /// What sort of comment it is.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// What the reader answered.
    pub answer: Option<FeedbackAnswerView>,
}

impl From<TitledFeedback> for Received {
    fn from(TitledFeedback { title, it, .. }: TitledFeedback) -> Self {
        let answer = answer(&it);
        Self {
            id: it.id,
            postmortem: it.postmortem_id,
            title,
            at: seconds(it.at_ms),
            kind: it.kind,
            text: it.text,
            created_at: it.created_at,
            answer,
        }
    }
}

/// A lesson that the reader keeps for themselves.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Lesson)]
pub struct LessonView {
    /// Its id.
    pub id: String,
    /// Id of the post-mortem from which it was learned.
    pub postmortem: Option<String>,
    /// The title of that.
    pub title: Option<String>,
    /// Seconds into its recording, or into its meeting.
    pub at: Option<f64>,
    /// The words.
    pub text: String,
    /// When it was first written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Its tag.
    pub etag: String,
}

impl From<Lesson> for LessonView {
    fn from(it: Lesson) -> Self {
        let (postmortem, title) = it.postmortem.unzip();
        Self {
            id: it.id,
            postmortem,
            title,
            at: it.at_ms.map(seconds),
            text: it.text,
            created_at: it.created_at,
            etag: it.version.to_string(),
        }
    }
}

/// A lesson to be kept.
#[derive(Clone, Debug)]
pub struct LessonToKeep {
    /// Id of the post-mortem from which it was learned.
    pub postmortem: Option<String>,
    /// Seconds into its recording, or into its meeting.
    pub at: Option<f64>,
    /// The words.
    pub text: String,
}

impl App {
    /// The caller's own page.
    pub async fn growth(&self, caller: &Caller) -> Result<Growth, AppError> {
        caller.permit(Operation::EditSelf)?;
        let me = &caller.person.id;
        let feedback = self.storage.feedback_about(me).await?;
        let lessons = self.storage.lessons(me).await?;
        Ok(Growth {
            feedback: feedback.into_iter().map(Into::into).collect(),
            lessons: lessons.into_iter().map(Into::into).collect(),
        })
    }

    /// Keeps a lesson.
    pub async fn keep_lesson(
        &self,
        caller: &Caller,
        new: LessonToKeep,
    ) -> Result<LessonView, AppError> {
        caller.permit(Operation::EditSelf)?;
        let postmortem = match new.postmortem {
            Some(id) => {
                let it = self.permitted(caller, &id, Operation::ReadRecord).await?;
                Some((it.id, it.title))
            }
            None => None,
        };
        let lesson = Lesson {
            id: new_id(),
            person_id: caller.person.id.clone(),
            postmortem,
            at_ms: new.at.map(milliseconds).transpose()?,
            text: words("text", &new.text, 1)?,
            created_at: self.clock.now(),
            version: 1,
        };
        self.storage.add_lesson(&lesson).await?;
        Ok(lesson.into())
    }

    /// Changes one of the caller's lessons.
    pub async fn change_lesson(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
        text: &str,
    ) -> Result<LessonView, AppError> {
        let lesson = self.own_lesson(caller, id, read).await?;
        let text = words("text", text, 1)?;
        match self.storage.change_lesson(&lesson, &text).await {
            Err(StorageError::Stale) => Err(stale(self.own_lesson(caller, id, None).await?)),
            other => {
                other?;
                Ok(Lesson { text, version: lesson.version + 1, ..lesson }.into())
            }
        }
    }

    /// Removes one of the caller's lessons.
    pub async fn remove_lesson(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
    ) -> Result<(), AppError> {
        let lesson = self.own_lesson(caller, id, read).await?;
        Ok(self.storage.remove_lesson(&lesson).await?)
    }

    /// One of the caller's own lessons; of anybody else's nobody learns that it is there.
    pub(crate) async fn own_lesson(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
    ) -> Result<Lesson, AppError> {
        caller.permit(Operation::EditSelf)?;
        let all = self.storage.lessons(&caller.person.id).await?;
        let lesson = all.into_iter().find(|it| it.id == id).ok_or(AppError::NotFound("lesson"))?;
        if read.is_none_or(|read| read == lesson.version) { Ok(lesson) } else { Err(stale(lesson)) }
    }
}

fn stale(lesson: Lesson) -> AppError {
    AppError::Stale { current: Some(serde_json::json!(LessonView::from(lesson))) }
}
