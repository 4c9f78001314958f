//! Secrets that stand for a person: sessions, bearer tokens, single-use sign-in links.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// What a secret is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// A browser that signed in.
    Session,
    /// A program, until revoked.
    Token,
    /// One sign-in by mail.
    Link,
    /// Reading the feed, until revoked, and nothing else.
    Feed,
    /// Reading when calls are, until revoked, and nothing else.
    Calendar,
}

impl CredentialKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Token => "token",
            Self::Link => "link",
            Self::Feed => "feed",
            Self::Calendar => "calendar",
        }
    }
}

/// A secret to be stored; only its hash arrives here.
#[derive(Clone, Debug)]
pub struct NewCredential {
    /// UUID.
    pub id: String,
    /// SHA-256 of the secret, in hexadecimal.
    pub secret_hash: String,
    /// What it is good for.
    pub kind: CredentialKind,
    /// Whose it is.
    pub person_id: String,
    /// What the person calls it.
    pub label: String,
    /// Until when it works; for ever if absent.
    pub expires_at: Option<Timestamp>,
}

/// A stored secret, as its owner may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// UUID.
    pub id: String,
    /// Whose it is.
    pub person_id: String,
    /// What the person calls it.
    pub label: String,
    /// When it was made.
    pub created_at: Timestamp,
}

fn credential(row: &AnyRow) -> Result<Credential, StorageError> {
    let columns = Columns { table: "credentials", row };
    Ok(Credential {
        id: columns.text("id")?,
        person_id: columns.text("person_id")?,
        label: columns.text("label")?,
        created_at: columns.time("created_at")?,
    })
}

impl Storage {
    /// Stores a secret's hash.
    pub async fn add_credential(
        &self,
        new: &NewCredential,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO credentials (id, secret_hash, kind, person_id, label, created_at, \
             expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&new.id)
        .bind(&new.secret_hash)
        .bind(new.kind.as_str())
        .bind(&new.person_id)
        .bind(&new.label)
        .bind(now.as_microsecond())
        .bind(new.expires_at.map(Timestamp::as_microsecond))
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// The credential with that hash, if it is of this kind and still works.
    pub async fn credential(
        &self,
        secret_hash: &str,
        kind: CredentialKind,
        now: Timestamp,
    ) -> Result<Option<Credential>, StorageError> {
        let row = sqlx::query(
            "SELECT id, person_id, label, created_at FROM credentials \
             WHERE secret_hash = $1 AND kind = $2 AND (expires_at IS NULL OR expires_at > $3)",
        )
        .bind(secret_hash)
        .bind(kind.as_str())
        .bind(now.as_microsecond())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(credential).transpose()
    }

    /// Takes a single-use credential: of two who try at once, one gets it.
    pub async fn take_credential(
        &self,
        secret_hash: &str,
        kind: CredentialKind,
        now: Timestamp,
    ) -> Result<Option<Credential>, StorageError> {
        let row = sqlx::query(
            "DELETE FROM credentials \
             WHERE secret_hash = $1 AND kind = $2 AND (expires_at IS NULL OR expires_at > $3) \
             RETURNING id, person_id, label, created_at",
        )
        .bind(secret_hash)
        .bind(kind.as_str())
        .bind(now.as_microsecond())
        .fetch_optional(self.writer())
        .await?;
        row.as_ref().map(credential).transpose()
    }

    /// A person's credentials of one kind, newest first.
    pub async fn credentials_of(
        &self,
        person_id: &str,
        kind: CredentialKind,
    ) -> Result<Vec<Credential>, StorageError> {
        let rows = sqlx::query(
            "SELECT id, person_id, label, created_at FROM credentials \
             WHERE person_id = $1 AND kind = $2 ORDER BY created_at DESC, id",
        )
        .bind(person_id)
        .bind(kind.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(credential).collect()
    }

    /// Revokes a person's credential; `false` if there was none.
    pub async fn remove_credential(&self, person_id: &str, id: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM credentials WHERE person_id = $1 AND id = $2")
            .bind(person_id)
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Forgets what no longer works.
    pub async fn remove_expired_credentials(&self, now: Timestamp) -> Result<u64, StorageError> {
        let done = sqlx::query("DELETE FROM credentials WHERE expires_at <= $1")
            .bind(now.as_microsecond())
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected())
    }
}
