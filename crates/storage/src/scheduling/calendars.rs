//! Calendars of people, and when these have something.

use std::collections::BTreeMap;

use afterword_domain::job::Job;
use afterword_domain::scheduling::Interval;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::parameters::parameters;
use crate::rows::Columns;

/// A calendar of somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// UUID.
    pub id: String,
    /// Whose.
    pub person_id: String,
    /// Where it is read, which is a secret.
    pub url: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it was read the last time.
    pub read_at: Option<Timestamp>,
    /// Why it could not be read the last time it was tried.
    pub problem: Option<String>,
    /// How often in a row it could not.
    pub failures: i64,
    /// What in it was left out, in sentences.
    pub notes: Vec<String>,
}

/// What a calendar was found to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarRead {
    /// When there is something.
    pub busy: Vec<Interval>,
    /// What was left out, in sentences.
    pub notes: Vec<String>,
}

const COLUMNS: &str = "id, person_id, url, added_at, read_at, problem, failures, notes";
/// So many rows are written by one statement.
const ROWS: usize = 200;

fn calendar(row: &AnyRow) -> Result<Calendar, StorageError> {
    let columns = Columns { table: "calendars", row };
    Ok(Calendar {
        id: columns.text("id")?,
        person_id: columns.text("person_id")?,
        url: columns.text("url")?,
        added_at: columns.time("added_at")?,
        read_at: columns.optional_time("read_at")?,
        problem: columns.optional_text("problem")?,
        failures: columns.integer("failures")?,
        notes: columns.parsed("notes", |text| serde_json::from_str(text).ok())?,
    })
}

impl Storage {
    /// Stores a calendar, and asks that it is read; `Exists` if the person has it already.
    pub async fn add_calendar(&self, new: &Calendar) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO calendars (id, person_id, url, added_at, failures, notes) \
             VALUES ($1, $2, $3, $4, 0, '[]')",
        )
        .bind(&new.id)
        .bind(&new.person_id)
        .bind(&new.url)
        .bind(new.added_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        let job = Job::ReadCalendar { id: new.id.clone() };
        jobs::ask(&mut transaction, &job, new.added_at).await?;
        Ok(transaction.commit().await?)
    }

    /// Somebody's calendars, in the order in which they were added.
    pub async fn calendars(&self, person_id: &str) -> Result<Vec<Calendar>, StorageError> {
        let sql =
            format!("SELECT {COLUMNS} FROM calendars WHERE person_id = $1 ORDER BY added_at, id");
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person_id);
        query.fetch_all(&self.readers).await?.iter().map(calendar).collect()
    }

    /// The calendar with that id.
    pub async fn calendar(&self, id: &str) -> Result<Option<Calendar>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM calendars WHERE id = $1");
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id);
        query.fetch_optional(&self.readers).await?.as_ref().map(calendar).transpose()
    }

    /// Removes a calendar of somebody's, with all that is known of it; `false` if there was none.
    pub async fn remove_calendar(&self, person_id: &str, id: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM calendars WHERE id = $1 AND person_id = $2")
            .bind(id)
            .bind(person_id)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Keeps what a calendar was found to hold, instead of what it held before. One that was removed
    /// meanwhile stays so.
    pub async fn save_calendar_read(
        &self,
        id: &str,
        read: &CalendarRead,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "UPDATE calendars SET read_at = $1, problem = NULL, failures = 0, notes = $2 \
             WHERE id = $3",
        )
        .bind(at.as_microsecond())
        .bind(serde_json::json!(read.notes).to_string())
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(());
        }
        sqlx::query("DELETE FROM busy_times WHERE calendar_id = $1")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        for some in read.busy.chunks(ROWS) {
            let row = |at: usize| format!("($1, ${}, ${})", 2 * at + 2, 2 * at + 3);
            let rows: Vec<_> = (0..some.len()).map(row).collect();
            let sql = format!(
                "INSERT INTO busy_times (calendar_id, from_at, until_at) VALUES {}",
                rows.join(", ")
            );
            let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id);
            let bound = some.iter().fold(query, |query, it| {
                query.bind(it.from.as_microsecond()).bind(it.until.as_microsecond())
            });
            bound.execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Notes why a calendar could not be read. What it held before stays.
    pub async fn save_calendar_problem(&self, id: &str, why: &str) -> Result<(), StorageError> {
        sqlx::query("UPDATE calendars SET problem = $1, failures = failures + 1 WHERE id = $2")
            .bind(why)
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// When people have something in their calendars, between two moments, by their ids.
    pub async fn busy_times(
        &self,
        people: &[String],
        from: Timestamp,
        until: Timestamp,
    ) -> Result<BTreeMap<String, Vec<Interval>>, StorageError> {
        if people.is_empty() {
            return Ok(BTreeMap::new());
        }
        let sql = format!(
            "SELECT c.person_id, b.from_at, b.until_at FROM busy_times b \
             JOIN calendars c ON c.id = b.calendar_id WHERE c.person_id IN ({}) \
             AND b.until_at > ${} AND b.from_at < ${} ORDER BY b.from_at, b.until_at",
            parameters(1, people.len()),
            people.len() + 1,
            people.len() + 2
        );
        let query =
            people.iter().fold(sqlx::query(sqlx::AssertSqlSafe(sql)), sqlx::query::Query::bind);
        let query = query.bind(from.as_microsecond()).bind(until.as_microsecond());
        let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in &query.fetch_all(&self.readers).await? {
            let columns = Columns { table: "busy_times", row };
            let it = Interval { from: columns.time("from_at")?, until: columns.time("until_at")? };
            all.entry(columns.text("person_id")?).or_default().push(it);
        }
        Ok(all)
    }
}
