//! Proposals to handbooks.

use afterword_domain::handbook::Suggestion;
use afterword_domain::process::{Source, State};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::handbooks::{NewHandbookVersion, add_version};
use crate::rows::Columns;

/// A change of a handbook that is proposed. By whom is kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandbookProposal {
    /// UUID.
    pub id: String,
    /// The handbook.
    pub handbook_id: String,
    /// Where it comes from.
    pub source: Source,
    /// What it comes from, where that is one thing.
    pub source_ref: Option<String>,
    /// The post-mortem, and its title.
    pub postmortem: Option<(String, String)>,
    /// Milliseconds into its meeting.
    pub at_ms: Option<i64>,
    /// What is proposed, in words.
    pub text: String,
    /// Which change that would be; nobody has said it yet if absent.
    pub change: Option<Suggestion>,
    /// How far it is.
    pub state: State,
    /// Why it was declined.
    pub reason: Option<String>,
    /// Which version it became.
    pub accepted_as: Option<i64>,
    /// When it was proposed.
    pub created_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// Counts changes, from 1.
    pub version: i64,
}

fn proposal(row: &AnyRow) -> Result<HandbookProposal, StorageError> {
    let columns = Columns { table: "proposals", row };
    let (postmortem, title) =
        (columns.optional_text("postmortem_id")?, columns.optional_text("title")?);
    Ok(HandbookProposal {
        id: columns.text("id")?,
        handbook_id: columns.text("handbook_id")?,
        source: columns.parsed("source", Source::parse)?,
        source_ref: columns.optional_text("source_ref")?,
        postmortem: postmortem.zip(title),
        at_ms: columns.optional_integer("at_ms")?,
        text: columns.text("text")?,
        change: columns.optional_parsed("change", |text| serde_json::from_str(text).ok())?,
        state: columns.parsed("state", State::parse)?,
        reason: columns.optional_text("reason")?,
        accepted_as: columns.optional_integer("accepted_as")?,
        created_at: columns.time("created_at")?,
        decided_at: columns.optional_time("decided_at")?,
        version: columns.integer("version")?,
    })
}

const SELECT: &str =
    "SELECT o.*, p.title FROM proposals o LEFT JOIN postmortems p ON p.id = o.postmortem_id";

fn json(change: Option<&Suggestion>) -> Option<String> {
    change.map(|change| serde_json::json!(change).to_string())
}

impl Storage {
    /// Stores a new proposal; `Exists` if what it comes from is one already.
    pub async fn add_proposal(&self, new: &HandbookProposal) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO proposals (id, handbook_id, source, source_ref, postmortem_id, at_ms, \
             text, change, state, created_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, 1)",
        )
        .bind(&new.id)
        .bind(&new.handbook_id)
        .bind(new.source.as_str())
        .bind(new.source_ref.as_deref())
        .bind(new.postmortem.as_ref().map(|(id, _)| &id[..]))
        .bind(new.at_ms)
        .bind(&new.text)
        .bind(json(new.change.as_ref()))
        .bind(new.created_at.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// All proposals: the open ones first, then those decided last.
    pub async fn proposals(&self, limit: i64) -> Result<Vec<HandbookProposal>, StorageError> {
        let sql = format!(
            "{SELECT} ORDER BY CASE WHEN o.state = 'open' THEN 0 ELSE 1 END, \
             COALESCE(o.decided_at, o.created_at) DESC, o.id DESC LIMIT $1"
        );
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(proposal).collect()
    }

    /// The proposal with that id.
    pub async fn proposal(&self, id: &str) -> Result<Option<HandbookProposal>, StorageError> {
        let sql = format!("{SELECT} WHERE o.id = $1");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(proposal).transpose()
    }

    /// The proposal that came from that, if it became one.
    pub async fn proposal_from(
        &self,
        source: Source,
        source_ref: &str,
    ) -> Result<Option<HandbookProposal>, StorageError> {
        let sql = format!("{SELECT} WHERE o.source = $1 AND o.source_ref = $2");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(source.as_str())
            .bind(source_ref)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(proposal).transpose()
    }

    /// Writes a proposal that is open and still has the version it was read with: its words, its
    /// change, and whether it is declined.
    pub async fn change_proposal(&self, changed: &HandbookProposal) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE proposals SET handbook_id = $1, text = $2, change = $3, state = $4, \
             reason = $5, decided_at = $6, version = version + 1 \
             WHERE id = $7 AND version = $8 AND state = 'open'",
        )
        .bind(&changed.handbook_id)
        .bind(&changed.text)
        .bind(json(changed.change.as_ref()))
        .bind(changed.state.as_str())
        .bind(changed.reason.as_deref())
        .bind(changed.decided_at.map(Timestamp::as_microsecond))
        .bind(&changed.id)
        .bind(changed.version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// Makes the version after `read` out of an open proposal, in one transaction; `Stale` if that is
    /// no longer the newest, or the proposal is no longer open. Answers its number.
    pub async fn accept_proposal(
        &self,
        id: &str,
        new: &NewHandbookVersion,
        read: i64,
    ) -> Result<i64, StorageError> {
        let mut transaction = self.begin().await?;
        let accepted = add_version(&mut transaction, new, read).await?;
        let done = sqlx::query(
            "UPDATE proposals SET state = 'accepted', accepted_as = $1, handbook_id = $2, \
             decided_at = $3, version = version + 1 WHERE id = $4 AND state = 'open'",
        )
        .bind(accepted)
        .bind(&new.id)
        .bind(new.made_at.as_microsecond())
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StorageError::Stale);
        }
        transaction.commit().await?;
        Ok(accepted)
    }
}
