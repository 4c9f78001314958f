//! Systems that evidence comes from; for administrators.

mod add;
mod change;
mod clock;
mod list;
mod page;
mod troubles;

use std::sync::Arc;

use afterword_app::{App, Source, SourceView};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use list::SettingDto;

/// A source as it is set up.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Source)]
pub(crate) struct SourceDto {
    /// Its name in addresses and in its events.
    id: String,
    vendor: String,
    /// For people.
    name: String,
    /// Where it sends its messages.
    hook: String,
    /// With which it signs them.
    secret: String,
    /// Whether there is a token with which it is asked; the token itself is not shown.
    has_token: bool,
    /// What is asked of it, as its vendor's page in the docs says.
    settings: serde_json::Value,
    /// For how many days its events are kept; null: for ever.
    retention_days: Option<i64>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    etag: String,
}

impl SourceDto {
    fn new(app: &App, it: Source) -> Self {
        Self {
            hook: format!("{}/api/v1/hooks/{}", app.settings().public_url, it.id),
            id: it.id,
            vendor: it.vendor,
            name: it.name,
            secret: it.secret,
            has_token: it.token.is_some(),
            settings: it.settings,
            retention_days: it.retention_days,
            created_at: it.created_at,
            etag: it.version.to_string(),
        }
    }
}

/// How a source fares.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceState {
    /// Its name in events.
    id: String,
    /// As it is set up; null: programs report events under this name.
    source: Option<SourceDto>,
    /// When its last event arrived.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Timestamp>,
    /// That nothing has come for much longer than usual, in words.
    silence: Option<String>,
    /// How many events arrived within the last day.
    day: i64,
    /// How many events arrived within the last week.
    week: i64,
    /// How many ever arrived.
    all: i64,
    /// Messages of the last week that were not believed.
    refused: i64,
    /// Messages of the last week that could not be read and were not replayed.
    unreadable: i64,
    /// Attempts of the last week to ask it that failed.
    failed: i64,
}

impl SourceState {
    fn new(app: &App, it: SourceView) -> Self {
        let count =
            |count: fn(&afterword_app::SourceHealth) -> i64| it.health.as_ref().map_or(0, count);
        Self {
            last_at: it.health.as_ref().map(|health| health.last_at),
            day: count(|health| health.day),
            week: count(|health| health.week),
            all: count(|health| health.all),
            silence: it.silence,
            id: it.id,
            source: it.source.map(|source| SourceDto::new(app, source)),
            refused: it.refused,
            unreadable: it.unreadable,
            failed: it.failed,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_sources, add::add_source))
        .routes(routes!(list::list_vendors))
        .routes(routes!(page::read_source_page))
        .routes(routes!(change::change_source, change::remove_source))
        .routes(routes!(troubles::list_troubles))
        .routes(routes!(troubles::replay_message))
        .routes(routes!(clock::list_clock_corrections, clock::correct_clock))
        .routes(routes!(clock::remove_clock_correction))
}
