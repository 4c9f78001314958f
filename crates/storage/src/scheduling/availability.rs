//! When people work, and when they are away.

use std::collections::BTreeMap;

use afterword_domain::scheduling::{DayRange, WeekHours};
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::parameters::parameters;
use crate::rows::Columns;

/// When somebody works, and when they are away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    /// Their hours.
    pub hours: WeekHours,
    /// Their days off.
    pub days_off: Vec<DayRange>,
    /// Whose public holidays they have: ISO 3166-1, two letters.
    pub country: Option<String>,
    /// Whether they have also those of a part of it.
    pub regional: bool,
    /// Counts changes; 0 until the first.
    pub version: i64,
}

const COLUMNS: &str = "person_id, hours, days_off, country, regional, version";

fn availability(row: &AnyRow) -> Result<Availability, StorageError> {
    let columns = Columns { table: "availability", row };
    Ok(Availability {
        hours: columns.parsed("hours", |text| serde_json::from_str(text).ok())?,
        days_off: columns.parsed("days_off", |text| serde_json::from_str(text).ok())?,
        country: columns.optional_text("country")?,
        regional: columns.integer("regional")? != 0,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// When somebody works, and when they are away.
    pub async fn availability(&self, person_id: &str) -> Result<Availability, StorageError> {
        let found = self.availability_of(&[person_id.to_owned()]).await?;
        Ok(found.into_values().next().unwrap_or_default())
    }

    /// The same of several people, by their ids; who said nothing is not among them.
    pub async fn availability_of(
        &self,
        people: &[String],
    ) -> Result<BTreeMap<String, Availability>, StorageError> {
        if people.is_empty() {
            return Ok(BTreeMap::new());
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM availability WHERE person_id IN ({})",
            parameters(1, people.len())
        );
        let query =
            people.iter().fold(sqlx::query(sqlx::AssertSqlSafe(sql)), sqlx::query::Query::bind);
        let rows = query.fetch_all(&self.readers).await?;
        let one = |row: &AnyRow| {
            let id = Columns { table: "availability", row }.text("person_id")?;
            Ok((id, availability(row)?))
        };
        rows.iter().map(one).collect()
    }

    /// Stores when somebody works, if it still has that version.
    pub async fn save_availability(
        &self,
        person_id: &str,
        new: &Availability,
    ) -> Result<(), StorageError> {
        let done = sqlx::query(
            "INSERT INTO availability (person_id, hours, days_off, country, regional, version) \
             VALUES ($1, $2, $3, $4, $5, $6 + 1) \
             ON CONFLICT (person_id) DO UPDATE SET hours = excluded.hours, \
             days_off = excluded.days_off, country = excluded.country, \
             regional = excluded.regional, version = excluded.version \
             WHERE availability.version = $6",
        )
        .bind(person_id)
        .bind(serde_json::json!(new.hours).to_string())
        .bind(serde_json::json!(new.days_off).to_string())
        .bind(new.country.as_deref())
        .bind(i64::from(new.regional))
        .bind(new.version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }
}
