//! One's own place on the roster: taken, changed and given up by oneself alone.

use afterword_domain::policy::Operation;
use afterword_domain::roster::begins_at;
use afterword_storage::StorageError;
use jiff::civil::Date;

use super::FacilitatorView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Puts the caller on the roster: whoever leads rooms already can, others begin to learn it.
    pub async fn join_roster(&self, caller: &Caller) -> Result<FacilitatorView, AppError> {
        caller.permit(Operation::EditSelf)?;
        let begin = begins_at(caller.person.role);
        match self.storage.join_roster(&caller.person.id, begin, self.clock.now()).await {
            Err(StorageError::Exists) => {
                Err(AppError::Conflict("you are on the roster already".to_owned()))
            }
            other => {
                other?;
                self.own_place(caller).await
            }
        }
    }

    /// Says from which day on the caller takes requests to lead; at once if there is none.
    pub async fn set_availability(
        &self,
        caller: &Caller,
        person: &str,
        read: Option<i64>,
        away_until: Option<Date>,
    ) -> Result<FacilitatorView, AppError> {
        own(caller, person)?;
        let place = self.own_place(caller).await?;
        let version = read.or_else(|| place.etag.parse().ok()).unwrap_or_default();
        match self.storage.set_away(person, away_until, version).await {
            Err(StorageError::Stale) => {
                Err(AppError::Stale { current: Some(serde_json::json!(place)) })
            }
            other => {
                other?;
                self.own_place(caller).await
            }
        }
    }

    /// Takes the caller off the roster. Seats that they took stay theirs until they step back.
    pub async fn leave_roster(&self, caller: &Caller, person: &str) -> Result<(), AppError> {
        own(caller, person)?;
        Ok(self.storage.leave_roster(person).await?)
    }
}

fn own(caller: &Caller, person: &str) -> Result<(), AppError> {
    caller.permit(Operation::EditSelf)?;
    if caller.person.id == person {
        return Ok(());
    }
    Err(AppError::Forbidden("everybody says for themselves when they take requests: ask them"))
}
