//! Putting the parts together.

use std::sync::Arc;

use afterword_app::{App, Clock, DiskBlobs, Mailer, Settings, Storage};
use anyhow::Context as _;

use crate::config::Config;

/// Opens the stores and starts the application.
pub(crate) async fn start(config: &Config) -> anyhow::Result<Arc<App>> {
    let storage = Storage::open(&config.database_url)
        .await
        .context("AFTERWORD_DATABASE_URL: the database cannot be opened")?;
    let blobs = DiskBlobs::open(&config.blobs_url)
        .context("AFTERWORD_BLOBS_URL: the blob store cannot be opened")?;
    let mail = |url: &String| Mailer::new(url, config.host());
    let mailer = config.smtp_url.as_ref().map(mail).transpose()?;
    let settings = Settings {
        public_url: config.public_url.clone(),
        demo: config.demo,
        provider: config.provider.clone(),
        private_calendars: config.private_calendars,
    };
    Ok(App::start(storage, blobs, mailer, Clock::system(), settings))
}
