//! Hearing no more of what is published, at one press in a mail.

use afterword_domain::chasing::Purpose;
use afterword_storage::{StorageError, Subscription};

use crate::app::App;
use crate::error::AppError;

impl App {
    /// Switches somebody's mails about publications off by the link in one of them. What they had
    /// chosen stays, for the day on which they want it again. A second time changes nothing.
    pub async fn unsubscribe(&self, token: &str) -> Result<(), AppError> {
        let now = self.clock.now();
        let claims = self.signer().await?.read(token, now)?;
        if claims.purpose != Purpose::Unsubscribe {
            return Err(AppError::invalid(
                "token",
                "this link is good for something else: open it from the message again",
            ));
        }
        if self.storage.person(&claims.person).await?.is_none() {
            return Ok(());
        }
        // Whoever changes something else at the same time must not keep the mails on.
        loop {
            let before = self.storage.subscription(&claims.person).await?;
            if !before.at_once && !before.weekly {
                return Ok(());
            }
            let after = Subscription { at_once: false, weekly: false, ..before };
            match self.storage.save_subscription(&claims.person, &after, now).await {
                Err(StorageError::Stale) => {}
                saved => return Ok(saved?),
            }
        }
    }
}
