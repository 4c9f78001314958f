//! The y-protocols, with Afterword's additions (messages 100 and 101, see
//! `docs/record-format.md`).

use anyhow::{Result, bail};
use yrs::encoding::read::{Cursor, Read};
use yrs::encoding::write::Write;

use super::{Acknowledged, Incoming};

pub(super) const SYNC: u8 = 0;
const AWARENESS: u8 = 1;
const AUTH: u8 = 2;
const SAVED: u8 = 100;
const NOT_STORED: u8 = 101;

const STEP_1: u8 = 0;
const STEP_2: u8 = 1;
const UPDATE: u8 = 2;

const EMPTY_STATE_VECTOR: &[u8] = &[0];
pub(super) const EMPTY_UPDATE: &[u8] = &[0, 0];

pub(super) fn question() -> Vec<u8> {
    sync(STEP_1, EMPTY_STATE_VECTOR)
}

pub(super) fn contents(update: &[u8]) -> Vec<u8> {
    sync(STEP_2, update)
}

pub(super) fn update(update: &[u8]) -> Vec<u8> {
    sync(UPDATE, update)
}

/// What a client says about itself: who it is, and where its caret stands.
pub(super) fn presence(client: u64, clock: u32, caret: u32) -> Vec<u8> {
    let state = format!(
        r##"{{"user":{{"id":"x","name":"Somebody","color":"#174f94"}},"looking":{{"part":"timeline","id":null}},"cursor":{{"anchor":{{"type":null,"tname":null,"item":{{"client":{client},"clock":{caret}}},"assoc":0}},"head":{{"type":null,"tname":null,"item":{{"client":{client},"clock":{caret}}},"assoc":0}}}}}}"##
    );
    let mut states = Vec::with_capacity(state.len() + 16);
    states.write_var(1_u32);
    states.write_var(client);
    states.write_var(clock);
    states.write_string(&state);
    let mut message = Vec::with_capacity(states.len() + 4);
    message.write_var(AWARENESS);
    message.write_buf(&states);
    message
}

fn sync(step: u8, payload: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(payload.len() + 8);
    message.write_var(SYNC);
    message.write_var(step);
    message.write_buf(payload);
    message
}

pub(super) fn read(frame: &[u8]) -> Result<Incoming<'_>> {
    let mut cursor = Cursor::new(frame);
    match cursor.read_var::<u8>()? {
        SYNC => read_sync(cursor),
        AUTH => read_auth(cursor),
        SAVED => Ok(Incoming::Acknowledged(Acknowledged::UpTo(cursor.read_var()?))),
        NOT_STORED => Ok(Incoming::Refused(cursor.read_string()?.to_owned())),
        _ => Ok(Incoming::Other),
    }
}

/// Reads what follows the message type `SYNC`.
pub(super) fn read_sync(mut cursor: Cursor<'_>) -> Result<Incoming<'_>> {
    let step = cursor.read_var::<u8>()?;
    let length = cursor.read_var::<usize>()?;
    let Some(payload) = cursor.buf.get(cursor.next..cursor.next.saturating_add(length)) else {
        bail!("a sync message shorter than it says");
    };
    match step {
        STEP_1 => Ok(Incoming::Question),
        STEP_2 => Ok(Incoming::Contents(payload)),
        UPDATE => Ok(Incoming::Update(payload)),
        step => bail!("a sync message with the unknown step {step}"),
    }
}

fn read_auth(mut cursor: Cursor<'_>) -> Result<Incoming<'_>> {
    const DENIED: u8 = 0;
    if cursor.read_var::<u8>()? == DENIED {
        return Ok(Incoming::Refused(cursor.read_string()?.to_owned()));
    }
    Ok(Incoming::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_and_contents_carry_their_payload() {
        assert_eq!(read(&update(b"abc")).unwrap(), Incoming::Update(b"abc"));
        assert_eq!(read(&contents(b"abc")).unwrap(), Incoming::Contents(b"abc"));
        assert_eq!(read(&question()).unwrap(), Incoming::Question);
    }

    #[test]
    fn frames_are_those_of_the_standard_protocol() {
        assert_eq!(question(), [0, 0, 1, 0]);
        assert_eq!(update(&[7, 8]), [0, 2, 2, 7, 8]);
    }

    #[test]
    fn an_acknowledgement_counts_up_to_a_message() {
        let saved = [100, 0xac, 0x02];
        assert_eq!(read(&saved).unwrap(), Incoming::Acknowledged(Acknowledged::UpTo(300)));
    }

    #[test]
    fn a_truncated_frame_is_an_error() {
        let frame = update(b"abc");
        assert!(read(&frame[..frame.len() - 1]).is_err());
        assert!(read(&[]).is_err());
    }

    #[test]
    fn a_denial_and_a_store_that_fails_give_their_reason() {
        for frame in [&[2, 0, 2, b'n', b'o'][..], &[101, 2, b'n', b'o']] {
            assert_eq!(read(frame).unwrap(), Incoming::Refused("no".to_owned()));
        }
    }
}
