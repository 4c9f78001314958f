//! What was said, from an export of Slack.

use std::fs::File;
use std::io::{Seek as _, SeekFrom};

use afterword_integrations::slack::export;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::{ImportedEvents, refuse};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// The largest export that is taken.
const LARGEST: u64 = 4 << 30;

impl App {
    /// Imports an export. It is kept in a file without a name until it is read: the list of its
    /// contents stands at its end.
    pub async fn import_slack(
        &self,
        caller: &Caller,
        source: &str,
        length: Option<u64>,
        body: impl AsyncRead + Send + Unpin,
    ) -> Result<ImportedEvents, AppError> {
        if let Err(error) = self.permit_import(caller, source, Some("slack")).await {
            return refuse(body, error).await;
        }
        if length.is_some_and(|length| length > LARGEST) {
            return refuse(body, too_large()).await;
        }
        let Ok(_one_at_a_time) = self.exports.try_acquire() else {
            let busy = "another export is being imported; try again when it is done";
            return refuse(body, AppError::Unavailable(busy.to_owned())).await;
        };
        let export = self.received(body).await?;
        self.feed(source.to_owned(), move |take| export::read(export, take)).await
    }

    async fn received(&self, body: impl AsyncRead + Send + Unpin) -> Result<File, AppError> {
        let file = self.blobs.scratch().map_err(AppError::internal)?;
        let mut file = tokio::fs::File::from_std(file);
        let received = tokio::io::copy(&mut body.take(LARGEST + 1), &mut file).await;
        let received = received.map_err(|error| {
            AppError::invalid("body", format!("the export did not arrive whole: {error}"))
        })?;
        if received > LARGEST {
            return Err(too_large());
        }
        let mut file = file.into_std().await;
        file.seek(SeekFrom::Start(0)).map_err(AppError::internal)?;
        Ok(file)
    }
}

fn too_large() -> AppError {
    let detail = "an export of more than 4 GB is not taken; export a shorter span of time, and \
                  import one after another";
    AppError::invalid("body", detail)
}
