//! Events from files that people have.

mod csv;
mod feed;
mod preview;
mod slack;

pub use csv::TableToRead;
pub use preview::{PreviewedRow, TablePreview};

use afterword_domain::policy::Operation;

use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::report::refuse_name;
use crate::access::Caller;
use crate::app::App;
use crate::documents::Skipped;
use crate::error::AppError;

/// What became of a file; its events are on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedEvents {
    /// The source under which they are kept.
    pub source: String,
    /// How many there were.
    pub events: usize,
    /// How many of them were there already.
    pub known: usize,
    /// What was not taken and why: the first thousand.
    pub skipped: Vec<Skipped>,
    /// How many more were not taken.
    pub more_skipped: usize,
}

/// How much is still read of what is refused already: many clients hear the answer only once they
/// have sent everything.
const HEARD_OUT: u64 = 64 << 20;

/// Refuses a file and hears its sender out, within bounds.
async fn refuse<T>(body: impl AsyncRead + Unpin, error: AppError) -> Result<T, AppError> {
    // Whoever has gone hears no answer either.
    let _ = tokio::io::copy(&mut body.take(HEARD_OUT), &mut tokio::io::sink()).await;
    Err(error)
}

impl App {
    /// Whether the caller may import into a source. What a source signs cannot come from whoever
    /// has a file; only its administrators may say that it is the same.
    async fn permit_import(
        &self,
        caller: &Caller,
        source: &str,
        vendor: Option<&str>,
    ) -> Result<(), AppError> {
        caller.permit(Operation::ReportEvents)?;
        refuse_name(source)?;
        let Some(configured) = self.storage.source(source).await? else { return Ok(()) };
        if vendor == Some(configured.vendor.as_str()) {
            return caller.permit(Operation::ManageSources);
        }
        let detail =
            format!("“{source}” is a source that sends its own events; give yours another name");
        Err(AppError::invalid("source", detail))
    }
}
