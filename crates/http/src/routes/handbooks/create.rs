//! A handbook of one's own.

use std::sync::Arc;

use afterword_app::{App, HandbookToCopy};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::HandbookDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// A copy to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewHandbook {
    /// The id of the handbook whose newest version is copied.
    copy_of: String,
    /// What the copy is called.
    name: String,
    /// Its name in addresses; made of `name` if absent.
    id: Option<String>,
}

/// Make a handbook of one's own out of another's words; for facilitators.
#[utoipa::path(post, path = "/handbooks", tag = "handbooks", operation_id = "copyHandbook",
    request_body = NewHandbook, responses(
    (status = CREATED, body = HandbookDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn copy_handbook(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<NewHandbook>,
) -> Result<Tagged<HandbookDto>, ApiError> {
    let new = HandbookToCopy { copy_of: body.copy_of, name: body.name, id: body.id };
    let copy = app.copy_handbook(&caller, new).await?;
    Ok(Tagged::created(copy.newest, HandbookDto::new(&caller, copy)))
}
