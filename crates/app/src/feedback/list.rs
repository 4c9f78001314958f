//! The comments about a meeting, beside its chapters.

use afterword_domain::handbook::Part;
use afterword_domain::meeting::Meeting;
use afterword_domain::policy::Operation;
use afterword_storage::RequestState;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::moment::leaders;
use super::view::FeedbackView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// The comments about a meeting.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeedbackList {
    /// In the order of the minutes they are about.
    pub items: Vec<FeedbackView>,
    /// The title of the post-mortem.
    pub title: String,
    /// The steps of the meeting, in the order of time.
    pub chapters: Vec<MeetingChapter>,
    /// When second 0 was; absent: the room was never opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub begins_at: Option<Timestamp>,
    /// Ids of those who led.
    pub led: Vec<String>,
    /// Ids of those who are asked for feedback and have not given it yet.
    pub asked: Vec<String>,
    /// Whether the reader may give feedback on this meeting.
    pub may_give: bool,
}

/// A step of the meeting with its time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeetingChapter {
    /// Seconds since the beginning.
    pub at: f64,
    /// Id of the step.
    pub step: String,
    /// What the handbook calls it.
    pub title: String,
    /// The part of the meeting that it belongs to.
    pub part: Option<Part>,
}

impl App {
    /// The comments about a meeting: for facilitators all, for whoever led without being one those
    /// about them.
    pub async fn feedback_list(&self, caller: &Caller, id: &str) -> Result<FeedbackList, AppError> {
        let (postmortem, meeting) = self.feedback_open_to(caller, id).await?;
        let leads = caller.may(Operation::GiveFeedback);
        let mut items = Vec::new();
        for it in self.storage.feedback_of(id).await? {
            if leads || it.about == caller.person.id {
                let proposal = if leads { self.proposal_of(&it.id).await? } else { None };
                items.push(FeedbackView::new(caller, &it, proposal));
            }
        }
        let requests = self.storage.feedback_requests(id).await?;
        let waiting = requests.into_iter().filter(|it| it.state == RequestState::Asked);
        let led = leaders(&postmortem, &meeting);
        let begins_at = self.second_zero(id, &meeting).await?;
        Ok(FeedbackList {
            items,
            chapters: self.feedback_chapters(begins_at, &meeting).await?,
            begins_at,
            may_give: leads && !(led.len() == 1 && led.contains(&caller.person.id)),
            led: led.into_iter().collect(),
            asked: waiting.map(|it| it.person_id).collect(),
            title: postmortem.title,
        })
    }

    async fn feedback_chapters(
        &self,
        begins_at: Option<Timestamp>,
        meeting: &Meeting,
    ) -> Result<Vec<MeetingChapter>, AppError> {
        let (Some(begins), Some(followed)) = (begins_at, &meeting.handbook) else {
            return Ok(Vec::new());
        };
        let handbook = self.storage.handbook(&followed.id, Some(followed.version)).await?;
        let chapter = |(at, id): (&Timestamp, &String)| {
            let step = handbook.as_ref().and_then(|it| it.content.step(id));
            MeetingChapter {
                at: at.duration_since(begins).as_secs_f64().max(0.0),
                step: id.clone(),
                title: step.map_or_else(|| id.clone(), |it| it.title.clone()),
                part: step.map(|it| it.part),
            }
        };
        Ok(meeting.visits.iter().map(chapter).collect())
    }
}
