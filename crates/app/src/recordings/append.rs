//! The bytes of a recording, as they arrive.

use afterword_domain::policy::Operation;
use afterword_domain::recording::{MAX_BYTES, RecordingState};
use afterword_storage::{Append, Recording};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};

use super::add::too_large;
use super::turns::Held;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadState {
    /// How many bytes are on disk.
    pub received: u64,
    /// How many there will be; absent while the sender does not know.
    pub size: Option<u64>,
}

impl App {
    /// How far an upload is. Whoever is sending is asked to stop, so that the answer stays true.
    pub async fn upload_state(
        &self,
        caller: &Caller,
        id: &str,
        upload: &str,
    ) -> Result<UploadState, AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        let _held = self.uploads.take(upload).await;
        let recording = self.recording_named(id, upload).await?;
        if is_whole(&recording) && recording.state == RecordingState::Uploading {
            self.finish_upload(recording.clone()).await?;
        }
        Ok(UploadState {
            received: unsigned(recording.received),
            size: recording.size.map(unsigned),
        })
    }

    /// Writes what comes from byte `offset` on, as long as it comes; answers how many bytes are on
    /// disk. With the last of them it becomes a recording, or is refused. `size`: how many there
    /// will be, if that is known only now.
    ///
    /// What arrived stays, also if the sender goes away in between.
    pub async fn append_to_upload<E>(
        &self,
        caller: &Caller,
        id: &str,
        upload: &str,
        (offset, size): (u64, Option<u64>),
        bytes: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<UploadState, AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        let held = self.uploads.take(upload).await;
        let recording = self.recording_named(id, upload).await?;
        if unsigned(recording.received) != offset || recording.state != RecordingState::Uploading {
            return Err(AppError::Conflict(format!(
                "the next byte is number {}: ask how far the upload is, and go on there",
                recording.received
            )));
        }
        let recording = self.sized(recording, size).await?;
        let most = recording.size.map_or(MAX_BYTES, unsigned);
        let mut file = self.blobs.recordings().append(upload, offset).await?;
        let arrived = self.write(upload, &mut file, most, bytes, &held).await;
        let received = file.finish().await?;
        self.storage.recording_received(upload, signed(received)).await?;
        arrived?;
        let recording = Recording { received: signed(received), ..recording };
        let size = recording.size.map(unsigned);
        if is_whole(&recording) {
            self.finish_upload(recording).await?;
        }
        Ok(UploadState { received, size })
    }

    async fn write<E>(
        &self,
        upload: &str,
        file: &mut Append,
        most: u64,
        mut bytes: impl Stream<Item = Result<Bytes, E>> + Unpin,
        held: &Held,
    ) -> Result<(), AppError> {
        loop {
            let piece = tokio::select! {
                piece = bytes.next() => piece,
                () = held.stop.cancelled() => {
                    return Err(AppError::Conflict(
                        "somebody goes on with this upload over another connection".to_owned(),
                    ));
                }
            };
            // A connection that breaks is no fault of what it brought.
            let Some(Ok(piece)) = piece else { return Ok(()) };
            if file.len() + piece.len() as u64 > most {
                return Err(match most {
                    MAX_BYTES => too_large(),
                    _ => AppError::TooLarge(format!("this upload was to have {most} bytes")),
                });
            }
            if let Some(on_disk) = file.write(&piece).await? {
                self.storage.recording_received(upload, signed(on_disk)).await?;
            }
        }
    }

    /// The size, once it is known, stays.
    async fn sized(&self, it: Recording, size: Option<u64>) -> Result<Recording, AppError> {
        let Some(size) = size else { return Ok(it) };
        if size > MAX_BYTES {
            return Err(too_large());
        }
        match it.size {
            None if signed(size) >= it.received => {
                let sized = Recording { size: Some(signed(size)), ..it };
                self.storage.save_recording(&sized, None).await?;
                Ok(Recording { version: sized.version + 1, ..sized })
            }
            Some(known) if known == signed(size) => Ok(it),
            _ => Err(AppError::Conflict(
                "this upload is of another size: begin a new one".to_owned(),
            )),
        }
    }

    /// The recording that this upload became, or is to become.
    pub(super) async fn recording_named(
        &self,
        id: &str,
        upload: &str,
    ) -> Result<Recording, AppError> {
        let found = self.storage.recording(id).await?;
        found.filter(|it| it.file.as_deref() == Some(upload)).ok_or(AppError::NotFound("upload"))
    }
}

fn is_whole(recording: &Recording) -> bool {
    recording.size == Some(recording.received)
}

fn unsigned(bytes: i64) -> u64 {
    u64::try_from(bytes).unwrap_or_default()
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
