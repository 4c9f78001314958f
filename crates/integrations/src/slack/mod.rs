//! Slack: what is said in the channels that its app was invited to, by the Events API.

mod envelope;
pub mod export;
mod message;
mod text;

use afterword_domain::evidence::ReportedTime;

use crate::evidence::{
    Message, Reading, Refused, Unreadable, Vendor, Webhook, hmac_sha256_hex, is_fresh,
};
use envelope::Envelope;

/// Slack. The secret is the app's signing secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slack;

impl Vendor for Slack {
    fn slug(&self) -> &'static str {
        "slack"
    }

    fn name(&self) -> &'static str {
        "Slack"
    }

    fn brings(&self) -> &'static str {
        "messages"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }
}

impl Webhook for Slack {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let signature = message.header("x-slack-signature").ok_or(Refused::Unsigned)?;
        let timestamp = message.header("x-slack-request-timestamp").ok_or(Refused::Unsigned)?;
        let digits = signature.strip_prefix("v0=").ok_or(Refused::WrongSignature)?;
        let parts = [b"v0:", timestamp.as_bytes(), b":", message.body];
        if !hmac_sha256_hex(secret, &parts, digits) {
            return Err(Refused::WrongSignature);
        }
        match timestamp.parse().map(ReportedTime::from_epoch) {
            Ok(ReportedTime::At(at)) if is_fresh(at, message.received_at) => Ok(()),
            _ => Err(Refused::Stale),
        }
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let envelope: Envelope = serde_json::from_slice(message.body)?;
        envelope.read()
    }
}
