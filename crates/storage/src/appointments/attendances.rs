//! Who is asked to a call, and what they answered.

use std::collections::BTreeSet;

use afterword_domain::appointment::{Appointment, Attending};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use super::{ENDS_AT, ask_to_tell};
use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// Somebody who is asked to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The person's id.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// What they answered; `None` until they do.
    pub answer: Option<Attending>,
    /// What they said beside it; may be empty.
    pub note: String,
    /// When they answered.
    pub answered_at: Option<Timestamp>,
    /// The IANA name of the zone they were in when they were asked.
    pub time_zone: String,
}

const OPEN: &str = "open";

fn attendance(row: &AnyRow) -> Result<Attendance, StorageError> {
    let columns = Columns { table: "attendances", row };
    let answer =
        |text: &str| if text == OPEN { Some(None) } else { Attending::parse(text).map(Some) };
    Ok(Attendance {
        person_id: columns.text("person_id")?,
        name: columns.text("name")?,
        answer: columns.parsed("answer", answer)?,
        note: columns.text("note")?,
        answered_at: columns.optional_time("answered_at")?,
        time_zone: columns.text("time_zone")?,
    })
}

/// Notes of everybody else who is invited that they come to another session.
pub(super) async fn leave_out_others(
    transaction: &mut Transaction<'static, Any>,
    call: &Appointment,
    people: &BTreeSet<String>,
) -> Result<(), StorageError> {
    let invited: Vec<String> =
        sqlx::query_scalar("SELECT person_id FROM invitees WHERE postmortem_id = $1")
            .bind(&call.postmortem_id)
            .fetch_all(&mut **transaction)
            .await?;
    for person in invited.iter().filter(|it| !people.contains(*it)) {
        sqlx::query("INSERT INTO absences (appointment_id, person_id) VALUES ($1, $2)")
            .bind(&call.id)
            .bind(person)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Asks everybody to a call who is invited to its post-mortem, does not come to another session and
/// is not asked yet; answers how many that were.
pub(super) async fn ask_invitees(
    transaction: &mut Transaction<'static, Any>,
    id: &str,
) -> Result<u64, StorageError> {
    let done = sqlx::query(
        "INSERT INTO attendances (appointment_id, person_id, answer, time_zone) \
         SELECT a.id, p.id, 'open', p.time_zone FROM appointments a \
         JOIN invitees i ON i.postmortem_id = a.postmortem_id \
         JOIN people p ON p.id = i.person_id WHERE a.id = $1 AND NOT EXISTS \
         (SELECT 1 FROM absences x WHERE x.appointment_id = a.id AND x.person_id = p.id) \
         ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected())
}

async fn let_others_go(
    transaction: &mut Transaction<'static, Any>,
    id: &str,
) -> Result<u64, StorageError> {
    let done = sqlx::query(
        "DELETE FROM attendances WHERE appointment_id = $1 AND person_id NOT IN \
         (SELECT i.person_id FROM invitees i JOIN appointments a \
         ON a.postmortem_id = i.postmortem_id WHERE a.id = $1)",
    )
    .bind(id)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected())
}

/// Asks everybody anew.
pub(super) async fn forget_answers(
    transaction: &mut Transaction<'static, Any>,
    id: &str,
) -> Result<(), StorageError> {
    sqlx::query(
        "UPDATE attendances SET answer = 'open', answered_at = NULL, note = '' \
         WHERE appointment_id = $1",
    )
    .bind(id)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Asks to a post-mortem's calls that lie ahead who is invited to it now, lets everybody else go,
/// and has those told whom that concerns. To be called in the transaction that changes who is
/// invited.
pub(crate) async fn follow_invitees(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    let sql = format!(
        "SELECT id FROM appointments WHERE postmortem_id = $1 AND state = 'standing' \
         AND {ENDS_AT} > $2 ORDER BY id"
    );
    let ids: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(postmortem_id)
        .bind(now.as_microsecond())
        .fetch_all(&mut **transaction)
        .await?;
    for id in ids {
        let asked = ask_invitees(transaction, &id).await?;
        let let_go = let_others_go(transaction, &id).await?;
        if asked + let_go == 0 {
            continue;
        }
        // Whoever is let go and asked again gets a number that their calendar has not seen.
        sqlx::query(
            "UPDATE appointments SET sequence = sequence + 1, version = version + 1 WHERE id = $1",
        )
        .bind(&id)
        .execute(&mut **transaction)
        .await?;
        ask_to_tell(transaction, &id, now).await?;
    }
    Ok(())
}

impl Storage {
    /// Who is asked to a call, by name.
    pub async fn attendances(&self, appointment_id: &str) -> Result<Vec<Attendance>, StorageError> {
        let rows = sqlx::query(
            "SELECT t.person_id, p.name, t.answer, t.note, t.answered_at, t.time_zone \
             FROM attendances t JOIN people p ON p.id = t.person_id \
             WHERE t.appointment_id = $1 ORDER BY p.name, p.id",
        )
        .bind(appointment_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(attendance).collect()
    }

    /// Stores somebody's answer; `false` if they are not asked to that call, or it does not stand
    /// at that hour any more.
    pub async fn answer_appointment(
        &self,
        appointment_id: &str,
        person_id: &str,
        starts_at: Timestamp,
        answer: Attending,
        note: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "UPDATE attendances SET answer = $1, note = $2, answered_at = $3 \
             WHERE appointment_id = $4 AND person_id = $5 AND EXISTS (SELECT 1 FROM appointments \
             WHERE id = $4 AND state = 'standing' AND starts_at = $6)",
        )
        .bind(answer.as_str())
        .bind(note)
        .bind(now.as_microsecond())
        .bind(appointment_id)
        .bind(person_id)
        .bind(starts_at.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
