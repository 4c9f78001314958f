//! Any tracker: whoever stands before it is told of actions by a signed webhook, and tells back.

mod tickets;

use crate::evidence::Vendor;
use crate::tickets::Tickets;

/// A tracker of which only an address and two secrets are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedWebhook;

impl Vendor for SignedWebhook {
    fn slug(&self) -> &'static str {
        "webhook"
    }

    fn name(&self) -> &'static str {
        "Webhook"
    }

    fn tickets(&self) -> Option<&dyn Tickets> {
        Some(self)
    }
}
