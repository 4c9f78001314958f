//! Reading a record, as it is or as it was.

use afterword_domain::policy::Operation;
use afterword_record::{Projection, history};
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// Which state of a record is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The state now.
    Now,
    /// The state after the update with this number.
    Version(i64),
    /// The state at this time.
    Time(Timestamp),
}

/// A record as somebody reads it.
#[derive(Clone, Debug)]
pub struct RecordView {
    /// The number of the last update in it; 0 for an empty record.
    pub version: i64,
    /// What it says.
    pub record: Projection,
}

impl App {
    /// Reads a record.
    pub async fn record(
        &self,
        caller: &Caller,
        id: &str,
        moment: Moment,
    ) -> Result<RecordView, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        match moment {
            Moment::Now => self.current_record(id).await,
            past => self.past_record(id, past).await,
        }
    }

    pub(crate) async fn current_record(&self, id: &str) -> Result<RecordView, AppError> {
        let read = |record: &afterword_record::Record, version| (record.project(), version);
        let (record, version) = self.rooms.read(id, read).await?;
        Ok(RecordView { version, record })
    }

    async fn past_record(&self, id: &str, moment: Moment) -> Result<RecordView, AppError> {
        let log = self.log_of(id).await?;
        let includes = |update: &history::LoggedUpdate| match moment {
            Moment::Now => true,
            Moment::Version(version) => update.seq <= version,
            Moment::Time(time) => update.at <= time,
        };
        let version = log.iter().filter(|it| includes(it)).map(|it| it.seq).max().unwrap_or(0);
        let record = in_background(move || history::as_of(&log, version).0.project()).await?;
        Ok(RecordView { version, record })
    }

    /// Every update of a record, with its author and time.
    pub(crate) async fn log_of(&self, id: &str) -> Result<Vec<history::LoggedUpdate>, AppError> {
        let updates = self.storage.updates_between(id, 0, i64::MAX).await?;
        let logged = |it: afterword_storage::StoredUpdate| history::LoggedUpdate {
            seq: it.seq,
            at: it.received_at,
            person: it.person_id,
            payload: it.payload,
        };
        Ok(updates.into_iter().map(logged).collect())
    }
}

/// Replaying a long log takes a while: not on a thread that serves requests.
pub(crate) async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(AppError::internal)
}
