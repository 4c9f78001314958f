//! Who has an account.

use std::sync::Arc;

use afterword_app::App;
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Path;
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};
use crate::routes::people::PersonDto;

/// Everyone, by name; always on one page.
#[utoipa::path(get, path = "/people", tag = "people", operation_id = "listPeople", responses(
    (status = OK, body = Listed<PersonDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_people(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Listed<PersonDto>>, ApiError> {
    let people = app.people(&caller).await?;
    Ok(Json(Listed::whole(people.into_iter().map(Into::into).collect())))
}

/// One account.
#[utoipa::path(get, path = "/people/{id}", tag = "people", operation_id = "readPerson",
    params(("id" = String, Path)), responses(
    (status = OK, body = PersonDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_person(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Tagged<PersonDto>, ApiError> {
    let person = app.person(&caller, &id).await?;
    Ok(Tagged::ok(person.version, person.into()))
}
