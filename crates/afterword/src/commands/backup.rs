//! `afterword backup`

use std::path::{Path, PathBuf};

use afterword_app::{DiskBlobs, Storage};
use anyhow::{Context as _, bail};
use clap::Args;

use crate::config::Config;
use crate::outcome::tell;

#[derive(Args, Debug)]
pub(crate) struct Command {
    /// A folder that does not exist yet
    folder: PathBuf,
}

/// Names inside a backup.
pub(crate) const DATABASE: &str = "afterword.db";
pub(crate) const BLOBS: &str = "blobs";

/// The database first: every picture that it names is in the blob store by then.
pub(crate) async fn run(command: &Command, config: &Config) -> anyhow::Result<()> {
    let folder = &command.folder;
    if folder.exists() {
        bail!("{} exists already: name a new folder", folder.display());
    }
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let storage = Storage::open(&config.database_url).await?;
    let target = folder.join(DATABASE);
    let copied = storage.copy_to(&target.to_string_lossy()).await;
    storage.close().await;
    copied?;
    let blobs = DiskBlobs::open(&config.blobs_url)?;
    let files = copy_folder(blobs.folder(), &folder.join(BLOBS))?;
    tell(&format!("The database and {files} pictures are in {}.", folder.display()));
    Ok(())
}

/// Copies a folder with everything in it; answers how many files there were.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<u64> {
    std::fs::create_dir_all(to)?;
    let mut files = 0;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files += copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)
                .with_context(|| format!("{} cannot be copied", entry.path().display()))?;
            files += 1;
        }
    }
    Ok(files)
}
