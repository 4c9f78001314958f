//! Creating an account.

use std::sync::Arc;

use afterword_app::{App, PersonToAdd};
use afterword_domain::people::{Discipline, Role};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};
use crate::routes::people::PersonDto;

/// An account to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewPerson {
    email: String,
    name: String,
    #[serde(default)]
    discipline: Discipline,
    /// An IANA time zone name; UTC if absent.
    #[serde(default = "utc")]
    time_zone: String,
    #[serde(default)]
    role: Role,
    /// At least 10 characters; without one, the person signs in by mail.
    #[schema(format = Password)]
    password: Option<String>,
}

fn utc() -> String {
    "UTC".to_owned()
}

/// Create an account; for administrators.
#[utoipa::path(post, path = "/people", tag = "people", operation_id = "addPerson",
    request_body = NewPerson, responses(
    (status = CREATED, body = PersonDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_person(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<NewPerson>,
) -> Result<Tagged<PersonDto>, ApiError> {
    let new = PersonToAdd {
        email: body.email,
        name: body.name,
        discipline: body.discipline,
        time_zone: body.time_zone,
        role: body.role,
        password: body.password,
    };
    let person = app.add_person(&caller, new).await?;
    Ok(Tagged::created(person.version, person.into()))
}
