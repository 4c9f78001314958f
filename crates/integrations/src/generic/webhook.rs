//! Our own form sent to a source's own address, signed.

use afterword_domain::evidence::ReportedTime;

use super::read_message;
use crate::evidence::{
    Message, Reading, Refused, Unreadable, Vendor, Webhook, carries_secret, hmac_sha256_hex,
    is_fresh,
};

const SIGNATURE: &str = "x-afterword-signature";
const TIMESTAMP: &str = "x-afterword-timestamp";

/// Anything that sends the JSON of our own contract.
#[derive(Clone, Copy, Debug)]
pub struct Generic;

impl Vendor for Generic {
    fn slug(&self) -> &'static str {
        "generic"
    }

    fn name(&self) -> &'static str {
        "JSON"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }
}

impl Webhook for Generic {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let Some(signature) = message.header(SIGNATURE) else {
            return carries_secret(message, secret);
        };
        let timestamp = message.header(TIMESTAMP).ok_or(Refused::Unsigned)?;
        let signature = signature.strip_prefix("sha256=").ok_or(Refused::WrongSignature)?;
        let parts = [timestamp.as_bytes(), b".", message.body];
        if !hmac_sha256_hex(secret, &parts, signature) {
            return Err(Refused::WrongSignature);
        }
        match signed_at(timestamp) {
            ReportedTime::At(at) if is_fresh(at, message.received_at) => Ok(()),
            _ => Err(Refused::Stale),
        }
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        Ok(Reading::Events(read_message(message)?))
    }

    fn kept_headers(&self) -> &'static [&'static str] {
        &["content-type"]
    }
}

fn signed_at(timestamp: &str) -> ReportedTime {
    match timestamp.parse() {
        Ok(number) => ReportedTime::from_epoch(number),
        Err(_) => ReportedTime::parse(timestamp),
    }
}
