//! Jira, in the cloud and in a data center: actions as issues of a project.

mod issue;
mod place;
mod tickets;
mod transition;

use crate::evidence::Vendor;
use crate::tickets::Tickets;

/// Jira.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jira;

impl Vendor for Jira {
    fn slug(&self) -> &'static str {
        "jira"
    }

    fn name(&self) -> &'static str {
        "Jira"
    }

    fn tickets(&self) -> Option<&dyn Tickets> {
        Some(self)
    }
}
