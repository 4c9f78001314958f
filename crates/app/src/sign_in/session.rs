//! A browser that signed in.

use afterword_storage::{CredentialKind, NewCredential};
use jiff::{SignedDuration, Timestamp};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::{new_id, new_secret, sha256};

/// How long a session lasts.
const LASTS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A session to be put into a cookie.
#[derive(Debug)]
pub struct NewSession {
    /// The secret; shown once.
    pub secret: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

impl App {
    /// Begins a session for a person who showed who they are.
    pub(crate) async fn begin_session(&self, person_id: &str) -> Result<NewSession, AppError> {
        let now = self.clock.now();
        let (secret, expires_at) = (new_secret(), now + LASTS);
        let credential = NewCredential {
            id: new_id(),
            secret_hash: sha256(secret.as_bytes()),
            kind: CredentialKind::Session,
            person_id: person_id.to_owned(),
            label: "browser".to_owned(),
            expires_at: Some(expires_at),
        };
        self.storage.remove_expired_credentials(now).await?;
        self.storage.add_credential(&credential, now).await?;
        Ok(NewSession { secret, expires_at })
    }

    /// Who holds this session.
    pub async fn session(&self, secret: &str) -> Result<Option<Caller>, AppError> {
        self.holder(secret, CredentialKind::Session).await
    }

    /// Who holds a secret of this kind.
    pub(crate) async fn holder(
        &self,
        secret: &str,
        kind: CredentialKind,
    ) -> Result<Option<Caller>, AppError> {
        let hash = sha256(secret.as_bytes());
        let Some(found) = self.storage.credential(&hash, kind, self.clock.now()).await? else {
            return Ok(None);
        };
        let person = self.storage.person(&found.person_id).await?;
        let session = (kind == CredentialKind::Session).then_some(found.id);
        Ok(person.map(|person| Caller { person, session }))
    }

    /// Ends the caller's session.
    pub async fn end_session(&self, caller: &Caller) -> Result<(), AppError> {
        if let Some(session) = &caller.session {
            self.storage.remove_credential(&caller.person.id, session).await?;
        }
        Ok(())
    }
}
