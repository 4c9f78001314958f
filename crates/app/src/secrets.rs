//! Secrets that stand for a person.

use rand::RngCore as _;
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};

/// A new secret of 256 random bits, in hexadecimal.
pub(crate) fn new_secret() -> String {
    let mut bytes = [0_u8; 32];
    OsRng.unwrap_err().fill_bytes(&mut bytes);
    hexadecimal(&bytes)
}

/// What is stored of a secret, and what a picture is named by: SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// A new id: UUID version 7, so that ids sort by time.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// The id of what a file holds: the same for the same file, however often it comes.
pub(crate) fn id_of_file(bytes: &[u8]) -> String {
    let mut id = [0; 16];
    id.iter_mut().zip(Sha256::digest(bytes)).for_each(|(byte, hashed)| *byte = hashed);
    // Version 8 is for layouts of one's own.
    uuid::Builder::from_custom_bytes(id).into_uuid().to_string()
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
