//! The roster, and how those on it came to lead.

use std::collections::BTreeMap;

use afterword_domain::people::Role;
use afterword_domain::roster::{Seat, Step};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// Somebody on the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facilitator {
    /// Who.
    pub person_id: String,
    /// As the person wants to be called.
    pub name: String,
    /// An IANA time zone name.
    pub time_zone: String,
    /// What their account may do.
    pub role: Role,
    /// The day, in their zone, from which they take requests again.
    pub away_until: Option<Date>,
    /// The steps that they took, in their order.
    pub steps: Vec<StepReached>,
    /// Counts changes, from 1.
    pub version: i64,
}

impl Facilitator {
    /// How far they are.
    pub fn reached(&self) -> Step {
        self.steps.iter().map(|it| it.step).max().unwrap_or(Step::Read)
    }
}

/// A step that somebody took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepReached {
    /// Which.
    pub step: Step,
    /// When it was noted.
    pub at: Timestamp,
    /// In which post-mortem, and the title of that.
    pub postmortem: Option<(String, String)>,
    /// Who said so, where that is not the person.
    pub confirmed_by: Option<String>,
}

/// A seat that somebody had in a meeting that ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSeat {
    /// The post-mortem.
    pub postmortem_id: String,
    /// The title of that.
    pub title: String,
    /// Which seat.
    pub seat: Seat,
    /// Whose it was.
    pub person_id: String,
}

fn facilitator(row: &AnyRow) -> Result<Facilitator, StorageError> {
    let columns = Columns { table: "facilitators", row };
    Ok(Facilitator {
        person_id: columns.text("person_id")?,
        name: columns.text("name")?,
        time_zone: columns.text("time_zone")?,
        role: columns.parsed("role", |text| text.parse().ok())?,
        away_until: columns.optional_parsed("away_until", |text| text.parse().ok())?,
        steps: Vec::new(),
        version: columns.integer("version")?,
    })
}

fn step(row: &AnyRow) -> Result<(String, StepReached), StorageError> {
    let columns = Columns { table: "training_steps", row };
    let (postmortem, title) =
        (columns.optional_text("postmortem_id")?, columns.optional_text("title")?);
    let step = StepReached {
        step: columns.parsed("step", Step::parse)?,
        at: columns.time("reached_at")?,
        postmortem: postmortem.zip(title),
        confirmed_by: columns.optional_text("confirmed_by")?,
    };
    Ok((columns.text("person_id")?, step))
}

fn held(row: &AnyRow) -> Result<HeldSeat, StorageError> {
    let columns = Columns { table: "seats", row };
    Ok(HeldSeat {
        postmortem_id: columns.text("postmortem_id")?,
        title: columns.text("title")?,
        seat: columns.parsed("seat", Seat::parse)?,
        person_id: columns.text("person_id")?,
    })
}

/// Notes a step; `Exists` if it was noted before.
async fn take_step(
    transaction: &mut Transaction<'static, Any>,
    person_id: &str,
    reached: &StepReached,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO training_steps (person_id, step, reached_at, postmortem_id, confirmed_by) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(person_id)
    .bind(reached.step.as_str())
    .bind(reached.at.as_microsecond())
    .bind(reached.postmortem.as_ref().map(|(id, _)| &id[..]))
    .bind(reached.confirmed_by.as_deref())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

impl Storage {
    /// Everybody on the roster, by name.
    pub async fn facilitators(&self) -> Result<Vec<Facilitator>, StorageError> {
        let rows = sqlx::query(
            "SELECT f.person_id, p.name, p.time_zone, p.role, f.away_until, f.version \
             FROM facilitators f JOIN people p ON p.id = f.person_id ORDER BY p.name, p.id",
        )
        .fetch_all(&self.readers)
        .await?;
        let mut all = rows.iter().map(facilitator).collect::<Result<Vec<_>, _>>()?;
        let rows = sqlx::query(
            "SELECT s.person_id, s.step, s.reached_at, s.postmortem_id, p.title, s.confirmed_by \
             FROM training_steps s LEFT JOIN postmortems p ON p.id = s.postmortem_id",
        )
        .fetch_all(&self.readers)
        .await?;
        let mut steps: BTreeMap<String, Vec<StepReached>> = BTreeMap::new();
        for row in &rows {
            let (person, step) = step(row)?;
            steps.entry(person).or_default().push(step);
        }
        for it in &mut all {
            it.steps = steps.remove(&it.person_id).unwrap_or_default();
            it.steps.sort_by_key(|it| it.step);
        }
        Ok(all)
    }

    /// Puts somebody on the roster, who begins with that step; `Exists` if they are on it.
    pub async fn join_roster(
        &self,
        person_id: &str,
        begin: Step,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("INSERT INTO facilitators (person_id, joined_at, version) VALUES ($1, $2, 1)")
            .bind(person_id)
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        let first = StepReached { step: begin, at: now, postmortem: None, confirmed_by: None };
        take_step(&mut transaction, person_id, &first).await?;
        Ok(transaction.commit().await?)
    }

    /// Says from when on somebody takes requests, if they still have the version that was read.
    pub async fn set_away(
        &self,
        person_id: &str,
        until: Option<Date>,
        version: i64,
    ) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE facilitators SET away_until = $1, version = version + 1 \
             WHERE person_id = $2 AND version = $3",
        )
        .bind(until.map(|day| day.to_string()))
        .bind(person_id)
        .bind(version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// Takes somebody off the roster, with the steps that they took.
    pub async fn leave_roster(&self, person_id: &str) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM facilitators WHERE person_id = $1")
            .bind(person_id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Notes a step that somebody took; `Exists` if it was noted before.
    pub async fn note_step(
        &self,
        person_id: &str,
        reached: &StepReached,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        take_step(&mut transaction, person_id, reached).await?;
        Ok(transaction.commit().await?)
    }

    /// Who had which seat in the meetings that ended, in the order in which they did.
    pub async fn held_seats(&self) -> Result<Vec<HeldSeat>, StorageError> {
        let rows = sqlx::query(
            "SELECT s.postmortem_id, p.title, s.seat, s.person_id FROM seats s \
             JOIN postmortems p ON p.id = s.postmortem_id \
             JOIN projections r ON r.postmortem_id = s.postmortem_id \
             WHERE s.state = 'accepted' AND r.closed_at IS NOT NULL \
             ORDER BY r.closed_at, s.postmortem_id, s.person_id",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(held).collect()
    }
}
