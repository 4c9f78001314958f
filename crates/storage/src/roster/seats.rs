//! Who is asked to take which seat, and what they answered.

use std::collections::BTreeMap;

use afterword_domain::job::Job;
use afterword_domain::roster::{Seat, SeatState};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::appointments::follow_invitees;
use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::rows::Columns;

/// A seat that somebody has or was asked to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSeat {
    /// UUID.
    pub id: String,
    /// The post-mortem.
    pub postmortem_id: String,
    /// The title of that.
    pub title: String,
    /// Which seat.
    pub seat: Seat,
    /// Who is asked.
    pub person_id: String,
    /// How far it is.
    pub state: SeatState,
    /// Who asked.
    pub asked_by: Option<String>,
    /// When.
    pub asked_at: Timestamp,
    /// When it was answered last.
    pub answered_at: Option<Timestamp>,
    /// When they were told of it by mail.
    pub told_at: Option<Timestamp>,
    /// When the call that was arranged last begins.
    pub starts_at: Option<Timestamp>,
    /// Counts changes, from 1.
    pub version: i64,
}

fn seat(row: &AnyRow) -> Result<StoredSeat, StorageError> {
    let columns = Columns { table: "seats", row };
    Ok(StoredSeat {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        title: columns.text("title")?,
        seat: columns.parsed("seat", Seat::parse)?,
        person_id: columns.text("person_id")?,
        state: columns.parsed("state", SeatState::parse)?,
        asked_by: columns.optional_text("asked_by")?,
        asked_at: columns.time("asked_at")?,
        answered_at: columns.optional_time("answered_at")?,
        told_at: columns.optional_time("told_at")?,
        starts_at: columns.optional_time("starts_at")?,
        version: columns.integer("version")?,
    })
}

const SELECT: &str = "SELECT s.id, s.postmortem_id, p.title, s.seat, s.person_id, s.state, \
     s.asked_by, s.asked_at, s.answered_at, s.told_at, s.version, \
     (SELECT MAX(a.starts_at) FROM appointments a \
         WHERE a.postmortem_id = s.postmortem_id AND a.state = 'standing') AS starts_at \
     FROM seats s JOIN postmortems p ON p.id = s.postmortem_id \
     LEFT JOIN projections r ON r.postmortem_id = s.postmortem_id";

/// That a post-mortem's meeting is still to come: it is not published, its room was not closed, and
/// no arranged call is over (`$1`: now).
pub(super) const IS_AHEAD: &str = "p.published_at IS NULL AND r.closed_at IS NULL AND \
     COALESCE((SELECT MAX(a.starts_at + a.minutes * 60000000) FROM appointments a \
         WHERE a.postmortem_id = p.id AND a.state = 'standing'), $1) >= $1";

/// Whoever takes a seat comes to the call, and is asked to one that is arranged already; an hour has
/// to suit whoever leads it.
async fn invite(
    transaction: &mut Transaction<'static, Any>,
    it: &StoredSeat,
    now: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO invitees (postmortem_id, person_id, needed, added_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (postmortem_id, person_id) DO UPDATE \
         SET needed = CASE WHEN invitees.needed > excluded.needed THEN invitees.needed \
         ELSE excluded.needed END",
    )
    .bind(&it.postmortem_id)
    .bind(&it.person_id)
    .bind(i64::from(it.seat == Seat::Facilitator))
    .bind(now.as_microsecond())
    .execute(&mut **transaction)
    .await?;
    follow_invitees(transaction, &it.postmortem_id, now).await
}

/// Writes a new request and has the person told of it, unless they took the seat themselves.
async fn add(
    transaction: &mut Transaction<'static, Any>,
    new: &StoredSeat,
    now: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO seats (id, postmortem_id, seat, person_id, state, asked_by, asked_at, \
         answered_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
    )
    .bind(&new.id)
    .bind(&new.postmortem_id)
    .bind(new.seat.as_str())
    .bind(&new.person_id)
    .bind(new.state.as_str())
    .bind(new.asked_by.as_deref())
    .bind(new.asked_at.as_microsecond())
    .bind(new.answered_at.map(Timestamp::as_microsecond))
    .execute(&mut **transaction)
    .await?;
    if new.state == SeatState::Accepted {
        return invite(transaction, new, now).await;
    }
    jobs::ask(transaction, &Job::TellOfSeats { person: new.person_id.clone() }, now).await
}

/// Writes what was answered, if nobody wrote meanwhile.
async fn settle(
    transaction: &mut Transaction<'static, Any>,
    read: &StoredSeat,
    state: SeatState,
    now: Timestamp,
) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE seats SET state = $1, answered_at = $2, version = version + 1 \
         WHERE id = $3 AND version = $4",
    )
    .bind(state.as_str())
    .bind(now.as_microsecond())
    .bind(&read.id)
    .bind(read.version)
    .execute(&mut **transaction)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

impl Storage {
    /// Asks somebody to take a seat, or gives it to whoever takes it; `Exists` if somebody has it or
    /// is asked, or if they have another.
    pub async fn add_seat(&self, new: &StoredSeat, now: Timestamp) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        add(&mut transaction, new, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Writes what became of a request that still has the version it was read with. Whoever accepts
    /// is invited to the call.
    pub async fn settle_seat(
        &self,
        read: &StoredSeat,
        state: SeatState,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        settle(&mut transaction, read, state, now).await?;
        if state == SeatState::Accepted {
            invite(&mut transaction, read, now).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Hands a seat over: it is free, and somebody else is asked to take it.
    pub async fn hand_over_seat(
        &self,
        read: &StoredSeat,
        to: &StoredSeat,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        settle(&mut transaction, read, SeatState::HandedOver, now).await?;
        add(&mut transaction, to, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Every seat and request of a post-mortem, also those that came to nothing, oldest first.
    pub async fn seats_of(&self, postmortem_id: &str) -> Result<Vec<StoredSeat>, StorageError> {
        let sql = format!("{SELECT} WHERE s.postmortem_id = $1 ORDER BY s.asked_at, s.id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(seat).collect()
    }

    /// The seats that somebody has or is asked to take where the meeting is still to come: by when
    /// it begins, those without an hour last. Everybody's where nobody is named.
    pub async fn seats_ahead(
        &self,
        person_id: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<StoredSeat>, StorageError> {
        let sql = format!(
            "{SELECT} WHERE {IS_AHEAD} AND s.state IN ('asked', 'accepted') \
             AND ($2 = '' OR s.person_id = $2) ORDER BY s.asked_at, s.id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(now.as_microsecond())
            .bind(person_id.unwrap_or_default())
            .fetch_all(&self.readers)
            .await?;
        let mut all = rows.iter().map(seat).collect::<Result<Vec<_>, _>>()?;
        all.sort_by_key(|it| (it.starts_at.is_none(), it.starts_at));
        Ok(all)
    }

    /// When each person was asked last to lead, by their ids. To take a seat oneself counts too.
    pub async fn asked_to_lead_last(&self) -> Result<BTreeMap<String, Timestamp>, StorageError> {
        let rows = sqlx::query(
            "SELECT person_id, MAX(asked_at) AS asked_at FROM seats \
             WHERE seat IN ('facilitator', 'co_facilitator') GROUP BY person_id",
        )
        .fetch_all(&self.readers)
        .await?;
        let one = |row: &AnyRow| {
            let columns = Columns { table: "seats", row };
            Ok((columns.text("person_id")?, columns.time("asked_at")?))
        };
        rows.iter().map(one).collect()
    }

    /// Notes that somebody was told of what they are asked.
    pub async fn note_told_of_seats(
        &self,
        seats: &[StoredSeat],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        for it in seats {
            sqlx::query("UPDATE seats SET told_at = $1 WHERE id = $2")
                .bind(now.as_microsecond())
                .bind(&it.id)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}
