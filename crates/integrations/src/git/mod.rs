//! Git: the commits of a repository on this machine, read by the `git` program.
//!
//! Why not by a library: `docs/decisions/0010-git-reads-git.md`.

mod commit;
mod forge;
mod log;
mod repository;

pub use commit::{Commit, Description};
pub use log::Commits;
pub use repository::{GitError, Repository, Selection};
