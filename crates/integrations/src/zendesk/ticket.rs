//! What is said about a ticket, whichever way it came here.

use std::collections::BTreeMap;

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};

/// A ticket, as far as evidence needs it.
#[derive(Clone, Debug, Default)]
pub(super) struct Ticket<'a> {
    pub(super) id: &'a str,
    pub(super) subject: &'a str,
    pub(super) priority: Option<&'a str>,
    pub(super) status: Option<&'a str>,
    pub(super) channel: Option<&'a str>,
    pub(super) tags: &'a [String],
    pub(super) url: Option<String>,
}

impl Ticket<'_> {
    /// That it came; the same event from a webhook and from the export.
    pub(super) fn created(&self, at: ReportedTime, description: Option<&str>) -> Reported {
        Reported {
            delivery: format!("ticket/{}/created", self.id),
            at,
            title: format!("Ticket #{}: {}", self.id, self.subject),
            text: description.map(str::to_owned),
            ..self.about()
        }
    }

    /// Everything but what happened, and when.
    pub(super) fn about(&self) -> Reported {
        let tags = self.tags.join(" ");
        let labels = [
            ("status", self.status.map(str::to_lowercase)),
            ("channel", self.channel.map(str::to_owned)),
            ("tags", Some(tags)),
        ];
        let labels: BTreeMap<_, _> = labels
            .into_iter()
            .filter_map(|(name, value)| {
                Some((name.to_owned(), value.filter(|value| !value.is_empty())?))
            })
            .collect();
        Reported {
            kind: EventKind::Ticket,
            service: self
                .tags
                .iter()
                .find_map(|tag| tag.strip_prefix("service:"))
                .map(str::to_owned),
            url: self.url.clone(),
            fingerprint: Some(format!("ticket/{}", self.id)),
            severity: self.priority.map(str::to_lowercase),
            labels,
            ..Reported::default()
        }
    }
}
