//! The fixed versions that the organisation reads.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;

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
    /// The same as plain lower-case words, to be searched.
    pub search_text: String,
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
        search_text: columns.text("search_text")?,
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
    /// Stores a publication in the place of the one before, and moves the post-mortem to its
    /// stage; one transaction. Answers the edition.
    pub async fn publish(
        &self,
        new: &Publication,
        naming: Naming,
        stage: Stage,
    ) -> Result<i64, StorageError> {
        let mut transaction = self.begin().await?;
        let edition: i64 = sqlx::query_scalar(
            "INSERT INTO publications (postmortem_id, edition, published_at, published_by, \
             document, search_text) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (postmortem_id) DO UPDATE SET edition = publications.edition + 1, \
             published_at = excluded.published_at, published_by = excluded.published_by, \
             document = excluded.document, search_text = excluded.search_text \
             RETURNING edition",
        )
        .bind(&new.postmortem_id)
        .bind(new.edition)
        .bind(new.published_at.as_microsecond())
        .bind(&new.published_by)
        .bind(&new.document)
        .bind(&new.search_text)
        .fetch_one(&mut *transaction)
        .await?;
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
        transaction.commit().await?;
        Ok(edition)
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
}
