//! Setting up a source.

use std::sync::Arc;

use afterword_app::{App, SourceToAdd};
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::SourceDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// A source to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewSource {
    /// Its name in addresses; made of `name` if absent.
    id: Option<String>,
    /// A vendor's slug.
    vendor: String,
    /// For people.
    name: String,
    /// With which it signs its messages; made by the server if absent.
    secret: Option<String>,
    /// With which it is asked; absent: it is not.
    token: Option<String>,
    /// What is asked of it, as its vendor's page in the docs says.
    #[serde(default = "nothing")]
    settings: Value,
    /// For how many days its events are kept; for ever if absent.
    retention_days: Option<i64>,
}

fn nothing() -> Value {
    Value::Object(serde_json::Map::new())
}

/// Set up a source; for administrators.
#[utoipa::path(post, path = "/sources", tag = "evidence", operation_id = "addSource",
    request_body = NewSource, responses(
    (status = CREATED, body = SourceDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_source(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<NewSource>,
) -> Result<Tagged<SourceDto>, ApiError> {
    let new = SourceToAdd {
        id: body.id,
        vendor: body.vendor,
        name: body.name,
        secret: body.secret,
        token: body.token,
        settings: body.settings,
        retention_days: body.retention_days,
    };
    let source = app.add_source(&caller, new).await?;
    Ok(Tagged::created(source.version, SourceDto::new(&app, source)))
}
