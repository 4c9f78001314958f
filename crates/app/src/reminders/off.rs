//! Getting no more reminders, at one press in a message.

use afterword_domain::chasing::{Often, Purpose, Rhythm};
use afterword_storage::{ReminderPreferences, StorageError};

use crate::app::App;
use crate::error::AppError;

impl App {
    /// Switches somebody's reminders off by the link in a message. A second time changes nothing.
    pub async fn switch_reminders_off(&self, token: &str) -> Result<(), AppError> {
        let now = self.clock.now();
        let claims = self.signer().await?.read(token, now)?;
        if claims.purpose != Purpose::Off {
            return Err(AppError::invalid(
                "token",
                "this link is good for an answer, not for this",
            ));
        }
        if self.storage.person(&claims.person).await?.is_none() {
            return Ok(());
        }
        // Whoever changes something else at the same time must not keep the reminders on.
        loop {
            let before = self.storage.reminder_preferences(&claims.person).await?;
            if before.rhythm.often == Often::Off {
                return Ok(());
            }
            let rhythm = Rhythm { often: Often::Off, ..before.rhythm };
            let after = ReminderPreferences { rhythm, ..before };
            match self.storage.save_reminder_preferences(&claims.person, &after, now).await {
                Err(StorageError::Stale) => {}
                saved => return Ok(saved?),
            }
        }
    }
}
