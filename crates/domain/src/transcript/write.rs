//! Writing a transcript as `WebVTT`.

use std::fmt::Write as _;

use super::Cue;

/// The cues as a `WebVTT` file.
pub fn write<'c>(cues: impl IntoIterator<Item = &'c Cue>) -> String {
    let mut text = "WEBVTT\n".to_owned();
    for cue in cues {
        let (start, end) = (time(cue.start_ms), time(cue.end_ms));
        let voice = cue.speaker.as_deref().map(|name| format!("<v {}>", marked(name)));
        let words = marked(&cue.text);
        // Writing to a String cannot fail.
        let _ = write!(text, "\n{start} --> {end}\n{}{words}\n", voice.unwrap_or_default());
    }
    text
}

fn time(milliseconds: i64) -> String {
    let (seconds, thousandths) = (milliseconds / 1000, milliseconds % 1000);
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    format!("{hours:02}:{:02}:{:02}.{thousandths:03}", minutes % 60, seconds % 60)
}

/// What would be read as markup, written so that it is not.
fn marked(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
