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
    /// JSON that imports again.
    Json,
    /// One HTML file that stands alone: what readers get.
    Html,
    /// The same as PDF.
    Pdf,
}

/// In which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Markdown if absent.
    #[param(inline)]
    format: Option<Format>,
    /// What readers get, also for those who take part. HTML and PDF are always that.
    #[serde(default)]
    publication: bool,
}

/// A post-mortem as a file. As Markdown or JSON it is the whole record for those who take part, and
/// the publication for its readers; as HTML or PDF it is what readers get.
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
    let format = match wanted.format.unwrap_or(Format::Md) {
        Format::Md => ExportFormat::Markdown,
        Format::Json => ExportFormat::Json,
        Format::Html => ExportFormat::Html,
        Format::Pdf => ExportFormat::Pdf,
    };
    let file = app.export(&caller, &id, format, wanted.publication).await?;
    let headers = [
        (CONTENT_TYPE, file.media_type.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
    ];
    Ok((headers, file.bytes))
}
