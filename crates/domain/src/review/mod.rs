//! Review policies: which incidents are looked back at, and how. Who may do what is
//! [`crate::policy`], and another matter.
//!
//! The policies are an ordered list. The first whose conditions all hold decides; where none does,
//! what stands at the end decides.

mod call;
mod check;
mod decide;
mod told;
mod usual;
mod words;

pub use call::CallTimes;
pub use check::PoliciesRefused;
pub use decide::{Facts, Verdict};
pub(crate) use told::INCIDENT;
pub use told::{Carried, Told, incident_id};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::people::Discipline;
use crate::recording::Visibility;

/// What the last part of the list is called.
pub const EVERYTHING_ELSE: &str = "Everything else";

/// The organisation's policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewPolicies {
    /// In their order: the first that fits decides.
    pub policies: Vec<ReviewPolicy>,
    /// What holds where none of them fits.
    pub otherwise: ReviewTerms,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewPolicy {
    /// For people, 1 to 100 characters.
    pub name: String,
    /// What has to hold.
    pub when: ReviewConditions,
    /// What follows.
    pub terms: ReviewTerms,
}

/// What has to hold for a policy to fit: everything that is said here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewConditions {
    /// The severity is one of these, however it is spelled: `SEV1` is also `sev-1`. Empty: any.
    pub severities: Vec<String>,
    /// One of these services is involved, however it is spelled. Empty: any.
    pub services: Vec<String>,
    /// It lasts at least so many minutes.
    pub minutes: Option<u32>,
    /// Customers wrote while it lasted: a ticket came about its services, or about none.
    pub customers: bool,
    /// It is a near-miss.
    pub near_miss: bool,
    /// Somebody asked for a post-mortem.
    pub asked: bool,
}

/// Whether a post-mortem is opened without anybody asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewOpening)]
pub enum Opening {
    /// As soon as the policy fits.
    AtOnce,
    /// Once the incident is over.
    WhenOver,
    /// Only when somebody asks for it, which anyone may.
    WhenAsked,
}

/// What a policy says of a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewTerms {
    /// Whether one is opened without anybody asking.
    pub opening: Opening,
    /// The id of the handbook that is suggested.
    pub handbook: String,
    /// So many hours after the incident's end the call may be.
    pub earliest_hours: u32,
    /// So many hours after it the product warns that memory fades.
    pub warn_hours: u32,
    /// After so many working days, Monday to Friday, the call is late.
    pub late_days: u32,
    /// Who is invited.
    pub invite: Invited,
    /// So many themes are chosen without a further reason.
    pub themes: u32,
    /// Who may watch the recording; absent: as the publication names people.
    pub watch: Option<Visibility>,
    /// For how many days the recording stays; 0: as long as the post-mortem.
    pub keep_days: u32,
}

/// Who is invited to the call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewInvited)]
pub struct Invited {
    /// Whoever took part in the record.
    pub participants: bool,
    /// The teams that own its services.
    pub owners: bool,
    /// Everybody of these disciplines.
    pub disciplines: Vec<Discipline>,
}

impl ReviewPolicies {
    /// The policies with their names, and what stands at the end.
    pub fn all(&self) -> impl Iterator<Item = (&str, &ReviewTerms)> {
        let named = self.policies.iter().map(|it| (it.name.as_str(), &it.terms));
        named.chain([(EVERYTHING_ELSE, &self.otherwise)])
    }
}

impl ReviewConditions {
    /// Whether nothing has to hold.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
