//! Names: of columns, and of people in chats.

/// Columns that say who.
pub(super) const WHO: [&str; 9] =
    ["who", "person", "author", "actor", "owner", "name", "user", "responder", "by"];

/// Columns that say what happened.
pub(super) const TEXT: [&str; 11] = [
    "event",
    "what",
    "what happened",
    "description",
    "message",
    "text",
    "details",
    "action",
    "summary",
    "note",
    "entry",
];

/// Words that logs put where chats put a name.
const LEVELS: [&str; 9] =
    ["error", "warn", "warning", "info", "debug", "notice", "critical", "fatal", "alert"];

/// Whether this can be the name of somebody who writes in a chat.
pub(super) fn is_name(text: &str) -> bool {
    let of_name = |c: char| c.is_alphanumeric() || " ._-'@()+|#/".contains(c);
    let words = text.split_whitespace().count();
    (1..=5).contains(&words)
        && text.chars().count() <= 48
        && text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '@')
        && text.chars().all(of_name)
        && !LEVELS.contains(&text.to_lowercase().as_str())
}
