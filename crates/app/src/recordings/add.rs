//! Adding a recording: saying what will come.

use afterword_domain::recording::{MAX_BYTES, MOST_DAYS, RecordingState, Visibility};
use afterword_storage::Recording;
use jiff::{SignedDuration, Timestamp};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

const LONGEST_NAME: usize = 200;

/// What is said of a recording when it is added.
#[derive(Clone, Debug, Default)]
pub struct RecordingFacts {
    /// The moment of its second 0; when the room was opened, if absent.
    pub started_at: Option<Timestamp>,
    /// Whether everyone on the call agreed to it.
    pub agreed: bool,
    /// Who may watch it once it is published; as the policy says, if absent.
    pub visibility: Option<Visibility>,
    /// After how many days it is removed; as the policy says if absent, with the post-mortem if 0.
    pub keep_days: Option<i64>,
}

/// A recording that will come.
#[derive(Clone, Debug, Default)]
pub struct RecordingToAdd {
    /// In bytes; absent while it is being recorded.
    pub size: Option<u64>,
    /// As the sender calls it.
    pub file_name: Option<String>,
    /// What is said of it.
    pub facts: RecordingFacts,
}

impl App {
    /// Begins an upload; answers its name. It becomes a recording when all of it is here.
    pub async fn add_recording(
        &self,
        caller: &Caller,
        id: &str,
        new: RecordingToAdd,
    ) -> Result<String, AppError> {
        self.entered(caller, id).await?;
        check_size(new.size)?;
        let before = self.room_for_recording(id).await?;
        let upload = new_id();
        let file_name = new.file_name.map(|it| it.chars().take(LONGEST_NAME).collect());
        let recording = Recording {
            state: RecordingState::Uploading,
            file: Some(upload.clone()),
            file_name,
            size: new.size.and_then(|size| i64::try_from(size).ok()),
            ..self.new_recording(caller, id, &new.facts, before.as_ref()).await?
        };
        self.storage.save_recording(&recording, None).await?;
        Ok(upload)
    }

    /// What stands in a recording's place, if one may be added.
    pub(super) async fn room_for_recording(&self, id: &str) -> Result<Option<Recording>, AppError> {
        let before = self.storage.recording(id).await?;
        match before.as_ref().map(|it| it.state) {
            None | Some(RecordingState::Empty) => Ok(before),
            Some(RecordingState::Uploading) => Err(AppError::Conflict(
                "a recording is on its way already: go on with it, or cancel it first".to_owned(),
            )),
            Some(RecordingState::Kept | RecordingState::Linked) => Err(AppError::Conflict(
                "there is a recording already: remove it before you add another".to_owned(),
            )),
        }
    }

    /// A recording of which nothing is there yet.
    pub(super) async fn new_recording(
        &self,
        caller: &Caller,
        id: &str,
        facts: &RecordingFacts,
        before: Option<&Recording>,
    ) -> Result<Recording, AppError> {
        let now = self.clock.now();
        let it = self.storage.postmortem(id).await?.ok_or(AppError::NotFound("post-mortem"))?;
        let terms = self.policy_of(&it).await?.terms;
        let started_at = match facts.started_at.or(before.and_then(|it| it.started_at)) {
            Some(at) => Some(at),
            None => self.current_meeting(id).await?.opened_at,
        };
        Ok(Recording {
            postmortem_id: id.to_owned(),
            state: RecordingState::Empty,
            file: None,
            url: None,
            media_type: None,
            file_name: None,
            size: None,
            received: 0,
            length_ms: None,
            started_at,
            visibility: facts.visibility.or(terms.watch),
            keep_until: keep_until(facts.keep_days.unwrap_or(terms.keep_days.into()), now)?,
            agreed_by: facts.agreed.then(|| caller.person.id.clone()),
            agreed_at: facts.agreed.then_some(now),
            added_by: caller.person.id.clone(),
            added_at: now,
            cut_problem: None,
            version: before.map_or(0, |it| it.version),
        })
    }
}

fn check_size(size: Option<u64>) -> Result<(), AppError> {
    match size {
        Some(0) => Err(AppError::invalid(
            "recording",
            "this file is empty: look whether the recording was saved, and choose it again",
        )),
        Some(size) if size > MAX_BYTES => Err(too_large()),
        _ => Ok(()),
    }
}

pub(super) fn too_large() -> AppError {
    AppError::TooLarge(
        "a recording may have at most 10 GB: save it in a lower resolution, or link it where it is"
            .to_owned(),
    )
}

fn keep_until(days: i64, now: Timestamp) -> Result<Option<Timestamp>, AppError> {
    match days {
        0 => Ok(None),
        days @ 1..=MOST_DAYS => Ok(now.checked_add(SignedDuration::from_hours(days * 24)).ok()),
        _ => Err(AppError::invalid(
            "keep_days",
            format!("say 1 to {MOST_DAYS} days, or 0 to keep it as long as the post-mortem"),
        )),
    }
}
