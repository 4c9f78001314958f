//! Reading the publication, or what it would be.

use std::sync::Arc;

use afterword_app::{App, Reading};
use afterword_domain::postmortem::Naming;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::problem::{ApiError, Problem};

/// Whether a preview is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// What readers would see with this naming; for those who take part.
    preview: Option<Naming>,
}

/// The publication of a post-mortem, or with `preview` what it would be now.
#[utoipa::path(get, path = "/postmortems/{id}/publication", tag = "publication",
    operation_id = "readPublication", params(("id" = String, Path), Wanted), responses(
    (status = OK, body = Reading),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_publication(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Reading>, ApiError> {
    let reading = match wanted.preview {
        Some(naming) => app.preview(&caller, &id, naming).await?,
        None => app.read_published(&caller, &id).await?,
    };
    Ok(Json(reading))
}
