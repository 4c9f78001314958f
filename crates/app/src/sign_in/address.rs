//! Secrets in addresses, by which a program that cannot sign in reads one thing for somebody.

use afterword_storage::{CredentialKind, NewCredential};
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::{new_id, new_secret, sha256};

impl App {
    /// Since when somebody has such an address.
    pub(crate) async fn address_since(
        &self,
        person: &str,
        kind: CredentialKind,
    ) -> Result<Option<Timestamp>, AppError> {
        let kept = self.storage.credentials_of(person, kind).await?;
        Ok(kept.first().map(|it| it.created_at))
    }

    /// Makes the secret of an address, in the place of the one before.
    pub(crate) async fn make_address(
        &self,
        caller: &Caller,
        kind: CredentialKind,
    ) -> Result<String, AppError> {
        self.revoke_address(caller, kind).await?;
        let secret = new_secret();
        let credential = NewCredential {
            id: new_id(),
            secret_hash: sha256(secret.as_bytes()),
            kind,
            person_id: caller.person.id.clone(),
            label: "address".to_owned(),
            expires_at: None,
        };
        self.storage.add_credential(&credential, self.clock.now()).await?;
        Ok(secret)
    }

    /// Takes such an address back; nothing happens if there is none.
    pub(crate) async fn revoke_address(
        &self,
        caller: &Caller,
        kind: CredentialKind,
    ) -> Result<(), AppError> {
        let person = &caller.person.id;
        for kept in self.storage.credentials_of(person, kind).await? {
            self.storage.remove_credential(person, &kept.id).await?;
        }
        Ok(())
    }
}
