//! Datadog: its webhooks, with the payload that our page in the docs gives to paste.

mod payload;

use crate::evidence::{Message, Reading, Refused, Unreadable, Vendor, Webhook, carries_secret};
use payload::Payload;

/// Datadog. It cannot sign; a header carries the secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Datadog;

impl Vendor for Datadog {
    fn slug(&self) -> &'static str {
        "datadog"
    }

    fn name(&self) -> &'static str {
        "Datadog"
    }

    fn brings(&self) -> &'static str {
        "alerts"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }
}

impl Webhook for Datadog {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        carries_secret(message, secret)
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let payload: Payload = serde_json::from_slice(message.body)?;
        Ok(Reading::Events(vec![payload.reported()?]))
    }
}
