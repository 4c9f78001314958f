use super::{Cue, NoTranscript, read, write};

const ZOOM: &str = "\u{feff}WEBVTT\r\n\r\n1\r\n00:00:03.120 --> 00:00:06.470\r\n\
    Ana Lopez: Let us begin with the pager.\r\n\r\n2\r\n00:00:07.000 --> 00:00:09.000\r\n\
    Bo: It was red: twice.\r\n";

const TEAMS: &str = "WEBVTT\n\n5f1f0e1c-2c1c-4e07-a6d4-7c8d6a2f9b11/12-0\n\
    00:00:03.120 --> 00:00:06.470\n<v Ana Lopez>Let us begin\nwith the pager.</v>\n\n\
    5f1f0e1c-2c1c-4e07-a6d4-7c8d6a2f9b11/13-0\n00:00:05.000 --> 00:00:09.000\n\
    <v Bo>It was <i>red</i> &amp; loud.</v>\n";

const MEET: &str = "0:00:03.120,0:00:06.470\n<v Ana>Let us begin.\n\n\
    0:00:07.000,0:00:09.000\n<v Bo>It was red.\n";

const SUBRIP: &str = "1\n00:00:03,120 --> 00:00:06,470\nLet us begin,\n12 of us.\n2\n\
    00:00:07,000 --> 00:00:09,000\nNote this: it was red.\n\n3\n00:00:10,000 --> 00:00:11,000\nYes.\n";

fn said(text: &str) -> Vec<(i64, i64, Option<String>, String)> {
    let cues = read(text, None).expect("a transcript").cues;
    cues.into_iter().map(|it| (it.start_ms, it.end_ms, it.speaker, it.text)).collect()
}

fn named(name: &str) -> String {
    name.to_owned()
}

#[test]
fn names_before_a_colon() {
    assert_eq!(
        said(ZOOM),
        [
            (3120, 6470, Some(named("Ana Lopez")), "Let us begin with the pager.".to_owned()),
            (7000, 9000, Some(named("Bo")), "It was red: twice.".to_owned()),
        ]
    );
}

#[test]
fn voices_and_markup() {
    assert_eq!(
        said(TEAMS),
        [
            (3120, 6470, Some(named("Ana Lopez")), "Let us begin with the pager.".to_owned()),
            (5000, 9000, Some(named("Bo")), "It was red & loud.".to_owned()),
        ]
    );
    let two = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ana>Now</v> <v Bo>Not yet\n";
    assert_eq!(
        said(two),
        [
            (1000, 2000, Some(named("Ana")), "Now".to_owned()),
            (1000, 2000, Some(named("Bo")), "Not yet".to_owned())
        ]
    );
}

#[test]
fn times_with_a_comma_between_them() {
    assert_eq!(
        said(MEET),
        [
            (3120, 6470, Some(named("Ana")), "Let us begin.".to_owned()),
            (7000, 9000, Some(named("Bo")), "It was red.".to_owned()),
        ]
    );
}

#[test]
fn cues_without_a_line_between_them() {
    assert_eq!(
        said(SUBRIP),
        [
            (3120, 6470, None, "Let us begin, 12 of us.".to_owned()),
            (7000, 9000, None, "Note this: it was red.".to_owned()),
            (10_000, 11_000, None, "Yes.".to_owned()),
        ]
    );
}

#[test]
fn notes_and_styles_say_nothing() {
    let text = "WEBVTT - a call\nKind: captions\n\nNOTE\n00:00 is the beginning\n\nSTYLE\n\
        ::cue { color: red }\n\n00:01.000 --> 00:02.000\nYes.\n";
    assert_eq!(said(text), [(1000, 2000, None, "Yes.".to_owned())]);
}

#[test]
fn absurd_times_are_left_out_and_told() {
    let text = "WEBVTT\n\n00:05.000 --> 00:02.000\nBackwards\n\n99:00:00.000 --> 99:00:01.000\n\
        Next week\n\n00:50.000 --> 00:51.000\nAfter the end\n\n00:xx --> 00:02.000\nWhen?\n\n\
        00:09.000 --> 00:14.000\nLater\n\n00:01.000 --> 00:10.000\nFirst, and longer\n";
    let transcript = read(text, Some(20_000)).expect("a transcript");
    let words: Vec<_> = transcript.cues.iter().map(|cue| &cue.text[..]).collect();
    assert_eq!(words, ["First, and longer", "Later"], "those that overlap are kept, in order");
    let told: Vec<_> = transcript.skipped.iter().map(|it| (it.line, it.why)).collect();
    assert_eq!(
        told,
        [
            (3, "it ends before it begins"),
            (6, "it is later than a day after the beginning"),
            (9, "it begins after the recording has ended"),
            (12, "its times cannot be read"),
        ]
    );
}

#[test]
fn other_texts_are_no_transcripts() {
    for text in ["", "WEBVTT", "Dear all,\n\nsee you at 10:15, 10:30 at the latest.\n", "{}"] {
        assert_eq!(read(text, None), Err(NoTranscript), "{text}");
    }
}

#[test]
fn what_is_written_is_read_back() {
    let cue = |start_ms, speaker: Option<&str>, text: &str| Cue {
        start_ms,
        end_ms: start_ms + 1500,
        speaker: speaker.map(ToOwned::to_owned),
        text: text.to_owned(),
    };
    let cues = [
        cue(0, Some("Ana <on call> & co"), "a < b && c --> d &lt;"),
        cue(3_600_000, None, "an hour in"),
    ];
    let written = write(&cues);
    assert!(written.starts_with("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n<v Ana"), "{written}");
    assert_eq!(read(&written, None).expect("a transcript").cues, cues);
}
