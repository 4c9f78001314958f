//! Votes: each person's own until they are shown, nobody's afterwards.

use afterword_domain::ballot::{Vote, Votes};
use afterword_domain::meeting::BallotKind;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// What was voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBallot {
    /// Its id.
    pub id: String,
    /// In which post-mortem.
    pub postmortem_id: String,
    /// What is asked.
    pub kind: BallotKind,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When everybody saw what came of it.
    pub shown_at: Option<Timestamp>,
}

fn ballot(row: &AnyRow) -> Result<StoredBallot, StorageError> {
    let columns = Columns { table: "ballots", row };
    Ok(StoredBallot {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        kind: columns.parsed("kind", BallotKind::parse)?,
        opened_at: columns.time("opened_at")?,
        shown_at: columns.optional_time("shown_at")?,
    })
}

fn vote(row: &AnyRow) -> Result<(String, Vote), StorageError> {
    let columns = Columns { table: "votes", row };
    let vote = columns.parsed("vote", |text| serde_json::from_str(text).ok())?;
    Ok((columns.text("subject")?, vote))
}

impl Storage {
    /// Begins a vote; one that is there already stays as it is.
    pub async fn open_ballot(&self, new: &StoredBallot) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO ballots (id, postmortem_id, kind, opened_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(&new.id)
        .bind(&new.postmortem_id)
        .bind(new.kind.as_str())
        .bind(new.opened_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// A post-mortem's ballots, oldest first.
    pub async fn ballots(&self, postmortem: &str) -> Result<Vec<StoredBallot>, StorageError> {
        let rows =
            sqlx::query("SELECT * FROM ballots WHERE postmortem_id = $1 ORDER BY opened_at, id")
                .bind(postmortem)
                .fetch_all(&self.readers)
                .await?;
        rows.iter().map(ballot).collect()
    }

    /// Puts a person's votes in the place of their earlier ones; answers how many people have
    /// voted by now, or nothing if they are shown already.
    pub async fn cast_votes(
        &self,
        ballot: &str,
        voter: &str,
        cast: &Votes,
    ) -> Result<Option<u32>, StorageError> {
        let mut transaction = self.begin().await?;
        if !hold_open(&mut transaction, ballot).await? {
            return Ok(None);
        }
        sqlx::query("DELETE FROM votes WHERE ballot_id = $1 AND voter = $2")
            .bind(ballot)
            .bind(voter)
            .execute(&mut *transaction)
            .await?;
        for (subject, vote) in cast {
            sqlx::query(
                "INSERT INTO votes (ballot_id, voter, subject, vote) VALUES ($1, $2, $3, $4)",
            )
            .bind(ballot)
            .bind(voter)
            .bind(subject)
            .bind(serde_json::json!(vote).to_string())
            .execute(&mut *transaction)
            .await?;
        }
        let people: i64 =
            sqlx::query_scalar("SELECT COUNT(DISTINCT voter) FROM votes WHERE ballot_id = $1")
                .bind(ballot)
                .fetch_one(&mut *transaction)
                .await?;
        transaction.commit().await?;
        Ok(Some(u32::try_from(people).unwrap_or(u32::MAX)))
    }

    /// A person's own votes.
    pub async fn votes_of(&self, ballot: &str, voter: &str) -> Result<Votes, StorageError> {
        let rows =
            sqlx::query("SELECT subject, vote FROM votes WHERE ballot_id = $1 AND voter = $2")
                .bind(ballot)
                .bind(voter)
                .fetch_all(&self.readers)
                .await?;
        rows.iter().map(vote).collect()
    }

    /// All votes, without their voters.
    pub async fn votes(&self, ballot: &str) -> Result<Vec<(String, Vote)>, StorageError> {
        let rows = sqlx::query("SELECT subject, vote FROM votes WHERE ballot_id = $1")
            .bind(ballot)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(vote).collect()
    }

    /// Ends a vote and forgets who voted what: `stand_in` gives a name for each voter, told apart
    /// from all others and telling nothing. Does nothing if it is shown already.
    pub async fn show_ballot(
        &self,
        ballot: &str,
        now: Timestamp,
        mut stand_in: impl FnMut() -> String + Send,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        if !hold_open(&mut transaction, ballot).await? {
            return Ok(());
        }
        let voters: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT voter FROM votes WHERE ballot_id = $1")
                .bind(ballot)
                .fetch_all(&mut *transaction)
                .await?;
        for voter in voters {
            sqlx::query("UPDATE votes SET voter = $1 WHERE ballot_id = $2 AND voter = $3")
                .bind(stand_in())
                .bind(ballot)
                .bind(voter)
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query("UPDATE ballots SET shown_at = $1 WHERE id = $2")
            .bind(now.as_microsecond())
            .bind(ballot)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Whether a vote is open, which it stays until the transaction ends.
async fn hold_open(
    transaction: &mut Transaction<'static, Any>,
    ballot: &str,
) -> Result<bool, StorageError> {
    // Writing the row, if only what stands there, makes others wait on `PostgreSQL` too.
    let held = sqlx::query("UPDATE ballots SET kind = kind WHERE id = $1 AND shown_at IS NULL")
        .bind(ballot)
        .execute(&mut **transaction)
        .await?;
    Ok(held.rows_affected() > 0)
}
