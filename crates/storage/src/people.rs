//! Accounts.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use afterword_domain::people::{Discipline, Person, Role};

use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::rows::Columns;

/// An account to be.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// UUID.
    pub id: String,
    /// Lower case.
    pub email: String,
    /// As the person wants to be called.
    pub name: String,
    /// Whose view the person has.
    pub discipline: Discipline,
    /// An IANA time zone name.
    pub time_zone: String,
    /// What the account may do.
    pub role: Role,
    /// Argon2id in PHC form.
    pub password_hash: Option<String>,
}

/// What an account becomes; every field is written.
#[derive(Clone, Debug)]
pub struct PersonChange {
    /// Lower case.
    pub email: String,
    /// As the person wants to be called.
    pub name: String,
    /// Whose view the person has.
    pub discipline: Discipline,
    /// An IANA time zone name.
    pub time_zone: String,
    /// What the account may do.
    pub role: Role,
}

fn person(row: &AnyRow) -> Result<Person, StorageError> {
    let columns = Columns { table: "people", row };
    Ok(Person {
        id: columns.text("id")?,
        email: columns.text("email")?,
        name: columns.text("name")?,
        discipline: columns.parsed("discipline", |text| text.parse().ok())?,
        time_zone: columns.text("time_zone")?,
        role: columns.parsed("role", |text| text.parse().ok())?,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// Creates an account; `Exists` if the address is taken.
    pub async fn add_person(&self, new: &NewPerson, now: Timestamp) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO people (id, email, name, discipline, time_zone, role, password_hash, \
             created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        )
        .bind(&new.id)
        .bind(&new.email)
        .bind(&new.name)
        .bind(new.discipline.as_str())
        .bind(&new.time_zone)
        .bind(new.role.as_str())
        .bind(new.password_hash.as_deref())
        .bind(now.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// The account with that id.
    pub async fn person(&self, id: &str) -> Result<Option<Person>, StorageError> {
        const SQL: &str = "SELECT id, email, name, discipline, time_zone, role, version \
             FROM people WHERE id = $1";
        let row = sqlx::query(SQL).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(person).transpose()
    }

    /// The account with that address, and the hash of its password if it has one.
    pub async fn person_by_email(
        &self,
        email: &str,
    ) -> Result<Option<(Person, Option<String>)>, StorageError> {
        const SQL: &str = "SELECT id, email, name, discipline, time_zone, role, version, \
             password_hash FROM people WHERE email = $1";
        let row = sqlx::query(SQL).bind(email).fetch_optional(&self.readers).await?;
        let read = |row: &AnyRow| {
            let hash = Columns { table: "people", row }.optional_text("password_hash")?;
            Ok((person(row)?, hash))
        };
        row.as_ref().map(read).transpose()
    }

    /// The hash of a person's password.
    pub async fn password_hash(&self, id: &str) -> Result<Option<String>, StorageError> {
        let row = sqlx::query("SELECT password_hash FROM people WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        let hash = |row: &AnyRow| Columns { table: "people", row }.optional_text("password_hash");
        Ok(row.as_ref().map(hash).transpose()?.flatten())
    }

    /// Every account, by name.
    pub async fn people(&self) -> Result<Vec<Person>, StorageError> {
        const SQL: &str = "SELECT id, email, name, discipline, time_zone, role, version \
             FROM people ORDER BY name, id";
        let rows = sqlx::query(SQL).fetch_all(&self.readers).await?;
        rows.iter().map(person).collect()
    }

    /// Changes an account that still has this version; `LastAdministrator` if nobody could
    /// administer afterwards.
    pub async fn change_person(
        &self,
        id: &str,
        version: i64,
        change: &PersonChange,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        if change.role != Role::Admin {
            self.keep_an_administrator(&mut transaction, id).await?;
        }
        let done = sqlx::query(
            "UPDATE people SET email = $1, name = $2, discipline = $3, time_zone = $4, \
             role = $5, version = version + 1 WHERE id = $6 AND version = $7",
        )
        .bind(&change.email)
        .bind(&change.name)
        .bind(change.discipline.as_str())
        .bind(&change.time_zone)
        .bind(change.role.as_str())
        .bind(id)
        .bind(version)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StorageError::Stale);
        }
        Ok(transaction.commit().await?)
    }

    /// Refuses if this person is the only administrator. Whoever else would change one waits until
    /// the transaction ends.
    async fn keep_an_administrator(
        &self,
        transaction: &mut Transaction<'static, Any>,
        id: &str,
    ) -> Result<(), StorageError> {
        // SQLite has one writer at a time.
        let lock = match self.engine() {
            Engine::Sqlite => "",
            Engine::Postgres => "FOR UPDATE",
        };
        let sql = format!("SELECT id FROM people WHERE role = $1 ORDER BY id {lock}");
        let all: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(Role::Admin.as_str())
            .fetch_all(&mut **transaction)
            .await?;
        if all == [id] { Err(StorageError::LastAdministrator) } else { Ok(()) }
    }

    /// The administrator whose account is the oldest.
    pub async fn first_administrator(&self) -> Result<Option<Person>, StorageError> {
        const SQL: &str = "SELECT id, email, name, discipline, time_zone, role, version \
             FROM people WHERE role = $1 ORDER BY created_at, id LIMIT 1";
        let row = sqlx::query(SQL).bind(Role::Admin.as_str()).fetch_optional(&self.readers).await?;
        row.as_ref().map(person).transpose()
    }

    /// Sets a password and ends every session but the one kept.
    pub async fn set_password(
        &self,
        id: &str,
        password_hash: &str,
        keep_session: Option<&str>,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE people SET password_hash = $1 WHERE id = $2")
            .bind(password_hash)
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "DELETE FROM credentials WHERE person_id = $1 AND kind <> 'token' AND id <> $2",
        )
        .bind(id)
        .bind(keep_session.unwrap_or_default())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }
}
