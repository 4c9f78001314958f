//! What stands around a published post-mortem.

use std::sync::Arc;

use afterword_app::{App, Around, LinkedPostmortem, Similar};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// How many people it reached. Who they are is kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reach)]
pub(crate) struct ReachDto {
    /// All who read it.
    people: i64,
    /// Those who read it 30 days after it was published, or later.
    after_30_days: i64,
    /// The same after 90 days.
    after_90_days: i64,
}

/// A published post-mortem that belongs to this one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LinkedPostmortem)]
pub(crate) struct LinkedDto {
    id: String,
    title: String,
}

/// A published post-mortem that is like this one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SimilarPostmortem)]
pub(crate) struct SimilarDto {
    id: String,
    title: String,
    /// Words that both have and few others.
    words: Vec<String>,
    /// Services that both have.
    services: Vec<String>,
}

/// What stands around a published post-mortem.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Around)]
pub(crate) struct AroundDto {
    reach: ReachDto,
    /// Those that somebody said belong to it.
    links: Vec<LinkedDto>,
    /// Those that are like it; none of the links.
    similar: Vec<SimilarDto>,
    /// Whether the caller may say what belongs to it, and answer questions about it.
    may_answer: bool,
}

impl From<LinkedPostmortem> for LinkedDto {
    fn from(it: LinkedPostmortem) -> Self {
        Self { id: it.id, title: it.title }
    }
}

impl From<Similar> for SimilarDto {
    fn from(it: Similar) -> Self {
        Self { id: it.id, title: it.title, words: it.words, services: it.services }
    }
}

impl From<Around> for AroundDto {
    fn from(it: Around) -> Self {
        Self {
            reach: ReachDto {
                people: it.reach.people,
                after_30_days: it.reach.after_30_days,
                after_90_days: it.reach.after_90_days,
            },
            links: it.links.into_iter().map(Into::into).collect(),
            similar: it.similar.into_iter().map(Into::into).collect(),
            may_answer: it.may_answer,
        }
    }
}

/// How many people it reached, what belongs to it and what is like it.
#[utoipa::path(get, path = "/library/{id}/around", tag = "library", operation_id = "around",
    params(("id" = String, Path)), responses(
    (status = OK, body = AroundDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn around(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<AroundDto>, ApiError> {
    Ok(Json(app.around(&caller, &id).await?.into()))
}

/// Say that two published post-mortems belong together; for those who took part in the first.
#[utoipa::path(put, path = "/library/{id}/links/{other}", tag = "library",
    operation_id = "linkPostmortems", params(("id" = String, Path), ("other" = String, Path)),
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn link(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, other)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    app.link_postmortems(&caller, &id, &other).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say so no more.
#[utoipa::path(delete, path = "/library/{id}/links/{other}", tag = "library",
    operation_id = "unlinkPostmortems", params(("id" = String, Path), ("other" = String, Path)),
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn unlink(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, other)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    app.unlink_postmortems(&caller, &id, &other).await?;
    Ok(StatusCode::NO_CONTENT)
}
