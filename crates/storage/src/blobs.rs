//! Files named by the hash of their content.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::AsyncWriteExt as _;

use crate::error::StorageError;
use crate::recordings::RecordingFiles;

/// A folder of files named by the SHA-256 of their bytes.
#[derive(Clone, Debug)]
pub struct DiskBlobs {
    folder: PathBuf,
}

impl DiskBlobs {
    /// Opens `file://PATH`, created if absent.
    pub fn open(url: &str) -> Result<Self, StorageError> {
        let Some(path) = url.strip_prefix("file://") else {
            return Err(StorageError::Address(format!(
                "“{}” is no blob store: use file://PATH",
                url.split("://").next().unwrap_or_default()
            )));
        };
        std::fs::create_dir_all(path)?;
        Ok(Self { folder: PathBuf::from(path) })
    }

    /// The folder that holds the files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file without a name beside the others, which is gone when it is closed.
    pub fn scratch(&self) -> std::io::Result<std::fs::File> {
        tempfile::tempfile_in(&self.folder)
    }

    /// The recordings, which are files of their own beside the others.
    pub fn recordings(&self) -> RecordingFiles {
        RecordingFiles::new(self.folder.join("recordings"))
    }

    /// Stores bytes under their hash; they are on disk when this returns.
    pub async fn put(&self, sha256: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let path = self.path(sha256)?;
        if tokio::fs::try_exists(&path).await? {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.folder);
        tokio::fs::create_dir_all(folder).await?;
        // Written beside and renamed, so that a file under its hash is always whole.
        let partial = path.with_extension(unfinished());
        let mut file = tokio::fs::File::create(&partial).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        tokio::fs::rename(&partial, &path).await?;
        // The file's name is on disk when its folder is, and the folder's when its own folder is.
        for folder in [folder, &self.folder] {
            tokio::fs::File::open(folder).await?.sync_all().await?;
        }
        Ok(())
    }

    /// The bytes with that hash.
    pub async fn get(&self, sha256: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match tokio::fs::read(self.path(sha256)?).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn path(&self, sha256: &str) -> Result<PathBuf, StorageError> {
        // The name comes from a URL: nothing but a hash may become a path.
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
        match sha256.get(..2).filter(|_| is_hash) {
            Some(prefix) => Ok(self.folder.join(prefix).join(sha256)),
            None => Err(StorageError::Address("that is no SHA-256".to_owned())),
        }
    }
}

/// A name that nobody else has: two who upload the same picture at once write to different files.
fn unfinished() -> String {
    static WRITTEN: AtomicU64 = AtomicU64::new(0);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    format!("{}-{number}.part", std::process::id())
}
