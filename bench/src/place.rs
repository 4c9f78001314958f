//! Databases of one measurement's own.

use anyhow::{Context, Result};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// An empty database, to be removed when it is no longer needed.
pub(crate) struct Place {
    pub(crate) url: String,
    kept_by: KeptBy,
}

enum KeptBy {
    Folder(TempDir),
    Server {
        url: String,
        name: String,
    },
    /// Whoever made it.
    Others,
}

impl Place {
    /// `server` is the address of a `PostgreSQL` server.
    pub(crate) async fn new(engine: Engine, server: Option<&str>) -> Result<Self> {
        match engine {
            Engine::Sqlite => {
                let folder = TempDir::new()?;
                let url = format!("sqlite://{}/afterword.db", folder.path().display());
                Ok(Self { url, kept_by: KeptBy::Folder(folder) })
            }
            Engine::Postgres => {
                let server = server.context("for PostgreSQL say --postgres URL")?;
                let name = format!("bench_{}", uuid::Uuid::new_v4().simple());
                execute(server, &format!("CREATE DATABASE {name}")).await?;
                let (address, _) = server.rsplit_once('/').context("no database in the address")?;
                let url = format!("{address}/{name}");
                Ok(Self { url, kept_by: KeptBy::Server { url: server.to_owned(), name } })
            }
        }
    }

    /// One that is there already, and stays.
    pub(crate) fn there(url: &str) -> Self {
        Self { url: url.to_owned(), kept_by: KeptBy::Others }
    }

    /// Does at once what `PostgreSQL`'s autovacuum would do soon.
    pub(crate) async fn settle(&self) -> Result<()> {
        match self.kept_by {
            KeptBy::Folder(_) | KeptBy::Others => Ok(()),
            KeptBy::Server { .. } => execute(&self.url, "VACUUM ANALYZE").await,
        }
    }

    /// In bytes, on disk.
    pub(crate) async fn size(&self) -> Result<u64> {
        match &self.kept_by {
            KeptBy::Folder(folder) => {
                let sizes = std::fs::read_dir(folder.path())?.map(|it| Ok(it?.metadata()?.len()));
                sizes.sum()
            }
            KeptBy::Server { .. } => {
                let mut connection = PgConnection::connect(&self.url).await?;
                let size = sqlx::query_scalar("SELECT pg_database_size(current_database())");
                let size: i64 = size.fetch_one(&mut connection).await?;
                connection.close().await?;
                Ok(u64::try_from(size)?)
            }
            KeptBy::Others => anyhow::bail!("how large it was before is not known"),
        }
    }

    /// Removes it, or says where it stays.
    pub(crate) async fn end(self, keep: bool) -> Result<()> {
        if !keep {
            return self.remove().await;
        }
        println!("Kept, for --database: {}", self.url);
        if let KeptBy::Folder(folder) = self.kept_by {
            let _path = folder.keep();
        }
        Ok(())
    }

    pub(crate) async fn remove(self) -> Result<()> {
        match self.kept_by {
            KeptBy::Folder(folder) => Ok(folder.close()?),
            KeptBy::Server { url, name } => {
                execute(&url, &format!("DROP DATABASE {name} WITH (FORCE)")).await
            }
            KeptBy::Others => Ok(()),
        }
    }
}

async fn execute(url: &str, statement: &str) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    connection.execute(AssertSqlSafe(statement.to_owned())).await?;
    Ok(connection.close().await?)
}
