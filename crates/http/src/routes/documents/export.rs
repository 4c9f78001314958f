//! A post-mortem as a file.

use std::sync::Arc;

use afterword_app::{App, ExportFormat};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::problem::{ApiError, Problem};

/// In which form.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// Markdown that imports again.
    Md,
    /// JSON.
    Json,
}

/// In which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Markdown if absent.
    #[param(inline)]
    format: Option<Format>,
}

/// A post-mortem as Markdown or JSON: the whole record for those who take part, the publication
/// for its readers.
#[utoipa::path(get, path = "/postmortems/{id}/export", tag = "documents",
    operation_id = "exportPostmortem", params(("id" = String, Path), Wanted), responses(
    (status = OK, body = String, content_type = "text/markdown"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn export(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<impl IntoResponse, ApiError> {
    let (format, media_type, name) = match wanted.format.unwrap_or(Format::Md) {
        Format::Md => (ExportFormat::Markdown, "text/markdown; charset=utf-8", "postmortem.md"),
        Format::Json => (ExportFormat::Json, "application/json", "postmortem.json"),
    };
    let document = app.export(&caller, &id, format).await?;
    let headers = [
        (CONTENT_TYPE, media_type.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, document))
}
