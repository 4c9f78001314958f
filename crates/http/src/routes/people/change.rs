//! Changing an account.

use std::sync::Arc;

use afterword_app::{App, AppError, PersonPatch};
use afterword_domain::people::{Discipline, Role};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};
use crate::routes::people::PersonDto;

/// What is to change.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PersonChange {
    name: Option<String>,
    discipline: Option<Discipline>,
    time_zone: Option<String>,
    /// For administrators.
    email: Option<String>,
    /// For administrators.
    role: Option<Role>,
}

/// Change one's own account, or as an administrator anybody's.
#[utoipa::path(patch, path = "/people/{id}", tag = "people", operation_id = "changePerson",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = PersonChange, responses(
    (status = OK, body = PersonDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_person(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<PersonChange>,
) -> Result<Tagged<PersonDto>, ApiError> {
    let patch = PersonPatch {
        name: body.name,
        discipline: body.discipline,
        time_zone: body.time_zone,
        email: body.email,
        role: body.role,
    };
    let person = match app.change_person(&caller, &id, if_match.version(), patch).await {
        Err(AppError::Stale { .. }) => {
            return Err(stale(&PersonDto::from(app.person(&caller, &id).await?)));
        }
        changed => changed?,
    };
    Ok(Tagged::ok(person.version, person.into()))
}
