//! What stands before the text, between `+++` (TOML) or `---` (YAML).

use std::collections::BTreeMap;

use serde_json::Value;

use super::Skipped;

/// A file, parted.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    values: BTreeMap<String, Value>,
    /// Its lines, with their numbers.
    lines: Vec<(usize, String)>,
}

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

    /// What cannot be read has no values; its lines are told as skipped.
    fn read(inner: &str, is_toml: bool) -> Self {
        let values = if is_toml {
            toml::from_str(inner).unwrap_or_default()
        } else {
            serde_saphyr::from_str(inner).unwrap_or_default()
        };
        let lines = (2..).zip(inner.lines().map(str::to_owned)).collect();
        Self { values, lines }
    }

    /// The first of these keys that holds text.
    pub(super) fn text(&self, keys: &[&str]) -> Option<String> {
        let texts = keys.iter().filter_map(|key| match self.values.get(*key)? {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            // TOML has dates of its own, which come as an object with one value.
            Value::Object(date) => date.values().next()?.as_str().map(str::to_owned),
            _ => None,
        });
        texts.into_iter().find(|text| !text.is_empty())
    }

    /// The first of these keys that holds a list, or text that lists.
    pub(super) fn list(&self, keys: &[&str]) -> Vec<String> {
        let found = keys.iter().find_map(|key| self.values.get(*key));
        let list: Vec<String> = match found {
            Some(Value::Array(list)) => {
                list.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
            }
            Some(Value::String(text)) => text.split(',').map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let trimmed = list.into_iter().map(|item| item.trim().to_owned());
        trimmed.filter(|item| !item.is_empty()).collect()
    }

    /// The lines that hold none of the used keys.
    pub(super) fn skipped(&self, used: &[&str]) -> Vec<Skipped> {
        let key = |line: &str| {
            line.split(['=', ':']).next().unwrap_or_default().trim().trim_matches('"').to_owned()
        };
        self.lines
            .iter()
            .filter(|(_, line)| !line.trim().is_empty() && !used.contains(&key(line).as_str()))
            .map(|(number, line)| Skipped {
                line: *number,
                text: line.clone(),
                why: "A record has no place for this part of the front matter.".to_owned(),
            })
            .collect()
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
