//! `afterword restore`

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;

use crate::commands::backup::{BLOBS, DATABASE, copy_folder};
use crate::config::Config;
use crate::outcome::tell;

#[derive(Args, Debug)]
pub(crate) struct Command {
    /// A folder that `afterword backup` made
    folder: PathBuf,
}

/// Never overwrites: a database that is there must be moved away by hand first.
pub(crate) fn run(command: &Command, config: &Config) -> anyhow::Result<()> {
    let database = file(&config.database_url, "sqlite://")
        .context("only an SQLite database is restored here; for PostgreSQL use pg_restore")?;
    let blobs = file(&config.blobs_url, "file://").context("AFTERWORD_BLOBS_URL is no file://")?;
    let source = command.folder.join(DATABASE);
    if !source.exists() {
        bail!("{} holds no backup: {DATABASE} is missing", command.folder.display());
    }
    if database.exists() {
        bail!("{} exists: stop the server and move it away first", database.display());
    }
    if let Some(parent) = database.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let files = copy_folder(&command.folder.join(BLOBS), &blobs)?;
    std::fs::copy(&source, &database)
        .with_context(|| format!("{} cannot be copied", source.display()))?;
    tell(&format!("The database and {files} pictures are back."));
    Ok(())
}

fn file(url: &str, scheme: &str) -> Option<PathBuf> {
    let path = url.strip_prefix(scheme)?;
    Some(Path::new(path.split('?').next().unwrap_or(path)).to_owned())
}
