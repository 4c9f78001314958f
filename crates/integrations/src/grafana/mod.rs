//! Grafana: what the webhook contact point of its alerting sends.

mod group;

use afterword_domain::evidence::ReportedTime;

use crate::evidence::{
    Message, Reading, Refused, Unreadable, Vendor, Webhook, carries_secret, hmac_sha256_hex,
    is_fresh,
};
use group::Group;

const SIGNATURE: &str = "x-grafana-alerting-signature";
/// Grafana leaves the name to the administrator, and the documentation asks for this one.
const TIMESTAMP: &str = "x-grafana-alerting-timestamp";

/// Grafana. It signs if it is told to, with the time if it is told a header for that; otherwise it
/// sends a shared secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grafana;

impl Vendor for Grafana {
    fn slug(&self) -> &'static str {
        "grafana"
    }

    fn name(&self) -> &'static str {
        "Grafana"
    }

    fn brings(&self) -> &'static str {
        "alerts"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }
}

impl Webhook for Grafana {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let Some(signature) = message.header(SIGNATURE) else {
            return carries_secret(message, secret);
        };
        let timestamp = message.header(TIMESTAMP);
        let right = match timestamp {
            Some(at) => hmac_sha256_hex(secret, &[at.as_bytes(), b":", message.body], signature),
            None => hmac_sha256_hex(secret, &[message.body], signature),
        };
        if !right {
            return Err(Refused::WrongSignature);
        }
        let Some(timestamp) = timestamp else { return Ok(()) };
        match timestamp.parse().map(ReportedTime::from_epoch) {
            Ok(ReportedTime::At(at)) if is_fresh(at, message.received_at) => Ok(()),
            _ => Err(Refused::Stale),
        }
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let group: Group = serde_json::from_slice(message.body)?;
        if group.is_a_test() {
            return Ok(Reading::Nothing("a test of the contact point"));
        }
        Ok(Reading::Events(group.events()))
    }
}
