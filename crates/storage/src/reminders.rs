//! Who wants to be told of their actions and when, and who was told what.

use std::collections::BTreeMap;

use afterword_domain::action::Action;
use afterword_domain::chasing::{Often, QuietHours, Rhythm, SETTLES};
use afterword_domain::job::Job;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::projections::ProjectionRow;
use crate::rows::Columns;

/// A way by which somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By mail.
    Mail,
    /// In the person's own channel.
    Chat,
}

impl Way {
    fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Chat => "chat",
        }
    }
}

/// A person's own incoming webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatWebhook {
    /// Whose shape it takes: `slack`, `teams`.
    pub kind: String,
    /// Its address, which is a secret.
    pub url: String,
}

/// How somebody wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderPreferences {
    /// When.
    pub rhythm: Rhythm,
    /// Whether by mail.
    pub mail: bool,
    /// In which channel.
    pub chat: Option<ChatWebhook>,
    /// Why nothing is sent to the channel any more.
    pub chat_problem: Option<String>,
    /// Counts changes; 0 until the first.
    pub version: i64,
}

impl Default for ReminderPreferences {
    fn default() -> Self {
        Self { rhythm: Rhythm::default(), mail: true, chat: None, chat_problem: None, version: 0 }
    }
}

/// An open action of somebody, and when it was first seen.
#[derive(Clone, Debug)]
pub struct OwnedAction {
    /// Its post-mortem.
    pub postmortem_id: String,
    /// The title of that.
    pub postmortem_title: String,
    /// The action.
    pub action: Action,
    /// When it was decided, as far as that is known.
    pub seen_at: Option<Timestamp>,
}

/// What somebody was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRow {
    /// The post-mortem.
    pub postmortem_id: String,
    /// The action.
    pub action_id: String,
    /// The occasion's key.
    pub occasion: String,
    /// When.
    pub told_at: Timestamp,
}

fn preferences(row: &AnyRow) -> Result<ReminderPreferences, StorageError> {
    let columns = Columns { table: "reminder_preferences", row };
    let hour =
        |column, value: i64| i8::try_from(value).map_err(|_| columns.corrupt(column, &value));
    let optional =
        |column| columns.optional_integer(column)?.map(|value| hour(column, value)).transpose();
    let (from, until) = (optional("quiet_from")?, optional("quiet_until")?);
    let (kind, url) = (columns.optional_text("chat")?, columns.optional_text("chat_url")?);
    Ok(ReminderPreferences {
        rhythm: Rhythm {
            often: columns.parsed("often", Often::parse)?,
            hour: hour("hour", columns.integer("hour")?)?,
            quiet: from.zip(until).map(|(from, until)| QuietHours { from, until }),
        },
        mail: columns.integer("mail")? != 0,
        chat: kind.zip(url).map(|(kind, url)| ChatWebhook { kind, url }),
        chat_problem: columns.optional_text("chat_problem")?,
        version: columns.integer("version")?,
    })
}

fn owned(row: &AnyRow) -> Result<OwnedAction, StorageError> {
    let columns = Columns { table: "projected_actions", row };
    Ok(OwnedAction {
        postmortem_id: columns.text("postmortem_id")?,
        postmortem_title: columns.text("title")?,
        action: columns.parsed("action", |text| serde_json::from_str(text).ok())?,
        seen_at: columns.optional_time("seen_at")?,
    })
}

fn told(row: &AnyRow) -> Result<ToldRow, StorageError> {
    let columns = Columns { table: "reminders_told", row };
    Ok(ToldRow {
        postmortem_id: columns.text("postmortem_id")?,
        action_id: columns.text("action_id")?,
        occasion: columns.text("occasion")?,
        told_at: columns.time("told_at")?,
    })
}

/// Asks that the people are told whose actions say something new about owner, state or date.
pub(crate) async fn remind_owners(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
    projection: &ProjectionRow,
    now: Timestamp,
) -> Result<(), StorageError> {
    let rows = sqlx::query(
        "SELECT action_id, state, owner, due FROM projected_actions WHERE postmortem_id = $1",
    )
    .bind(postmortem_id)
    .fetch_all(&mut **transaction)
    .await?;
    let mut before = BTreeMap::new();
    for row in &rows {
        let columns = Columns { table: "projected_actions", row };
        let facts = (
            columns.text("state")?,
            columns.optional_text("owner")?,
            columns.optional_text("due")?,
        );
        before.insert(columns.text("action_id")?, facts);
    }
    for action in &projection.actions {
        let Some(owner) = &action.owner else { continue };
        let due = action.due.map(|due| due.to_string());
        let facts = (action.state.as_str().to_owned(), action.owner.clone(), due);
        if before.get(&action.id) == Some(&facts) {
            continue;
        }
        let person = sqlx::query("SELECT id FROM people WHERE id = $1")
            .bind(owner)
            .fetch_optional(&mut **transaction)
            .await?;
        if person.is_some() {
            let due = now.saturating_add(SETTLES).unwrap_or(now);
            jobs::ask(transaction, &Job::Remind { person: owner.clone() }, due).await?;
        }
    }
    Ok(())
}

impl Storage {
    /// How somebody wants to be told.
    pub async fn reminder_preferences(
        &self,
        person_id: &str,
    ) -> Result<ReminderPreferences, StorageError> {
        let row = sqlx::query(
            "SELECT often, hour, quiet_from, quiet_until, mail, chat, chat_url, chat_problem, \
             version FROM reminder_preferences WHERE person_id = $1",
        )
        .bind(person_id)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.as_ref().map(preferences).transpose()?.unwrap_or_default())
    }

    /// Stores how somebody wants to be told, if it still has that version, and asks that they are
    /// told accordingly.
    pub async fn save_reminder_preferences(
        &self,
        person_id: &str,
        new: &ReminderPreferences,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "INSERT INTO reminder_preferences (person_id, often, hour, quiet_from, quiet_until, \
             mail, chat, chat_url, chat_problem, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10 + 1) \
             ON CONFLICT (person_id) DO UPDATE SET often = excluded.often, hour = excluded.hour, \
             quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, \
             mail = excluded.mail, chat = excluded.chat, chat_url = excluded.chat_url, \
             chat_problem = excluded.chat_problem, version = excluded.version \
             WHERE reminder_preferences.version = $10",
        )
        .bind(person_id)
        .bind(new.rhythm.often.as_str())
        .bind(i64::from(new.rhythm.hour))
        .bind(new.rhythm.quiet.map(|quiet| i64::from(quiet.from)))
        .bind(new.rhythm.quiet.map(|quiet| i64::from(quiet.until)))
        .bind(i64::from(new.mail))
        .bind(new.chat.as_ref().map(|chat| &chat.kind))
        .bind(new.chat.as_ref().map(|chat| &chat.url))
        .bind(new.chat_problem.as_deref())
        .bind(new.version)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StorageError::Stale);
        }
        jobs::ask(&mut transaction, &Job::Remind { person: person_id.to_owned() }, now).await?;
        Ok(transaction.commit().await?)
    }

    /// The actions of somebody that are open or being done, with their post-mortems.
    pub async fn open_actions_of(&self, person_id: &str) -> Result<Vec<OwnedAction>, StorageError> {
        let rows = sqlx::query(
            "SELECT a.postmortem_id, a.action, p.title, t.seen_at FROM projected_actions a \
             JOIN postmortems p ON p.id = a.postmortem_id \
             LEFT JOIN action_times t ON t.postmortem_id = a.postmortem_id \
             AND t.action_id = a.action_id \
             WHERE a.owner = $1 AND a.state IN ('open', 'doing') \
             ORDER BY a.due IS NULL, a.due, a.postmortem_id, a.position",
        )
        .bind(person_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(owned).collect()
    }

    /// What somebody was told this way of actions that are still theirs.
    pub async fn told(&self, person_id: &str, way: Way) -> Result<Vec<ToldRow>, StorageError> {
        let rows = sqlx::query(
            "SELECT r.postmortem_id, r.action_id, r.occasion, r.told_at FROM reminders_told r \
             JOIN projected_actions a ON a.postmortem_id = r.postmortem_id \
             AND a.action_id = r.action_id \
             WHERE r.person_id = $1 AND r.way = $2 AND a.owner = $1 \
             ORDER BY r.told_at, r.postmortem_id, r.action_id, r.occasion",
        )
        .bind(person_id)
        .bind(way.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(told).collect()
    }

    /// When somebody was told anything this way last.
    pub async fn told_last(
        &self,
        person_id: &str,
        way: Way,
    ) -> Result<Option<Timestamp>, StorageError> {
        let row = sqlx::query(
            "SELECT told_at FROM reminders_told WHERE person_id = $1 AND way = $2 \
             ORDER BY told_at DESC LIMIT 1",
        )
        .bind(person_id)
        .bind(way.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(|row| Columns { table: "reminders_told", row }.time("told_at")).transpose()
    }

    /// Stores what somebody was told this way.
    pub async fn save_told(
        &self,
        person_id: &str,
        way: Way,
        all: &[ToldRow],
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        for it in all {
            sqlx::query(
                "INSERT INTO reminders_told (person_id, way, postmortem_id, action_id, occasion, \
                 told_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            )
            .bind(person_id)
            .bind(way.as_str())
            .bind(&it.postmortem_id)
            .bind(&it.action_id)
            .bind(&it.occasion)
            .bind(it.told_at.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }
}
