//! Publishing, and taking a publication back.

use std::sync::Arc;

use afterword_app::{App, Document};
use afterword_domain::postmortem::Naming;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// How to publish.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Publish {
    /// How people appear; as the post-mortem says if absent.
    naming: Option<Naming>,
    /// Whether people are told of it once more; of the first edition they are told anyhow.
    #[serde(default)]
    tell_again: bool,
}

/// Publish: make the fixed version that everyone signed in reads.
#[utoipa::path(post, path = "/postmortems/{id}/publication", tag = "publication",
    operation_id = "publish", params(("id" = String, Path)), request_body = Publish, responses(
    (status = CREATED, body = Document),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn publish(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<Publish>,
) -> Result<(StatusCode, Answer<Document>), ApiError> {
    let document = app.publish(&caller, &id, body.naming, body.tell_again).await?;
    Ok((StatusCode::CREATED, Answer(document)))
}

/// Take the publication back; the room opens again.
#[utoipa::path(delete, path = "/postmortems/{id}/publication", tag = "publication",
    operation_id = "unpublish", params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn unpublish(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.unpublish(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
