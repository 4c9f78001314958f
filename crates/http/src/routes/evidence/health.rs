//! How the sources fared around an incident.

use std::sync::Arc;

use afterword_app::{App, SourceFaring};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// How a source fared around an incident.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SourceFaring)]
pub(crate) struct SourceFaringDto {
    /// Its name in events.
    source: String,
    /// Its name for people.
    name: String,
    /// When something last came from it, up to an hour after the incident; null: nothing did.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Timestamp>,
    /// Whether it was silent for much longer than usual then.
    quiet: bool,
    /// If so, since when, in words.
    sentence: Option<String>,
}

impl From<SourceFaring> for SourceFaringDto {
    fn from(it: SourceFaring) -> Self {
        Self {
            source: it.source,
            name: it.name,
            last_at: it.last_at,
            quiet: it.silence.is_some(),
            sentence: it.silence,
        }
    }
}

/// How each source fared that is set up or ever sent something: one that was silent around the
/// incident has nothing to tell about it. For everybody who may read the record.
#[utoipa::path(get, path = "/postmortems/{id}/evidence-health", tag = "evidence",
    operation_id = "readEvidenceHealth", params(("id" = String, Path)), responses(
    (status = OK, body = [SourceFaringDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_evidence_health(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Vec<SourceFaringDto>>, ApiError> {
    let faring = app.evidence_health(&caller, &id).await?;
    Ok(Json(faring.into_iter().map(Into::into).collect()))
}
