//! Sign-in by e-mail address and password.

use crate::app::App;
use crate::error::AppError;
use crate::passwords;
use crate::people::normal_email;
use crate::sign_in::NewSession;

impl App {
    /// Signs in by password. Guessing is slowed down for each address.
    pub async fn sign_in(&self, email: &str, password: String) -> Result<NewSession, AppError> {
        let email = normal_email(email);
        self.throttle.attempt(&email)?;
        let found = self.storage.person_by_email(&email).await?;
        let (person, hash) = found.unzip();
        let right = passwords::verify(password, hash.flatten()).await?;
        match person.filter(|_| right) {
            Some(person) => self.begin_session(&person.id).await,
            None => Err(AppError::NotSignedIn("the address or the password is not right")),
        }
    }
}
