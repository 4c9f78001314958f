//! Creating an account.

use afterword_domain::people::{Discipline, Person, Role};
use afterword_domain::policy::Operation;
use afterword_storage::{NewPerson, StorageError};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::passwords;
use crate::people::{check_email, check_name, check_time_zone, normal_email};
use crate::secrets::new_id;

/// An account to be.
#[derive(Clone, Debug)]
pub struct PersonToAdd {
    /// Where mail reaches the person.
    pub email: String,
    /// As the person wants to be called.
    pub name: String,
    /// Whose view the person has.
    pub discipline: Discipline,
    /// An IANA time zone name.
    pub time_zone: String,
    /// What the account may do.
    pub role: Role,
    /// Without one, the person signs in by mail or token.
    pub password: Option<String>,
}

impl App {
    /// Creates an account on an administrator's behalf.
    pub async fn add_person(&self, caller: &Caller, new: PersonToAdd) -> Result<Person, AppError> {
        caller.permit(Operation::ManagePeople)?;
        self.add_account(new).await
    }

    /// Creates an account; for whoever has the machine.
    pub async fn add_account(&self, new: PersonToAdd) -> Result<Person, AppError> {
        let email = normal_email(&new.email);
        check_email(&email)?;
        let name = check_name(&new.name)?;
        check_time_zone(&new.time_zone)?;
        let password_hash = match new.password {
            Some(password) => Some(passwords::hash(password).await?),
            None => None,
        };
        let account = NewPerson {
            id: new_id(),
            email,
            name,
            discipline: new.discipline,
            time_zone: new.time_zone,
            role: new.role,
            password_hash,
        };
        self.storage.add_person(&account, self.clock.now()).await.map_err(taken)?;
        let added = self.storage.person(&account.id).await?;
        added.ok_or(AppError::NotFound("person"))
    }
}

/// Says which value it is that exists already.
pub(super) fn taken(error: StorageError) -> AppError {
    match error {
        StorageError::Exists => {
            AppError::Conflict("there is an account with this e-mail address already".to_owned())
        }
        other => other.into(),
    }
}
