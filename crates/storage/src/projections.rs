//! The records read into rows: derived, and rebuilt at any time.

use afterword_domain::action::Action;
use afterword_domain::job::Job;
use afterword_domain::meeting::Meeting;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::actions::times;
use crate::database::Storage;
use crate::error::StorageError;
use crate::feedback;
use crate::jobs;
use crate::reminders;
use crate::rows::Columns;

/// A record as it was read after an update.
#[derive(Clone, Debug)]
pub struct ProjectionRow {
    /// The last update that was read.
    pub seq: i64,
    /// The whole reading, as JSON.
    pub record: String,
    /// Its actions.
    pub actions: Vec<Action>,
    /// How its meeting stands.
    pub meeting: Meeting,
}

/// Asks that the tickets of those actions follow that say something new.
async fn follow_tickets(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
    projection: &ProjectionRow,
    now: Timestamp,
) -> Result<(), StorageError> {
    let rows = sqlx::query(
        "SELECT t.id, t.action_id, a.action FROM tickets t LEFT JOIN projected_actions a \
         ON a.postmortem_id = t.postmortem_id AND a.action_id = t.action_id \
         WHERE t.postmortem_id = $1",
    )
    .bind(postmortem_id)
    .fetch_all(&mut **transaction)
    .await?;
    for row in &rows {
        let columns = Columns { table: "tickets", row };
        let action_id = columns.text("action_id")?;
        let after = projection.actions.iter().find(|it| it.id == action_id);
        let after = after.map(|action| serde_json::json!(action).to_string());
        if columns.optional_text("action")? != after {
            jobs::ask(transaction, &Job::Ticket { id: columns.text("id")? }, now).await?;
        }
    }
    Ok(())
}

impl Storage {
    /// Stores what a record says, unless a later reading stands there.
    pub async fn save_projection(
        &self,
        postmortem_id: &str,
        projection: &ProjectionRow,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        feedback::ask_when_closed(&mut transaction, postmortem_id, &projection.meeting, now)
            .await?;
        let meeting = &projection.meeting;
        let followed = meeting.handbook.as_ref();
        let done = sqlx::query(
            "INSERT INTO projections (postmortem_id, seq, record, handbook_id, handbook_version, \
             opened_at, closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (postmortem_id) DO UPDATE SET seq = excluded.seq, \
             record = excluded.record, handbook_id = excluded.handbook_id, \
             handbook_version = excluded.handbook_version, opened_at = excluded.opened_at, \
             closed_at = excluded.closed_at WHERE projections.seq <= excluded.seq",
        )
        .bind(postmortem_id)
        .bind(projection.seq)
        .bind(&projection.record)
        .bind(followed.map(|it| &it.id[..]))
        .bind(followed.map(|it| it.version))
        .bind(meeting.opened_at.map(Timestamp::as_microsecond))
        .bind(meeting.closed_at.map(Timestamp::as_microsecond))
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(());
        }
        follow_tickets(&mut transaction, postmortem_id, projection, now).await?;
        reminders::remind_owners(&mut transaction, postmortem_id, projection, now).await?;
        times::note(&mut transaction, postmortem_id, &projection.actions, now).await?;
        sqlx::query("DELETE FROM projected_actions WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .execute(&mut *transaction)
            .await?;
        for (position, action) in (0_i64..).zip(&projection.actions) {
            sqlx::query(
                "INSERT INTO projected_actions (postmortem_id, action_id, state, owner, due, \
                 position, action, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(postmortem_id)
            .bind(&action.id)
            .bind(action.state.as_str())
            .bind(action.owner.as_deref())
            .bind(action.due.map(|due| due.to_string()))
            .bind(position)
            .bind(serde_json::json!(action).to_string())
            .bind(format!("{} {}", action.title, action.done_when).to_lowercase())
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// What a record says, as it was last stored: the update it was read after, and the JSON.
    pub async fn projection(
        &self,
        postmortem_id: &str,
    ) -> Result<Option<(i64, String)>, StorageError> {
        let row = sqlx::query("SELECT seq, record FROM projections WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .fetch_optional(&self.readers)
            .await?;
        let read = |row: &AnyRow| {
            let columns = Columns { table: "projections", row };
            Ok((columns.integer("seq")?, columns.text("record")?))
        };
        row.as_ref().map(read).transpose()
    }

    /// The ids of the records that were written to since they were last read.
    pub async fn records_behind(&self) -> Result<Vec<String>, StorageError> {
        let ids = sqlx::query_scalar(
            "SELECT u.postmortem_id FROM record_updates u \
             LEFT JOIN projections p ON p.postmortem_id = u.postmortem_id \
             GROUP BY u.postmortem_id, p.seq HAVING p.seq IS NULL OR max(u.seq) > p.seq",
        );
        Ok(ids.fetch_all(&self.readers).await?)
    }
}
