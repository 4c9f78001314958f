//! A recording as somebody sees it, and its bytes.

use std::path::PathBuf;

use afterword_domain::recording::{RecordingState, Span, Visibility, seconds};
use afterword_storage::Recording;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::moments::{Chapter, WrittenAt};
use super::watch::{Watched, visibility};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// A recording as somebody sees it. Times within it are in seconds since it began.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Recording)]
pub struct RecordingView {
    /// How far it is.
    pub state: RecordingState,
    /// Why nobody can watch it now, and what to do, in words for people.
    pub withheld: Option<String>,
    /// Where it is, if it is elsewhere.
    pub url: Option<String>,
    /// `video/webm` and the like, as its bytes say.
    pub media_type: Option<String>,
    /// Names its bytes: another one after something was cut out.
    pub file: Option<String>,
    /// As whoever added it called it; for the room.
    pub file_name: Option<String>,
    /// In bytes; absent while the sender does not know yet.
    pub size: Option<i64>,
    /// How many bytes are here.
    pub received: i64,
    /// How long it plays, where that is known.
    pub length: Option<f64>,
    /// The moment of its second 0.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Option<Timestamp>,
    /// Where the meeting went to each of its steps.
    pub chapters: Vec<Chapter>,
    /// When each entry was written, in the order of time.
    pub written: Vec<WrittenAt>,
    /// What is off the record.
    pub off_the_record: Vec<Passage>,
    /// Whether there is a transcript.
    pub transcript: bool,
    /// Who may watch it once it is published.
    pub visibility: Visibility,
    /// Whether somebody said so; otherwise it is as people appear in the publication.
    pub visibility_chosen: bool,
    /// When it is removed; absent: with the post-mortem.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub keep_until: Option<Timestamp>,
    /// When somebody said that everyone on the call agreed; without, readers do not get it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub agreed_at: Option<Timestamp>,
    /// Id of who said so; for the room.
    pub agreed_by: Option<String>,
    /// Id of who added it; for the room.
    pub added_by: Option<String>,
    /// When it was added.
    #[schema(value_type = String, format = DateTime)]
    pub added_at: Timestamp,
    /// What the reader may do.
    pub may: RecordingMay,
    /// For the next write.
    pub etag: String,
}

/// What somebody may do to a recording.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct RecordingMay {
    /// Change and remove it, take passages off the record, give it a transcript.
    pub change: bool,
}

/// A passage that is off the record.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = OffTheRecord)]
pub struct Passage {
    /// When it begins.
    pub from: f64,
    /// When it ends.
    pub until: f64,
}

/// What somebody who plays a recording gets.
#[derive(Clone, Debug)]
pub enum Played {
    /// The bytes of a file.
    Here {
        /// The file.
        path: PathBuf,
        /// `video/webm` and the like.
        media_type: String,
        /// Names exactly these bytes.
        tag: String,
    },
    /// It is elsewhere.
    Elsewhere(String),
}

impl App {
    /// The recording of a post-mortem, without its bytes.
    pub async fn recording(&self, caller: &Caller, id: &str) -> Result<RecordingView, AppError> {
        let it = self.watched(caller, id).await?;
        let transcript = !self.cues_for(&it).await?.is_empty();
        let chapters = self.chapters(&it.recording).await?;
        let mut written = self.written_at(&it.recording).await?;
        if !it.in_room {
            let document = self.published(caller, id).await?;
            written.retain(|moment| document.timeline.iter().any(|it| it.id == moment.entry));
        }
        let (withheld, visibility) = (withheld(&it), visibility(&it.recording, &it.postmortem));
        let (in_room, recording) = (it.in_room, it.recording);
        Ok(RecordingView {
            state: recording.state,
            url: recording.url.filter(|_| withheld.is_none()),
            withheld,
            media_type: recording.media_type,
            file: recording.file,
            file_name: recording.file_name.filter(|_| in_room),
            size: recording.size,
            received: recording.received,
            length: recording.length_ms.map(seconds),
            started_at: recording.started_at,
            chapters,
            written,
            off_the_record: it.passages.iter().map(|it| passage(it.span)).collect(),
            transcript,
            visibility,
            visibility_chosen: recording.visibility.is_some(),
            keep_until: recording.keep_until,
            agreed_at: recording.agreed_at,
            agreed_by: recording.agreed_by.filter(|_| in_room),
            added_by: in_room.then_some(recording.added_by),
            added_at: recording.added_at,
            may: RecordingMay { change: in_room },
            etag: recording.version.to_string(),
        })
    }

    /// What plays a recording, for whoever may watch it.
    pub async fn play_recording(&self, caller: &Caller, id: &str) -> Result<Played, AppError> {
        let it = self.watched(caller, id).await?;
        if let Some(why) = withheld(&it) {
            return Err(AppError::Conflict(why));
        }
        match it.recording {
            Recording { state: RecordingState::Linked, url: Some(url), .. } => {
                Ok(Played::Elsewhere(url))
            }
            Recording {
                state: RecordingState::Kept,
                file: Some(file),
                media_type: Some(media_type),
                ..
            } => {
                let path = self.blobs.recordings().path(&file)?;
                Ok(Played::Here { path, media_type, tag: file })
            }
            _ => Err(AppError::NotFound("recording; it may still be on its way")),
        }
    }
}

fn passage(span: Span) -> Passage {
    Passage { from: seconds(span.from_ms), until: seconds(span.until_ms) }
}

/// Why nobody gets it now.
fn withheld(it: &Watched) -> Option<String> {
    if !it.is_withheld() {
        return None;
    }
    match (it.recording.state, &it.recording.cut_problem) {
        (RecordingState::Linked, _) => Some(
            "a passage is off the record, and the recording is elsewhere: cut the passage out \
             there, then give its link again"
                .to_owned(),
        ),
        (RecordingState::Kept, None) => Some(
            "a passage that is off the record is being cut out; the recording comes back when that \
             is done"
                .to_owned(),
        ),
        (RecordingState::Kept, Some(problem)) => Some(format!(
            "a passage that is off the record could not be cut out yet, so nobody gets the \
             recording ({problem}). Whoever runs this server can install ffmpeg, and it is tried \
             again by itself; or remove the recording, cut the passage out with a program of your \
             own, and add what is left"
        )),
        (RecordingState::Empty | RecordingState::Uploading, _) => None,
    }
}
