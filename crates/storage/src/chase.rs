//! The actions that a facilitator may ask about.

use afterword_domain::action::Action;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// An action that is open or being done, with its post-mortem.
#[derive(Clone, Debug)]
pub struct OpenAction {
    /// Its post-mortem.
    pub postmortem_id: String,
    /// The title of that.
    pub postmortem_title: String,
    /// When its incident began.
    pub started_at: Timestamp,
    /// The action.
    pub action: Action,
    /// Since when it has been as far as it is, as far as that is known.
    pub state_since: Option<Timestamp>,
    /// The name of its owner, if that is a person.
    pub owner_name: Option<String>,
}

fn open_action(row: &AnyRow) -> Result<OpenAction, StorageError> {
    let columns = Columns { table: "projected_actions", row };
    Ok(OpenAction {
        postmortem_id: columns.text("postmortem_id")?,
        postmortem_title: columns.text("title")?,
        started_at: columns.time("started_at")?,
        action: columns.parsed("action", |text| serde_json::from_str(text).ok())?,
        state_since: columns.optional_time("state_since")?,
        owner_name: columns.optional_text("owner_name")?,
    })
}

impl Storage {
    /// The open actions of the post-mortems that somebody opened or led, or of all; those of the
    /// oldest incident first.
    pub async fn open_actions_led_by(
        &self,
        leader: Option<&str>,
    ) -> Result<Vec<OpenAction>, StorageError> {
        // Who leads stands in the record's JSON, in which a quotation mark in somebody's words is
        // never without its backslash: only the key itself looks like this.
        let key =
            |name: &str| leader.map(|id| format!("%\"{name}\":\"{id}\"%")).unwrap_or_default();
        let rows = sqlx::query(
            "SELECT a.postmortem_id, a.action, p.title, p.started_at, t.state_since, \
             o.name AS owner_name FROM projected_actions a \
             JOIN postmortems p ON p.id = a.postmortem_id \
             JOIN projections r ON r.postmortem_id = a.postmortem_id \
             LEFT JOIN people o ON o.id = a.owner \
             LEFT JOIN action_times t ON t.postmortem_id = a.postmortem_id \
             AND t.action_id = a.action_id \
             WHERE a.state IN ('open', 'doing') AND ($1 = '' OR p.created_by = $1 \
             OR r.record LIKE $2 OR r.record LIKE $3) \
             ORDER BY p.started_at, a.postmortem_id, a.position",
        )
        .bind(leader.unwrap_or_default())
        .bind(key("lead"))
        .bind(key("co_lead"))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(open_action).collect()
    }
}
