//! Reading plain values of the document. Whatever has the wrong type is missing.

use yrs::{Any, Array, Map, MapRef, Number, Out, ReadTxn};

use crate::part::Part;

/// The root of a part.
pub(crate) fn root<T: ReadTxn>(txn: &T, part: Part) -> Option<MapRef> {
    txn.get_map(part.as_str())
}

/// An item, deleted or not.
pub(crate) fn item<T: ReadTxn>(txn: &T, part: Part, id: &str) -> Option<MapRef> {
    map(root(txn, part)?.get(txn, id)?)
}

pub(crate) fn map(value: Out) -> Option<MapRef> {
    match value {
        Out::YMap(map) => Some(map),
        _ => None,
    }
}

pub(crate) fn flag<T: ReadTxn>(txn: &T, map: &MapRef, key: &str) -> bool {
    matches!(map.get(txn, key), Some(Out::Any(Any::Bool(true))))
}

pub(crate) fn string<T: ReadTxn>(txn: &T, map: &MapRef, key: &str) -> Option<String> {
    match map.get(txn, key) {
        Some(Out::Any(Any::String(text))) => Some(text.to_string()),
        _ => None,
    }
}

/// A finite number.
pub(crate) fn number<T: ReadTxn>(txn: &T, map: &MapRef, key: &str) -> Option<f64> {
    match map.get(txn, key) {
        Some(Out::Any(Any::Number(number))) => Some(float(number)).filter(|n| n.is_finite()),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "JavaScript has no other numbers")]
pub(crate) fn float(number: Number) -> f64 {
    match number {
        Number::Int(number) => number as f64,
        Number::Float(number) => number,
    }
}

/// The values of a list.
pub(crate) fn list<T: ReadTxn>(txn: &T, map: &MapRef, key: &str) -> Option<Vec<Any>> {
    match map.get(txn, key)? {
        Out::YArray(array) => Some(
            array
                .iter(txn)
                .filter_map(|value| match value {
                    Out::Any(any) => Some(any),
                    _ => None,
                })
                .collect(),
        ),
        _ => None,
    }
}

/// The keys of an inner map that hold `true`, in their order.
pub(crate) fn set<T: ReadTxn>(txn: &T, map: &MapRef, key: &str) -> Vec<String> {
    let Some(set) = map.get(txn, key).and_then(self::map) else {
        return Vec::new();
    };
    let mut ids: Vec<String> =
        set.keys(txn).filter(|id| flag(txn, &set, id)).map(str::to_owned).collect();
    ids.sort();
    ids
}

/// The strings of a list.
pub(crate) fn strings<T: ReadTxn>(txn: &T, map: &MapRef, key: &str) -> Vec<String> {
    let values = list(txn, map, key).unwrap_or_default().into_iter();
    values
        .filter_map(|value| match value {
            Any::String(text) => Some(text.to_string()),
            _ => None,
        })
        .collect()
}
