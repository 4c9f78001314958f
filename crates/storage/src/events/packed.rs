//! Many rows. From `SQLite` they come as one text: to hand over a row takes longer there
//! than to read it. From `PostgreSQL` they come as rows, in its own terms: there the text takes
//! longer to make, and what stands for either engine's rows longer to fill.

use afterword_domain::evidence::lookback::Occurrence;
use afterword_domain::evidence::{EventKind, EventState};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgPool};

use super::statement::Statement;
use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::rows::Columns;

/// A statement for some columns of all rows of a table, in any order. `rows` is what stands behind
/// `FROM`; numbers are to be BIGINT.
pub(super) fn packed(engine: Engine, columns: &str, rows: &str) -> String {
    match engine {
        Engine::Sqlite => {
            format!("SELECT json_group_array(json_array({columns})) AS packed FROM {rows}")
        }
        Engine::Postgres => format!("SELECT {columns} FROM {rows}"),
    }
}

/// The column `id` as a text.
pub(super) fn hex(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "hex(id)",
        Engine::Postgres => "encode(id, 'hex')",
    }
}

/// The text of an id as the column's bytes.
pub(super) fn bytes(engine: Engine, id: &str) -> String {
    match engine {
        Engine::Sqlite => format!("unhex({id}, '-')"),
        Engine::Postgres => format!("decode(replace({id}, '-', ''), 'hex')"),
    }
}

/// What cannot be read in a row of `events`.
pub(super) fn corrupt(column: &'static str, id: &str, value: &str) -> StorageError {
    let value = value.chars().take(80).collect();
    StorageError::Corrupt { table: "events", column, row: id.to_owned(), value }
}

/// A statement for [`Storage::occurrences_of`].
pub(super) fn short(engine: Engine, rows: &str) -> String {
    let columns = format!("{}, service_key, at, kind, fingerprint, state", hex(engine));
    packed(engine, &columns, rows)
}

/// An event without its words.
type Short = (String, String, i64, String, Option<String>, Option<String>);

impl Storage {
    /// What a statement of [`packed`] answers, each row as a tuple of the columns: from
    /// `PostgreSQL` by that pool.
    pub(super) async fn unpacked<T>(
        &self,
        own: Option<&PgPool>,
        statement: &Statement,
    ) -> Result<Vec<T>, StorageError>
    where
        T: DeserializeOwned + for<'r> FromRow<'r, PgRow>,
    {
        if let Some(pool) = own {
            let rows = statement.query_in_its_own_terms().fetch_all(pool).await?;
            return Ok(rows.iter().map(T::from_row).collect::<Result<_, _>>()?);
        }
        let row = statement.query().fetch_one(&self.readers).await?;
        let columns = Columns { table: "events", row: &row };
        columns.parsed("packed", |text| serde_json::from_str(text).ok())
    }

    /// What a statement of [`short`] answers.
    pub(super) async fn occurrences_of(
        &self,
        statement: &Statement,
    ) -> Result<Vec<Occurrence>, StorageError> {
        let rows = self.unpacked(self.singles.as_ref(), statement).await?;
        rows.into_iter().map(occurrence).collect()
    }
}

fn occurrence(short: Short) -> Result<Occurrence, StorageError> {
    let (id, service, at, kind, fingerprint, state) = short;
    let wrong = |column, value: &str| corrupt(column, &id, value);
    let state =
        state.map(|it| EventState::parse(&it).ok_or_else(|| wrong("state", &it))).transpose()?;
    Ok(Occurrence {
        service,
        at: Timestamp::from_microsecond(at).map_err(|_| wrong("at", &at.to_string()))?,
        kind: EventKind::parse(&kind).ok_or_else(|| wrong("kind", &kind))?,
        fingerprint,
        state,
        id: id.parse().map_err(|_| wrong("id", &id))?,
    })
}
