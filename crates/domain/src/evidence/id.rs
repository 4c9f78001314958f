//! Ids of events.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

/// The id of an event: a UUID whose first 48 bits are its time in milliseconds, and whose rest is
/// the hash of source and delivery.
///
/// An event that is delivered again gets the same id, and the store meets it at the same place:
/// no second index is needed to recognise it. Events of one time are stored close together,
/// whatever order they arrive in. An event without a time of its own has the time zero.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String)]
pub struct EventId([u8; 16]);

impl EventId {
    /// The id of what a source delivered under that name; `raw_at` as the source reported it.
    pub fn new(source: &str, delivery: &str, raw_at: Option<Timestamp>) -> Self {
        let mut hash = Sha256::new();
        hash.update(source.as_bytes());
        hash.update([0]);
        hash.update(delivery.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        bytes[..6].copy_from_slice(&Self::time_part(raw_at));
        // Version 8 is for layouts of one's own.
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid().into_bytes())
    }

    /// The smallest id of that time: what began at or after it has this id or a greater one.
    pub fn first_at(raw_at: Timestamp) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&Self::time_part(Some(raw_at)));
        Self(bytes)
    }

    /// The time in it, in milliseconds; `None` for an event without a time of its own.
    pub fn raw_at(&self) -> Option<Timestamp> {
        let mut millis = [0; 8];
        millis[2..].copy_from_slice(&self.0[..6]);
        let millis = i64::from_be_bytes(millis);
        Timestamp::from_millisecond(millis).ok().filter(|_| millis > 0)
    }

    fn time_part(raw_at: Option<Timestamp>) -> [u8; 6] {
        let millis = raw_at.map_or(0, |at| u64::try_from(at.as_millisecond()).unwrap_or(0));
        let [_, _, rest @ ..] = millis.to_be_bytes();
        rest
    }

    /// The sixteen bytes, which sort like the ids.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The id with these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
    }
}

impl FromStr for EventId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(uuid::Uuid::parse_str(text)?.into_bytes()))
    }
}

impl TryFrom<String> for EventId {
    type Error = uuid::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn delivered_twice_is_one_event() {
        let time = Some(at("2026-03-01T18:43:00.123Z"));
        assert_eq!(EventId::new("pager", "a", time), EventId::new("pager", "a", time));
        assert_ne!(EventId::new("pager", "a", time), EventId::new("pager", "b", time));
        assert_ne!(EventId::new("pager", "a", time), EventId::new("other", "a", time));
        // No source can pass its own name's end off as the beginning of a delivery.
        assert_ne!(EventId::new("a", "bc", time), EventId::new("ab", "c", time));
    }

    #[test]
    fn ids_sort_by_time() {
        let (early, late) = (at("2026-03-01T18:43:00.123Z"), at("2026-03-01T18:43:00.124Z"));
        for delivery in ["a", "b", "c"] {
            let id = EventId::new("pager", delivery, Some(early));
            assert!(id > EventId::first_at(early), "{id}");
            assert!(id < EventId::first_at(late), "{id}");
            assert!(EventId::new("pager", delivery, None) < EventId::first_at(early));
        }
    }

    #[test]
    fn an_id_knows_its_time() {
        let time = at("2026-03-01T18:43:00.123456Z");
        let id = EventId::new("pager", "a", Some(time));
        assert_eq!(id.raw_at(), Some(at("2026-03-01T18:43:00.123Z")));
        assert_eq!(EventId::new("pager", "a", None).raw_at(), None);
        assert_eq!(EventId::new("pager", "a", Some(at("1969-01-01T00:00:00Z"))).raw_at(), None);
    }

    #[test]
    fn it_is_a_uuid() {
        let id = EventId::new("pager", "a", Some(at("2026-03-01T18:43:00Z")));
        assert_eq!(id.to_string().parse::<EventId>().unwrap(), id);
        let uuid = uuid::Uuid::from_bytes(*id.as_bytes());
        assert_eq!(uuid.get_version_num(), 8);
        assert_eq!(uuid.get_variant(), uuid::Variant::RFC4122);
    }
}
