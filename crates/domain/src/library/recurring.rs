//! What comes back across post-mortems: systems, factors, and words of themes.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::{fold, words};
use crate::analysis::{Node, NodeKind, Signal, Tag, Theme};

/// What sort of thing comes back.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum RecurringKind {
    /// A system that findings name.
    System,
    /// What was hard: probing, sensing (and how it was with the signal), responding.
    Factor,
    /// A word that the titles of themes have.
    Theme,
}

impl RecurringKind {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Factor => "factor",
            Self::Theme => "theme",
        }
    }
}

impl fmt::Display for RecurringKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RecurringKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::System, Self::Factor, Self::Theme]
            .into_iter()
            .find(|it| it.as_str() == text)
            .ok_or(())
    }
}

/// A passage of a post-mortem that may come back in others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// What sort of thing it is.
    pub kind: RecurringKind,
    /// The same in each post-mortem that has it.
    pub key: String,
    /// As this post-mortem writes it.
    pub label: String,
    /// The node or theme that says so.
    pub item: String,
    /// Its words.
    pub passage: String,
}

/// What of a post-mortem may come back in others.
pub fn recurring(nodes: &[Node], themes: &[Theme]) -> Vec<Recurring> {
    let findings = nodes.iter().filter(|it| it.kind == NodeKind::Finding);
    let of_nodes = findings.flat_map(|it| system(it).into_iter().chain(factor(it)));
    of_nodes.chain(themes.iter().flat_map(theme)).collect()
}

fn system(node: &Node) -> Option<Recurring> {
    let label = node.system.as_deref()?.trim();
    let key = words(label).join(" ");
    let passage = node.text.clone();
    let (item, label) = (node.id.clone(), label.to_owned());
    (!key.is_empty()).then_some(Recurring {
        kind: RecurringKind::System,
        key,
        label,
        item,
        passage,
    })
}

fn factor(node: &Node) -> Option<Recurring> {
    let tag = node.tag?;
    let (key, label) = match node.signal.filter(|_| tag == Tag::Sensing) {
        Some(signal) => (format!("sensing {}", signal_key(signal)), signal_label(signal)),
        None => (tag_key(tag).to_owned(), tag_label(tag)),
    };
    Some(Recurring {
        kind: RecurringKind::Factor,
        key,
        label: label.to_owned(),
        item: node.id.clone(),
        passage: node.text.clone(),
    })
}

fn theme(theme: &Theme) -> Vec<Recurring> {
    let named: BTreeSet<String> = words(&theme.title).into_iter().filter(|it| speaks(it)).collect();
    let one = |key: String| Recurring {
        kind: RecurringKind::Theme,
        label: key.clone(),
        key,
        item: theme.id.clone(),
        passage: theme.title.clone(),
    };
    named.into_iter().map(one).collect()
}

/// Words that say what a theme is about; the others are glue.
fn speaks(word: &str) -> bool {
    const GLUE: [&str; 40] = [
        "about", "after", "also", "always", "because", "been", "before", "being", "between",
        "both", "could", "does", "each", "every", "from", "have", "into", "just", "know", "knew",
        "like", "more", "most", "much", "need", "needs", "nobody", "only", "other", "over", "some",
        "such", "than", "that", "their", "them", "there", "they", "this", "under",
    ];
    const MORE_GLUE: [&str; 34] = [
        "until", "very", "was", "were", "what", "when", "where", "which", "while", "will", "with",
        "without", "would", "your", "ours", "hard", "made", "make", "look", "looked", "looks",
        "matter", "matters", "same", "should", "still", "thing", "things", "those", "took", "used",
        "well", "went", "whose",
    ];
    word.chars().count() >= 4 && !GLUE.contains(&word) && !MORE_GLUE.contains(&word)
}

fn tag_key(tag: Tag) -> &'static str {
    match tag {
        Tag::Probing => "probing",
        Tag::Sensing => "sensing",
        Tag::Responding => "responding",
    }
}

fn tag_label(tag: Tag) -> &'static str {
    match tag {
        Tag::Probing => "Probing was hard",
        Tag::Sensing => "Sensing was hard",
        Tag::Responding => "Responding was hard",
    }
}

fn signal_key(signal: Signal) -> String {
    fold(&format!("{signal:?}"))
}

fn signal_label(signal: Signal) -> &'static str {
    match signal {
        Signal::Absent => "Sensing: there was no signal",
        Signal::Unseen => "Sensing: the signal was there and unseen",
        Signal::Misread => "Sensing: the signal was seen and read otherwise",
        Signal::NotActionable => "Sensing: the signal left open what to do",
    }
}
