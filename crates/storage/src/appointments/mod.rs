//! Calls that are arranged. Whatever changes one asks in the same transaction that people are told.

mod attendances;
mod invitations;
mod invitees;

pub use attendances::Attendance;
pub(crate) use attendances::follow_invitees;
pub use invitations::ToldOfCall;

use std::collections::BTreeSet;

use afterword_domain::appointment::{Appointment, AppointmentState, Plan};
use afterword_domain::job::Job;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::rows::Columns;

const COLUMNS: &str = "id, postmortem_id, starts_at, minutes, call_url, recorded, state, \
     sequence, created_by, created_at, version";

/// When a call ends, as SQL.
const ENDS_AT: &str = "starts_at + minutes * 60000000";

fn plan(columns: &Columns<'_>) -> Result<Plan, StorageError> {
    Ok(Plan {
        starts_at: columns.time("starts_at")?,
        minutes: columns.integer("minutes")?,
        call_url: columns.optional_text("call_url")?,
        recorded: columns.integer("recorded")? != 0,
    })
}

fn appointment(row: &AnyRow) -> Result<Appointment, StorageError> {
    let columns = Columns { table: "appointments", row };
    Ok(Appointment {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        plan: plan(&columns)?,
        state: columns.parsed("state", AppointmentState::parse)?,
        sequence: columns.integer("sequence")?,
        created_by: columns.text("created_by")?,
        created_at: columns.time("created_at")?,
        version: columns.integer("version")?,
    })
}

async fn ask_to_tell(
    transaction: &mut Transaction<'static, Any>,
    id: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    jobs::ask(transaction, &Job::Invite { appointment: id.to_owned() }, now).await
}

impl Storage {
    /// Stores a new call to which everybody is asked who is invited to its post-mortem, or only
    /// these of them: one of two sessions. Whoever is invited later is asked to it too.
    pub async fn add_appointment(
        &self,
        new: &Appointment,
        only: Option<&BTreeSet<String>>,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let sql = format!(
            "INSERT INTO appointments ({COLUMNS}) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&new.id)
            .bind(&new.postmortem_id)
            .bind(new.plan.starts_at.as_microsecond())
            .bind(new.plan.minutes)
            .bind(new.plan.call_url.as_deref())
            .bind(i64::from(new.plan.recorded))
            .bind(new.state.as_str())
            .bind(new.sequence)
            .bind(&new.created_by)
            .bind(new.created_at.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        if let Some(people) = only {
            attendances::leave_out_others(&mut transaction, new, people).await?;
        }
        attendances::ask_invitees(&mut transaction, &new.id).await?;
        ask_to_tell(&mut transaction, &new.id, new.created_at).await?;
        Ok(transaction.commit().await?)
    }

    /// Stores what is agreed now, if the call still has its version and stands. Where the hour is
    /// another, whoever had answered is asked anew.
    pub async fn change_appointment(
        &self,
        read: &Appointment,
        plan: &Plan,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "UPDATE appointments SET starts_at = $1, minutes = $2, call_url = $3, recorded = $4, \
             sequence = sequence + 1, version = version + 1 \
             WHERE id = $5 AND version = $6 AND state = 'standing'",
        )
        .bind(plan.starts_at.as_microsecond())
        .bind(plan.minutes)
        .bind(plan.call_url.as_deref())
        .bind(i64::from(plan.recorded))
        .bind(&read.id)
        .bind(read.version)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StorageError::Stale);
        }
        if plan.starts_at != read.plan.starts_at {
            attendances::forget_answers(&mut transaction, &read.id).await?;
        }
        ask_to_tell(&mut transaction, &read.id, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Calls a call off, if it still has its version and stands.
    pub async fn cancel_appointment(
        &self,
        read: &Appointment,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "UPDATE appointments SET state = 'cancelled', sequence = sequence + 1, \
             version = version + 1 WHERE id = $1 AND version = $2 AND state = 'standing'",
        )
        .bind(&read.id)
        .bind(read.version)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StorageError::Stale);
        }
        ask_to_tell(&mut transaction, &read.id, now).await?;
        Ok(transaction.commit().await?)
    }

    /// The call with that id.
    pub async fn appointment(&self, id: &str) -> Result<Option<Appointment>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM appointments WHERE id = $1");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(appointment).transpose()
    }

    /// A post-mortem's calls by when they begin, those that were called off among them.
    pub async fn appointments_of(
        &self,
        postmortem_id: &str,
    ) -> Result<Vec<Appointment>, StorageError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM appointments WHERE postmortem_id = $1 ORDER BY starts_at, id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(appointment).collect()
    }

    /// The newest calls that end after that time, by when they begin.
    pub async fn appointments_since(
        &self,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<Appointment>, StorageError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM appointments WHERE {ENDS_AT} > $1 \
             ORDER BY starts_at DESC, id LIMIT $2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(since.as_microsecond())
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().rev().map(appointment).collect()
    }

    /// The same of those that somebody is asked to.
    pub async fn appointments_with(
        &self,
        person_id: &str,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<Appointment>, StorageError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM appointments WHERE {ENDS_AT} > $1 AND id IN \
             (SELECT appointment_id FROM attendances WHERE person_id = $2) \
             ORDER BY starts_at DESC, id LIMIT $3"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(since.as_microsecond())
            .bind(person_id)
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().rev().map(appointment).collect()
    }
}
