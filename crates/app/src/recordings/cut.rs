//! The job that cuts what is off the record from a recording, and makes what a browser recorded one
//! that can be played from any moment. It is done beside the job, which looks how far it is: a long
//! recording takes longer than a job may.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use afterword_domain::recording::{RecordingState, Span};
use afterword_storage::{Passage, Recording};
use jiff::SignedDuration;
use tokio::task::JoinHandle;

use super::ffmpeg::{self, Making, Probed};
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};
use crate::secrets::new_id;

const LOOK_AFTER: SignedDuration = SignedDuration::from_secs(2);
const LOOK_FOR_FFMPEG: Duration = Duration::from_mins(10);
const NOT_INSTALLED: &str = "ffmpeg is not installed on this server";

/// What is being made from recordings, by their files.
#[derive(Default)]
pub(crate) struct Makings(Mutex<HashMap<String, Work>>);

/// A file in the making.
struct Work {
    /// The ids of the passages that it will not have.
    without: Vec<String>,
    task: JoinHandle<Made>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// How far a file is.
enum Progress {
    NotBegun,
    UnderWay,
    Ended(Made),
}

/// The media type of what was made, or why it was not.
type Made = Result<&'static str, String>;

impl Makings {
    /// How far the making of a file without these passages is. Other work on it is given up.
    async fn progress(&self, file: &str, without: &[String]) -> Progress {
        let mut work = {
            let mut makings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match makings.remove(file) {
                Some(work) if work.without == without && !work.task.is_finished() => {
                    makings.insert(file.to_owned(), work);
                    return Progress::UnderWay;
                }
                Some(work) if work.without == without => work,
                _ => return Progress::NotBegun,
            }
        };
        Progress::Ended((&mut work.task).await.unwrap_or_else(|error| Err(error.to_string())))
    }

    fn begin(&self, file: &str, work: Work) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), work);
    }
}

impl App {
    pub(crate) async fn tend_recording(&self, id: &str) -> Result<Ended, Fault> {
        let recording = self.storage.recording(id).await?;
        let Some(recording) = recording.filter(|it| it.state == RecordingState::Kept) else {
            return Ok(Ended::Done);
        };
        let passages = self.storage.passages(id).await?;
        let uncut: Vec<_> = passages.into_iter().filter(|passage| !passage.cut).collect();
        if uncut.is_empty() && recording.length_ms.is_some() {
            return Ok(Ended::Done);
        }
        let file = recording.file.clone().unwrap_or_default();
        let without: Vec<_> = uncut.iter().map(|passage| passage.id.clone()).collect();
        match self.makings.progress(&file, &without).await {
            Progress::UnderWay => Ok(self.look_again()),
            Progress::NotBegun => self.begin_making(&recording, &file, &uncut).await,
            Progress::Ended(Ok(media_type)) => {
                self.take_made(&recording, &file, media_type, &uncut).await?;
                Ok(Ended::Done)
            }
            Progress::Ended(Err(problem)) => {
                let _ = tokio::fs::remove_file(self.made_from(&file)?).await;
                if uncut.is_empty() {
                    // It can be watched as it is.
                    tracing::warn!(problem, "a recording could not be indexed");
                    return Ok(Ended::Done);
                }
                self.storage.recording_not_cut(id, &problem).await?;
                Err(Fault::Later(problem))
            }
        }
    }

    fn look_again(&self) -> Ended {
        let now = self.clock.now();
        Ended::Again(now.saturating_add(LOOK_AFTER).unwrap_or(now))
    }

    fn made_from(&self, file: &str) -> Result<PathBuf, AppError> {
        Ok(self.blobs.recordings().path(file)?.with_extension("part"))
    }

    async fn begin_making(
        &self,
        recording: &Recording,
        file: &str,
        uncut: &[Passage],
    ) -> Result<Ended, Fault> {
        let from = self.blobs.recordings().path(file)?;
        let probed = if ffmpeg::is_installed().await {
            ffmpeg::probe(&from).await
        } else {
            Probed::NotInstalled
        };
        let media = match probed {
            Probed::Media(media) => media,
            // There is nothing that has to be cut.
            _ if uncut.is_empty() => return Ok(Ended::Done),
            Probed::NotInstalled => {
                self.storage.recording_not_cut(&recording.postmortem_id, NOT_INSTALLED).await?;
                return Err(Fault::After(LOOK_FOR_FFMPEG, NOT_INSTALLED.to_owned()));
            }
            Probed::Unreadable => {
                let problem = "ffmpeg cannot read this recording";
                self.storage.recording_not_cut(&recording.postmortem_id, problem).await?;
                return Err(Fault::Never(problem.to_owned()));
            }
        };
        let to = self.made_from(file)?;
        let media_type = recording.media_type.clone().unwrap_or_default();
        let spans: Vec<Span> = uncut.iter().map(|passage| passage.span).collect();
        let task = tokio::spawn(async move {
            let making = if spans.is_empty() { Making::Indexed } else { Making::Cut(&spans) };
            ffmpeg::make(&from, &to, &media_type, media, making).await
        });
        let without = uncut.iter().map(|passage| passage.id.clone()).collect();
        self.makings.begin(file, Work { without, task });
        Ok(self.look_again())
    }

    /// Puts what was made in the place of what it was made from, which is removed.
    async fn take_made(
        &self,
        recording: &Recording,
        file: &str,
        media_type: &str,
        without: &[Passage],
    ) -> Result<(), AppError> {
        let (files, id) = (self.blobs.recordings(), &recording.postmortem_id);
        let new = new_id();
        let size = files.adopt(&self.made_from(file)?, &new).await?;
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        let of = (&new[..], media_type, size);
        if !self.storage.replace_recording_file(id, file, of, without).await? {
            return Ok(files.remove(&new).await?);
        }
        files.remove(file).await?;
        self.note_length(id, &new).await
    }

    /// What was recorded in a browser knows how long it is only now.
    async fn note_length(&self, id: &str, file: &str) -> Result<(), AppError> {
        let Probed::Media(media) = ffmpeg::probe(&self.blobs.recordings().path(file)?).await else {
            return Ok(());
        };
        let recording = self.recording_named(id, file).await?;
        if media.length_ms.is_none() || recording.length_ms.is_some() {
            return Ok(());
        }
        let measured = Recording { length_ms: media.length_ms, ..recording };
        match self.storage.save_recording(&measured, None).await {
            // Somebody changed something else about it.
            Ok(()) | Err(afterword_storage::StorageError::Stale) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
