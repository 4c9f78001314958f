//! Setting a password.

use afterword_domain::policy::Operation;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::passwords;

impl App {
    /// Sets one's own password, showing the current one if there is one, or as an administrator
    /// somebody else's. Every other session of that person ends.
    pub async fn set_password(
        &self,
        caller: &Caller,
        id: &str,
        current: Option<String>,
        password: String,
    ) -> Result<(), AppError> {
        if caller.person.id == id {
            self.check_current(caller, current).await?;
        } else {
            caller.permit(Operation::ManagePeople)?;
            self.storage.person(id).await?.ok_or(AppError::NotFound("person"))?;
        }
        let hash = passwords::hash(password).await?;
        let keep = caller.session.as_deref();
        Ok(self.storage.set_password(id, &hash, keep).await?)
    }

    async fn check_current(
        &self,
        caller: &Caller,
        current: Option<String>,
    ) -> Result<(), AppError> {
        let Some(hash) = self.storage.password_hash(&caller.person.id).await? else {
            return Ok(());
        };
        self.throttle.attempt(&format!("password {}", caller.person.id))?;
        if passwords::verify(current.unwrap_or_default(), Some(hash)).await? {
            Ok(())
        } else {
            Err(AppError::invalid("current", "this is not your current password"))
        }
    }
}
