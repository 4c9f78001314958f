//! Hocuspocus' framing: every message begins with the name of its document, the first one signs
//! in, and each update is answered with a status.

use anyhow::{Result, bail};
use yrs::encoding::read::{Cursor, Read};
use yrs::encoding::write::Write;

use super::{Acknowledged, Incoming, yjs};

const AUTH: u8 = 2;
const SYNC_REPLY: u8 = 4;
const CLOSE: u8 = 7;
const SYNC_STATUS: u8 = 8;

const AUTH_TOKEN: u8 = 0;
const AUTH_DENIED: u8 = 1;

/// The sign-in message; the server has no authentication configured and takes any token.
pub(super) fn authentication(document: &str) -> Vec<u8> {
    let mut message = Vec::new();
    message.write_string(document);
    message.write_var(AUTH);
    message.write_var(AUTH_TOKEN);
    message.write_string("bench");
    message
}

/// A message of the y-protocols, addressed to a document.
pub(super) fn address(document: &str, message: &[u8]) -> Vec<u8> {
    let mut addressed = Vec::with_capacity(document.len() + message.len() + 2);
    addressed.write_string(document);
    addressed.write_all(message);
    addressed
}

pub(super) fn read(frame: &[u8]) -> Result<Incoming<'_>> {
    let mut cursor = Cursor::new(frame);
    cursor.read_string()?;
    match cursor.read_var::<u8>()? {
        yjs::SYNC | SYNC_REPLY => yjs::read_sync(cursor),
        AUTH => read_auth(cursor),
        SYNC_STATUS => read_status(cursor),
        CLOSE => Ok(Incoming::Refused(cursor.read_string()?.to_owned())),
        _ => Ok(Incoming::Other),
    }
}

fn read_auth(mut cursor: Cursor<'_>) -> Result<Incoming<'_>> {
    if cursor.read_var::<u8>()? == AUTH_DENIED {
        return Ok(Incoming::Refused(cursor.read_string()?.to_owned()));
    }
    Ok(Incoming::Other)
}

fn read_status(mut cursor: Cursor<'_>) -> Result<Incoming<'_>> {
    if cursor.read_var::<u8>()? == 0 {
        bail!("the server refused an update");
    }
    Ok(Incoming::Acknowledged(Acknowledged::Next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_addressed_update_reads_back() {
        let frame = address("room", &yjs::update(b"abc"));
        assert_eq!(&frame[..5], b"\x04room");
        assert_eq!(read(&frame).unwrap(), Incoming::Update(b"abc"));
    }

    #[test]
    fn a_sync_reply_reads_like_a_sync_message() {
        let frame = address("room", &[SYNC_REPLY, 0, 1, 0]);
        assert_eq!(read(&frame).unwrap(), Incoming::Question);
    }

    #[test]
    fn a_status_acknowledges_the_oldest_message() {
        let stored = address("room", &[SYNC_STATUS, 1]);
        assert_eq!(read(&stored).unwrap(), Incoming::Acknowledged(Acknowledged::Next));
        assert!(read(&address("room", &[SYNC_STATUS, 0])).is_err());
    }

    #[test]
    fn a_denied_sign_in_gives_its_reason() {
        let frame = address("room", &[AUTH, AUTH_DENIED, 2, b'n', b'o']);
        assert_eq!(read(&frame).unwrap(), Incoming::Refused("no".to_owned()));
    }

    #[test]
    fn the_sign_in_names_the_document_first() {
        assert_eq!(authentication("d"), b"\x01d\x02\x00\x05bench");
    }
}
