//! What comes back across published post-mortems.

use std::sync::Arc;

use afterword_app::{App, PassageBehind, Recurs};
use afterword_domain::library::RecurringKind;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::Query;
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// Something that several published post-mortems have.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recurs)]
pub(crate) struct RecursDto {
    kind: RecurringKind,
    /// Asks for the passages behind it.
    key: String,
    /// As one of them writes it.
    label: String,
    /// How many post-mortems have it.
    postmortems: i64,
}

impl From<Recurs> for RecursDto {
    fn from(it: Recurs) -> Self {
        Self { kind: it.kind, key: it.key, label: it.label, postmortems: it.postmortems }
    }
}

/// What comes back, by kind, the most frequent first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recurring)]
pub(crate) struct RecurringDto {
    /// Systems that findings name.
    systems: Vec<RecursDto>,
    /// What was hard.
    factors: Vec<RecursDto>,
    /// Words of themes.
    themes: Vec<RecursDto>,
}

/// What at least two published post-mortems have.
#[utoipa::path(get, path = "/library/recurring", tag = "library", operation_id = "recurring",
    responses(
    (status = OK, body = RecurringDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn recurring(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<RecurringDto>, ApiError> {
    let found = app.recurring(&caller).await?;
    let dto = |all: Vec<Recurs>| all.into_iter().map(Into::into).collect();
    Ok(Json(RecurringDto {
        systems: dto(found.systems),
        factors: dto(found.factors),
        themes: dto(found.themes),
    }))
}

/// What the passages are behind.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Behind {
    #[param(inline)]
    kind: RecurringKind,
    /// The `key` of what comes back.
    key: String,
}

/// A passage behind something that comes back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecurringPassage)]
pub(crate) struct PassageDto {
    /// The post-mortem.
    id: String,
    title: String,
    /// The node of the analysis, or the theme.
    item: String,
    /// Its words; plain text.
    passage: String,
}

impl From<PassageBehind> for PassageDto {
    fn from(it: PassageBehind) -> Self {
        Self { id: it.id, title: it.title, item: it.item, passage: it.passage }
    }
}

/// The passages behind something that comes back, the newest publication first; at most a hundred.
#[utoipa::path(get, path = "/library/recurring/passages", tag = "library",
    operation_id = "recurringPassages", params(Behind), responses(
    (status = OK, body = Listed<PassageDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn recurring_passages(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(behind): Query<Behind>,
) -> Result<Json<Listed<PassageDto>>, ApiError> {
    let passages = app.recurring_passages(&caller, behind.kind, &behind.key).await?;
    Ok(Json(Listed::whole(passages.into_iter().map(Into::into).collect())))
}
