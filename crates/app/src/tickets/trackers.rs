//! Trackers that tickets are made in; for administrators.

use std::collections::BTreeMap;

use afterword_domain::policy::Operation;
use afterword_integrations::evidence::Setting;
use afterword_integrations::{VENDORS, vendor};
use afterword_storage::{StorageError, Tracker, TrackerChange};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::evidence::{check_against, check_name, check_secret};
use crate::secrets::new_secret;
use crate::slugs::checked_slug;

/// A system that takes tickets.
#[derive(Clone, Copy, Debug)]
pub struct TicketVendor {
    /// Its name in the store.
    pub slug: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What can be set.
    pub settings: &'static [Setting],
}

/// Every system that takes tickets, by name.
pub fn ticket_vendors() -> Vec<TicketVendor> {
    let of = |it: &&'static dyn afterword_integrations::evidence::Vendor| {
        Some(TicketVendor { slug: it.slug(), name: it.name(), settings: it.tickets()?.settings() })
    };
    let mut vendors: Vec<_> = VENDORS.iter().filter_map(of).collect();
    vendors.sort_by_key(|vendor| vendor.name.to_lowercase());
    vendors
}

/// A tracker to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTracker)]
pub struct TrackerToAdd {
    /// Its name in addresses; made of `name` if absent.
    pub id: Option<String>,
    /// A vendor's slug.
    pub vendor: String,
    /// For people.
    pub name: String,
    /// Where it is and what belongs there, as its vendor's page in the docs says.
    pub settings: Value,
    /// With which it is asked.
    pub token: String,
    /// With which it signs its messages; made by the server if absent.
    pub secret: Option<String>,
    /// The name by which it knows each person, by our ids.
    #[serde(default)]
    pub people: BTreeMap<String, String>,
}

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = TrackerChange)]
pub struct TrackerPatch {
    /// For people.
    pub name: Option<String>,
    /// Where it is and what belongs there.
    pub settings: Option<Value>,
    /// With which it is asked.
    pub token: Option<String>,
    /// With which it signs its messages.
    pub secret: Option<String>,
    /// The name by which it knows each person, by our ids.
    pub people: Option<BTreeMap<String, String>>,
}

impl App {
    /// Every tracker, by name.
    pub async fn trackers(&self, caller: &Caller) -> Result<Vec<Tracker>, AppError> {
        caller.permit(Operation::ManageTrackers)?;
        Ok(self.storage.trackers().await?)
    }

    /// Sets up a tracker. Whoever sets it up sees the secret for its messages.
    pub async fn add_tracker(
        &self,
        caller: &Caller,
        new: TrackerToAdd,
    ) -> Result<Tracker, AppError> {
        caller.permit(Operation::ManageTrackers)?;
        let name = check_name(&new.name)?;
        let tracker = Tracker {
            id: checked_slug(new.id.as_deref(), &name)?,
            vendor: new.vendor,
            name,
            settings: new.settings,
            token: new.token,
            secret: new.secret.filter(|it| !it.is_empty()).unwrap_or_else(new_secret),
            people: new.people,
            created_at: self.clock.now(),
            version: 1,
        };
        check(&tracker)?;
        self.storage.add_tracker(&tracker).await.map_err(taken)?;
        Ok(tracker)
    }

    /// Changes a tracker. `version`: the one that was read; any if absent.
    pub async fn change_tracker(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
        patch: TrackerPatch,
    ) -> Result<Tracker, AppError> {
        caller.permit(Operation::ManageTrackers)?;
        let before = self.storage.tracker(id).await?.ok_or(AppError::NotFound("tracker"))?;
        let version = version.unwrap_or(before.version);
        let after = Tracker {
            name: check_name(&patch.name.unwrap_or(before.name))?,
            settings: patch.settings.unwrap_or(before.settings),
            token: patch.token.filter(|it| !it.is_empty()).unwrap_or(before.token),
            secret: patch.secret.unwrap_or(before.secret),
            people: patch.people.unwrap_or(before.people),
            ..before
        };
        check(&after)?;
        let change = TrackerChange {
            name: after.name,
            settings: after.settings,
            token: after.token,
            secret: after.secret,
            people: after.people,
        };
        self.storage.change_tracker(id, version, &change).await?;
        self.storage.tracker(id).await?.ok_or(AppError::NotFound("tracker"))
    }

    /// Removes a tracker. Its tickets stay there, and nothing follows them any more.
    pub async fn remove_tracker(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        caller.permit(Operation::ManageTrackers)?;
        let removed = self.storage.remove_tracker(id).await?;
        if removed { Ok(()) } else { Err(AppError::NotFound("tracker")) }
    }
}

fn check(tracker: &Tracker) -> Result<(), AppError> {
    let tickets = vendor(&tracker.vendor).and_then(|vendor| vendor.tickets()).ok_or_else(|| {
        AppError::invalid("vendor", format!("“{}” is no tracker that we know", tracker.vendor))
    })?;
    check_secret(&tracker.secret)?;
    if tracker.token.is_empty() {
        return Err(AppError::invalid("token", "give the token with which it is asked"));
    }
    check_against(tickets.settings(), &tracker.settings, true)
}

fn taken(error: StorageError) -> AppError {
    match error {
        StorageError::Exists => {
            AppError::Conflict("there is a tracker of this name already".to_owned())
        }
        other => other.into(),
    }
}
