//! What several of GitHub's messages have.

use serde::Deserialize;

use crate::evidence::code;

#[derive(Debug, Deserialize)]
pub(super) struct Repository {
    name: String,
    pub(super) full_name: String,
    pub(super) html_url: String,
}

impl Repository {
    pub(super) fn named(&self) -> code::Repository<'_> {
        code::Repository { path: &self.full_name, name: &self.name }
    }
}

/// A person or a program.
#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub(super) login: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Label {
    name: String,
}

pub(super) fn listed(labels: &[Label]) -> String {
    let names: Vec<_> = labels.iter().map(|label| &*label.name).collect();
    names.join(", ")
}
