//! Zendesk: what happens to tickets, by its webhooks and by its incremental export.

mod event;
mod pull;
mod ticket;

use afterword_domain::evidence::ReportedTime;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::evidence::{
    Message, Pull, Reading, Refused, Unreadable, Vendor, Webhook, hmac_sha256, is_fresh,
};

/// Zendesk. The secret is the webhook's signing secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Zendesk;

impl Vendor for Zendesk {
    fn slug(&self) -> &'static str {
        "zendesk"
    }

    fn name(&self) -> &'static str {
        "Zendesk"
    }

    fn brings(&self) -> &'static str {
        "tickets"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }

    fn pull(&self) -> Option<&dyn Pull> {
        Some(self)
    }
}

impl Webhook for Zendesk {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let signature = message.header("x-zendesk-webhook-signature").ok_or(Refused::Unsigned)?;
        let timestamp = message.header("x-zendesk-webhook-signature-timestamp");
        let timestamp = timestamp.ok_or(Refused::Unsigned)?;
        let signature = STANDARD.decode(signature).map_err(|_| Refused::WrongSignature)?;
        let parts = [timestamp.as_bytes(), message.body];
        if !hmac_sha256(secret.as_bytes(), &parts, &signature) {
            return Err(Refused::WrongSignature);
        }
        match ReportedTime::parse(timestamp) {
            ReportedTime::At(at) if is_fresh(at, message.received_at) => Ok(()),
            _ => Err(Refused::Stale),
        }
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        event::read(message.body)
    }
}
