//! Setting a password.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// A new password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewPassword {
    /// One's own current password, if there is one.
    #[schema(format = Password)]
    current: Option<String>,
    /// At least 10 characters.
    #[schema(format = Password)]
    password: String,
}

/// Set one's own password, or as an administrator anybody's; ends that person's other sessions.
#[utoipa::path(put, path = "/people/{id}/password", tag = "people", operation_id = "setPassword",
    params(("id" = String, Path)), request_body = NewPassword, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_password(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<NewPassword>,
) -> Result<StatusCode, ApiError> {
    app.set_password(&caller, &id, body.current, body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
