//! Saying that two post-mortems belong together.

use afterword_domain::policy::Operation;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Says that two belong together; once is enough.
    pub async fn link_postmortems(
        &self,
        caller: &Caller,
        id: &str,
        other: &str,
    ) -> Result<(), AppError> {
        self.permitted(caller, id, Operation::AnswerReaders).await?;
        if id == other {
            return Err(AppError::invalid("other", "a post-mortem belongs to itself already"));
        }
        self.published(caller, other).await?;
        let (by, now) = (&caller.person.id, self.clock.now());
        Ok(self.storage.link_postmortems(id, other, by, now).await?)
    }

    /// Says so no more.
    pub async fn unlink_postmortems(
        &self,
        caller: &Caller,
        id: &str,
        other: &str,
    ) -> Result<(), AppError> {
        self.permitted(caller, id, Operation::AnswerReaders).await?;
        Ok(self.storage.unlink_postmortems(id, other).await?)
    }
}
