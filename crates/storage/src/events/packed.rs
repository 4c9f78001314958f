//! Many short rows as one text: to hand over a row takes longer than to read it.

use afterword_domain::evidence::lookback::Occurrence;
use afterword_domain::evidence::{EventKind, EventState};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;

use crate::database::Engine;
use crate::error::StorageError;
use crate::rows::Columns;

/// A statement for some columns of all rows of a table, in any order. `rows` is what stands behind
/// `FROM`.
pub(super) fn packed(engine: Engine, columns: &str, rows: &str) -> String {
    let all = match engine {
        Engine::Sqlite => format!("json_group_array(json_array({columns}))"),
        Engine::Postgres => {
            format!("CAST(COALESCE(json_agg(json_build_array({columns})), '[]') AS TEXT)")
        }
    };
    format!("SELECT {all} AS packed FROM {rows}")
}

/// What such a statement answers.
pub(super) fn unpacked<T: DeserializeOwned>(row: &AnyRow) -> Result<Vec<T>, StorageError> {
    Columns { table: "events", row }.parsed("packed", |text| serde_json::from_str(text).ok())
}

/// An event without its words.
type Short = (String, String, i64, String, Option<String>, Option<String>);

/// A statement for [`occurrences`].
pub(super) fn short(engine: Engine, rows: &str) -> String {
    let id = match engine {
        Engine::Sqlite => "hex(id)",
        Engine::Postgres => "encode(id, 'hex')",
    };
    packed(engine, &format!("{id}, service_key, at, kind, fingerprint, state"), rows)
}

/// What such a statement answers.
pub(super) fn occurrences(row: &AnyRow) -> Result<Vec<Occurrence>, StorageError> {
    unpacked(row)?.into_iter().map(occurrence).collect()
}

fn occurrence(short: Short) -> Result<Occurrence, StorageError> {
    let (id, service, at, kind, fingerprint, state) = short;
    let corrupt = |column, value: &str| StorageError::Corrupt {
        table: "events",
        column,
        row: id.clone(),
        value: value.to_owned(),
    };
    let state =
        state.map(|it| EventState::parse(&it).ok_or_else(|| corrupt("state", &it))).transpose()?;
    Ok(Occurrence {
        service,
        at: Timestamp::from_microsecond(at).map_err(|_| corrupt("at", &at.to_string()))?,
        kind: EventKind::parse(&kind).ok_or_else(|| corrupt("kind", &kind))?,
        fingerprint,
        state,
        id: id.parse().map_err(|_| corrupt("id", &id))?,
    })
}
