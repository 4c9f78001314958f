//! Sign-in by a link that works once.

use afterword_storage::{CredentialKind, NewCredential};
use jiff::SignedDuration;

use crate::app::App;
use crate::error::AppError;
use crate::people::normal_email;
use crate::secrets::{new_id, new_secret, sha256};
use crate::sign_in::NewSession;

/// How long a link works.
const LASTS: SignedDuration = SignedDuration::from_mins(15);

impl App {
    /// Sends a link to whoever has an account under that address; nobody learns whether one does.
    pub async fn send_sign_in_link(&self, email: &str) -> Result<(), AppError> {
        let Some(mailer) = &self.mailer else {
            return Err(AppError::Conflict(
                "this server sends no mail: sign in with your password, or ask an administrator"
                    .to_owned(),
            ));
        };
        let email = normal_email(email);
        self.throttle.attempt(&format!("link {email}"))?;
        let Some((person, _)) = self.storage.person_by_email(&email).await? else {
            return Ok(());
        };
        let secret = self.new_link(&person.id).await?;
        // Behind `#`, so that the secret stays out of logs and of the addresses that mail
        // scanners fetch; the page asks for a click before it is used.
        let link = format!("{}/sign-in/link#{secret}", self.settings.public_url);
        let text = format!(
            "Hello {},\n\nthis link signs you in to Afterword. It works once, for 15 minutes:\n\n\
             {link}\n\nIf you did not ask for it, ignore this mail; nothing happens.\n",
            person.name
        );
        // Sending takes as long as the mail server likes, and the answer must not tell whether
        // there is an account: so it is not waited for.
        let (mailer, address) = (mailer.clone(), person.email.clone());
        tokio::spawn(async move {
            if let Err(error) = mailer.send(&address, "Your link to Afterword", text).await {
                tracing::error!(%error, "a sign-in link could not be sent");
            }
        });
        Ok(())
    }

    async fn new_link(&self, person_id: &str) -> Result<String, AppError> {
        let (secret, now) = (new_secret(), self.clock.now());
        let credential = NewCredential {
            id: new_id(),
            secret_hash: sha256(secret.as_bytes()),
            kind: CredentialKind::Link,
            person_id: person_id.to_owned(),
            label: "sign-in link".to_owned(),
            expires_at: Some(now + LASTS),
        };
        self.storage.add_credential(&credential, now).await?;
        Ok(secret)
    }

    /// Uses a link; the second time it is refused.
    pub async fn use_sign_in_link(&self, secret: &str) -> Result<NewSession, AppError> {
        let hash = sha256(secret.as_bytes());
        let taken =
            self.storage.take_credential(&hash, CredentialKind::Link, self.clock.now()).await?;
        match taken {
            Some(link) => self.begin_session(&link.person_id).await,
            None => Err(AppError::NotSignedIn(
                "this link was used already or is older than 15 minutes: ask for a new one",
            )),
        }
    }
}
