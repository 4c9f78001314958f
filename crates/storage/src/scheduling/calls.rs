//! Calls that there were, and who was asked to them.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::parameters::parameters;
use crate::rows::Columns;

/// A call that somebody was asked to and did not decline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastCall {
    /// Who.
    pub person_id: String,
    /// When it began.
    pub starts_at: Timestamp,
    /// How long it was to take.
    pub minutes: u16,
    /// In which zone they were when it was arranged.
    pub time_zone: String,
}

fn call(row: &AnyRow) -> Result<PastCall, StorageError> {
    let columns = Columns { table: "attendances", row };
    let minutes = columns.integer("minutes")?;
    Ok(PastCall {
        person_id: columns.text("person_id")?,
        starts_at: columns.time("starts_at")?,
        minutes: u16::try_from(minutes).map_err(|_| columns.corrupt("minutes", &minutes))?,
        time_zone: columns.text("time_zone")?,
    })
}

impl Storage {
    /// The calls between two moments to which these people were asked, and which they did not
    /// decline. Those of one post-mortem are left out.
    pub async fn calls_of(
        &self,
        people: &[String],
        but: &str,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<PastCall>, StorageError> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let next = people.len();
        let sql = format!(
            "SELECT t.person_id, t.time_zone, a.starts_at, a.minutes FROM attendances t \
             JOIN appointments a ON a.id = t.appointment_id WHERE t.person_id IN ({}) \
             AND a.state = 'standing' AND t.answer <> 'no' AND a.postmortem_id <> ${} \
             AND a.starts_at >= ${} AND a.starts_at < ${} ORDER BY a.starts_at, t.person_id",
            parameters(1, next),
            next + 1,
            next + 2,
            next + 3
        );
        let query =
            people.iter().fold(sqlx::query(sqlx::AssertSqlSafe(sql)), sqlx::query::Query::bind);
        let query = query.bind(but).bind(from.as_microsecond()).bind(until.as_microsecond());
        query.fetch_all(&self.readers).await?.iter().map(call).collect()
    }
}
