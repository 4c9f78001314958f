//! The transcript of a recording.

use afterword_domain::policy::Operation;
use afterword_domain::recording::RecordingState;
use afterword_domain::transcript;
use afterword_storage::{Cue, ReaderWords, Recording};
use serde::Serialize;
use utoipa::ToSchema;

use super::add::RecordingFacts;
use super::watch::{Watched, is_open_to_readers};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::Names;
use crate::record::in_background;

/// The largest transcript, in bytes.
pub const MAX_TRANSCRIPT_BYTES: usize = 8 * 1024 * 1024;

/// What became of a transcript.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StoredTranscript {
    /// How many cues were taken.
    pub cues: usize,
    /// How many were not, since what they say is off the record.
    pub off_the_record: usize,
    /// What was not taken and why: the first hundred.
    pub skipped: Vec<TranscriptSkipped>,
    /// How many more were not taken.
    pub more_skipped: usize,
}

/// Something of a transcript that was not taken.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TranscriptSkipped {
    /// The line, counted from 1.
    pub line: usize,
    /// The beginning of what stands there.
    pub text: String,
    /// Why it was not taken, in words for people.
    pub why: String,
}

impl App {
    /// Stores a transcript in the place of the one before. There may be one without a recording.
    pub async fn store_transcript(
        &self,
        caller: &Caller,
        id: &str,
        text: String,
    ) -> Result<StoredTranscript, AppError> {
        self.entered(caller, id).await?;
        let recording = self.storage.recording(id).await?;
        let length = recording.as_ref().and_then(|it| it.length_ms);
        let read = in_background(move || transcript::read(&text, length)).await?;
        let read = read.map_err(|error| AppError::invalid("transcript", error.to_string()))?;
        if let (true, Some(first)) = (read.cues.is_empty(), read.skipped.first()) {
            let detail = format!("nothing in it can be taken; line {}: {}", first.line, first.why);
            return Err(AppError::invalid("transcript", detail));
        }
        if recording.is_none() {
            let none = self.new_recording(caller, id, &RecordingFacts::default(), None).await?;
            let none = Recording { state: RecordingState::Empty, ..none };
            self.storage.save_recording(&none, None).await?;
        }
        let cues = numbered(read.cues);
        let kept = self.storage.replace_cues(id, &cues).await?;
        self.renew_reader_cues(id).await?;
        let skipped = read.skipped.into_iter().map(|it| TranscriptSkipped {
            line: it.line,
            text: it.text,
            why: it.why.to_owned(),
        });
        Ok(StoredTranscript {
            cues: kept,
            off_the_record: cues.len() - kept,
            skipped: skipped.collect(),
            more_skipped: read.more_skipped,
        })
    }

    /// What was said, for whoever may watch the recording.
    pub async fn transcript(&self, caller: &Caller, id: &str) -> Result<Vec<Cue>, AppError> {
        let watched = self.watched(caller, id).await?;
        let mut cues = self.cues_for(&watched).await?;
        if cues.is_empty() {
            return Err(AppError::NotFound("transcript"));
        }
        if !watched.in_room {
            // An entry that was withheld is not to be known of.
            let document = self.published(caller, id).await?;
            let is_told = |entry: &String| document.timeline.iter().any(|it| it.id == *entry);
            for cue in &mut cues {
                cue.entry = cue.entry.take().filter(is_told);
            }
        }
        Ok(cues)
    }

    /// The same as a `WebVTT` file.
    pub async fn transcript_file(&self, caller: &Caller, id: &str) -> Result<String, AppError> {
        let cues = self.transcript(caller, id).await?;
        let cues: Vec<_> = cues
            .into_iter()
            .map(|it| transcript::Cue {
                start_ms: it.start_ms,
                end_ms: it.end_ms,
                speaker: it.speaker,
                text: it.text,
            })
            .collect();
        Ok(transcript::write(&cues))
    }

    pub(super) async fn cues_for(&self, watched: &Watched) -> Result<Vec<Cue>, AppError> {
        let id = &watched.postmortem.id;
        if watched.in_room {
            Ok(self.storage.cues(id).await?)
        } else {
            Ok(self.storage.reader_cues(id).await?)
        }
    }

    /// Links what was said to the entry that it speaks of, or to none.
    pub async fn link_cue(
        &self,
        caller: &Caller,
        id: &str,
        position: i64,
        entry: Option<&str>,
    ) -> Result<(), AppError> {
        self.entered(caller, id).await?;
        if let Some(entry) = entry {
            let record = self.current_record(id).await?.record;
            if !record.timeline.iter().any(|it| it.id == entry) {
                return Err(AppError::NotFound("entry"));
            }
        }
        if self.storage.link_cue(id, position, entry).await? {
            Ok(())
        } else {
            Err(AppError::NotFound("cue"))
        }
    }

    /// Removes a transcript; the recording stays.
    pub async fn remove_transcript(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        self.kept_recording(id).await?;
        self.storage.replace_cues(id, &[]).await?;
        Ok(())
    }

    /// Writes anew what readers of the publication get of the transcript: whenever it changes, and
    /// whenever it changes who may have it and how people appear.
    pub(crate) async fn renew_reader_cues(&self, id: &str) -> Result<(), AppError> {
        self.name_reader_cues(id).await?;
        self.index(id).await
    }

    async fn name_reader_cues(&self, id: &str) -> Result<(), AppError> {
        let cues = self.storage.cues(id).await?;
        if cues.is_empty() {
            return Ok(());
        }
        let postmortem = self.storage.postmortem(id).await?;
        let recording = self.storage.recording(id).await?;
        let open = postmortem
            .as_ref()
            .zip(recording)
            .filter(|(it, recording)| is_open_to_readers(recording, it));
        let Some((postmortem, _)) = open else {
            return Ok(self.storage.set_reader_cues(id, &[]).await?);
        };
        let people = self.storage.people().await?;
        let speakers = cues.iter().filter_map(|cue| cue.speaker.as_deref());
        let names = Names::new(postmortem.naming, &people).hearing(speakers);
        let words: Vec<_> = cues
            .iter()
            .map(|cue| ReaderWords {
                position: cue.position,
                speaker: cue.speaker.as_deref().map(|name| names.speaker(name)),
                text: names.in_text(&cue.text),
            })
            .collect();
        Ok(self.storage.set_reader_cues(id, &words).await?)
    }
}

fn numbered(cues: Vec<transcript::Cue>) -> Vec<Cue> {
    let numbered = (0..).zip(cues).map(|(position, cue)| Cue {
        position,
        start_ms: cue.start_ms,
        end_ms: cue.end_ms,
        speaker: cue.speaker,
        text: cue.text,
        entry: None,
    });
    numbered.collect()
}
