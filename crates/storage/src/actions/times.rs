//! Since when each action is known, and has stood where it stands.

use afterword_domain::action::{Action, ActionState};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// Since when an action is known, and has stood where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionTimes {
    /// The action.
    pub action_id: String,
    /// When it was first read.
    pub seen_at: Timestamp,
    /// How far it was when it was last read.
    pub state: ActionState,
    /// Since when.
    pub state_since: Timestamp,
}

fn times(row: &AnyRow) -> Result<ActionTimes, StorageError> {
    let columns = Columns { table: "action_times", row };
    Ok(ActionTimes {
        action_id: columns.text("action_id")?,
        seen_at: columns.time("seen_at")?,
        state: columns.parsed("state", ActionState::parse)?,
        state_since: columns.time("state_since")?,
    })
}

/// Notes those actions that are new or stand elsewhere than when they were last read.
pub(crate) async fn note(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
    actions: &[Action],
    now: Timestamp,
) -> Result<(), StorageError> {
    for action in actions {
        sqlx::query(
            "INSERT INTO action_times (postmortem_id, action_id, seen_at, state, state_since) \
             VALUES ($1, $2, $3, $4, $3) ON CONFLICT (postmortem_id, action_id) DO UPDATE SET \
             state = excluded.state, state_since = excluded.state_since \
             WHERE action_times.state <> excluded.state",
        )
        .bind(postmortem_id)
        .bind(&action.id)
        .bind(now.as_microsecond())
        .bind(action.state.as_str())
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

impl Storage {
    /// The times of a post-mortem's actions, those that are deleted included.
    pub async fn action_times(
        &self,
        postmortem_id: &str,
    ) -> Result<Vec<ActionTimes>, StorageError> {
        let rows = sqlx::query(
            "SELECT action_id, seen_at, state, state_since FROM action_times \
             WHERE postmortem_id = $1 ORDER BY seen_at, action_id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(times).collect()
    }
}
