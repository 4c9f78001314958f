//! What a file says of the incident line by line: `**Date:** 2023-03-01`, `Severity | SEV1`, a
//! table of such facts, and the values of its front matter.

use super::actions::cells;
use super::roles::{Role, role, words};

/// A name and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) key: Key,
    /// The name as it is written.
    pub(super) name: String,
    /// The value; of several, one a line.
    pub(super) value: String,
    /// The line, counted from 1.
    pub(super) line: usize,
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Title,
    Started,
    Detected,
    Stabilised,
    Resolved,
    Severity,
    Services,
    /// A whole part of the post-mortem, written behind its name.
    Part(Role),
    /// Something that a record has no place for but among its background.
    Other,
    /// What only the program needs that made pages of such files.
    Plumbing,
}

const KEYS: [(Key, &[&str]); 9] = [
    (Key::Title, &["title", "incident title", "incident name", "subject"]),
    (
        Key::Started,
        &[
            "date",
            "dates",
            "day",
            "when",
            "incident date",
            "date of incident",
            "date and time",
            "date time",
            "occurred",
            "occurred at",
            "date occurred",
            "start",
            "started",
            "started at",
            "start time",
            "start date",
            "began",
            "began at",
            "incident start",
            "incident started",
            "incident start time",
            "incident began",
            "outage start",
            "time started",
            "time of incident",
            "impact start",
        ],
    ),
    (
        Key::Detected,
        &[
            "detected",
            "detected at",
            "time detected",
            "detection time",
            "incident detected",
            "noticed",
        ],
    ),
    (
        Key::Stabilised,
        &[
            "stabilised",
            "stabilised at",
            "stabilized",
            "stabilized at",
            "mitigated",
            "mitigated at",
            "time mitigated",
            "mitigation time",
        ],
    ),
    (
        Key::Resolved,
        &[
            "resolved",
            "resolved at",
            "time resolved",
            "end",
            "ended",
            "ended at",
            "end time",
            "end date",
            "incident end",
            "incident end time",
            "incident ended",
            "incident resolved",
            "outage end",
            "fixed at",
            "restored",
            "impact end",
        ],
    ),
    (
        Key::Severity,
        &["severity", "sev", "priority", "severity level", "incident severity", "incident level"],
    ),
    (
        Key::Services,
        &[
            "service",
            "services",
            "component",
            "components",
            "system",
            "systems",
            "product",
            "products",
            "application",
            "applications",
            "affected service",
            "affected services",
            "affected systems",
            "affected components",
            "affected products",
            "services affected",
            "systems affected",
            "components affected",
            "impacted services",
            "impacted systems",
            "services impacted",
        ],
    ),
    (
        Key::Other,
        &[
            "author",
            "authors",
            "written by",
            "owner",
            "owners",
            "postmortem owner",
            "status",
            "state",
            "duration",
            "outage duration",
            "incident duration",
            "time to detect",
            "time to resolve",
            "participants",
            "attendees",
            "responders",
            "incident commander",
            "incident lead",
            "incident manager",
            "commander",
            "facilitator",
            "scribe",
            "reviewer",
            "reviewers",
            "team",
            "teams",
            "tags",
            "labels",
            "categories",
            "category",
            "type",
            "incident type",
            "incident id",
            "incident number",
            "ticket",
            "tickets",
            "issue",
            "customers affected",
            "users affected",
            "affected users",
            "affected customers",
            "environment",
            "region",
            "regions",
            "last updated",
            "updated",
            "meeting",
            "post mortem date",
            "postmortem date",
        ],
    ),
    (
        Key::Plumbing,
        &[
            "path",
            "slug",
            "url",
            "permalink",
            "alias",
            "aliases",
            "redirect from",
            "layout",
            "template",
            "draft",
            "weight",
            "sidebar",
            "sidebar position",
            "nav order",
            "nav exclude",
            "parent",
            "has children",
            "toc",
            "comments",
            "image",
            "cover",
            "lang",
            "id",
            "extra",
            "taxonomies",
        ],
    ),
];

impl Key {
    /// What a name stands for; none if it is not known.
    pub(super) fn of(name: &str) -> Option<Self> {
        let folded = words(name);
        let folded = folded.trim();
        KEYS.iter().find(|(_, names)| names.contains(&folded)).map(|(key, _)| *key)
    }

    /// The same for what stands in a text, where the parts of a post-mortem may be written behind
    /// their names, and nothing is a page's plumbing.
    fn in_text(name: &str) -> Option<Self> {
        let is_short = name.split_whitespace().count() <= 4;
        let part = || Some(Self::Part(role(name))).filter(|_| is_short).filter(|key| key.is_part());
        Self::of(name).filter(|key| *key != Self::Plumbing).or_else(part)
    }

    fn is_part(self) -> bool {
        matches!(self, Self::Part(Role::Summary | Role::Analysis | Role::Learned))
    }
}

/// Takes the facts out of a text whose first line has the given number; returns what is left.
pub(super) fn read(text: &str, first_line: usize) -> (Vec<Fact>, String) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut facts = Vec::new();
    let mut rest = String::with_capacity(text.len());
    let (mut at, mut in_code) = (0, false);
    while let Some(line) = lines.get(at) {
        let below = lines.get(at..).unwrap_or_default();
        in_code ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let found = if in_code { None } else { table(below).or_else(|| paragraph(below)) };
        if let Some((found, taken)) = found {
            facts.extend(found.into_iter().map(|(offset, key, name, value)| Fact {
                key,
                name,
                value,
                line: first_line + at + offset,
            }));
            rest.extend(std::iter::repeat_n('\n', taken));
            at += taken;
        } else {
            rest.push_str(line);
            at += 1;
        }
    }
    (facts, rest)
}

/// A fact below the line from which it is counted: its line, key, name and value.
type Found = (usize, Key, String, String);

/// A line with a fact, and those that go on with it; says how many lines that are.
fn paragraph(lines: &[&str]) -> Option<(Vec<Found>, usize)> {
    let (key, name, value) = fact(lines.first()?)?;
    let goes_on = |line: &&&str| {
        let text = line.trim();
        !text.is_empty()
            && fact(text).is_none()
            && !text.starts_with(['#', '-', '*', '+', '>', '|', '`', '~'])
    };
    let more: Vec<&str> = lines.iter().skip(1).take_while(goes_on).map(|line| tidy(line)).collect();
    let value = std::iter::once(value.as_str()).chain(more.iter().copied()).collect::<Vec<_>>();
    Some((vec![(0, key, name, value.join(" "))], 1 + more.len()))
}

fn fact(line: &str) -> Option<(Key, String, String)> {
    let line = tidy(line);
    let line =
        ["- ", "* ", "+ ", "• "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
    if line.starts_with('|') {
        return None;
    }
    let (name, value) = line.split_once(':').or_else(|| line.split_once(" | "))?;
    let name = name.trim_matches(|c: char| c.is_whitespace() || "*_`|".contains(c));
    // The name's emphasis may close behind the colon.
    let value = value.trim_start_matches(['*', '_']).trim();
    let value =
        if value.matches("**").count() % 2 == 1 { value.trim_end_matches('*') } else { value };
    let key = Key::in_text(name).filter(|_| !value.is_empty() && !value.starts_with("//"))?;
    Some((key, name.to_owned(), value.trim().to_owned()))
}

/// A line without what breaks it at its end.
fn tidy(line: &str) -> &str {
    line.trim().trim_end_matches('\\').trim_end()
}

/// No table of facts has more lines.
const MOST: usize = 60;

/// A table of facts: one a row, or one a column.
fn table(lines: &[&str]) -> Option<(Vec<Found>, usize)> {
    let is_rule = |line: &&str| {
        line.contains('-')
            && line.contains('|')
            && line.trim().chars().all(|c| "|-: \t".contains(c))
    };
    if !lines.first()?.contains('|') || !lines.get(1).is_some_and(is_rule) {
        return None;
    }
    let length = lines.iter().take(MOST + 1).take_while(|line| line.contains('|')).count();
    if length > MOST {
        return None;
    }
    let rows = cells(&lines.get(..length)?.concat());
    let found = by_columns(&rows).or_else(|| by_rows(&rows))?;
    Some((found, length))
}

/// Of the head and the rule below it.
fn line_of(row: usize) -> usize {
    if row == 0 { 0 } else { row + 1 }
}

fn by_rows(rows: &[Vec<String>]) -> Option<Vec<Found>> {
    let is_head = |row: &[String]| {
        row.first().is_none_or(|name| name.is_empty() || Key::in_text(name).is_none())
    };
    let facts = rows.iter().enumerate().skip(usize::from(is_head(rows.first()?)));
    let known = facts
        .clone()
        .filter(|(_, row)| row.first().is_some_and(|name| Key::in_text(name).is_some()));
    let (all, known) = (facts.clone().count(), known.count());
    let is_pairs = rows.iter().all(|row| row.len() == 2);
    (is_pairs && known > 0 && known * 2 >= all).then(|| {
        facts.filter_map(|(at, row)| named(line_of(at), row.first()?, row.get(1)?)).collect()
    })
}

fn by_columns(rows: &[Vec<String>]) -> Option<Vec<Found>> {
    let [names, values] = rows else { return None };
    let known = names.iter().filter(|name| Key::in_text(name).is_some()).count();
    (known * 2 > names.len() && names.len() == values.len()).then(|| {
        names.iter().zip(values).filter_map(|(name, value)| named(2, name, value)).collect()
    })
}

fn named(line: usize, name: &str, value: &str) -> Option<Found> {
    let is_said = !value.trim().is_empty();
    let key = Key::in_text(name).unwrap_or(Key::Other);
    is_said.then(|| (line, key, name.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(Key, String, usize)> {
        read(text, 1).0.into_iter().map(|fact| (fact.key, fact.value, fact.line)).collect()
    }

    #[test]
    fn lines_and_tables_of_facts_are_read() {
        let expected = |severity: usize| {
            vec![
                (Key::Started, "2023-03-01".to_owned(), 1),
                (Key::Severity, "SEV1".to_owned(), severity),
            ]
        };
        for text in [
            "**Date:** 2023-03-01\n**Severity**: SEV1\n",
            "Date: 2023-03-01  \nSeverity: SEV1\n",
            "- __Date:__ 2023-03-01\n- Severity: SEV1\n",
            "Date | 2023-03-01\nSeverity | SEV1\n",
        ] {
            assert_eq!(told(text), expected(2), "{text}");
        }
        let rows = "| Date | 2023-03-01 |\n|---|---|\n| **Severity** | SEV1 |\n";
        assert_eq!(told(rows), expected(3));
        let columns = "| Date | Severity |\n|---|---|\n| 2023-03-01 | SEV1 |\n";
        let told = told(columns);
        assert_eq!(
            told.iter().map(|(_, value, _)| value.as_str()).collect::<Vec<_>>(),
            ["2023-03-01", "SEV1"]
        );
    }

    #[test]
    fn words_are_left_in_their_place() {
        for text in [
            "We noticed: it was down.\n",
            "https://example.org\n",
            "```\nDate: 2023-03-01\n```\n",
            "| Region | Requests |\n|---|---|\n| eu | 12 |\n| us | 13 |\n",
        ] {
            assert_eq!(read(text, 1), (Vec::new(), text.to_owned()));
        }
    }

    #[test]
    fn a_part_may_stand_behind_its_name() {
        let text = "**Summary:** It broke\nfor an hour.\n\nWords.\n";
        let (facts, rest) = read(text, 7);
        assert_eq!(facts[0].key, Key::Part(Role::Summary));
        assert_eq!((facts[0].value.as_str(), facts[0].line), ("It broke for an hour.", 7));
        assert_eq!(rest.trim(), "Words.");
    }
}
