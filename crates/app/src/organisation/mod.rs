//! Teams and the services that they own: read by everybody, changed by administrators.

mod import;
mod services;
mod teams;

pub use import::{
    ImportedOrganisation, OrganisationFile, OrganisationFormat, ServiceChange, TeamChange,
};
pub use services::ServiceToSave;
pub use teams::{TeamPatch, TeamToAdd, TeamView};

use afterword_domain::people::Person;

use crate::error::AppError;

const LONGEST_NAME: usize = 100;

fn check_team_name(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    match name.chars().count() {
        1..=LONGEST_NAME => Ok(name.to_owned()),
        _ => Err(AppError::invalid("name", "write a name of 1 to 100 characters")),
    }
}

/// Refuses ids of which nobody has an account.
fn check_people<'a>(
    people: &[Person],
    field: &'static str,
    ids: impl IntoIterator<Item = &'a String>,
) -> Result<(), AppError> {
    let known = |id: &String| people.iter().any(|person| person.id == *id);
    match ids.into_iter().find(|id| !known(id)) {
        None => Ok(()),
        Some(id) => Err(AppError::invalid(field, format!("nobody here has the id “{id}”"))),
    }
}
