//! Files that say who owns which service: a table, a `CODEOWNERS` file, Backstage's catalog.

mod backstage;
mod codeowners;
mod table;

pub use backstage::read as read_backstage;
pub use codeowners::{CodeOwners, read as read_codeowners};
pub use table::read as read_table;

use crate::evidence::{Skipped, beginning};

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Teams that it describes.
    pub teams: Vec<TeamFound>,
    /// Services with their owners.
    pub services: Vec<ServiceFound>,
    /// What is not taken, and why.
    pub skipped: Vec<Skipped>,
}

/// A team in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamFound {
    /// The line where it stands, from 1.
    pub line: u64,
    /// As services name it.
    pub key: String,
    /// For people, if the file has one.
    pub name: Option<String>,
    /// The address of its lead.
    pub lead: Option<String>,
    /// The addresses of its members.
    pub members: Vec<String>,
}

/// A service in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFound {
    /// The line where it stands, from 1.
    pub line: u64,
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner: Owner,
}

/// Who owns a service, as a file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A team, by its key.
    Team(String),
    /// Somebody, by their address.
    Person(String),
}

/// No organisation has more; whatever has is another file.
const MOST: usize = 10_000;

impl Catalog {
    fn skip(&mut self, line: u64, text: &str, why: impl Into<String>) {
        self.skipped.push(Skipped { line, text: beginning(text), why: why.into() });
    }

    /// Whether it holds as much as is taken.
    fn is_full(&self) -> bool {
        self.teams.len() + self.services.len() + self.skipped.len() >= MOST
    }
}

/// Why reading ends where a file has too much.
fn too_much() -> String {
    format!("there are more than {MOST} lines in it that say something: import it in parts")
}

/// An address as `ada@example.org`, `<ada@example.org>` or `Ada <ada@example.org>`.
fn address(text: &str) -> Option<String> {
    let word = text.split_whitespace().find(|word| word.contains('@'))?;
    let word = word.trim_matches(['<', '>', '"', '\'', ',', ';']);
    let (name, domain) = word.split_once('@')?;
    (!name.is_empty() && !domain.is_empty()).then(|| word.to_lowercase())
}
