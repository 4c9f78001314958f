//! Changing an account.

use afterword_domain::job::Job;
use afterword_domain::people::{Discipline, Person, Role};
use afterword_domain::policy::Operation;
use afterword_storage::PersonChange;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::people::add::taken;
use crate::people::{check_email, check_name, check_time_zone, normal_email};

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct PersonPatch {
    /// As the person wants to be called.
    pub name: Option<String>,
    /// Whose view the person has.
    pub discipline: Option<Discipline>,
    /// An IANA time zone name.
    pub time_zone: Option<String>,
    /// Where mail reaches the person; for administrators.
    pub email: Option<String>,
    /// What the account may do; for administrators.
    pub role: Option<Role>,
}

impl App {
    /// Changes one's own account, or as an administrator anybody's; refused if nobody could
    /// administer afterwards. `version`: the one that was read; any if absent.
    pub async fn change_person(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
        patch: PersonPatch,
    ) -> Result<Person, AppError> {
        let own = caller.person.id == id;
        if !own || patch.email.is_some() || patch.role.is_some() {
            caller.permit(Operation::ManagePeople)?;
        }
        let person = self.storage.person(id).await?.ok_or(AppError::NotFound("person"))?;
        let version = version.unwrap_or(person.version);
        let zone = person.time_zone.clone();
        let change = checked(person, patch)?;
        self.storage.change_person(id, version, &change).await.map_err(taken)?;
        if change.time_zone != zone {
            // Their hours are others now.
            let job = Job::Remind { person: id.to_owned() };
            self.storage.ask_job(&job, self.clock.now()).await?;
        }
        self.storage.person(id).await?.ok_or(AppError::NotFound("person"))
    }
}

fn checked(person: Person, patch: PersonPatch) -> Result<PersonChange, AppError> {
    let email = patch.email.as_deref().map_or(person.email, normal_email);
    check_email(&email)?;
    let name = check_name(&patch.name.unwrap_or(person.name))?;
    let time_zone = patch.time_zone.unwrap_or(person.time_zone);
    check_time_zone(&time_zone)?;
    Ok(PersonChange {
        email,
        name,
        discipline: patch.discipline.unwrap_or(person.discipline),
        time_zone,
        role: patch.role.unwrap_or(person.role),
    })
}
