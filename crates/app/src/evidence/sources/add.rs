//! Setting up a source.

use afterword_domain::policy::Operation;
use afterword_integrations::evidence::Vendor;
use afterword_integrations::vendor;
use afterword_storage::{Source, StorageError};
use serde_json::Value;

use super::settings::check_settings;
use super::{check_name, check_retention, check_secret};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_secret;
use crate::slugs::checked_slug;

/// A source to be.
#[derive(Clone, Debug)]
pub struct SourceToAdd {
    /// Its name in addresses; made of `name` if absent.
    pub id: Option<String>,
    /// The vendor's slug.
    pub vendor: String,
    /// For people.
    pub name: String,
    /// With which it signs its messages; made here if absent.
    pub secret: Option<String>,
    /// With which it is asked.
    pub token: Option<String>,
    /// What is asked of it.
    pub settings: Value,
    /// For how many days its events are kept; for ever if absent.
    pub retention_days: Option<i64>,
}

impl App {
    /// Sets up a source. Whoever sets it up sees its secret.
    pub async fn add_source(&self, caller: &Caller, new: SourceToAdd) -> Result<Source, AppError> {
        caller.permit(Operation::ManageSources)?;
        let name = check_name(&new.name)?;
        if !vendor(&new.vendor).is_some_and(Vendor::is_source) {
            let detail = format!("“{}” is no vendor of evidence that we know", new.vendor);
            return Err(AppError::invalid("vendor", detail));
        }
        let secret = new.secret.filter(|secret| !secret.is_empty()).unwrap_or_else(new_secret);
        check_secret(&secret)?;
        let token = new.token.filter(|token| !token.is_empty());
        check_settings(&new.vendor, &new.settings, token.is_some())?;
        check_retention(new.retention_days)?;
        let source = Source {
            id: checked_slug(new.id.as_deref(), &name)?,
            vendor: new.vendor,
            name,
            secret,
            token,
            settings: new.settings,
            pull_cursor: None,
            retention_days: new.retention_days,
            created_at: self.clock.now(),
            version: 1,
        };
        self.storage.add_source(&source).await.map_err(taken)?;
        Ok(source)
    }
}

fn taken(error: StorageError) -> AppError {
    match error {
        StorageError::Exists => {
            AppError::Conflict("there is a source of this name already".to_owned())
        }
        other => other.into(),
    }
}
