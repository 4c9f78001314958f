//! The capability *evidence in*: what a vendor's folder offers so that its messages become events.

mod alert;
mod ask;
mod authorization;
mod bounded;
pub mod code;
mod file;
mod labels;
mod pull;
mod signature;
pub(crate) mod standard_webhook;
mod text;
mod webhook;

pub use alert::{Alert, AlertState};
pub use ask::{Address, Answer, ask, cursor, send, settings, unread};
pub use authorization::carries_secret;
pub(crate) use bounded::{Allowance, Bounded};
pub(crate) use file::beginning;
pub use file::{Found, Skipped, Take};
pub use labels::{environment_in, service_in, severity_in};
pub use pull::{Page, Pull, PullError, Pulled, Setting, client};
pub use signature::{hmac_sha256, hmac_sha256_hex, is_fresh, same_secret, signed_hmac_sha256};
pub use text::{first_filled, first_line, paragraphs};
pub use webhook::{Message, Reading, Refused, Unreadable, Webhook};

use crate::tickets::Tickets;

/// A vendor: `&'static` values of this trait are listed in [`crate::VENDORS`], one line each.
pub trait Vendor: Send + Sync {
    /// Its name in addresses and the store: lower-case ASCII letters, digits and hyphens.
    fn slug(&self) -> &'static str;

    /// Its name for people.
    fn name(&self) -> &'static str;

    /// What it mostly tells of, in the plural, as a sentence has it: "no tickets since Tuesday".
    fn brings(&self) -> &'static str {
        "events"
    }

    /// How it sends messages to us, if it does.
    fn webhook(&self) -> Option<&dyn Webhook> {
        None
    }

    /// How it is asked, if it can be.
    fn pull(&self) -> Option<&dyn Pull> {
        None
    }

    /// Whether evidence can come from it: some only take tickets.
    fn is_source(&self) -> bool {
        self.webhook().is_some() || self.pull().is_some()
    }

    /// How it takes tickets, if it does.
    fn tickets(&self) -> Option<&dyn Tickets> {
        None
    }
}
