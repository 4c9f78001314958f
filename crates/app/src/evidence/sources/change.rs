//! Changing a source and removing it.

use afterword_domain::policy::Operation;
use afterword_record::edit::Field;
use afterword_storage::{Source, SourceChange};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::settings::check_settings;
use super::{check_name, check_retention, check_secret};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = SourceChange)]
pub struct SourcePatch {
    /// For people.
    pub name: Option<String>,
    /// With which it signs its messages.
    pub secret: Option<String>,
    /// With which it is asked; null: it is no longer asked.
    #[schema(value_type = Option<String>)]
    pub token: Field<String>,
    /// What is asked of it, as its vendor's page in the docs says.
    pub settings: Option<Value>,
    /// For how many days its events are kept; null: for ever.
    #[schema(value_type = Option<i64>)]
    pub retention_days: Field<i64>,
}

impl App {
    /// Changes a source. `version`: the one that was read; any if absent.
    pub async fn change_source(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
        patch: SourcePatch,
    ) -> Result<Source, AppError> {
        caller.permit(Operation::ManageSources)?;
        let source = self.storage.source(id).await?.ok_or(AppError::NotFound("source"))?;
        let version = version.unwrap_or(source.version);
        self.storage.change_source(id, version, &checked(source, patch)?).await?;
        self.storage.source(id).await?.ok_or(AppError::NotFound("source"))
    }

    /// Removes a source: it can send nothing any more. Its events stay.
    pub async fn remove_source(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        caller.permit(Operation::ManageSources)?;
        let removed = self.storage.remove_source(id).await?;
        if removed { Ok(()) } else { Err(AppError::NotFound("source")) }
    }
}

fn checked(source: Source, patch: SourcePatch) -> Result<SourceChange, AppError> {
    let change = SourceChange {
        name: check_name(&patch.name.unwrap_or(source.name))?,
        secret: patch.secret.unwrap_or(source.secret),
        token: patch.token.over(source.token).filter(|token| !token.is_empty()),
        settings: patch.settings.unwrap_or(source.settings),
        retention_days: patch.retention_days.over(source.retention_days),
    };
    check_secret(&change.secret)?;
    check_settings(&source.vendor, &change.settings, change.token.is_some())?;
    check_retention(change.retention_days)?;
    Ok(change)
}
