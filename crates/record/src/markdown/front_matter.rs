//! What stands before the text, between `+++` (TOML) or `---` (YAML).

use std::collections::BTreeMap;

use serde_json::Value;

use super::Skipped;
use super::facts::{Fact, Key};

const PLUMBING: &str = "Only the program needs it that made pages of such files.";
const COMMENT: &str = "It is a comment.";
const UNREADABLE: &str = "A record has no place for this part of the front matter.";

/// A file, parted.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    values: BTreeMap<String, Value>,
    /// Its lines, with their numbers.
    lines: Vec<(usize, String)>,
    /// All of it, where it cannot be read as what its fences promise.
    pub(super) unread: String,
}

/// The line below the fence that opens it.
pub(super) const FIRST_LINE: usize = 2;

impl FrontMatter {
    /// Parts a file into its front matter, its text, and the number of the text's first line.
    pub(super) fn split(file: &str) -> (Self, &str, usize) {
        let file = file.strip_prefix('\u{feff}').unwrap_or(file);
        for fence in ["+++", "---"] {
            if let Some((inner, text)) = fenced(file, fence) {
                let above = file.len() - text.len();
                let first = file.get(..above).unwrap_or_default().matches('\n').count() + 1;
                return (Self::read(inner, fence == "+++"), text, first);
            }
        }
        (Self::default(), file, 1)
    }

    fn read(inner: &str, is_toml: bool) -> Self {
        let values: BTreeMap<String, Value> = if is_toml {
            toml::from_str(inner).unwrap_or_default()
        } else {
            serde_saphyr::from_str(inner).unwrap_or_default()
        };
        if values.is_empty() {
            return Self { unread: inner.to_owned(), ..Self::default() };
        }
        let lines = (FIRST_LINE..).zip(inner.lines().map(str::to_owned)).collect();
        Self { values, lines, ..Self::default() }
    }

    /// The value of a key, where it is text, a number or a day.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.values.get(key).and_then(text)
    }

    /// The list that a key holds.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        match self.values.get(key) {
            Some(Value::Array(list)) => list.iter().filter_map(text).collect(),
            _ => Vec::new(),
        }
    }

    /// What it says of the incident, and its lines that say nothing that can be read.
    pub(super) fn facts(&self) -> (Vec<Fact>, Vec<Skipped>) {
        let (mut facts, mut skipped) = (Vec::new(), Vec::new());
        let mut last: Option<Option<&str>> = None;
        for (line, source) in &self.lines {
            if source.trim_start().starts_with('#') {
                let (text, why) = (source.trim().to_owned(), COMMENT.to_owned());
                skipped.push(Skipped { line: *line, text, why });
                continue;
            }
            let begun = self.key_of(source);
            let found = begun.and_then(|name| self.fact(name, *line));
            let why = match (begun, &found) {
                (_, Some(Fact { key: Key::Plumbing, .. })) => Some(PLUMBING),
                (Some(_), None) => Some(UNREADABLE),
                // A line that goes on with the one above.
                (None, _) => last.unwrap_or(Some(UNREADABLE)),
                (Some(_), Some(_)) => None,
            };
            if let Some(why) = why.filter(|_| source.chars().any(char::is_alphanumeric)) {
                let (text, why) = (source.trim().to_owned(), why.to_owned());
                skipped.push(Skipped { line: *line, text, why });
            }
            last = Some(why);
            facts.extend(found.filter(|fact| fact.key != Key::Plumbing));
        }
        (facts, skipped)
    }

    /// The key that a line begins; none if it goes on with the one above.
    fn key_of<'l>(&self, line: &'l str) -> Option<&'l str> {
        let table = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        let key = line.split(['=', ':']).next().unwrap_or_default();
        let is_outer = !key.starts_with([' ', '\t', '-', '#']);
        let key = table.unwrap_or(key).trim().trim_matches(['"', '\'']);
        (is_outer && self.values.contains_key(key)).then_some(key)
    }

    fn fact(&self, name: &str, line: usize) -> Option<Fact> {
        let value = match self.values.get(name)? {
            Value::Array(list) => list.iter().map(text).collect::<Option<Vec<_>>>()?.join("\n"),
            other => text(other)?,
        };
        let key = Key::of(name).unwrap_or(Key::Other);
        let name = name.to_owned();
        (key == Key::Plumbing || !value.is_empty()).then_some(Fact { key, name, value, line })
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        // TOML has dates of its own, which come as an object with one value.
        Value::Object(date) if date.len() == 1 => date.values().next()?.as_str().map(str::to_owned),
        _ => None,
    }
}

fn fenced<'a>(file: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let (first, rest) = file.split_once('\n')?;
    if first.trim_end() != fence {
        return None;
    }
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((rest.get(..length)?, rest.get(length + line.len()..)?));
        }
        length += line.len();
    }
    None
}
