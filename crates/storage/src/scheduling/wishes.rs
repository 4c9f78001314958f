//! What people said of hours of a post-mortem.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// What somebody wishes of an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishKind {
    /// That it is chosen.
    Propose,
    /// That it is not: they cannot come.
    Refuse,
}

impl WishKind {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Refuse => "refuse",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Propose, Self::Refuse].into_iter().find(|it| it.as_str() == name)
    }
}

/// What somebody said of an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourWish {
    /// Id of the person.
    pub person_id: String,
    /// When it would begin.
    pub starts_at: Timestamp,
    /// What they wish.
    pub wish: WishKind,
    /// Why, in their words; may be empty.
    pub note: String,
}

fn wish(row: &AnyRow) -> Result<HourWish, StorageError> {
    let columns = Columns { table: "hour_wishes", row };
    Ok(HourWish {
        person_id: columns.text("person_id")?,
        starts_at: columns.time("starts_at")?,
        wish: columns.parsed("wish", WishKind::parse)?,
        note: columns.text("note")?,
    })
}

impl Storage {
    /// What was said of a post-mortem's hours, by the hours.
    pub async fn hour_wishes(&self, postmortem_id: &str) -> Result<Vec<HourWish>, StorageError> {
        let rows = sqlx::query(
            "SELECT person_id, starts_at, wish, note FROM hour_wishes WHERE postmortem_id = $1 \
             ORDER BY starts_at, made_at, person_id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(wish).collect()
    }

    /// Keeps what somebody says of an hour, instead of what they said of it before.
    pub async fn save_hour_wish(
        &self,
        postmortem_id: &str,
        new: &HourWish,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO hour_wishes (postmortem_id, person_id, starts_at, wish, note, made_at) \
             VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (postmortem_id, person_id, starts_at) DO UPDATE SET \
             wish = excluded.wish, note = excluded.note, made_at = excluded.made_at",
        )
        .bind(postmortem_id)
        .bind(&new.person_id)
        .bind(new.starts_at.as_microsecond())
        .bind(new.wish.as_str())
        .bind(&new.note)
        .bind(now.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Takes back what somebody said of an hour; `false` if they said nothing.
    pub async fn remove_hour_wish(
        &self,
        postmortem_id: &str,
        person_id: &str,
        starts_at: Timestamp,
    ) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "DELETE FROM hour_wishes WHERE postmortem_id = $1 AND person_id = $2 \
             AND starts_at = $3",
        )
        .bind(postmortem_id)
        .bind(person_id)
        .bind(starts_at.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
