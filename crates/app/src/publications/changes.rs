//! What is different from the edition before, without a word of it.
//!
//! What an edition said may be withheld from the next, or said of roles where it said names. So
//! only ids of what still stands are kept of a difference, and how much was taken out: its words
//! come from the edition that stands.

use std::collections::BTreeMap;

use afterword_domain::people::Person;
use afterword_domain::postmortem::Naming;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::document::Document;
use super::naming::Names;
use super::words::when;

/// What is different from the edition before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SinceLastEdition)]
pub struct Since {
    /// When that was published.
    #[schema(value_type = String, format = DateTime)]
    pub published_at: Timestamp,
    /// Part by part; parts that are the same are left out.
    pub parts: Vec<PartChanges>,
}

/// What is different in a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PartChanges)]
pub struct PartChanges {
    /// Which part.
    pub part: PublishedPart,
    /// Ids of what was not there, in order.
    pub added: Vec<String>,
    /// Ids of what reads differently, in order. Parts that are one text have their name here.
    pub changed: Vec<String>,
    /// How much is no longer there.
    pub removed: usize,
}

/// A part of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PublishedPart {
    /// The title, the incident's times, its severity and services.
    Facts,
    /// What happened, in a paragraph.
    Summary,
    /// What was learned.
    Learned,
    /// What one has to know.
    Background,
    /// What became apparent.
    Themes,
    /// What is done differently.
    Actions,
    /// The objective record.
    Timeline,
    /// How it came about.
    Analysis,
}

/// What each part says, by id.
type Says = Vec<(String, String)>;

impl Since {
    /// Compares two editions. Both are seen with roles, so that a change from names to roles or
    /// back is none.
    pub(super) fn between(before: &Document, after: &Document, people: &[Person]) -> Self {
        let names = Names::new(Naming::Roles, people);
        let (old, new) = (parts(before, &names), parts(after, &names));
        let compared =
            old.into_iter().zip(new).map(|((_, old), (part, new))| compare(part, &old, &new));
        let differs =
            |it: &PartChanges| !it.added.is_empty() || !it.changed.is_empty() || it.removed > 0;
        Self { published_at: before.published_at, parts: compared.filter(differs).collect() }
    }
}

fn compare(part: PublishedPart, before: &Says, after: &Says) -> PartChanges {
    let said: BTreeMap<&str, &str> =
        before.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for (id, words) in after {
        match said.get(id.as_str()) {
            None => added.push(id.clone()),
            Some(old) if old != words => changed.push(id.clone()),
            Some(_) => {}
        }
    }
    let stays = after.iter().filter(|(id, _)| said.contains_key(id.as_str())).count();
    PartChanges { part, added, changed, removed: said.len().saturating_sub(stays) }
}

/// What a reader sees of each part: not its order, nor what hangs on it.
fn parts(document: &Document, names: &Names) -> [(PublishedPart, Says); 8] {
    let text = |key: &str, text: &str| match text.trim() {
        "" => Vec::new(),
        text => vec![(key.to_owned(), names.in_text(text))],
    };
    let prose = &document.prose;
    [
        (PublishedPart::Facts, vec![("facts".to_owned(), facts(document, names))]),
        (PublishedPart::Summary, text("summary", &prose.summary)),
        (PublishedPart::Learned, text("learned", &prose.learned)),
        (PublishedPart::Background, text("background", &prose.background)),
        (
            PublishedPart::Themes,
            each(&document.themes, |it| {
                let it = names.in_theme(it.clone());
                (it.id, json!([it.title, it.text]))
            }),
        ),
        (
            PublishedPart::Actions,
            each(&document.actions, |it| {
                let it = names.in_action(it.clone());
                (it.id, json!([it.title, it.done_when, it.owner, it.due, it.state, it.reason]))
            }),
        ),
        (
            PublishedPart::Timeline,
            each(&document.timeline, |it| {
                let it = names.in_entry(it.clone());
                let moment = json!([it.at, it.until, it.precision]);
                (it.id, json!([moment, it.kind, it.lane, it.who, it.text, it.evidence]))
            }),
        ),
        (
            PublishedPart::Analysis,
            each(&document.analysis, |it| {
                let it = names.in_node(it.clone());
                let missing = json!([it.needed_by, it.needed, it.was_at]);
                (it.id, json!([it.kind, it.text, it.tag, it.system, it.signal, missing]))
            }),
        ),
    ]
}

fn facts(document: &Document, names: &Names) -> String {
    let title = names.in_text(&document.title);
    let (severity, services) = (&document.severity, &document.services);
    json!([title, document.incident, severity, services, document.near_miss]).to_string()
}

fn each<T>(items: &[T], says: impl Fn(&T) -> (String, Value)) -> Says {
    let said = items.iter().map(says);
    said.map(|(id, words)| (id, words.to_string())).collect()
}

/// What is different, in words: the ids as what stands there now, and never what stood there.
pub(super) fn sentences(document: &Document) -> Vec<String> {
    let parts = document.since.iter().flat_map(|since| &since.parts);
    parts.flat_map(|part| part_sentences(part, document)).collect()
}

fn part_sentences(changes: &PartChanges, document: &Document) -> Vec<String> {
    let text = match changes.part {
        PublishedPart::Facts => Some("The title, the times, the severity or the services"),
        PublishedPart::Summary => Some("What happened"),
        PublishedPart::Learned => Some("What we learned"),
        PublishedPart::Background => Some("The background"),
        _ => None,
    };
    if let Some(text) = text {
        let how = match (changes.added.is_empty(), changes.removed) {
            (false, _) => "was added",
            (true, 1..) => "was taken out",
            _ => "was changed",
        };
        return vec![format!("{text} {how}.")];
    }
    let (one, many) = match changes.part {
        PublishedPart::Themes => ("theme", "themes"),
        PublishedPart::Actions => ("action", "actions"),
        PublishedPart::Analysis => ("step of how it came about", "steps of how it came about"),
        _ => ("entry", "entries"),
    };
    let named = |ids: &[String], how: &str| match ids {
        [] => None,
        [id] => match title(changes.part, id, document) {
            Some(at) if changes.part == PublishedPart::Timeline => {
                Some(format!("The entry at {at} was {how}."))
            }
            Some(title) => Some(format!("The {one} “{title}” was {how}.")),
            None => Some(format!("1 {one} was {how}.")),
        },
        all => Some(format!("{} {many} were {how}.", all.len())),
    };
    let removed = match changes.removed {
        0 => None,
        1 => Some(format!("1 {one} was taken out.")),
        more => Some(format!("{more} {many} were taken out.")),
    };
    [named(&changes.added, "added"), named(&changes.changed, "changed"), removed]
        .into_iter()
        .flatten()
        .collect()
}

fn title(part: PublishedPart, id: &str, document: &Document) -> Option<String> {
    let title = match part {
        PublishedPart::Themes => document.themes.iter().find(|it| it.id == id)?.title.clone(),
        PublishedPart::Actions => document.actions.iter().find(|it| it.id == id)?.title.clone(),
        PublishedPart::Timeline => when(document.timeline.iter().find(|it| it.id == id)?),
        _ => return None,
    };
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests {
    use afterword_domain::people::Role;

    use super::*;
    use crate::publications::document::tests::{document, entry};

    fn ann() -> Person {
        Person {
            id: "1".to_owned(),
            email: "ann@example.org".to_owned(),
            name: "Ann Lee".to_owned(),
            discipline: "sre".parse().unwrap(),
            time_zone: "UTC".to_owned(),
            role: Role::Member,
            version: 1,
        }
    }

    #[test]
    fn an_edition_that_says_the_same_has_no_changes() {
        let mut named = document();
        named.naming = Naming::Names;
        named.prose.summary = "Ann Lee paged".to_owned();
        for entry in &mut named.timeline {
            entry.who = Some("Ann Lee".to_owned());
        }
        let mut by_roles = named.clone();
        by_roles.naming = Naming::Roles;
        by_roles.prose.summary = "an SRE paged".to_owned();
        for entry in &mut by_roles.timeline {
            entry.who = Some("an SRE".to_owned());
            entry.order = 7.0;
        }
        for (before, after) in [(&named, &by_roles), (&by_roles, &named)] {
            assert_eq!(Since::between(before, after, &[ann()]).parts, []);
        }
    }

    #[test]
    fn what_is_different_is_told_in_the_words_that_stand() {
        let mut before = document();
        before.timeline.push(entry("gone", "2026-03-01T18:50:00Z", "SECRET"));
        before.themes[0].title = "SECRET theme".to_owned();
        before.prose.background = String::new();
        let mut after = document();
        after.timeline.push(entry("new", "2026-03-01T18:55:00Z", "said later"));
        after.actions[0].title = "Page on failures".to_owned();
        after.prose.summary = String::new();
        let after = after.following(&before, &[]);
        assert_eq!(after.edition, 2);
        assert_eq!(
            sentences(&after),
            [
                "What happened was taken out.",
                "The background was added.",
                "The theme “Alerts watch queues” was changed.",
                "The action “Page on failures” was changed.",
                "The entry at 18:55 was added.",
                "1 entry was taken out.",
            ]
        );
        let stored = serde_json::to_string(&after).unwrap();
        assert!(!stored.contains("SECRET") && !stored.contains("gone"), "{stored}");
    }
}
