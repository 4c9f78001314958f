//! What is common to all webhooks.

use std::collections::BTreeMap;

use afterword_domain::evidence::ReportedTime;
use serde::Deserialize;

/// Around what a webhook is about.
#[derive(Deserialize)]
pub(super) struct Hook<T> {
    pub(super) action: String,
    pub(super) data: T,
    pub(super) actor: Option<Actor>,
}

#[derive(Deserialize)]
pub(super) struct Actor {
    r#type: Option<String>,
    name: Option<String>,
}

impl<T> Hook<T> {
    /// Who did it, where that was a person and not Sentry itself.
    pub(super) fn person(&self) -> Option<String> {
        let actor = self.actor.as_ref()?;
        (actor.r#type.as_deref() == Some("user")).then(|| actor.name.clone()).flatten()
    }
}

/// When the webhook was sent: seconds since 1970, or RFC 3339.
pub(super) fn sent_at(header: Option<&str>) -> ReportedTime {
    let Some(text) = header else { return ReportedTime::Missing };
    text.parse().map_or_else(|_| ReportedTime::parse(text), ReportedTime::from_epoch)
}

/// Labels of those that say anything.
pub(super) fn labels<const N: usize>(
    named: [(&str, Option<String>); N],
) -> BTreeMap<String, String> {
    named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The time, or the other where there is none.
pub(super) fn or(at: ReportedTime, other: ReportedTime) -> ReportedTime {
    if at == ReportedTime::Missing { other } else { at }
}

pub(super) fn parsed(text: Option<&str>) -> ReportedTime {
    text.map_or(ReportedTime::Missing, ReportedTime::parse)
}
