//! Signatures of messages, compared so that the time taken tells nothing.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// How far a signed time may be from ours.
const FRESH: SignedDuration = SignedDuration::from_mins(5);

/// Whether a signed time is near enough for the message to be no repetition.
pub fn is_fresh(signed_at: Timestamp, received_at: Timestamp) -> bool {
    received_at.duration_since(signed_at).abs() <= FRESH
}

/// Whether a shared secret is the right one. No secret is never right.
pub fn same_secret(given: &str, secret: &str) -> bool {
    !secret.is_empty() && bool::from(given.as_bytes().ct_eq(secret.as_bytes()))
}

/// Whether `signature`, in hexadecimal digits, is the HMAC-SHA-256 of the parts one after another.
pub fn hmac_sha256_hex(secret: &str, parts: &[&[u8]], signature: &str) -> bool {
    hex::decode(signature).is_ok_and(|signature| hmac_sha256(secret.as_bytes(), parts, &signature))
}

/// Whether `signature` is the HMAC-SHA-256 of the parts one after another. No key is never right.
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]], signature: &[u8]) -> bool {
    mac(key, parts).is_some_and(|mac| mac.verify_slice(signature).is_ok())
}

/// The HMAC-SHA-256 of the parts one after another; `None` without a key.
pub fn signed_hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Option<Vec<u8>> {
    Some(mac(key, parts)?.finalize().into_bytes().to_vec())
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Option<Hmac<Sha256>> {
    if key.is_empty() {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac)
}
