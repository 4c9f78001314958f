//! Transcripts: what was said when, as the tools that record meetings write it.
//!
//! Read are `WebVTT` and `SubRip`, and what stands in them differently from tool to tool: who speaks
//! is a voice (`<v Ana>`), or stands before a colon. Written is `WebVTT`.

mod read;
mod times;
mod voices;
mod write;

pub use read::{NoTranscript, Skipped, Transcript, read};
pub use write::write;

/// Something that was said. Cues may overlap: people do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// When it begins, in milliseconds of the recording.
    pub start_ms: i64,
    /// When it ends; not before it begins.
    pub end_ms: i64,
    /// Who said it, as the transcript has it.
    pub speaker: Option<String>,
    /// What was said, on one line.
    pub text: String,
}

#[cfg(test)]
mod tests;
