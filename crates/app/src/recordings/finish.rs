//! An upload becomes a recording, if it is one.

use afterword_domain::job::Job;
use afterword_domain::recording::RecordingState;
use afterword_storage::Recording;

use super::container::{self, Fault};
use super::ffmpeg::{self, Probed};
use crate::app::App;
use crate::error::AppError;
use crate::record::in_background;

impl App {
    /// Looks at what arrived: a recording is kept, anything else is refused and removed.
    pub(super) async fn finish_upload(&self, recording: Recording) -> Result<(), AppError> {
        match self.looked_at(&recording).await {
            Ok(kept) => {
                let job = Job::Recording { postmortem: kept.postmortem_id.clone() };
                let due = self.clock.now();
                let unfinished = kept.length_ms.is_none()
                    || !self.storage.passages(&kept.postmortem_id).await?.is_empty();
                let job = unfinished.then_some((&job, due));
                self.storage.save_recording(&kept, job).await?;
                self.queue.ring();
                Ok(())
            }
            Err(refused @ AppError::Invalid { .. }) => {
                self.drop_upload(recording).await?;
                Err(refused)
            }
            Err(other) => Err(other),
        }
    }

    async fn looked_at(&self, recording: &Recording) -> Result<Recording, AppError> {
        let name = recording.file.as_deref().unwrap_or_default();
        let path = self.blobs.recordings().path(name)?;
        let file = path.clone();
        let media_type = in_background(move || container::look(&file)).await?.map_err(refusal)?;
        let length_ms = match ffmpeg::probe(&path).await {
            Probed::Media(media) => media.length_ms,
            Probed::NotInstalled => None,
            Probed::Unreadable => return Err(refusal(Fault::Broken)),
        };
        // Somebody may have said more of it while it was looked at.
        let now = self.recording_named(&recording.postmortem_id, name).await?;
        Ok(Recording {
            state: RecordingState::Kept,
            size: recording.size,
            received: recording.received,
            media_type: Some(media_type.to_owned()),
            length_ms,
            ..now
        })
    }
}

fn refusal(fault: Fault) -> AppError {
    let detail = match fault {
        Fault::Unreadable(error) => return AppError::internal(error),
        Fault::NoRecording => {
            "this file is no recording that browsers play: export it as MP4, WebM, MP3, M4A, Ogg or \
             WAV, and add that"
        }
        Fault::CutOff => {
            "the end of this recording is missing: its file was cut off before it came here. Save or \
             download it again, and add it once more"
        }
        Fault::Broken => {
            "this recording cannot be played: its file is damaged or was never finished. Save or \
             download it again, and add it once more"
        }
    };
    AppError::invalid("recording", detail)
}
