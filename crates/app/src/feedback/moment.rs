//! Who led at a moment, and which step ran: what a comment is about.

use std::collections::BTreeSet;

use afterword_domain::meeting::Meeting;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::recording::RecordingState;
use afterword_storage::Recording;
use jiff::{SignedDuration, Timestamp};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// Whom a comment is about, and the step that it is about.
pub(super) struct About {
    pub(super) person: String,
    pub(super) step: Option<String>,
}

impl App {
    /// When second 0 was: that of the recording, or of the meeting where there is none.
    pub(super) async fn second_zero(
        &self,
        id: &str,
        meeting: &Meeting,
    ) -> Result<Option<Timestamp>, AppError> {
        let recording = self.storage.recording(id).await?;
        let is_there = |it: &Recording| it.state != RecordingState::Empty;
        let began = recording.filter(is_there).and_then(|it| it.started_at);
        Ok(began.or(meeting.opened_at))
    }

    /// What a comment at that moment is about. Where nobody led in the room, whoever opened the
    /// post-mortem stands for it.
    pub(super) async fn about(
        &self,
        postmortem: &Postmortem,
        meeting: &Meeting,
        at_ms: i64,
    ) -> Result<About, AppError> {
        let zero = self.second_zero(&postmortem.id, meeting).await?;
        let at = zero.and_then(|it| it.checked_add(SignedDuration::from_millis(at_ms)).ok());
        let step = at.and_then(|at| meeting.step_at(at)).map(str::to_owned);
        let led = at.and_then(|at| meeting.led_at(at)).or(meeting.lead.as_deref());
        // The record is written by many, so that a name there may be nobody's.
        let known = match led {
            Some(person) => self.storage.person(person).await?,
            None => None,
        };
        let person = known.map_or_else(|| postmortem.created_by.clone(), |it| it.id);
        Ok(About { person, step })
    }

    /// The post-mortem and its meeting, for facilitators, and for whoever led this one.
    pub(super) async fn feedback_open_to(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<(Postmortem, Meeting), AppError> {
        let found = self.storage.postmortem(id).await?;
        let postmortem = found.ok_or(AppError::NotFound("post-mortem"))?;
        let meeting = self.current_meeting(id).await?;
        if !meeting.was_led_by(&caller.person.id) {
            caller.permit(Operation::GiveFeedback)?;
        }
        Ok((postmortem, meeting))
    }
}

/// Everybody who led, alone or with another, for a while or to the end.
pub(super) fn leaders(postmortem: &Postmortem, meeting: &Meeting) -> BTreeSet<String> {
    let now = [&meeting.lead, &meeting.co_lead].into_iter().flatten();
    let mut all: BTreeSet<String> = now.chain(meeting.led.values()).cloned().collect();
    if all.is_empty() {
        all.insert(postmortem.created_by.clone());
    }
    all
}
