//! Reading the values of one item, with a warning for each that is not what it should be.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use yrs::{Any, GetString, Map, MapRef, Out, ReadTxn};

use super::Warning;
use crate::part::Part;
use crate::rich::{self, Block, Unknown};
use crate::values;

/// One item that is read.
pub(super) struct Reader<'a, T> {
    pub(super) txn: &'a T,
    pub(super) part: Part,
    pub(super) id: &'a str,
    pub(super) map: &'a MapRef,
    pub(super) warnings: &'a mut Vec<Warning>,
}

impl<T: ReadTxn> Reader<'_, T> {
    pub(super) fn warn(&mut self, problem: String) {
        self.warnings.push(Warning { part: self.part, id: self.id.to_owned(), problem });
    }

    fn wrong(&mut self, key: &str) {
        self.warn(format!("“{key}” is not what it should be and was read as missing"));
    }

    /// Warns if there is something under the key that could not be read.
    fn or_wrong<V>(&mut self, key: &str, value: Option<V>) -> Option<V> {
        let absent = || {
            matches!(self.map.get(self.txn, key), None | Some(Out::Any(Any::Null | Any::Undefined)))
        };
        if value.is_none() && !absent() {
            self.wrong(key);
        }
        value
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        values::flag(self.txn, self.map, key)
    }

    pub(super) fn order(&mut self) -> f64 {
        let order = values::number(self.txn, self.map, "order");
        self.or_wrong("order", order).unwrap_or_default()
    }

    /// A string with something in it.
    pub(super) fn string(&mut self, key: &str) -> Option<String> {
        let text = values::string(self.txn, self.map, key);
        self.or_wrong(key, text).filter(|text| !text.is_empty())
    }

    /// A value that is written as a string.
    pub(super) fn named<V: for<'de> Deserialize<'de>>(&mut self, key: &str) -> Option<V> {
        let value = values::string(self.txn, self.map, key).and_then(|text| named(&text));
        self.or_wrong(key, value)
    }

    pub(super) fn instant(&mut self, key: &str) -> Option<Timestamp> {
        let at = values::string(self.txn, self.map, key).and_then(|text| text.parse().ok());
        self.or_wrong(key, at)
    }

    pub(super) fn words(&mut self, key: &str) -> String {
        let words = match self.map.get(self.txn, key) {
            Some(Out::YText(text)) => Some(text.get_string(self.txn)),
            _ => None,
        };
        self.or_wrong(key, words).unwrap_or_default()
    }

    pub(super) fn rich(&mut self, key: &str) -> Vec<Block> {
        let mut unknown = Unknown::default();
        let blocks = match self.map.get(self.txn, key) {
            Some(Out::YXmlFragment(fragment)) => {
                Some(rich::read(self.txn, &fragment, &mut unknown))
            }
            _ => None,
        };
        for name in unknown.0 {
            self.warn(format!("“{key}” holds “{name}”, which was left out"));
        }
        self.or_wrong(key, blocks).unwrap_or_default()
    }

    pub(super) fn strings(&mut self, key: &str) -> Vec<String> {
        if matches!(self.map.get(self.txn, key), Some(Out::YArray(_))) {
            return values::strings(self.txn, self.map, key);
        }
        self.or_wrong::<()>(key, None);
        Vec::new()
    }

    /// The ids of a set.
    pub(super) fn set(&mut self, key: &str) -> Vec<String> {
        if matches!(self.map.get(self.txn, key), Some(Out::YMap(_))) {
            return values::set(self.txn, self.map, key);
        }
        self.or_wrong::<()>(key, None);
        Vec::new()
    }

    pub(super) fn list(&mut self, key: &str) -> Vec<Any> {
        let list = values::list(self.txn, self.map, key);
        self.or_wrong(key, list).unwrap_or_default()
    }
}

fn named<V: for<'de> Deserialize<'de>>(text: &str) -> Option<V> {
    let deserializer: StrDeserializer<'_, Error> = text.into_deserializer();
    V::deserialize(deserializer).ok()
}
