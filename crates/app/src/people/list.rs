//! Who has an account.

use afterword_domain::people::Person;
use afterword_domain::policy::Operation;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Everyone, by name.
    pub async fn people(&self, caller: &Caller) -> Result<Vec<Person>, AppError> {
        caller.permit(Operation::ListPeople)?;
        Ok(self.storage.people().await?)
    }

    /// One account.
    pub async fn person(&self, caller: &Caller, id: &str) -> Result<Person, AppError> {
        caller.permit(Operation::ListPeople)?;
        self.storage.person(id).await?.ok_or(AppError::NotFound("person"))
    }
}
