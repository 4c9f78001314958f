//! What can go wrong with the store.

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database refused, is full or is out of reach.
    #[error("the database did not answer as expected: {0}")]
    Database(sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database's schema could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A stored value makes no sense; never to be mistaken for an absent row.
    #[error("the stored value in {table}.{column} of {row} cannot be read: {value}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's key.
        row: String,
        /// What stands there.
        value: String,
    },
    /// Something unique exists already.
    #[error("that exists already")]
    Exists,
    /// It was changed since it was read.
    #[error("it was changed since it was read")]
    Stale,
    /// Nobody could administer afterwards.
    #[error("there would be no administrator any more")]
    LastAdministrator,
    /// A file could not be written or read.
    #[error("the blob store did not answer as expected: {0}")]
    Blob(#[from] std::io::Error),
    /// The address of a database or a blob store cannot be used.
    #[error("{0}")]
    Address(String),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::Exists,
            _ => Self::Database(error),
        }
    }
}
