//! Messages that did not become events.

use std::sync::Arc;

use afterword_app::{App, Trouble};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// A message that did not become events.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Trouble)]
pub(crate) struct TroubleDto {
    id: String,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    /// `refused`: not believed, nothing of it is kept. `unreadable`: kept, can be replayed.
    /// `failed`: the source was asked and did not answer as expected.
    kind: &'static str,
    reason: String,
    /// The message, its secrets masked.
    body: Option<String>,
    /// When it became events after all.
    #[schema(value_type = Option<String>, format = DateTime)]
    replayed_at: Option<Timestamp>,
}

impl From<Trouble> for TroubleDto {
    fn from(it: Trouble) -> Self {
        Self {
            id: it.id,
            received_at: it.received_at,
            kind: it.kind.as_str(),
            reason: it.reason,
            body: it.body.map(|body| String::from_utf8_lossy(&body).into_owned()),
            replayed_at: it.replayed_at,
        }
    }
}

/// What came of a replay.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Replayed {
    /// How many events were new.
    new: usize,
}

/// A source's messages that did not become events, newest first; for administrators.
#[utoipa::path(get, path = "/sources/{id}/troubles", tag = "evidence",
    operation_id = "listTroubles", params(("id" = String, Path)), responses(
    (status = OK, body = [TroubleDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_troubles(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Vec<TroubleDto>>, ApiError> {
    Ok(Json(app.troubles(&caller, &id).await?.into_iter().map(Into::into).collect()))
}

/// Read a kept message again; for administrators.
#[utoipa::path(post, path = "/sources/{id}/troubles/{trouble}/replay", tag = "evidence",
    operation_id = "replayMessage",
    params(("id" = String, Path), ("trouble" = String, Path)), responses(
    (status = OK, body = Replayed),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn replay_message(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, trouble)): Path<(String, String)>,
) -> Result<Json<Replayed>, ApiError> {
    Ok(Json(Replayed { new: app.replay_message(&caller, &id, &trouble).await? }))
}
