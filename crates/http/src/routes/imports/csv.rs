//! Events from a table.

use std::sync::Arc;

use afterword_app::{App, TableToRead};
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{ImportedEventsDto, streamed};
use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// How the table is to be read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HowToRead {
    /// Which column is what: `at=Time,title=Summary,kind==alert`, where `==` sets all rows to a
    /// constant. Fields: at, title, text, service, environment, kind, url, actor, fingerprint,
    /// severity, state, id, label.NAME. By the columns' names if absent.
    map: Option<String>,
    /// What stands between two cells: one character, or `tab`. Found out if absent.
    delimiter: Option<String>,
    /// The IANA zone of times that name none. If absent they are read as UTC, and marked.
    zone: Option<String>,
}

impl From<HowToRead> for TableToRead {
    fn from(it: HowToRead) -> Self {
        Self { mapping: it.map, delimiter: it.delimiter, zone: it.zone }
    }
}

/// Under which name the events are kept.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Named {
    /// The source's name; `csv` if absent.
    source: Option<String>,
}

/// Import a table (CSV with a header row, UTF-8): an event for each row, stored while the table
/// arrives. Rows that cannot be read are skipped and told. What was imported before, by its `id`
/// or by its words, is not stored twice.
#[utoipa::path(post, path = "/import/csv", tag = "evidence", operation_id = "importCsv",
    params(HowToRead, Named), request_body(content = String, content_type = "text/csv"), responses(
    (status = OK, body = ImportedEventsDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn import_csv(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(how): Query<HowToRead>,
    Query(named): Query<Named>,
    body: Body,
) -> Result<Json<ImportedEventsDto>, ApiError> {
    let source = named.source.as_deref().unwrap_or("csv");
    let imported = app.import_csv(&caller, source, &how.into(), streamed(body)).await?;
    Ok(Json(imported.into()))
}
