//! The messages on the wire, as in `docs/record-format.md`.

use bytes::Bytes;
use yrs::encoding::read::{Cursor, Read as _};
use yrs::encoding::write::Write as _;
use yrs::sync::awareness::AwarenessUpdate;
use yrs::updates::decoder::Decode as _;
use yrs::updates::encoder::Encode as _;

/// The largest message that is read from a client, in bytes: the largest update in its envelope.
pub const MAX_FRAME_BYTES: usize = afterword_record::MAX_UPDATE_BYTES + 64;

/// Why a connection is closed; the numbers are part of the record format.
pub mod close {
    /// A message that cannot be read.
    pub const MALFORMED: u16 = 4400;
    /// Nobody is signed in.
    pub const NOT_SIGNED_IN: u16 = 4401;
    /// The person may not.
    pub const NOT_PERMITTED: u16 = 4403;
    /// There is no such post-mortem.
    pub const NOT_FOUND: u16 = 4404;
    /// A message larger than [`super::MAX_FRAME_BYTES`].
    pub const TOO_LARGE: u16 = 1009;
    /// The client reads too slowly; it may come back.
    pub const TOO_SLOW: u16 = 1013;
    /// The record cannot be read from the store now.
    pub const NOT_AVAILABLE: u16 = 1011;
    /// The server stops.
    pub const RESTARTING: u16 = 1012;
}

const SYNC: u8 = 0;
const AWARENESS: u8 = 1;
const AUTH: u8 = 2;
const QUERY_AWARENESS: u8 = 3;
const SAVED: u32 = 100;
const NOT_STORED: u32 = 101;

/// What a client may say.
pub(crate) enum Incoming {
    /// "This is what I have", answered with what is missing.
    SyncStep1(Vec<u8>),
    /// Something new, as an answer to our step 1 or by itself.
    Update(Vec<u8>),
    /// Who is here and where.
    Awareness(AwarenessUpdate),
    /// "Who is here?"
    QueryAwareness,
    /// A message that is not for us.
    Ignored,
}

/// Reads a client's message; the reason is for people.
pub(crate) fn read(frame: &[u8]) -> Result<Incoming, String> {
    // The decoder comes from outside: should it panic, it is this frame that is refused.
    std::panic::catch_unwind(|| decode(frame))
        .unwrap_or_else(|_| Err("the message cannot be decoded".to_owned()))
}

fn decode(frame: &[u8]) -> Result<Incoming, String> {
    let mut cursor = Cursor::new(frame);
    let broken = |error: yrs::encoding::read::Error| format!("the message is broken: {error}");
    match cursor.read_var::<u32>().map_err(broken)? {
        kind if kind == u32::from(SYNC) => {
            let step = cursor.read_var::<u32>().map_err(broken)?;
            let payload = cursor.read_buf().map_err(broken)?.to_vec();
            match step {
                0 => Ok(Incoming::SyncStep1(payload)),
                1 | 2 => Ok(Incoming::Update(payload)),
                other => Err(format!("there is no sync message {other}")),
            }
        }
        kind if kind == u32::from(AWARENESS) => {
            let payload = cursor.read_buf().map_err(broken)?;
            AwarenessUpdate::decode_v1(payload).map(Incoming::Awareness).map_err(broken)
        }
        kind if kind == u32::from(QUERY_AWARENESS) => Ok(Incoming::QueryAwareness),
        kind if kind == u32::from(AUTH) => Ok(Incoming::Ignored),
        other => Err(format!("there is no message {other}")),
    }
}

/// A frame that carries bytes behind one or two numbers.
fn frame(numbers: &[u8], payload: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(payload.len() + 8);
    out.extend_from_slice(numbers);
    out.write_buf(payload);
    out.into()
}

/// "This is what I have."
pub(crate) fn sync_step_1(state_vector: &[u8]) -> Bytes {
    frame(&[SYNC, 0], state_vector)
}

/// "This is what you lack."
pub(crate) fn sync_step_2(update: &[u8]) -> Bytes {
    frame(&[SYNC, 1], update)
}

/// Something new.
pub(crate) fn update(update: &[u8]) -> Bytes {
    frame(&[SYNC, 2], update)
}

/// Who is here and where.
pub(crate) fn awareness(update: &AwarenessUpdate) -> Bytes {
    frame(&[AWARENESS], &update.encode_v1())
}

/// How many of a connection's updates are on disk.
pub(crate) fn saved(count: u64) -> Bytes {
    let mut out = Vec::with_capacity(8);
    out.write_var(SAVED);
    out.write_var(count);
    out.into()
}

/// Why updates are kept in memory for now and not acknowledged.
pub(crate) fn not_stored(reason: &str) -> Bytes {
    let mut out = Vec::with_capacity(reason.len() + 8);
    out.write_var(NOT_STORED);
    out.write_string(reason);
    out.into()
}
