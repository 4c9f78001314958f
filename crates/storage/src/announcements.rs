//! Who is to be told of a publication, and who was.

use afterword_domain::job::Job;
use jiff::Timestamp;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;

/// Whom a publication is announced to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A person, by mail.
    Person(&'a str),
    /// A channel of the organisation.
    Channel(&'a str),
}

impl<'a> Target<'a> {
    fn parts(self) -> (&'static str, &'a str) {
        match self {
            Self::Person(id) => ("person", id),
            Self::Channel(id) => ("channel", id),
        }
    }
}

/// Asks that people are told of a post-mortem, in the transaction in which it is published; once
/// more if `again`, and otherwise those who were not told yet.
pub(crate) async fn ask(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
    again: bool,
    now: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO announcements (postmortem_id, round, asked_at) VALUES ($1, 1, $2) \
         ON CONFLICT (postmortem_id) DO UPDATE SET round = announcements.round + $3, \
         asked_at = excluded.asked_at",
    )
    .bind(postmortem_id)
    .bind(now.as_microsecond())
    .bind(i64::from(again))
    .execute(&mut **transaction)
    .await?;
    jobs::ask(transaction, &Job::Announce { postmortem: postmortem_id.to_owned() }, now).await
}

impl Storage {
    /// The round in which people are told of a post-mortem; `None` if nobody asked for it.
    pub async fn announcement_round(
        &self,
        postmortem_id: &str,
    ) -> Result<Option<i64>, StorageError> {
        let round = sqlx::query_scalar("SELECT round FROM announcements WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(round)
    }

    /// Whether somebody was told in this round.
    pub async fn was_announced(
        &self,
        postmortem_id: &str,
        round: i64,
        target: Target<'_>,
    ) -> Result<bool, StorageError> {
        let (kind, id) = target.parts();
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT told_at FROM announcements_told WHERE postmortem_id = $1 AND round = $2 \
             AND target_kind = $3 AND target_id = $4",
        )
        .bind(postmortem_id)
        .bind(round)
        .bind(kind)
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        Ok(found.is_some())
    }

    /// Stores that somebody was told in this round.
    pub async fn save_announced(
        &self,
        postmortem_id: &str,
        round: i64,
        target: Target<'_>,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let (kind, id) = target.parts();
        sqlx::query(
            "INSERT INTO announcements_told (postmortem_id, round, target_kind, target_id, told_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(postmortem_id)
        .bind(round)
        .bind(kind)
        .bind(id)
        .bind(now.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }
}
