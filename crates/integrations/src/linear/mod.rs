//! Linear: actions as issues of a team.

mod ask;
mod issue;
mod tickets;

use crate::evidence::Vendor;
use crate::tickets::Tickets;

/// Linear.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linear;

impl Vendor for Linear {
    fn slug(&self) -> &'static str {
        "linear"
    }

    fn name(&self) -> &'static str {
        "Linear"
    }

    fn tickets(&self) -> Option<&dyn Tickets> {
        Some(self)
    }
}
