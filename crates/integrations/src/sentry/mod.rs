//! Sentry: errors, and what becomes of them, by the webhooks of an internal integration.

mod alert;
mod comment;
mod error;
mod hook;
mod issue;

use crate::evidence::{Message, Reading, Refused, Unreadable, Vendor, Webhook, hmac_sha256_hex};

const RESOURCE: &str = "sentry-hook-resource";
const TIMESTAMP: &str = "sentry-hook-timestamp";

/// Sentry. The secret is the integration's client secret; service hooks of a project, which are
/// older, sign with their own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentry;

impl Vendor for Sentry {
    fn slug(&self) -> &'static str {
        "sentry"
    }

    fn name(&self) -> &'static str {
        "Sentry"
    }

    fn brings(&self) -> &'static str {
        "errors"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }
}

impl Webhook for Sentry {
    /// The time that Sentry sends is not signed, and so tells nothing about a repetition.
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let signature = message
            .header("sentry-hook-signature")
            .or_else(|| message.header("x-servicehook-signature"))
            .ok_or(Refused::Unsigned)?;
        if hmac_sha256_hex(secret, &[message.body], signature) {
            Ok(())
        } else {
            Err(Refused::WrongSignature)
        }
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let sent_at = hook::sent_at(message.header(TIMESTAMP));
        match message.header(RESOURCE) {
            Some("issue") => issue::read(message.body, sent_at),
            Some("error") => error::read(message.body),
            Some("event_alert") => error::read_alert(message.body),
            Some("metric_alert") => alert::read(message.body, sent_at),
            Some("comment") => comment::read(message.body),
            Some("installation") => Ok(Reading::Nothing("the integration was switched on or off")),
            Some(other) => {
                Err(Unreadable(format!("a webhook of the resource {other:?} is not known here")))
            }
            None => error::read_service_hook(message.body),
        }
    }

    fn kept_headers(&self) -> &'static [&'static str] {
        &[RESOURCE, TIMESTAMP]
    }
}
