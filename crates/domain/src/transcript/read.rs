//! Reading a transcript. What cannot be read is left out and told, line by line.

use super::{Cue, times, voices};
use crate::recording::LONGEST_MS;

const MOST_CUES: usize = 20_000;
const MOST_TOLD: usize = 100;
const LONGEST_TEXT: usize = 2000;
const TOLD_TEXT: usize = 80;

/// A transcript that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    /// What was said, in the order of time.
    pub cues: Vec<Cue>,
    /// What was not taken and why: the first hundred.
    pub skipped: Vec<Skipped>,
    /// How many more were not taken.
    pub more_skipped: usize,
}

/// Something of a transcript that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The line, counted from 1.
    pub line: usize,
    /// The beginning of what stands there.
    pub text: String,
    /// Why it was not taken, in words for people.
    pub why: &'static str,
}

/// A text in which nothing is said at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no transcript: take the WebVTT (.vtt) or SubRip (.srt) file that Zoom, Meet or Teams \
     gives you"
)]
pub struct NoTranscript;

/// Reads a transcript. `length_ms`: how long its recording is, where that is known.
pub fn read(text: &str, length_ms: Option<i64>) -> Result<Transcript, NoTranscript> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let mut transcript = Transcript::default();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let number = at + 1;
        at += 1;
        if is_note(line, at == 1) {
            at = after_block(&lines, at);
            continue;
        }
        let Some(span) = times::line(line) else {
            if times::is_meant(line) {
                transcript.skip(number, line, "its times cannot be read");
            }
            continue;
        };
        let from = at;
        at = after_words(&lines, at);
        let words = lines.get(from..at).unwrap_or_default().join("\n");
        match absurd(span, length_ms) {
            Some(why) => transcript.skip(number, line, why),
            None if transcript.cues.len() >= MOST_CUES => {
                transcript.skip(number, line, "there are too many to keep");
            }
            None => transcript.add(span, &words),
        }
    }
    if transcript.cues.is_empty() && transcript.skipped.is_empty() {
        return Err(NoTranscript);
    }
    name_speakers(&mut transcript.cues);
    transcript.cues.sort_by_key(|cue| (cue.start_ms, cue.end_ms));
    Ok(transcript)
}

impl Transcript {
    fn add(&mut self, (start_ms, end_ms): (i64, i64), words: &str) {
        let cues = voices::split(words).into_iter().map(|(speaker, text)| {
            let text = text.chars().take(LONGEST_TEXT).collect();
            Cue { start_ms, end_ms, speaker, text }
        });
        self.cues.extend(cues);
    }

    fn skip(&mut self, line: usize, text: &str, why: &'static str) {
        if self.skipped.len() < MOST_TOLD {
            let text = text.trim().chars().take(TOLD_TEXT).collect();
            self.skipped.push(Skipped { line, text, why });
        } else {
            self.more_skipped += 1;
        }
    }
}

/// What is wrong with times that can be read.
fn absurd((start, end): (i64, i64), length_ms: Option<i64>) -> Option<&'static str> {
    if end < start {
        Some("it ends before it begins")
    } else if end > LONGEST_MS {
        Some("it is later than a day after the beginning")
    } else if length_ms.is_some_and(|length| start > length) {
        Some("it begins after the recording has ended")
    } else {
        None
    }
}

/// Blocks of `WebVTT` in which nobody speaks; its first line begins one.
fn is_note(line: &str, first: bool) -> bool {
    let begins = |word: &str| {
        line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    (first && begins("WEBVTT")) || ["NOTE", "STYLE", "REGION"].into_iter().any(begins)
}

/// The line behind a block, which ends with an empty one. Some write the first cue right below the
/// first line.
fn after_block(lines: &[&str], from: usize) -> usize {
    let ends = |line: &&str| line.trim().is_empty() || times::line(line).is_some();
    from + lines.iter().skip(from).take_while(|line| !ends(line)).count()
}

/// The line behind a cue's words: an empty one, or the next cue's where none is between them.
fn after_words(lines: &[&str], from: usize) -> usize {
    let is_times = |at: usize| lines.get(at).is_some_and(|it| times::line(it).is_some());
    let mut at = from;
    while let Some(line) = lines.get(at).filter(|line| !line.trim().is_empty()) {
        let is_number = line.trim().bytes().all(|b| b.is_ascii_digit());
        if is_times(at) || (is_number && is_times(at + 1)) {
            break;
        }
        at += 1;
    }
    at
}

/// Where no cue has a voice and most begin with what may be a name, it is one; a single sentence
/// with a colon in it makes nobody a speaker.
fn name_speakers(cues: &mut [Cue]) {
    let named = cues.iter().filter(|cue| voices::before_colon(&cue.text).is_some()).count();
    if named * 2 < cues.len() || cues.iter().any(|cue| cue.speaker.is_some()) {
        return;
    }
    for cue in cues {
        let split = voices::before_colon(&cue.text)
            .map(|(name, words)| (name.to_owned(), words.to_owned()));
        if let Some((name, words)) = split {
            (cue.speaker, cue.text) = (Some(name), words);
        }
    }
}
