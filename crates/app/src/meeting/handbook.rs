//! The handbook that a meeting follows, in the version that it is led with.

use afterword_domain::handbook::Handbook;
use afterword_domain::meeting::{Command, Followed, Meeting};

use crate::app::App;
use crate::error::AppError;

/// One version of a handbook.
pub(crate) struct InVersion {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) content: Handbook,
}

impl App {
    /// The handbook that a command is about: the newest version of one that is chosen now, else the
    /// version that the meeting is led with, which never changes under it.
    pub(crate) async fn handbook_for(
        &self,
        meeting: &Meeting,
        command: &Command,
    ) -> Result<Option<InVersion>, AppError> {
        let led = meeting.handbook.as_ref();
        let (id, version) = match (command, led) {
            (Command::Open { handbook }, led) if led.is_none_or(|led| led.id != *handbook) => {
                (handbook, None)
            }
            (_, Some(Followed { id, version })) => (id, Some(*version)),
            (_, None) => return Ok(None),
        };
        let found = self.kept_handbook(id, version).await?;
        let (version, content) = (found.version, found.content);
        Ok(Some(InVersion { id: id.clone(), version, content }))
    }
}
