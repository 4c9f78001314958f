//! Bearer tokens for programs.

use afterword_storage::{Credential, CredentialKind, NewCredential};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::people::normal_email;
use crate::secrets::{new_id, new_secret, sha256};

/// A token to be handed to a program.
#[derive(Debug)]
pub struct NewToken {
    /// UUID, to revoke it by.
    pub id: String,
    /// The secret; shown once.
    pub secret: String,
}

const LONGEST_LABEL: usize = 100;

impl App {
    /// Who holds this bearer token.
    pub async fn token(&self, secret: &str) -> Result<Option<Caller>, AppError> {
        self.holder(secret, CredentialKind::Token).await
    }

    /// The caller's tokens, without their secrets.
    pub async fn tokens(&self, caller: &Caller) -> Result<Vec<Credential>, AppError> {
        Ok(self.storage.credentials_of(&caller.person.id, CredentialKind::Token).await?)
    }

    /// Makes a token for the caller.
    pub async fn add_token(&self, caller: &Caller, label: &str) -> Result<NewToken, AppError> {
        self.new_token(&caller.person.id, label).await
    }

    /// Makes a token for the person with that address; for the command line.
    pub async fn add_token_for(&self, email: &str, label: &str) -> Result<NewToken, AppError> {
        let found = self.storage.person_by_email(&normal_email(email)).await?;
        let (person, _) = found.ok_or(AppError::NotFound("person; add one with `person add`"))?;
        self.new_token(&person.id, label).await
    }

    async fn new_token(&self, person_id: &str, label: &str) -> Result<NewToken, AppError> {
        let label: String = label.trim().chars().take(LONGEST_LABEL).collect();
        let (id, secret) = (new_id(), new_secret());
        let credential = NewCredential {
            id: id.clone(),
            secret_hash: sha256(secret.as_bytes()),
            kind: CredentialKind::Token,
            person_id: person_id.to_owned(),
            label: if label.is_empty() { "token".to_owned() } else { label },
            expires_at: None,
        };
        self.storage.add_credential(&credential, self.clock.now()).await?;
        Ok(NewToken { id, secret })
    }

    /// Revokes one of the caller's tokens.
    pub async fn remove_token(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        if self.storage.remove_credential(&caller.person.id, id).await? {
            Ok(())
        } else {
            Err(AppError::NotFound("token"))
        }
    }
}
