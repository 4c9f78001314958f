//! The fixed versions that the organisation reads.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;

use crate::announcements;
use crate::database::Storage;
use crate::error::StorageError;
use crate::library::index;
use crate::rows::Columns;

/// A fixed version.
#[derive(Clone, Debug)]
pub struct Publication {
    /// What it is a version of.
    pub postmortem_id: String,
    /// Counts the publications of one post-mortem, from 1.
    pub edition: i64,
    /// When it was made.
    pub published_at: Timestamp,
    /// Who made it.
    pub published_by: String,
    /// Everything that its readers get, as JSON, and nothing else.
    pub document: String,
}

/// A published post-mortem in the library.
#[derive(Clone, Debug)]
pub struct LibraryHit {
    /// Which one.
    pub postmortem_id: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// Everything that its readers get, as JSON.
    pub document: String,
}

fn publication(row: &AnyRow) -> Result<Publication, StorageError> {
    let columns = Columns { table: "publications", row };
    Ok(Publication {
        postmortem_id: columns.text("postmortem_id")?,
        edition: columns.integer("edition")?,
        published_at: columns.time("published_at")?,
        published_by: columns.text("published_by")?,
        document: columns.text("document")?,
    })
}

pub(crate) fn hit(row: &AnyRow) -> Result<LibraryHit, StorageError> {
    let columns = Columns { table: "publications", row };
    Ok(LibraryHit {
        postmortem_id: columns.text("postmortem_id")?,
        published_at: columns.time("published_at")?,
        document: columns.text("document")?,
    })
}

impl Storage {
    /// Stores a publication in the place of the edition before, moves the post-mortem to its stage,
    /// and asks that people are told, of the first edition or if `tell_again`; one transaction.
    /// `Stale` if another edition was published meanwhile.
    pub async fn publish(
        &self,
        new: &Publication,
        naming: Naming,
        stage: Stage,
        tell_again: bool,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "INSERT INTO publications (postmortem_id, edition, published_at, published_by, \
             document) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (postmortem_id) DO UPDATE SET edition = excluded.edition, \
             published_at = excluded.published_at, published_by = excluded.published_by, \
             document = excluded.document \
             WHERE publications.edition = excluded.edition - 1",
        )
        .bind(&new.postmortem_id)
        .bind(new.edition)
        .bind(new.published_at.as_microsecond())
        .bind(&new.published_by)
        .bind(&new.document)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StorageError::Stale);
        }
        sqlx::query(
            "UPDATE postmortems SET published_at = $1, naming = $2, stage = $3, \
             version = version + 1 WHERE id = $4",
        )
        .bind(new.published_at.as_microsecond())
        .bind(naming.as_str())
        .bind(stage.as_str())
        .bind(&new.postmortem_id)
        .execute(&mut *transaction)
        .await?;
        if new.edition == 1 || tell_again {
            let (id, at) = (&new.postmortem_id, new.published_at);
            announcements::ask(&mut transaction, id, tell_again, at).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Takes a publication back; `false` if there was none.
    pub async fn unpublish(&self, postmortem_id: &str, stage: Stage) -> Result<bool, StorageError> {
        let mut transaction = self.begin().await?;
        index::remove(&mut transaction, postmortem_id).await?;
        let done = sqlx::query("DELETE FROM publications WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "UPDATE postmortems SET published_at = NULL, stage = $1, version = version + 1 \
             WHERE id = $2",
        )
        .bind(stage.as_str())
        .bind(postmortem_id)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The publication of a post-mortem.
    pub async fn publication(
        &self,
        postmortem_id: &str,
    ) -> Result<Option<Publication>, StorageError> {
        let row = sqlx::query("SELECT * FROM publications WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(publication).transpose()
    }

    /// What people were first or once more to be told of from one time until before another, newest
    /// first, at most so many.
    pub async fn announced_between(
        &self,
        from: Timestamp,
        until: Timestamp,
        most: i64,
    ) -> Result<Vec<LibraryHit>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.postmortem_id, p.published_at, p.document FROM publications p \
             JOIN announcements a ON a.postmortem_id = p.postmortem_id \
             WHERE a.asked_at >= $1 AND a.asked_at < $2 \
             ORDER BY a.asked_at DESC, p.postmortem_id DESC LIMIT $3",
        )
        .bind(from.as_microsecond())
        .bind(until.as_microsecond())
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(hit).collect()
    }

    /// The edition that is published; `None` if none is.
    pub async fn edition(&self, postmortem_id: &str) -> Result<Option<i64>, StorageError> {
        let edition =
            sqlx::query_scalar("SELECT edition FROM publications WHERE postmortem_id = $1")
                .bind(postmortem_id)
                .fetch_optional(&self.readers)
                .await?;
        Ok(edition)
    }

    /// What is published of incidents that began from one time until before another, in their
    /// order.
    pub async fn published_of_incidents(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<LibraryHit>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.postmortem_id, p.published_at, p.document FROM publications p \
             JOIN postmortems m ON m.id = p.postmortem_id \
             WHERE m.started_at >= $1 AND m.started_at < $2 ORDER BY m.started_at, m.id",
        )
        .bind(from.as_microsecond())
        .bind(until.as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(hit).collect()
    }
}
