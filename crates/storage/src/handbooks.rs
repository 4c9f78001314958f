//! Handbooks and their versions, which never change.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use afterword_domain::handbook::Handbook;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// One version of a handbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandbookVersion {
    /// Slug: the handbook's name in addresses.
    pub id: String,
    /// Counts the handbook's versions, from 1.
    pub version: i64,
    /// The handbook's newest version.
    pub newest: i64,
    /// When the handbook was retired; `None`: it is offered.
    pub retired_at: Option<Timestamp>,
    /// Its words.
    pub content: Handbook,
    /// Who made this version; `None`: it came with the product.
    pub author: Option<String>,
    /// What it was made for.
    pub reason: String,
    /// When it was made.
    pub made_at: Timestamp,
}

/// A version to be.
#[derive(Clone, Debug)]
pub struct NewHandbookVersion {
    /// The handbook.
    pub id: String,
    /// Its words.
    pub content: Handbook,
    /// Who makes it; `None`: it comes with the product.
    pub author: Option<String>,
    /// What it is made for.
    pub reason: String,
    /// When.
    pub made_at: Timestamp,
}

const SELECT: &str = "SELECT v.handbook_id AS id, v.version, h.version AS newest, h.retired_at, \
     v.content, v.author, v.reason, v.made_at \
     FROM handbook_versions v JOIN handbooks h ON h.id = v.handbook_id";

fn handbook_version(row: &AnyRow) -> Result<HandbookVersion, StorageError> {
    let columns = Columns { table: "handbook_versions", row };
    Ok(HandbookVersion {
        id: columns.text("id")?,
        version: columns.integer("version")?,
        newest: columns.integer("newest")?,
        retired_at: columns.optional_time("retired_at")?,
        content: columns.parsed("content", |text| serde_json::from_str(text).ok())?,
        author: columns.optional_text("author")?,
        reason: columns.text("reason")?,
        made_at: columns.time("made_at")?,
    })
}

impl Storage {
    /// The newest version of every handbook, retired ones too, by id.
    pub async fn handbooks(&self) -> Result<Vec<HandbookVersion>, StorageError> {
        let sql = format!("{SELECT} WHERE v.version = h.version ORDER BY v.handbook_id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(handbook_version).collect()
    }

    /// One version of a handbook; the newest if none is named.
    pub async fn handbook(
        &self,
        id: &str,
        version: Option<i64>,
    ) -> Result<Option<HandbookVersion>, StorageError> {
        let sql =
            format!("{SELECT} WHERE v.handbook_id = $1 AND v.version = COALESCE($2, h.version)");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .bind(version)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(handbook_version).transpose()
    }

    /// Every version of a handbook, newest first; none if there is no such handbook.
    pub async fn handbook_versions(&self, id: &str) -> Result<Vec<HandbookVersion>, StorageError> {
        let sql = format!("{SELECT} WHERE v.handbook_id = $1 ORDER BY v.version DESC");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_all(&self.readers).await?;
        rows.iter().map(handbook_version).collect()
    }

    /// Stores the first version of a new handbook; `Exists` if its id is taken.
    pub async fn add_handbook(&self, new: &NewHandbookVersion) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("INSERT INTO handbooks (id, version) VALUES ($1, 1)")
            .bind(&new.id)
            .execute(&mut *transaction)
            .await?;
        insert_version(&mut transaction, new, 1).await?;
        Ok(transaction.commit().await?)
    }

    /// Stores the version after `read`; `Stale` if that is no longer the newest. Answers its number.
    pub async fn add_handbook_version(
        &self,
        new: &NewHandbookVersion,
        read: i64,
    ) -> Result<i64, StorageError> {
        let mut transaction = self.begin().await?;
        let version = add_version(&mut transaction, new, read).await?;
        transaction.commit().await?;
        Ok(version)
    }

    /// Retires a handbook, or offers it again (`None`); `Stale` if `read` is not its newest
    /// version.
    pub async fn retire_handbook(
        &self,
        id: &str,
        read: i64,
        at: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        let done =
            sqlx::query("UPDATE handbooks SET retired_at = $1 WHERE id = $2 AND version = $3")
                .bind(at.map(Timestamp::as_microsecond))
                .bind(id)
                .bind(read)
                .execute(self.writer())
                .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }
}

/// The same as part of a transaction.
pub(crate) async fn add_version(
    transaction: &mut Transaction<'static, Any>,
    new: &NewHandbookVersion,
    read: i64,
) -> Result<i64, StorageError> {
    let done =
        sqlx::query("UPDATE handbooks SET version = version + 1 WHERE id = $1 AND version = $2")
            .bind(&new.id)
            .bind(read)
            .execute(&mut **transaction)
            .await?;
    if done.rows_affected() == 0 {
        return Err(StorageError::Stale);
    }
    insert_version(transaction, new, read + 1).await?;
    Ok(read + 1)
}

async fn insert_version(
    transaction: &mut Transaction<'static, Any>,
    new: &NewHandbookVersion,
    version: i64,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO handbook_versions (handbook_id, version, content, author, reason, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&new.id)
    .bind(version)
    .bind(serde_json::json!(new.content).to_string())
    .bind(new.author.as_deref())
    .bind(&new.reason)
    .bind(new.made_at.as_microsecond())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
