//! Accounts and their tokens.

mod add;
mod change;
mod list;
mod password;
mod tokens;

use std::sync::Arc;

use afterword_app::App;
use afterword_domain::people::{Discipline, Person, Role};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub(crate) struct PersonDto {
    id: String,
    name: String,
    email: String,
    discipline: Discipline,
    /// An IANA time zone name.
    time_zone: String,
    role: Role,
    etag: String,
}

impl From<Person> for PersonDto {
    fn from(it: Person) -> Self {
        Self {
            id: it.id,
            name: it.name,
            email: it.email,
            discipline: it.discipline,
            time_zone: it.time_zone,
            role: it.role,
            etag: it.version.to_string(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_people, add::add_person))
        .routes(routes!(list::read_person, change::change_person))
        .routes(routes!(password::set_password))
        .routes(routes!(tokens::list_tokens, tokens::add_token))
        .routes(routes!(tokens::remove_token))
}
