//! The schema, written once and translated for `PostgreSQL` word by word.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::database::Engine;

/// Never edit a released file: add the next one.
const FILES: [(i64, &str, &str); 2] = [
    (1, "spine", include_str!("../migrations/0001_spine.sql")),
    (2, "evidence", include_str!("../migrations/0002_evidence.sql")),
];

/// What differs between the two dialects, longest first.
const TO_POSTGRES: [(&str, &str); 5] = [
    ("INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    (" INTEGER", " BIGINT"),
    (" BLOB", " BYTEA"),
    (") STRICT, WITHOUT ROWID;", ");"),
    (") STRICT;", ");"),
];

/// The migrations in the engine's dialect.
pub(crate) fn migrator(engine: Engine) -> Migrator {
    let migration = |(version, name, sql): (i64, &'static str, &str)| {
        let sql = AssertSqlSafe(in_dialect(engine, sql)).into_sql_str();
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(FILES.into_iter().map(migration).collect())
}

fn in_dialect(engine: Engine, sql: &str) -> String {
    match engine {
        Engine::Sqlite => sql.to_owned(),
        Engine::Postgres => {
            TO_POSTGRES.iter().fold(sql.to_owned(), |sql, (from, to)| sql.replace(from, to))
        }
    }
}
