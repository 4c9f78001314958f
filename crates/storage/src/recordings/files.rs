//! The files of recordings, which grow while they arrive.

use std::io::SeekFrom;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use tokio::fs::{File, OpenOptions};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _, BufWriter};
use tokio::task::JoinHandle;

use crate::error::StorageError;

/// Large enough that the disk is not asked for each packet, small enough not to count.
const BUFFER: usize = 1024 * 1024;
/// After so many bytes the next piece is brought to disk, while what follows is written.
const SYNC_EVERY: u64 = 16 * 1024 * 1024;
/// A file that nobody names may be one that is about to be named.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(1);

/// The folder of recordings. Each has a UUID for a name.
#[derive(Clone, Debug)]
pub struct RecordingFiles {
    folder: PathBuf,
}

impl RecordingFiles {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where the recording of that name is.
    pub fn path(&self, name: &str) -> Result<PathBuf, StorageError> {
        // The name may come from a URL: nothing but an id may become a path.
        let is_id = name.len() == 36 && name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        if is_id {
            Ok(self.folder.join(name))
        } else {
            Err(StorageError::Address("that is no recording".to_owned()))
        }
    }

    /// Opens a recording to go on at this byte, made if it begins. What lies behind, because it was
    /// not on disk when it was last counted, is sent again.
    pub async fn append(&self, name: &str, at: u64) -> Result<Append, StorageError> {
        let path = self.path(name)?;
        tokio::fs::create_dir_all(&self.folder).await?;
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(false).open(&path).await?;
        if file.metadata().await?.len() < at {
            return Err(StorageError::Blob(std::io::Error::other(format!(
                "the recording {name} is shorter than what was received of it"
            ))));
        }
        file.set_len(at).await?;
        file.seek(SeekFrom::Start(at)).await?;
        if at == 0 {
            // The file's name is on disk when its folder is.
            File::open(&self.folder).await?.sync_all().await?;
        }
        let file = BufWriter::with_capacity(BUFFER, file);
        Ok(Append { file, written: at, synced: at, syncing: None })
    }

    /// Gives a file that was made beside them, and is on disk, the name of a recording.
    pub async fn adopt(&self, made: &std::path::Path, name: &str) -> Result<u64, StorageError> {
        let file = File::open(made).await?;
        file.sync_all().await?;
        let size = file.metadata().await?.len();
        tokio::fs::rename(made, self.path(name)?).await?;
        File::open(&self.folder).await?.sync_all().await?;
        Ok(size)
    }

    /// Removes a recording, if it is there.
    pub async fn remove(&self, name: &str) -> Result<(), StorageError> {
        match tokio::fs::remove_file(self.path(name)?).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Removes what belongs to no recording: a server may have died between a change and its file.
    /// Answers how many files went.
    pub async fn remove_all_but(
        &self,
        names: &[String],
        now: SystemTime,
    ) -> Result<usize, StorageError> {
        let mut removed = 0;
        let mut entries = match tokio::fs::read_dir(&self.folder).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name().to_string_lossy().into_owned();
            // What is being made from a recording begins with its name.
            if names.iter().any(|kept| name.starts_with(kept.as_str())) {
                continue;
            }
            let changed = entry.metadata().await?.modified()?;
            if now.duration_since(changed).is_ok_and(|age| age > FORGOTTEN_AFTER) {
                tokio::fs::remove_file(entry.path()).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

/// A recording that grows. Dropped without [`Append::finish`], what was not counted is sent again.
#[derive(Debug)]
pub struct Append {
    file: BufWriter<File>,
    written: u64,
    synced: u64,
    syncing: Option<(u64, JoinHandle<std::io::Result<()>>)>,
}

impl Append {
    /// How long the recording is now.
    pub fn len(&self) -> u64 {
        self.written
    }

    /// Whether it has no byte yet.
    pub fn is_empty(&self) -> bool {
        self.written == 0
    }

    /// Writes what comes next. Answers how much is on disk, whenever that is more than before.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<Option<u64>, StorageError> {
        self.file.write_all(bytes).await?;
        self.written += bytes.len() as u64;
        let is_due = self.written - self.synced >= SYNC_EVERY;
        // The disk works on one piece while the next is written.
        let on_disk = match &self.syncing {
            Some((_, work)) if is_due || work.is_finished() => self.wait().await?,
            _ => None,
        };
        if is_due {
            self.file.flush().await?;
            let file = self.file.get_ref().try_clone().await?;
            let work = tokio::spawn(async move { file.sync_data().await });
            self.synced = self.written;
            self.syncing = Some((self.written, work));
        }
        Ok(on_disk)
    }

    /// Brings everything to disk; answers how long the recording is.
    pub async fn finish(mut self) -> Result<u64, StorageError> {
        self.wait().await?;
        self.file.flush().await?;
        self.file.get_ref().sync_all().await?;
        Ok(self.written)
    }

    async fn wait(&mut self) -> Result<Option<u64>, StorageError> {
        let Some((until, work)) = self.syncing.take() else { return Ok(None) };
        work.await.map_err(std::io::Error::other)??;
        Ok(Some(until))
    }
}
