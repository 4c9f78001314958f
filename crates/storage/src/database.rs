//! The connections to the database.

use std::str::FromStr;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Any, AnyPool, Connection as _, Database, Executor, PgPool, Transaction};

use crate::error::StorageError;
use crate::events::Partitions;
use crate::migrations;

/// Which database stands behind the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file beside the server.
    Sqlite,
    /// A `PostgreSQL` server, or what speaks its protocol.
    Postgres,
}

/// `FULL`: a commit is on disk when it returns, also after a power loss.
const SQLITE_SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;";
/// In KiB. What comes in goes all over the indexes: with SQLite's 2 MiB most pages would be read
/// anew, and written more than once, within one transaction.
const SQLITE_WRITER_CACHE: &str = "PRAGMA cache_size = -65536;";
const SQLITE_READER_CACHE: &str = "PRAGMA cache_size = -2048;";
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 12;
/// What is asked takes milliseconds; where PostgreSQL expects more, to compile it first takes 70.
const POSTGRES_SETTINGS: &str = "SET jit = off";
/// Each question for counts gets its own plan: one for all of them expects stretches of time to be
/// short, and looks through all of a service's days for some of its names.
const POSTGRES_COUNTS_SETTINGS: &str = "SET jit = off; SET plan_cache_mode = force_custom_plan";
/// What is asked of single events is read along the same index whatever the times are, and to plan
/// it for each month's table takes a third as long as to read it.
const POSTGRES_SINGLES_SETTINGS: &str = "SET jit = off; SET plan_cache_mode = force_generic_plan";
/// Longer unused than this, a connection is asked again whether it is there.
const POSTGRES_REST: Duration = Duration::from_secs(1);
const POSTGRES_BULK_CONNECTIONS: u32 = 4;
const POSTGRES_COUNTS_CONNECTIONS: u32 = 4;
const POSTGRES_SINGLES_CONNECTIONS: u32 = 8;

/// The database, open and with its schema up to date.
#[derive(Clone, Debug)]
pub struct Storage {
    pub(crate) engine: Engine,
    pub(crate) readers: AnyPool,
    writers: AnyPool,
    /// `PostgreSQL` in its own terms, where many rows go through: to store events ...
    pub(crate) bulk: Option<PgPool>,
    /// ... to read what a look-back counts ...
    pub(crate) counts: Option<PgPool>,
    /// ... and the events themselves.
    pub(crate) singles: Option<PgPool>,
    pub(crate) partitions: Partitions,
}

impl Storage {
    /// Opens `sqlite://PATH` (created if absent) or `postgres://…` and migrates it.
    pub async fn open(url: &str) -> Result<Self, StorageError> {
        sqlx::any::install_default_drivers();
        let storage = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Self::open_sqlite(url).await?,
            Some("postgres" | "postgresql") => Self::open_postgres(url).await?,
            _ => {
                return Err(StorageError::Address(format!(
                    "“{}” is no database address: use sqlite://PATH or postgres://USER@HOST/NAME",
                    url.split("://").next().unwrap_or_default()
                )));
            }
        };
        storage.migrate().await?;
        Ok(storage)
    }

    /// Two processes may begin at once. On `PostgreSQL` sqlx lets one wait for the other; on
    /// `SQLite` it does not, so there everything happens in one transaction that writes.
    async fn migrate(&self) -> Result<(), StorageError> {
        let migrator = migrations::migrator(self.engine);
        match self.engine {
            Engine::Postgres => migrator.run(&self.writers).await?,
            Engine::Sqlite => {
                let mut transaction = self.begin().await?;
                migrator.run(&mut *transaction).await?;
                transaction.commit().await?;
            }
        }
        Ok(())
    }

    async fn open_sqlite(url: &str) -> Result<Self, StorageError> {
        let path = sqlite_path(url);
        if let Some(folder) = std::path::Path::new(path).parent() {
            std::fs::create_dir_all(folder)?;
        }
        let address = AnyConnectOptions::from_str(&format!("sqlite://{path}?mode=rwc"))?;
        // A connection is a thread of this process: it neither ages nor breaks by itself, and to
        // ask it before each use whether it is still there is a trip for nothing.
        let pool = |size: u32, cache: &'static str| {
            AnyPoolOptions::new()
                .max_connections(size)
                .test_before_acquire(false)
                .max_lifetime(None)
                .after_connect(move |connection, _| {
                    Box::pin(async move {
                        connection.execute(SQLITE_SETTINGS).await?;
                        connection.execute(cache).await.map(drop)
                    })
                })
                // Where the disk is full SQLite ends the transaction itself, sqlx's count of it
                // stays, and no other could ever begin on that connection.
                .after_release(|connection, _| {
                    let usable = !connection.is_in_transaction();
                    Box::pin(async move { Ok(usable) })
                })
        };
        // SQLite has one writer at a time: waiting for it in our own queue is fair and never "busy".
        let writers = pool(1, SQLITE_WRITER_CACHE).connect_with(address.clone()).await?;
        let readers = pool(SQLITE_READERS, SQLITE_READER_CACHE).connect_lazy_with(address);
        Ok(Self {
            engine: Engine::Sqlite,
            readers,
            writers,
            bulk: None,
            counts: None,
            singles: None,
            partitions: Partitions::default(),
        })
    }

    async fn open_postgres(url: &str) -> Result<Self, StorageError> {
        let pool = postgres_pool(POSTGRES_CONNECTIONS, POSTGRES_SETTINGS)
            .connect_with(AnyConnectOptions::from_str(url)?)
            .await?;
        let own = PgConnectOptions::from_str(url)?;
        let in_its_own_terms = |size: u32, settings: &'static str| {
            Some(postgres_pool(size, settings).connect_lazy_with(own.clone()))
        };
        Ok(Self {
            engine: Engine::Postgres,
            readers: pool.clone(),
            writers: pool,
            bulk: in_its_own_terms(POSTGRES_BULK_CONNECTIONS, POSTGRES_SETTINGS),
            counts: in_its_own_terms(POSTGRES_COUNTS_CONNECTIONS, POSTGRES_COUNTS_SETTINGS),
            singles: in_its_own_terms(POSTGRES_SINGLES_CONNECTIONS, POSTGRES_SINGLES_SETTINGS),
            partitions: Partitions::default(),
        })
    }

    /// Which database stands behind the interface.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StorageError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Begins a transaction that will write.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Any>, StorageError> {
        // Another process (`afterword person`, `backup`) may write too: taking SQLite's write lock
        // at once makes the wait honour the busy timeout instead of failing half-way.
        let statement = match self.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        };
        Ok(self.writers.begin_with(statement).await?)
    }

    /// The pool for a single writing statement.
    pub(crate) fn writer(&self) -> &AnyPool {
        &self.writers
    }

    /// Copies a consistent state of an `SQLite` database, also while a server writes to it.
    pub async fn copy_to(&self, path: &str) -> Result<(), StorageError> {
        if self.engine == Engine::Postgres {
            return Err(StorageError::Address(
                "a PostgreSQL database is backed up with pg_dump; see docs/operations.md"
                    .to_owned(),
            ));
        }
        sqlx::query("VACUUM INTO $1").bind(path).execute(&self.readers).await?;
        Ok(())
    }

    /// Waits for what is under way and closes every connection.
    pub async fn close(&self) {
        self.writers.close().await;
        self.readers.close().await;
        for pool in [&self.bulk, &self.counts, &self.singles].into_iter().flatten() {
            pool.close().await;
        }
    }
}

fn postgres_pool<D: Database>(size: u32, settings: &'static str) -> PoolOptions<D>
where
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    PoolOptions::new()
        .max_connections(size)
        // It is asked when it comes back; to ask it again at once would be a trip for nothing.
        .test_before_acquire(false)
        .before_acquire(|connection: &mut D::Connection, usage| {
            Box::pin(async move {
                if usage.idle_for > POSTGRES_REST {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |connection: &mut D::Connection, _| {
            Box::pin(async move { connection.execute(settings).await.map(drop) })
        })
}

/// The file named by `sqlite://PATH` or `sqlite:PATH`.
fn sqlite_path(url: &str) -> &str {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
    path.and_then(|path| path.split('?').next()).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use sqlx::AnyPool;

    use super::Storage;

    async fn setting(pool: &AnyPool, name: &str) -> String {
        let pragma = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(pragma)).fetch_one(pool).await.unwrap()
    }

    /// Settings belong to a connection, so that only the store itself can be asked.
    #[tokio::test]
    async fn a_commit_is_on_disk_when_it_returns() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/afterword.db", folder.path().display());
        let storage = Storage::open(&url).await.unwrap();
        for pool in [&storage.writers, &storage.readers] {
            assert_eq!(setting(pool, "journal_mode").await, "wal");
            assert_eq!(setting(pool, "synchronous").await, "2", "2 is FULL");
            assert_eq!(setting(pool, "foreign_keys").await, "1");
        }
    }
}
