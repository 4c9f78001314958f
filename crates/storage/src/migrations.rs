//! The schema, written once and translated for `PostgreSQL` word by word.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::database::Engine;

/// Never edit a released file: add the next one.
const FILES: &[(i64, &str, &str)] = &[
    (1, "spine", include_str!("../migrations/0001_spine.sql")),
    (2, "evidence", include_str!("../migrations/0002_evidence.sql")),
    (3, "wording", include_str!("../migrations/0003_wording.sql")),
    (4, "handbooks", include_str!("../migrations/0004_handbooks.sql")),
    (5, "meeting", include_str!("../migrations/0005_meeting.sql")),
    (6, "jobs", include_str!("../migrations/0006_jobs.sql")),
    (7, "tickets", include_str!("../migrations/0007_tickets.sql")),
    (8, "reminders", include_str!("../migrations/0008_reminders.sql")),
    (9, "actions", include_str!("../migrations/0009_actions.sql")),
    (10, "recordings", include_str!("../migrations/0010_recordings.sql")),
    (11, "announcements", include_str!("../migrations/0011_announcements.sql")),
    (12, "library", include_str!("../migrations/0012_library.sql")),
    (13, "feedback", include_str!("../migrations/0013_feedback.sql")),
    (14, "organisation", include_str!("../migrations/0014_organisation.sql")),
    (15, "availability", include_str!("../migrations/0015_availability.sql")),
    (16, "invitations", include_str!("../migrations/0016_invitations.sql")),
    (17, "input", include_str!("../migrations/0017_input.sql")),
    (18, "facilitators", include_str!("../migrations/0018_facilitators.sql")),
    (19, "identities", include_str!("../migrations/0019_identities.sql")),
    (20, "policies", include_str!("../migrations/0020_policies.sql")),
    (21, "sessions", include_str!("../migrations/0021_sessions.sql")),
    (22, "library lead", include_str!("../migrations/0022_library_lead.sql")),
    (23, "narrow library", include_str!("../migrations/0023_narrow_library.sql")),
    (24, "events by service", include_str!("../migrations/0024_events_by_service.sql")),
    (25, "days by name", include_str!("../migrations/0025_days_by_name.sql")),
];

/// What differs between the two dialects, longest first.
const TO_POSTGRES: [(&str, &str); 6] = [
    ("INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    (" INTEGER", " BIGINT"),
    (" BLOB", " BYTEA"),
    (") STRICT, WITHOUT ROWID;", BY_ID),
    (") WITHOUT ROWID, STRICT;", ");"),
    (") STRICT;", ");"),
];

/// The table of events is in the order of its key: on `PostgreSQL` it is divided by it. These parts
/// hold what has no time, what is before 2000 and what is after 2099; each month between gets its
/// own when it is first needed, see `events/partitions.rs`. A bound is milliseconds since 1970.
const BY_ID: &str = r") PARTITION BY RANGE (id);
CREATE TABLE events_untimed PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('\x000000000001');
CREATE TABLE events_early PARTITION OF events
    FOR VALUES FROM ('\x000000000001') TO ('\x00dc6acfac00');
CREATE TABLE events_late PARTITION OF events FOR VALUES FROM ('\x03bb2cc3d800') TO (MAXVALUE);";

/// The migrations in the engine's dialect.
pub(crate) fn migrator(engine: Engine) -> Migrator {
    let migration = |(version, name, sql): (i64, &'static str, &str)| {
        let sql = AssertSqlSafe(in_dialect(engine, sql)).into_sql_str();
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(FILES.iter().copied().map(migration).collect())
}

fn in_dialect(engine: Engine, sql: &str) -> String {
    let sql = for_engine(engine, sql);
    match engine {
        Engine::Sqlite => sql,
        Engine::Postgres => TO_POSTGRES.iter().fold(sql, |sql, (from, to)| sql.replace(from, to)),
    }
}

/// Without the lines that are for the other engine alone: those between `-- only ENGINE` and the
/// next such line or `-- both`.
fn for_engine(engine: Engine, sql: &str) -> String {
    let mut only = None;
    let mut kept = String::with_capacity(sql.len());
    for line in sql.split_inclusive('\n') {
        match line.trim_end() {
            "-- only SQLite" => only = Some(Engine::Sqlite),
            "-- only PostgreSQL" => only = Some(Engine::Postgres),
            "-- both" => only = None,
            _ if only.is_none_or(|it| it == engine) => kept.push_str(line),
            _ => {}
        }
    }
    kept
}
