//! The message that an event came in.

use std::fmt::Write as _;
use std::sync::Arc;

use afterword_app::{App, Payload};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// The message that an event came in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventMessage)]
pub(crate) struct MessageDto {
    /// As it came, but for masked secrets. Bytes that are no text are replaced.
    body: String,
    /// SHA-256 of the message as it came, in hexadecimal digits.
    sha256: String,
    /// How many secrets were masked; with none, the hash is that of `body`.
    masked: i64,
}

impl From<Payload> for MessageDto {
    fn from(it: Payload) -> Self {
        let sha256 = it.sha256.iter().fold(String::new(), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        let body = String::from_utf8_lossy(&it.body).into_owned();
        Self { body, sha256, masked: it.masked }
    }
}

/// The message that an event came in, with its hash.
#[utoipa::path(get, path = "/events/{id}/message", tag = "evidence",
    operation_id = "readEventMessage", params(("id" = String, Path)), responses(
    (status = OK, body = MessageDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_event_message(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<MessageDto>, ApiError> {
    Ok(Json(app.event_message(&caller, &id).await?.into()))
}
