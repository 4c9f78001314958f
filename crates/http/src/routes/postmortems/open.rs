//! Opening a post-mortem.

use std::sync::Arc;

use afterword_app::{App, PostmortemToOpen};
use afterword_domain::incident::IncidentTimes;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};
use crate::routes::postmortems::PostmortemDto;

/// A post-mortem to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewPostmortem {
    title: String,
    incident: IncidentTimes,
    severity: Option<String>,
    #[serde(default)]
    services: Vec<String>,
    /// It nearly happened and did not.
    #[serde(default)]
    near_miss: bool,
}

/// Open a post-mortem with an empty record.
#[utoipa::path(post, path = "/postmortems", tag = "post-mortems", operation_id = "openPostmortem",
    request_body = NewPostmortem, responses(
    (status = CREATED, body = PostmortemDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn open_postmortem(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<NewPostmortem>,
) -> Result<Tagged<PostmortemDto>, ApiError> {
    let new = PostmortemToOpen {
        title: body.title,
        incident: body.incident,
        severity: body.severity,
        services: body.services,
        near_miss: body.near_miss,
    };
    let view = app.open_postmortem(&caller, new).await?;
    Ok(Tagged::created(view.postmortem.version, view.into()))
}
