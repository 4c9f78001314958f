//! The sources and how they fare.

use std::collections::BTreeMap;

use afterword_domain::policy::Operation;
use afterword_integrations::VENDORS;
use afterword_integrations::evidence::{Pull, Setting};
use afterword_storage::{Source, SourceAround, SourceHealth, Trouble, TroubleKind};
use jiff::SignedDuration;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// A source as administrators see it.
#[derive(Clone, Debug)]
pub struct SourceView {
    /// The source as it is set up; `None`: programs report events under this name.
    pub source: Option<Source>,
    /// Its name in addresses and events.
    pub id: String,
    /// What arrived; `None`: nothing ever did.
    pub health: Option<SourceHealth>,
    /// That nothing has come for much longer than usual, in words.
    pub silence: Option<String>,
    /// Within the last week and not replayed: messages that were not believed.
    pub refused: i64,
    /// Messages that could not be read.
    pub unreadable: i64,
    /// Attempts to ask it that failed.
    pub failed: i64,
}

/// A system that can be set up as a source.
#[derive(Clone, Copy, Debug)]
pub struct Vendor {
    /// Its name in the store.
    pub slug: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Whether it sends messages.
    pub sends: bool,
    /// Whether it can be asked.
    pub asked: bool,
    /// What can be set about what is asked of it.
    pub settings: &'static [Setting],
}

/// Every system that can be set up as a source, by name.
pub fn vendors() -> Vec<Vendor> {
    let mut vendors: Vec<_> = VENDORS
        .iter()
        .filter(|it| it.is_source())
        .map(|it| Vendor {
            slug: it.slug(),
            name: it.name(),
            sends: it.webhook().is_some(),
            asked: it.pull().is_some(),
            settings: it.pull().map(Pull::settings).unwrap_or_default(),
        })
        .collect();
    vendors.sort_by_key(|vendor| vendor.name.to_lowercase());
    vendors
}

impl App {
    /// Every source that is set up, and every name under which programs reported events.
    pub async fn sources(&self, caller: &Caller) -> Result<Vec<SourceView>, AppError> {
        caller.permit(Operation::ManageSources)?;
        let now = self.clock.now();
        let health = self.storage.source_health(now).await?;
        let mut health: BTreeMap<_, _> =
            health.into_iter().map(|it| (it.source.clone(), it)).collect();
        let week = now.saturating_sub(SignedDuration::from_hours(24 * 7)).unwrap_or(now);
        let counts = self.storage.trouble_counts(week).await?;
        let count = |id: &str, kind| {
            let of = |(source, it, _): &&(String, TroubleKind, i64)| source == id && *it == kind;
            counts.iter().find(of).map_or(0, |(_, _, count)| *count)
        };
        let view = |id: String, source, health| SourceView {
            refused: count(&id, TroubleKind::Refused),
            unreadable: count(&id, TroubleKind::Unreadable),
            failed: count(&id, TroubleKind::Failed),
            silence: None,
            source,
            id,
            health,
        };
        let set_up = self.storage.sources().await?;
        let mut views: Vec<_> = set_up
            .into_iter()
            .map(|it| view(it.id.clone(), Some(it.clone()), health.remove(&it.id)))
            .collect();
        views.extend(health.into_iter().map(|(id, health)| view(id, None, Some(health))));
        for view in &mut views {
            if let Some(health) = &view.health {
                let before = Some(health.last_at);
                let around = SourceAround { source: view.id.clone(), before, after: None };
                let silence = self.silence(&around, now).await?;
                view.silence = silence.map(|it| self.told(&it, &view.id, view.source.as_ref()));
            }
        }
        Ok(views)
    }

    /// A source's messages that did not become events, newest first.
    pub async fn troubles(&self, caller: &Caller, source: &str) -> Result<Vec<Trouble>, AppError> {
        caller.permit(Operation::ManageSources)?;
        Ok(self.storage.troubles(source).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_takes_tickets_is_no_source() {
        let slugs: Vec<_> = vendors().into_iter().map(|vendor| vendor.slug).collect();
        assert!(slugs.contains(&"github") && slugs.contains(&"sentry"));
        for slug in ["jira", "linear", "webhook"] {
            assert!(!slugs.contains(&slug), "{slug}");
        }
    }
}
