//! What became of evidence, printed.

use serde::{Deserialize, Serialize};

use crate::outcome::say;

/// What became of one repository or file.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Imported {
    /// The source under which the events are kept.
    pub(super) id: String,
    pub(super) events: u64,
    /// How many of them were there already.
    pub(super) known: u64,
    pub(super) skipped: Vec<Skipped>,
    #[serde(default)]
    pub(super) more_skipped: u64,
}

/// Something that was not taken.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Skipped {
    line: u64,
    text: String,
    why: String,
}

/// Prints what became of all of them.
pub(super) fn report(done: &[Imported], json: bool) {
    if json {
        say(&serde_json::json!(done).to_string());
        return;
    }
    for it in done {
        say(&format!("{}: {} events, {} of them known before", it.id, it.events, it.known));
        for skipped in &it.skipped {
            say(&format!("  line {}: {} ({})", skipped.line, skipped.text, skipped.why));
        }
        if it.more_skipped > 0 {
            say(&format!("  and {} more that could not be read", it.more_skipped));
        }
    }
}
