//! Events from a table.

use std::io::{self, Read};

use afterword_integrations::csv::{Mapping, Options, Table};
use afterword_integrations::evidence::{Take, Unreadable};
use jiff::Timestamp;
use tokio::io::AsyncRead;
use tokio_util::io::SyncIoBridge;

use super::{HEARD_OUT, ImportedEvents, refuse};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// How a table is to be read.
#[derive(Clone, Debug, Default)]
pub struct TableToRead {
    /// Which column is what, `at=Time,title=Summary,kind==alert`; by their names if absent.
    pub mapping: Option<String>,
    /// What stands between two cells: one ASCII character, or `tab`; found out if absent.
    pub delimiter: Option<String>,
    /// The IANA zone of times that name none.
    pub zone: Option<String>,
}

impl TableToRead {
    pub(super) fn options(&self, now: Timestamp) -> Result<Options, AppError> {
        let mapping = self.mapping.as_deref().filter(|it| !it.trim().is_empty());
        let zone = self.zone.as_deref().filter(|it| !it.trim().is_empty());
        Ok(Options {
            mapping: mapping.map(Mapping::parse).transpose().map_err(|no| refused("map", &no))?,
            delimiter: self.delimiter.as_deref().map(delimiter).transpose()?,
            zone: zone.map(crate::record::zone).transpose()?,
            now,
        })
    }
}

impl App {
    /// Imports a table, row by row as it arrives.
    pub async fn import_csv(
        &self,
        caller: &Caller,
        source: &str,
        table: &TableToRead,
        body: impl AsyncRead + Send + Unpin + 'static,
    ) -> Result<ImportedEvents, AppError> {
        let permitted = self.permit_import(caller, source, None).await;
        let options = match permitted.and_then(|()| table.options(self.clock.now())) {
            Ok(options) => options,
            Err(error) => return refuse(body, error).await,
        };
        let mut body = SyncIoBridge::new(body);
        let read = self.feed(source.to_owned(), move |take| {
            let outcome = read(&mut body, options, take);
            if outcome.is_err() {
                // The sender hears of it only once it has sent.
                let _ = io::copy(&mut body.take(HEARD_OUT), &mut io::sink());
            }
            outcome
        });
        read.await
    }
}

fn read(body: impl Read, options: Options, take: Take<'_>) -> Result<(), Unreadable> {
    let mut table = Table::open(body, options)?;
    table.ready()?;
    while let Some(row) = table.next_row()? {
        if take(row.found).is_break() {
            break;
        }
    }
    Ok(())
}

fn delimiter(text: &str) -> Result<u8, AppError> {
    match text.as_bytes() {
        b"tab" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"' => Ok(*byte),
        _ => {
            let detail = "write the one character that stands between two cells, or tab";
            Err(AppError::invalid("delimiter", detail))
        }
    }
}

pub(super) fn refused(field: &'static str, unreadable: &Unreadable) -> AppError {
    AppError::invalid(field, unreadable.to_string())
}
