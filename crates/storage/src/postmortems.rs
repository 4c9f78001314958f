//! Post-mortems without their records, and who takes part in them.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use afterword_domain::incident::IncidentTimes;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;

use crate::database::Storage;
use crate::error::StorageError;
use crate::pages::{Page, PageRequest};
use crate::rows::Columns;

/// Which post-mortems are wanted.
#[derive(Clone, Debug, Default)]
pub struct PostmortemFilter {
    /// Only those at this stage.
    pub stage: Option<Stage>,
    /// Only those whose title contains this, in any case.
    pub title: Option<String>,
}

fn postmortem(row: &AnyRow) -> Result<Postmortem, StorageError> {
    let columns = Columns { table: "postmortems", row };
    Ok(Postmortem {
        id: columns.text("id")?,
        title: columns.text("title")?,
        incident: IncidentTimes {
            started_at: columns.time("started_at")?,
            detected_at: columns.optional_time("detected_at")?,
            stabilised_at: columns.optional_time("stabilised_at")?,
            resolved_at: columns.optional_time("resolved_at")?,
        },
        severity: columns.optional_text("severity")?,
        services: columns.parsed("services", |text| serde_json::from_str(text).ok())?,
        near_miss: columns.integer("near_miss")? != 0,
        stage: columns.parsed("stage", Stage::parse)?,
        naming: columns.parsed("naming", Naming::parse)?,
        created_by: columns.text("created_by")?,
        created_at: columns.time("created_at")?,
        published_at: columns.optional_time("published_at")?,
        version: columns.integer("version")?,
    })
}

fn micros(time: Option<Timestamp>) -> Option<i64> {
    time.map(Timestamp::as_microsecond)
}

/// A `LIKE` pattern that finds the words anywhere, whatever they contain.
pub(crate) fn containing(words: &str) -> String {
    let escaped: String = words
        .to_lowercase()
        .chars()
        .flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]))
        .collect();
    format!("%{escaped}%")
}

/// Stores a new post-mortem, in which nobody takes part yet.
pub(crate) async fn insert(
    transaction: &mut Transaction<'static, Any>,
    new: &Postmortem,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO postmortems (id, title, title_folded, severity, services, started_at, \
         detected_at, stabilised_at, resolved_at, stage, naming, created_by, created_at, \
         near_miss, published_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL, 1)",
    )
    .bind(&new.id)
    .bind(&new.title)
    .bind(new.title.to_lowercase())
    .bind(new.severity.as_deref())
    .bind(serde_json::json!(new.services).to_string())
    .bind(new.incident.started_at.as_microsecond())
    .bind(micros(new.incident.detected_at))
    .bind(micros(new.incident.stabilised_at))
    .bind(micros(new.incident.resolved_at))
    .bind(new.stage.as_str())
    .bind(new.naming.as_str())
    .bind(&new.created_by)
    .bind(new.created_at.as_microsecond())
    .bind(i64::from(new.near_miss))
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Writes a post-mortem that still has the version it was read with.
pub(crate) async fn update(
    transaction: &mut Transaction<'static, Any>,
    changed: &Postmortem,
) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE postmortems SET title = $1, severity = $2, services = $3, started_at = $4, \
         detected_at = $5, stabilised_at = $6, resolved_at = $7, stage = $8, naming = $9, \
         title_folded = $10, near_miss = $11, version = version + 1 \
         WHERE id = $12 AND version = $13",
    )
    .bind(&changed.title)
    .bind(changed.severity.as_deref())
    .bind(serde_json::json!(changed.services).to_string())
    .bind(changed.incident.started_at.as_microsecond())
    .bind(micros(changed.incident.detected_at))
    .bind(micros(changed.incident.stabilised_at))
    .bind(micros(changed.incident.resolved_at))
    .bind(changed.stage.as_str())
    .bind(changed.naming.as_str())
    .bind(changed.title.to_lowercase())
    .bind(i64::from(changed.near_miss))
    .bind(&changed.id)
    .bind(changed.version)
    .execute(&mut **transaction)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

impl Storage {
    /// Stores a new post-mortem whose first participant is who opened it.
    pub async fn add_postmortem(&self, new: &Postmortem) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        insert(&mut transaction, new).await?;
        sqlx::query(JOIN)
            .bind(&new.id)
            .bind(&new.created_by)
            .bind(new.created_at.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// The post-mortem with that id.
    pub async fn postmortem(&self, id: &str) -> Result<Option<Postmortem>, StorageError> {
        let row = sqlx::query("SELECT * FROM postmortems WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(postmortem).transpose()
    }

    /// Post-mortems by the beginning of their incident, newest first.
    pub async fn postmortems(
        &self,
        filter: &PostmortemFilter,
        page: &PageRequest,
    ) -> Result<Page<Postmortem>, StorageError> {
        let (started, id) = page.position((i64::MAX, ""));
        let rows = sqlx::query(
            "SELECT * FROM postmortems \
             WHERE (started_at < $1 OR (started_at = $1 AND id < $2)) \
             AND ($3 = '' OR stage = $3) AND title_folded LIKE $4 ESCAPE '\\' \
             ORDER BY started_at DESC, id DESC LIMIT $5",
        )
        .bind(started)
        .bind(id)
        .bind(filter.stage.map_or("", Stage::as_str))
        .bind(containing(filter.title.as_deref().unwrap_or_default()))
        .bind(page.fetch())
        .fetch_all(&self.readers)
        .await?;
        let items = rows.iter().map(postmortem).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(items, page, |last| {
            (last.incident.started_at.as_microsecond(), last.id.clone())
        }))
    }

    /// The ids of all post-mortems.
    pub async fn postmortem_ids(&self) -> Result<Vec<String>, StorageError> {
        let ids = sqlx::query_scalar("SELECT id FROM postmortems ORDER BY id");
        Ok(ids.fetch_all(&self.readers).await?)
    }

    /// Writes a post-mortem that still has the version it was read with.
    pub async fn change_postmortem(&self, changed: &Postmortem) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        update(&mut transaction, changed).await?;
        Ok(transaction.commit().await?)
    }

    /// Removes a post-mortem that could not be filled, with everything that belongs to it.
    pub async fn remove_postmortem(&self, id: &str) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM postmortems WHERE id = $1")
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Makes somebody a participant; nothing happens if they are one.
    pub async fn join(
        &self,
        postmortem_id: &str,
        person_id: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query(JOIN)
            .bind(postmortem_id)
            .bind(person_id)
            .bind(now.as_microsecond())
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Whether somebody is a participant.
    pub async fn takes_part(
        &self,
        postmortem_id: &str,
        person_id: &str,
    ) -> Result<bool, StorageError> {
        let row =
            sqlx::query("SELECT 1 FROM participants WHERE postmortem_id = $1 AND person_id = $2")
                .bind(postmortem_id)
                .bind(person_id)
                .fetch_optional(&self.readers)
                .await?;
        Ok(row.is_some())
    }

    /// The ids of the participants, in the order in which they came.
    pub async fn participants(&self, postmortem_id: &str) -> Result<Vec<String>, StorageError> {
        let ids = sqlx::query_scalar(
            "SELECT person_id FROM participants WHERE postmortem_id = $1 \
             ORDER BY joined_at, person_id",
        );
        Ok(ids.bind(postmortem_id).fetch_all(&self.readers).await?)
    }
}

const JOIN: &str = "INSERT INTO participants (postmortem_id, person_id, joined_at) \
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

#[cfg(test)]
mod tests {
    use super::containing;

    #[test]
    fn what_people_search_for_is_no_pattern() {
        assert_eq!(containing("100%_Disk"), "%100\\%\\_disk%");
    }
}
