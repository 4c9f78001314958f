//! A repository, and which of its commits are wanted.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use jiff::Timestamp;

use super::log::FORMAT;
use super::{Commits, forge};

/// Why a repository cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The program is missing, or cannot be started.
    #[error("the git program cannot be run ({0}); install git where the import runs")]
    Run(#[source] io::Error),
    /// There is no repository, or git does not want to read it.
    #[error("{path} cannot be read as a git repository: {why}")]
    Repository {
        /// Where it was looked for.
        path: String,
        /// In git's words.
        why: String,
    },
    /// There is no such branch.
    #[error("there is no branch {0:?} in the repository; `git branch --all` lists those there are")]
    Branch(String),
    /// It ended before its work was done, and has said why.
    #[error("git ended early, with {0}")]
    Ended(ExitStatus),
    /// It wrote something else than was asked for.
    #[error("git ended in the middle of a commit")]
    Silent,
}

/// Which commits are wanted: all that any branch or tag leads to, if nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only from this time on.
    pub since: Option<Timestamp>,
    /// Only what these branches lead to.
    pub branches: Vec<String>,
}

/// A repository on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    path: PathBuf,
    folder: PathBuf,
    remote: Option<String>,
}

impl Repository {
    /// Opens the repository that a folder is, or is part of.
    pub fn open(path: &Path) -> Result<Self, GitError> {
        let asked = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
        let folder = told(path, &asked)?.map_err(|why| GitError::Repository {
            path: path.display().to_string(),
            why: why.trim_start_matches("fatal: ").to_owned(),
        })?;
        let remote = told(path, &["config", "--get", "remote.origin.url"])?.ok();
        Ok(Self { path: path.to_owned(), folder: PathBuf::from(folder), remote })
    }

    /// What it is called: the same in every clone of it.
    pub fn name(&self) -> String {
        let remote = self.remote.as_deref().and_then(forge::name);
        remote.map_or_else(|| folder_name(&self.folder), str::to_owned)
    }

    /// Where its commits are shown on the web, if it comes from a forge that is known.
    pub fn url_template(&self) -> Option<String> {
        self.remote.as_deref().and_then(forge::url_template)
    }

    /// How many commits there are.
    pub fn count(&self, selection: &Selection) -> Result<Option<u64>, GitError> {
        let selected = self.selected(selection)?;
        let arguments = [&["rev-list".to_owned(), "--count".to_owned()][..], &selected].concat();
        Ok(told(&self.path, &arguments)?.ok().and_then(|count| count.parse().ok()))
    }

    /// The commits, newest first.
    pub fn commits(&self, selection: &Selection) -> Result<Commits, GitError> {
        let selected = self.selected(selection)?;
        let git = git(&self.path)
            .args(["log", "-z", "--encoding=UTF-8", FORMAT])
            .args(["--no-patch", "--no-color", "--no-decorate", "--no-show-signature"])
            .args(selected)
            .stdout(Stdio::piped())
            // What git says stands where the progress does.
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(GitError::Run)?;
        Commits::new(git)
    }

    fn selected(&self, selection: &Selection) -> Result<Vec<String>, GitError> {
        let mut arguments: Vec<String> =
            selection.since.iter().map(|since| format!("--since={since}")).collect();
        if selection.branches.is_empty() {
            let everything = ["--branches", "--remotes", "--tags", "--ignore-missing", "HEAD"];
            arguments.extend(everything.map(str::to_owned));
        }
        for branch in &selection.branches {
            let commit = format!("{branch}^{{commit}}");
            let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
            let hash = told(&self.path, &asked)?;
            arguments.push(hash.map_err(|_| GitError::Branch(branch.clone()))?);
        }
        arguments.push("--".to_owned());
        Ok(arguments)
    }
}

/// `shop/.git` and `shop.git` are both called shop.
fn folder_name(folder: &Path) -> String {
    let last = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = match last(folder) {
        Some(name) if name == ".git" => folder.parent().and_then(last),
        Some(name) => Some(name.strip_suffix(".git").unwrap_or(&name).to_owned()),
        None => None,
    };
    let name = name.unwrap_or_default().replace(char::is_control, " ");
    if name.trim().is_empty() { "repository".to_owned() } else { name.trim().to_owned() }
}

/// What git answers on one line, or why it does not.
fn told(
    path: &Path,
    arguments: &[impl AsRef<std::ffi::OsStr>],
) -> Result<Result<String, String>, GitError> {
    let output = git(path).args(arguments).output().map_err(GitError::Run)?;
    let said = if output.status.success() { &output.stdout } else { &output.stderr };
    let said = String::from_utf8_lossy(said).trim().to_owned();
    Ok(if output.status.success() { Ok(said) } else { Err(said) })
}

/// Git in that folder: it asks nobody, fetches nothing, writes nothing and starts no other
/// program that the repository's configuration names.
fn git(path: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("--no-pager")
        .arg("-C")
        .arg(path)
        .args(["-c", "core.fsmonitor=false"])
        .env("LC_ALL", "C")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null());
    // They name another repository where the import runs inside one of git's hooks.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR"] {
        git.env_remove(name);
    }
    git
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_name() {
        for (folder, name) in [
            ("/srv/shop/.git", "shop"),
            ("/srv/git/shop.git", "shop"),
            ("/srv/shop", "shop"),
            ("/", "repository"),
            ("/.git", "repository"),
        ] {
            assert_eq!(folder_name(Path::new(folder)), name, "{folder}");
        }
    }
}
