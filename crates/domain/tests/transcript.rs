//! What holds for every transcript, whoever wrote it.

use afterword_domain::recording::LONGEST_MS;
use afterword_domain::transcript::{Cue, read, write};
use proptest::prelude::*;

/// Pieces of which transcripts, and what looks like them, are made.
const PIECES: [&str; 26] = [
    "WEBVTT",
    "\n",
    "\n\n",
    "\r\n",
    "1\n",
    "NOTE ",
    "STYLE\n",
    "00:00:01.000",
    "00:02.5",
    "99:59:59,9",
    "-1:00",
    "0:00:01.0",
    ",",
    " --> ",
    "-->",
    "<v Ana>",
    "<v.loud  ",
    "</v>",
    "<",
    ">",
    "&amp;",
    "&lt;",
    "Ana Lopez: ",
    "words",
    "ä٣\u{200f}",
    " align:start",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60);
    prop_oneof![pieces.prop_map(|it| it.concat()), any::<String>()]
}

fn cues() -> impl Strategy<Value = Vec<Cue>> {
    let cue = (
        0..LONGEST_MS / 2,
        0..60_000_i64,
        "[A-Z][a-z &<>]{0,8}[a-z]",
        "[a-z<>&;]([a-z <>&;-]{0,20}[a-z<>&])?",
    );
    let cue = cue.prop_map(|(start_ms, length, name, text)| Cue {
        start_ms,
        end_ms: start_ms + length,
        speaker: Some(one_line(&name)),
        text: one_line(&text),
    });
    prop::collection::vec(cue, 1..20).prop_map(|mut cues| {
        cues.sort_by_key(|cue| (cue.start_ms, cue.end_ms));
        cues
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in texts(), length in prop::option::of(0..LONGEST_MS)) {
        let Ok(transcript) = read(&text, length) else { return Ok(()) };
        for pair in transcript.cues.windows(2) {
            prop_assert!(pair[0].start_ms <= pair[1].start_ms);
        }
        for cue in &transcript.cues {
            prop_assert!(0 <= cue.start_ms && cue.start_ms <= cue.end_ms && cue.end_ms <= LONGEST_MS);
            prop_assert!(length.is_none_or(|length| cue.start_ms <= length));
            prop_assert!(!cue.text.is_empty() && !cue.text.contains('\n'));
        }
        let lines = text.lines().count();
        prop_assert!(transcript.skipped.iter().all(|it| (1..=lines).contains(&it.line)));
    }

    #[test]
    fn what_was_written_is_read_again(cues in cues()) {
        let read = read(&write(&cues), None).unwrap();
        prop_assert_eq!(read.cues, cues);
        prop_assert_eq!(read.skipped, []);
    }
}
