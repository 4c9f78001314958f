//! Who takes part.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an account may do; see [`crate::policy`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Takes part in post-mortems and reads the library.
    #[default]
    Member,
    /// Leads rooms.
    Facilitator,
    /// Keeps the accounts and the organisation's settings.
    Admin,
}

impl Role {
    /// Every role, least powers first.
    pub const ALL: [Self; 3] = [Self::Member, Self::Facilitator, Self::Admin];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Facilitator => "facilitator",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| format!("“{text}” is no role; use member, facilitator or admin"))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The slug of a discipline: whose view of an incident somebody has.
///
/// One to forty lower-case ASCII letters, digits and hyphens. The organisation's list of
/// disciplines is editable, so this is text and not an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "support")]
pub struct Discipline(String);

impl Discipline {
    /// The disciplines that an organisation starts with: slug and label.
    pub const DEFAULTS: [(&'static str, &'static str); 7] = [
        ("engineering", "Engineering"),
        ("sre", "SRE"),
        ("support", "Support"),
        ("product", "Product"),
        ("sales", "Sales"),
        ("leadership", "Leadership"),
        ("other", "Other"),
    ];

    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Discipline {
    fn default() -> Self {
        Self("other".to_owned())
    }
}

impl fmt::Display for Discipline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Discipline {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = (1..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "“{text}” is no discipline: use 1 to 40 lower-case letters, digits, hyphens"
            ))
        }
    }
}

impl TryFrom<String> for Discipline {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Discipline> for String {
    fn from(discipline: Discipline) -> Self {
        discipline.0
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// UUID.
    pub id: String,
    /// Lower case.
    pub email: String,
    /// As the person wants to be called.
    pub name: String,
    /// Whose view the person has.
    pub discipline: Discipline,
    /// An IANA time zone name.
    pub time_zone: String,
    /// What the account may do.
    pub role: Role,
    /// Counts changes, from 1.
    pub version: i64,
}
