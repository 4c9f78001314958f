//! The commits of a repository, one after another, as `git log` writes them.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, ChildStdout};

use jiff::Timestamp;

use super::{Commit, GitError};

/// The fields of a commit, each ending with a NUL, which none of them can contain.
pub(super) const FORMAT: &str = "--format=tformat:%H%x00%P%x00%ct%x00%cN%x00%aI%x00%aN%x00%s%x00%b";

/// The longest field that is kept, in bytes; what is beyond is passed over.
const LONGEST_FIELD: usize = 64 * 1024;
const BUFFER: usize = 256 * 1024;

/// Commits, newest first. Never more than one of them is in memory.
#[derive(Debug)]
pub struct Commits {
    git: Child,
    output: BufReader<ChildStdout>,
    ended: bool,
}

impl Commits {
    pub(super) fn new(mut git: Child) -> Result<Self, GitError> {
        let output = git.stdout.take().ok_or(GitError::Silent)?;
        Ok(Self { git, output: BufReader::with_capacity(BUFFER, output), ended: false })
    }

    fn read(&mut self) -> Result<Option<Commit>, GitError> {
        let Some(hash) = field(&mut self.output)? else {
            let status = self.git.wait().map_err(GitError::Run)?;
            return if status.success() { Ok(None) } else { Err(GitError::Ended(status)) };
        };
        let mut next = || field(&mut self.output)?.ok_or(GitError::Silent);
        Ok(Some(Commit {
            hash,
            parents: next()?.split_ascii_whitespace().count(),
            committed_at: next()?.parse().ok().and_then(|at| Timestamp::from_second(at).ok()),
            committer: next()?,
            authored_at: next()?,
            author: next()?,
            subject: next()?,
            body: next()?,
        }))
    }
}

impl Iterator for Commits {
    type Item = Result<Commit, GitError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read();
        self.ended = !matches!(read, Ok(Some(_)));
        read.transpose()
    }
}

impl Drop for Commits {
    fn drop(&mut self) {
        // Whoever stops reading wants no more of it; an ended process is none to stop.
        let _ = self.git.kill();
        let _ = self.git.wait();
    }
}

/// The bytes up to the next NUL as text, and no more of them than are kept; none at the end.
fn field(reader: &mut impl BufRead) -> Result<Option<String>, GitError> {
    let mut kept = Vec::new();
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(GitError::Run(error)),
        };
        if available.is_empty() {
            return if kept.is_empty() { Ok(None) } else { Err(GitError::Silent) };
        }
        let end = available.iter().position(|byte| *byte == 0);
        let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        let room = LONGEST_FIELD - kept.len();
        kept.extend_from_slice(part.get(..room.min(part.len())).unwrap_or_default());
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(Some(text(kept)));
        }
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_end_with_a_nul_and_have_a_bound() {
        let long = "x".repeat(LONGEST_FIELD + 1);
        let written = format!("a\nb\0\0{long}\0ü\0cut");
        // A small buffer, so that fields lie across its ends.
        let mut reader = BufReader::with_capacity(3, written.as_bytes());
        let mut next = || field(&mut reader);
        assert_eq!(next().unwrap().as_deref(), Some("a\nb"));
        assert_eq!(next().unwrap().as_deref(), Some(""));
        assert_eq!(next().unwrap().map(|it| it.len()), Some(LONGEST_FIELD));
        assert_eq!(next().unwrap().as_deref(), Some("ü"));
        assert!(next().is_err());
    }
}
