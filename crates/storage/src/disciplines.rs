//! The organisation's list of disciplines.

use sqlx::any::AnyRow;

use afterword_domain::people::Discipline;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A discipline and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisciplineLabel {
    /// Its slug.
    pub slug: Discipline,
    /// What it is called.
    pub label: String,
}

fn discipline(row: &AnyRow) -> Result<DisciplineLabel, StorageError> {
    let columns = Columns { table: "disciplines", row };
    Ok(DisciplineLabel {
        slug: columns.parsed("slug", |text| text.parse().ok())?,
        label: columns.text("label")?,
    })
}

impl Storage {
    /// The organisation's list in its order; empty if it was never set.
    pub async fn disciplines(&self) -> Result<Vec<DisciplineLabel>, StorageError> {
        let rows = sqlx::query("SELECT slug, label FROM disciplines ORDER BY position")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(discipline).collect()
    }

    /// Replaces the organisation's list.
    pub async fn set_disciplines(&self, list: &[DisciplineLabel]) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM disciplines").execute(&mut *transaction).await?;
        for (position, discipline) in (0_i64..).zip(list) {
            sqlx::query("INSERT INTO disciplines (slug, label, position) VALUES ($1, $2, $3)")
                .bind(discipline.slug.as_str())
                .bind(&discipline.label)
                .bind(position)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}
