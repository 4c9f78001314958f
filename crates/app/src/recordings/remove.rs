//! Removing a recording, and giving an upload up.

use afterword_domain::policy::Operation;
use afterword_domain::recording::RecordingState;
use afterword_storage::Recording;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Removes a recording with its transcript and its marks.
    pub async fn remove_recording(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        let recording = self.kept_recording(id).await?;
        let Some(file) = recording.file else {
            return Ok(self.storage.remove_recording(id).await?);
        };
        let _held = self.uploads.take(&file).await;
        self.storage.remove_recording(id).await?;
        self.remove_file(&file).await
    }

    /// Gives up an upload; a transcript that is there stays.
    pub async fn cancel_upload(
        &self,
        caller: &Caller,
        id: &str,
        upload: &str,
    ) -> Result<(), AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        let _held = self.uploads.take(upload).await;
        let recording = self.recording_named(id, upload).await?;
        if recording.state != RecordingState::Uploading {
            return Err(AppError::NotFound("upload"));
        }
        self.drop_upload(recording).await
    }

    /// Forgets an upload as if it had not begun.
    pub(super) async fn drop_upload(&self, upload: Recording) -> Result<(), AppError> {
        let id = upload.postmortem_id.clone();
        let file = upload.file.clone().unwrap_or_default();
        if self.storage.cues(&id).await?.is_empty() && self.storage.passages(&id).await?.is_empty()
        {
            self.storage.remove_recording(&id).await?;
        } else {
            let empty = Recording {
                state: RecordingState::Empty,
                file: None,
                file_name: None,
                size: None,
                received: 0,
                ..upload
            };
            self.storage.save_recording(&empty, None).await?;
        }
        self.remove_file(&file).await
    }

    async fn remove_file(&self, file: &str) -> Result<(), AppError> {
        self.uploads.forget(file);
        Ok(self.blobs.recordings().remove(file).await?)
    }
}
