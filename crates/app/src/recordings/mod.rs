//! Recordings of meetings: added, watched, cut, removed; and their transcripts.

mod add;
mod append;
mod change;
mod container;
mod cut;
mod ffmpeg;
mod finish;
mod link;
mod moments;
mod passages;
mod read;
mod remove;
mod transcript;
mod turns;
mod watch;

pub use add::{RecordingFacts, RecordingToAdd};
pub use append::UploadState;
pub use change::RecordingPatch;
pub use moments::{Chapter, WrittenAt};
pub use read::{Passage, Played, RecordingMay, RecordingView};
pub use transcript::{MAX_TRANSCRIPT_BYTES, StoredTranscript, TranscriptSkipped};

pub(crate) use cut::Makings;
pub(crate) use turns::Uploads;
