//! Bearer tokens.

use std::sync::Arc;

use afterword_app::{App, AppError, Caller};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// A token without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    id: String,
    label: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// What to call a token.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewToken {
    label: String,
}

/// A token with its secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShownToken {
    id: String,
    token: String,
}

/// Tokens are one's own affair, also for administrators.
fn own(caller: &Caller, person: &str) -> Result<(), AppError> {
    if caller.person.id == person {
        Ok(())
    } else {
        Err(AppError::Forbidden("tokens are for their owner alone"))
    }
}

/// My tokens, newest first.
#[utoipa::path(get, path = "/people/{id}/tokens", tag = "people", operation_id = "listTokens",
    params(("id" = String, Path)), responses(
    (status = OK, body = [Token]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_tokens(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Answer<Vec<Token>>, ApiError> {
    own(&caller, &id)?;
    let tokens = app.tokens(&caller).await?;
    let shown = tokens.into_iter().map(|it| Token {
        id: it.id,
        label: it.label,
        created_at: it.created_at,
    });
    Ok(Answer(shown.collect()))
}

/// Make a token for a program; its secret is shown this once.
#[utoipa::path(post, path = "/people/{id}/tokens", tag = "people", operation_id = "addToken",
    params(("id" = String, Path)), request_body = NewToken, responses(
    (status = CREATED, body = ShownToken),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_token(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<NewToken>,
) -> Result<(StatusCode, Answer<ShownToken>), ApiError> {
    own(&caller, &id)?;
    let token = app.add_token(&caller, &body.label).await?;
    let shown = ShownToken { id: token.id, token: token.secret };
    Ok((StatusCode::CREATED, Answer(shown)))
}

/// Revoke a token.
#[utoipa::path(delete, path = "/people/{id}/tokens/{token}", tag = "people",
    operation_id = "removeToken",
    params(("id" = String, Path), ("token" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_token(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, token)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    own(&caller, &id)?;
    app.remove_token(&caller, &token).await?;
    Ok(StatusCode::NO_CONTENT)
}
