//! What sort of moment a line seems to tell of. Only what is plainly said counts.

use crate::timeline::EntryKind;

const PHRASES: [(EntryKind, &[&str]); 3] = [
    (
        EntryKind::Alert,
        &[
            "alert fired",
            "alerts fired",
            "alarm fired",
            "alerts firing",
            "alert triggered",
            "got paged",
            "was paged",
            "were paged",
            "paged the",
            "pagerduty",
            "alertmanager",
        ],
    ),
    (
        EntryKind::Change,
        &[
            "deployed",
            "was merged",
            "merged",
            "rolled back",
            "rollback",
            "reverted",
            "released",
            "was promoted",
            "deploy started",
            "deploy finished",
        ],
    ),
    (
        EntryKind::Ticket,
        &["customer reported", "customers reported", "support ticket", "ticket opened"],
    ),
];

/// Tools whose messages in a chat are alerts.
const ALERTING: [&str; 6] =
    ["pagerduty", "opsgenie", "alertmanager", "prometheus", "nagios", "grafana"];

/// The kind of a row that nobody in particular says.
pub(super) fn of_note(text: &str) -> EntryKind {
    let words = words(text);
    let says = |phrase: &&str| words.contains(&format!(" {phrase} "));
    let is_denied = |phrase: &&str| {
        [" no ", " not ", " never "].iter().any(|no| words.contains(&format!("{no}{phrase} ")))
    };
    PHRASES
        .iter()
        .find(|(_, phrases)| phrases.iter().any(|phrase| says(phrase) && !is_denied(phrase)))
        .map_or(EntryKind::Note, |(kind, _)| *kind)
}

/// The kind of a message in a chat.
pub(super) fn of_message(who: &str) -> EntryKind {
    let who = who.to_lowercase();
    if ALERTING.iter().any(|tool| who.contains(tool)) { EntryKind::Alert } else { EntryKind::Said }
}

/// The kind that a column names.
pub(super) fn named(name: &str) -> Option<EntryKind> {
    serde_json::from_value(serde_json::Value::String(name.trim().to_lowercase())).ok()
}

/// The words of a text in small letters, with one blank around each.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() => words.push(c),
            _ if words.ends_with(' ') => {}
            _ => words.push(' '),
        }
    }
    words.push(' ');
    words
}
