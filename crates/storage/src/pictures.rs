//! Which pictures belong to which post-mortem; their bytes are in the blob store.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A picture of a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// `image/png` and the like, as its bytes say.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
}

fn picture(row: &AnyRow) -> Result<Picture, StorageError> {
    let columns = Columns { table: "pictures", row };
    Ok(Picture {
        sha256: columns.text("sha256")?,
        media_type: columns.text("media_type")?,
        size: columns.integer("size")?,
    })
}

impl Storage {
    /// Notes that a picture belongs to a post-mortem; the same picture twice is one.
    pub async fn add_picture(
        &self,
        postmortem_id: &str,
        picture: &Picture,
        uploaded_by: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO pictures (postmortem_id, sha256, media_type, size, uploaded_by, \
             uploaded_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(postmortem_id)
        .bind(&picture.sha256)
        .bind(&picture.media_type)
        .bind(picture.size)
        .bind(uploaded_by)
        .bind(now.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// The picture of a post-mortem with that hash.
    pub async fn picture(
        &self,
        postmortem_id: &str,
        sha256: &str,
    ) -> Result<Option<Picture>, StorageError> {
        let row = sqlx::query(
            "SELECT sha256, media_type, size FROM pictures \
             WHERE postmortem_id = $1 AND sha256 = $2",
        )
        .bind(postmortem_id)
        .bind(sha256)
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(picture).transpose()
    }
}
