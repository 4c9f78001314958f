//! The meeting in the record: each of its values is a plain value under a key of its own, and what
//! is kept by person, check or time has a key for each (`hand:PERSON`), so that two servers that
//! write at once do not undo each other.

use afterword_domain::meeting::Meeting;
use serde_json::{Map as JsonMap, Value, json};
use yrs::{Any, Map, MapRef, Out, ReadTxn, Transact};

use crate::document::{ApplyError, Record};
use crate::part::Part;
use crate::projection::Warning;
use crate::values;

/// Values that have a key for each of theirs: the name, and what the keys begin with.
const KEYED: [(&str, &str); 5] = [
    ("led", "led:"),
    ("visits", "visit:"),
    ("checks", "check:"),
    ("hands", "hand:"),
    ("differently", "differently:"),
];
/// Values whose key in the record is not their name.
const NAMED: [(&str, &str); 1] = [("looked_back", "lookedBack")];
/// A key that is no value of the meeting.
const FORMAT: &str = "format";

/// Why a meeting was not changed.
#[derive(Debug)]
pub enum MeetingError<E> {
    /// It was refused; nothing was changed.
    Refused(E),
    /// The document panicked: throw the record away and load it again.
    Broken,
}

impl<E> From<ApplyError> for MeetingError<E> {
    fn from(_: ApplyError) -> Self {
        Self::Broken
    }
}

impl Record {
    /// The meeting as it stands.
    pub fn meeting(&self) -> Meeting {
        read(&self.doc.transact(), &mut Vec::new())
    }

    /// Changes the meeting; returns the update, or nothing if nothing changed.
    pub fn change_meeting<E>(
        &mut self,
        change: impl FnOnce(&Meeting) -> Result<Meeting, E>,
    ) -> Result<(Option<Vec<u8>>, Meeting), MeetingError<E>> {
        let before = self.meeting();
        let after = change(&before).map_err(MeetingError::Refused)?;
        let (old, new) = (flattened(&before), flattened(&after));
        let update = self.write(|txn| {
            let Some(root) = txn.get_map(Part::Meeting.as_str()) else { return };
            for key in old.keys().filter(|key| !new.contains_key(*key)) {
                root.remove(txn, key);
            }
            for (key, value) in new.iter().filter(|(key, value)| old.get(*key) != Some(value)) {
                if let Ok(value) = Any::from_json(&value.to_string()) {
                    root.insert(txn, &key[..], value);
                }
            }
        })?;
        Ok((update, after))
    }
}

/// Reads the meeting; what cannot be read is left out and named.
pub(crate) fn read<T: ReadTxn>(txn: &T, warnings: &mut Vec<Warning>) -> Meeting {
    let mut meeting = JsonMap::new();
    if let Some(root) = values::root(txn, Part::Meeting) {
        let mut keys: Vec<&str> = root.keys(txn).collect();
        keys.sort_unstable();
        for key in keys {
            if let Some(problem) = read_key(txn, &root, key, &mut meeting) {
                let id = key.chars().take(64).collect();
                warnings.push(Warning { part: Part::Meeting, id, problem });
            }
        }
    }
    serde_json::from_value(Value::Object(meeting)).unwrap_or_default()
}

/// Reads one key into the meeting, if what results is still one; otherwise says what is wrong.
fn read_key<T: ReadTxn>(
    txn: &T,
    root: &MapRef,
    key: &str,
    meeting: &mut JsonMap<String, Value>,
) -> Option<String> {
    let (name, inner) = name_of(key)?;
    let value = match root.get(txn, key) {
        Some(Out::Any(any)) => serde_json::to_value(&any).ok(),
        _ => None,
    };
    let readable = value.filter(|value| {
        let value = inner.map_or(value.clone(), |inner| json!({ inner: value }));
        serde_json::from_value::<Meeting>(json!({ name: value })).is_ok()
    });
    let Some(value) = readable else {
        return Some(format!("“{key}” is not what it should be and was read as missing"));
    };
    match inner {
        None => drop(meeting.insert(name.to_owned(), value)),
        Some(inner) => {
            let values = meeting.entry(name).or_insert_with(|| json!({}));
            if let Some(values) = values.as_object_mut() {
                values.insert(inner.to_owned(), value);
            }
        }
    }
    None
}

/// The value that a key of the record belongs to, and its own name within it; nothing for a key of
/// some later version.
fn name_of(key: &str) -> Option<(&str, Option<&str>)> {
    if key == FORMAT {
        return None;
    }
    if let Some((name, _)) = NAMED.iter().find(|(_, own)| *own == key) {
        return Some((name, None));
    }
    for (name, prefix) in KEYED {
        if let Some(inner) = key.strip_prefix(prefix) {
            return Some((name, Some(inner)));
        }
    }
    let known = json!(Meeting::default()).as_object().is_some_and(|it| it.contains_key(key));
    known.then_some((key, None))
}

/// The meeting as the keys of the record; what is absent has none.
fn flattened(meeting: &Meeting) -> JsonMap<String, Value> {
    let mut flat = JsonMap::new();
    let Value::Object(fields) = json!(meeting) else { return flat };
    for (name, value) in fields {
        if let Some((_, prefix)) = KEYED.iter().find(|(it, _)| *it == name) {
            let inner = value.as_object().cloned().unwrap_or_default();
            flat.extend(inner.into_iter().map(|(key, value)| (format!("{prefix}{key}"), value)));
        } else if !value.is_null() && value != json!(0) {
            let own = NAMED.iter().find(|(it, _)| *it == name).map(|(_, own)| (*own).to_owned());
            flat.insert(own.unwrap_or(name), value);
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use afterword_domain::meeting::{CheckAnswer, Followed, RunningStep};
    use jiff::Timestamp;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn full() -> Meeting {
        let started_at = at("2026-03-02T18:05:00Z");
        Meeting {
            looked_back: Some(at("2026-02-22T18:00:00Z")),
            handbook: Some(Followed { id: "60-minutes".to_owned(), version: 3 }),
            opened_at: Some(at("2026-03-02T18:00:00Z")),
            ends_at: Some(at("2026-03-02T19:00:00Z")),
            lead: Some("ana".to_owned()),
            led: [(at("2026-03-02T18:00:00Z"), "ana".to_owned())].into(),
            step: Some(RunningStep {
                id: "record".to_owned(),
                started_at,
                ends_at: at("2026-03-02T18:27:00Z"),
            }),
            visits: [(started_at, "record".to_owned())].into(),
            checks: [("record/week".to_owned(), CheckAnswer::Yes)].into(),
            hands: [("bo".to_owned(), started_at), ("cy".to_owned(), started_at)].into(),
            move_on: 2,
            ..Meeting::default()
        }
    }

    fn change(record: &mut Record, meeting: Meeting) -> Option<Vec<u8>> {
        record.change_meeting(|_| Ok::<_, ()>(meeting)).unwrap().0
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut record = Record::new();
        let update = change(&mut record, full()).unwrap();
        let mut other = Record::new();
        other.apply(&update).unwrap();
        assert_eq!(other.meeting(), full());
        assert_eq!(other.project().meeting, full());
        assert_eq!(change(&mut other, full()), None);
        change(&mut other, Meeting::default());
        assert_eq!(other.meeting(), Meeting::default());
    }

    #[test]
    fn two_servers_that_write_at_once_keep_both_hands() {
        let mut here = Record::new();
        let begun = change(&mut here, full()).unwrap();
        let mut there = Record::new();
        there.apply(&begun).unwrap();
        let mut one = full();
        one.hands.insert("di".to_owned(), at("2026-03-02T18:06:00Z"));
        let mut other = full();
        other.hands.insert("ed".to_owned(), at("2026-03-02T18:06:01Z"));
        other.hands.remove("bo");
        let (one, other) = (change(&mut here, one).unwrap(), change(&mut there, other).unwrap());
        here.apply(&other).unwrap();
        there.apply(&one).unwrap();
        assert_eq!(here.meeting(), there.meeting());
        let hands: Vec<_> = here.meeting().hands.into_keys().collect();
        assert_eq!(hands, ["cy", "di", "ed"]);
    }

    #[test]
    fn nonsense_is_named_and_the_rest_is_read() {
        let mut record = Record::new();
        change(&mut record, full());
        record
            .write(|txn| {
                let root = txn.get_map("meeting").unwrap();
                root.insert(txn, "step", "gone");
                root.insert(txn, "hand:bo", "not a time");
                root.insert(txn, "later", "a key of a later version");
            })
            .unwrap();
        let read = record.project();
        assert_eq!(read.meeting.lead.as_deref(), Some("ana"));
        assert_eq!((read.meeting.step, read.meeting.hands.len()), (None, 1));
        let named: Vec<_> = read.warnings.iter().map(|warning| &warning.id[..]).collect();
        assert_eq!(named, ["hand:bo", "step"]);
    }
}
