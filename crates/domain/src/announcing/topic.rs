//! What somebody wants to hear of.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::evidence::service_key;
use crate::people::Discipline;

/// Nobody has more topics; whoever needs more wants everything.
pub const MOST_TOPICS: usize = 50;
const LONGEST: usize = 100;

/// What a topic is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TopicKind {
    /// A service that was involved, however it is spelled.
    Service,
    /// Words that all stand in the title of one theme.
    Theme,
    /// A team that owns a service that was involved, by its slug; or a discipline whose view is in the
    /// record, by its slug.
    Team,
}

/// Something that somebody wants to hear of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// What it is about.
    pub kind: TopicKind,
    /// The service, the words or the slug.
    pub value: String,
}

/// Why topics are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TopicRefused {
    /// One has no words, or too many.
    #[error("a topic has 1 to 100 characters")]
    Length,
    /// One is no name of a team.
    #[error("a team is named by its slug: lower-case letters, digits and hyphens")]
    NoSlug,
    /// There are too many.
    #[error("these are more than 50 topics: rather hear of everything")]
    TooMany,
}

/// What a publication is about.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// The services involved.
    pub services: Vec<&'a str>,
    /// The titles of its themes.
    pub themes: Vec<&'a str>,
    /// The disciplines whose view is in its record.
    pub disciplines: Vec<&'a Discipline>,
    /// The slugs of the teams that own its services.
    pub teams: Vec<&'a str>,
}

fn is_slug(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

impl Topic {
    /// Topics as they are kept: trimmed, each once.
    pub fn checked(topics: Vec<Self>) -> Result<Vec<Self>, TopicRefused> {
        let mut kept: Vec<Self> = Vec::new();
        for topic in topics {
            let value = topic.value.trim().to_owned();
            if value.is_empty() || value.chars().count() > LONGEST {
                return Err(TopicRefused::Length);
            }
            if topic.kind == TopicKind::Team && !is_slug(&value) {
                return Err(TopicRefused::NoSlug);
            }
            let topic = Self { kind: topic.kind, value };
            if !kept.contains(&topic) {
                kept.push(topic);
            }
        }
        if kept.len() > MOST_TOPICS { Err(TopicRefused::TooMany) } else { Ok(kept) }
    }

    fn fits(&self, facts: &Facts<'_>) -> bool {
        match self.kind {
            TopicKind::Service => {
                let wanted = service_key(&self.value);
                facts.services.iter().any(|it| service_key(it) == wanted)
            }
            TopicKind::Theme => {
                let words = self.value.to_lowercase();
                let has_all = |title: &&str| {
                    let title = title.to_lowercase();
                    words.split_whitespace().all(|word| title.contains(word))
                };
                facts.themes.iter().any(has_all)
            }
            TopicKind::Team => {
                let disciplines = facts.disciplines.iter().map(|it| it.as_str());
                facts.teams.iter().copied().chain(disciplines).any(|it| it == self.value)
            }
        }
    }
}

/// Whether somebody with these topics wants to hear of it; without any they hear of everything.
pub fn concerns(topics: &[Topic], facts: &Facts<'_>) -> bool {
    topics.is_empty() || topics.iter().any(|topic| topic.fits(facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(kind: TopicKind, value: &str) -> Topic {
        Topic { kind, value: value.to_owned() }
    }

    #[test]
    fn a_topic_is_a_service_a_theme_or_a_team() {
        let sre = "sre".parse().expect("a discipline");
        let facts = Facts {
            services: vec!["Check Out", "search"],
            themes: vec!["The alert watched the wrong thing"],
            disciplines: vec![&sre],
            teams: vec!["shop"],
        };
        for (kind, value, hears) in [
            (TopicKind::Service, "check-out", true),
            (TopicKind::Service, "check", false),
            (TopicKind::Theme, "ALERT wrong", true),
            (TopicKind::Theme, "alert right", false),
            (TopicKind::Team, "sre", true),
            (TopicKind::Team, "support", false),
            (TopicKind::Team, "shop", true),
        ] {
            assert_eq!(concerns(&[topic(kind, value)], &facts), hears, "{value}");
        }
        assert!(concerns(&[], &facts), "without topics one hears of everything");
        assert!(concerns(&[topic(TopicKind::Team, "x"), topic(TopicKind::Team, "sre")], &facts));
    }

    #[test]
    fn topics_are_kept_once_and_within_bounds() {
        let kept = Topic::checked(vec![
            topic(TopicKind::Service, " search "),
            topic(TopicKind::Service, "search"),
        ]);
        assert_eq!(kept, Ok(vec![topic(TopicKind::Service, "search")]));
        for (value, refused) in [(" ", TopicRefused::Length), ("SRE team", TopicRefused::NoSlug)] {
            assert_eq!(Topic::checked(vec![topic(TopicKind::Team, value)]), Err(refused));
        }
        let many = (0..=MOST_TOPICS).map(|n| topic(TopicKind::Theme, &n.to_string()));
        assert_eq!(Topic::checked(many.collect()), Err(TopicRefused::TooMany));
    }
}
