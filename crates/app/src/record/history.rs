//! What became of a record: its versions, what changed between two, who wrote which part.

use afterword_domain::policy::Operation;
use afterword_record::history::{self, Change, FieldAuthors, Version};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::record::read::in_background;

impl App {
    /// A record's versions, newest first; what one person wrote within a minute is one.
    pub async fn record_history(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Vec<Version>, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        let log = self.log_of(id).await?;
        in_background(move || history::versions(&log)).await
    }

    /// What changed between two versions.
    pub async fn record_changes(
        &self,
        caller: &Caller,
        id: &str,
        from: i64,
        to: i64,
    ) -> Result<Vec<Change>, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        let log = self.log_of(id).await?;
        in_background(move || {
            let state = |version| history::as_of(&log, version).0.project();
            history::changes(&state(from), &state(to))
        })
        .await
    }

    /// Who wrote which part of the record, and when.
    pub async fn record_authors(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Vec<FieldAuthors>, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        let log = self.log_of(id).await?;
        in_background(move || history::authors(&log)).await
    }
}
