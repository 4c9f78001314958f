//! The records read into rows: derived, and rebuilt at any time.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::job::Job;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::pages::{Page, PageRequest};
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
}

/// Which actions are wanted.
#[derive(Clone, Debug, Default)]
pub struct ActionFilter {
    /// Only those in this state.
    pub state: Option<ActionState>,
    /// Only those of this owner, exactly as in the record.
    pub owner: Option<String>,
}

/// An action and where it stands.
#[derive(Clone, Debug)]
pub struct ActionRow {
    /// The post-mortem it came from.
    pub postmortem_id: String,
    /// The action.
    pub action: Action,
    position: i64,
}

/// The name used in the API and the store.
pub(crate) fn state_name(state: ActionState) -> &'static str {
    match state {
        ActionState::Parked => "parked",
        ActionState::Open => "open",
        ActionState::Doing => "doing",
        ActionState::Done => "done",
        ActionState::Declined => "declined",
    }
}

fn action(row: &AnyRow) -> Result<ActionRow, StorageError> {
    let columns = Columns { table: "projected_actions", row };
    Ok(ActionRow {
        postmortem_id: columns.text("postmortem_id")?,
        action: columns.parsed("action", |text| serde_json::from_str(text).ok())?,
        position: columns.integer("position")?,
    })
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
        let done = sqlx::query(
            "INSERT INTO projections (postmortem_id, seq, record) VALUES ($1, $2, $3) \
             ON CONFLICT (postmortem_id) DO UPDATE SET seq = excluded.seq, \
             record = excluded.record WHERE projections.seq <= excluded.seq",
        )
        .bind(postmortem_id)
        .bind(projection.seq)
        .bind(&projection.record)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(());
        }
        follow_tickets(&mut transaction, postmortem_id, projection, now).await?;
        reminders::remind_owners(&mut transaction, postmortem_id, projection, now).await?;
        sqlx::query("DELETE FROM projected_actions WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .execute(&mut *transaction)
            .await?;
        for (position, action) in (0_i64..).zip(&projection.actions) {
            sqlx::query(
                "INSERT INTO projected_actions (postmortem_id, action_id, state, owner, due, \
                 position, action) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(postmortem_id)
            .bind(&action.id)
            .bind(state_name(action.state))
            .bind(action.owner.as_deref())
            .bind(action.due.map(|due| due.to_string()))
            .bind(position)
            .bind(serde_json::json!(action).to_string())
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

    /// Actions of the post-mortems whose record `reader` may read: all, or those not published
    /// and those the reader took part in.
    pub async fn actions(
        &self,
        filter: &ActionFilter,
        reader: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<ActionRow>, StorageError> {
        let (position, postmortem) = page.position((-1, ""));
        let rows = sqlx::query(
            "SELECT a.postmortem_id, a.position, a.action FROM projected_actions a \
             JOIN postmortems p ON p.id = a.postmortem_id \
             WHERE (a.postmortem_id > $1 OR (a.postmortem_id = $1 AND a.position > $2)) \
             AND ($3 = '' OR a.state = $3) AND ($4 = '' OR a.owner = $4) \
             AND ($5 = '' OR p.published_at IS NULL OR EXISTS (SELECT 1 FROM participants t \
                 WHERE t.postmortem_id = p.id AND t.person_id = $5)) \
             ORDER BY a.postmortem_id, a.position LIMIT $6",
        )
        .bind(postmortem)
        .bind(position)
        .bind(filter.state.map_or("", state_name))
        .bind(filter.owner.as_deref().unwrap_or_default())
        .bind(reader.unwrap_or_default())
        .bind(page.fetch())
        .fetch_all(&self.readers)
        .await?;
        let items = rows.iter().map(action).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(items, page, |last| (last.position, last.postmortem_id.clone())))
    }
}
