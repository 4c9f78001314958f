//! Writing the values of one item.
//!
//! Shared types are made even while they are empty: two people who make the same one at
//! the same time would keep only one's words.

use std::collections::HashMap;

use serde::Serialize;
use yrs::{
    Any, Array, ArrayPrelim, Map, MapPrelim, MapRef, Out, TextPrelim, TransactionMut,
    XmlFragmentPrelim, XmlFragmentRef,
};

use super::Field;
use crate::part::Part;
use crate::rich::{parse, write};
use crate::values;
use crate::words::set_words;

/// One item that is written.
pub(super) struct Writer<'a, 'doc> {
    pub(super) txn: &'a mut TransactionMut<'doc>,
    pub(super) map: MapRef,
}

impl<'a, 'doc> Writer<'a, 'doc> {
    /// A new item.
    pub(super) fn add(txn: &'a mut TransactionMut<'doc>, root: &MapRef, id: &str) -> Self {
        let map = root.insert(txn, id, MapPrelim::default());
        Self { txn, map }
    }

    /// An item that stands there, deleted or not.
    pub(super) fn of(txn: &'a mut TransactionMut<'doc>, part: Part, id: &str) -> Option<Self> {
        let map = values::item(txn, part, id)?;
        Some(Self { txn, map })
    }

    /// A plain value, left alone if it is this already.
    pub(super) fn put(&mut self, key: &str, value: Option<Any>) {
        match (value, self.map.get(self.txn, key)) {
            (Some(value), Some(Out::Any(before))) if before == value => {}
            (Some(value), _) => {
                self.map.insert(self.txn, key, value);
            }
            (None, Some(_)) => {
                self.map.remove(self.txn, key);
            }
            (None, None) => {}
        }
    }

    /// A value that is absent unless set.
    pub(super) fn flag(&mut self, key: &str, set: bool) {
        self.put(key, set.then_some(Any::Bool(true)));
    }

    /// A value that is written as a string; an empty one is absent.
    pub(super) fn named(&mut self, key: &str, value: Option<&impl Serialize>) {
        self.put(key, value.and_then(name));
    }

    pub(super) fn field(&mut self, key: &str, value: &Field<impl Serialize>) {
        if !matches!(value, Field::Keep) {
            self.named(key, value.set());
        }
    }

    /// Words, changed where they differ.
    pub(super) fn words(&mut self, key: &str, words: &str) {
        let text = match self.map.get(self.txn, key) {
            Some(Out::YText(text)) => text,
            _ => self.map.insert(self.txn, key, TextPrelim::new("")),
        };
        set_words(self.txn, &text, words);
    }

    /// Rich text, changed where it differs.
    pub(super) fn markdown(&mut self, key: &str, markdown: &str) {
        let fragment = self.fragment(key);
        self.rich(&fragment, markdown);
    }

    pub(super) fn fragment(&mut self, key: &str) -> XmlFragmentRef {
        match self.map.get(self.txn, key) {
            Some(Out::YXmlFragment(fragment)) => fragment,
            _ => self.map.insert(self.txn, key, XmlFragmentPrelim::default()),
        }
    }

    pub(super) fn rich(&mut self, fragment: &XmlFragmentRef, markdown: &str) {
        write(self.txn, fragment, parse(markdown));
    }

    /// A list of values: those that stay keep their place.
    pub(super) fn list(&mut self, key: &str, values: Vec<Any>) {
        let array = match self.map.get(self.txn, key) {
            Some(Out::YArray(array)) => array,
            _ => self.map.insert(self.txn, key, ArrayPrelim::default()),
        };
        let before: Vec<Out> = array.iter(self.txn).collect();
        let after: Vec<Out> = values.into_iter().map(Out::Any).collect();
        let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let rest = |list: &[Out]| list.len() - start;
        let (from_old, from_new) = (before.iter().rev(), after.iter().rev());
        let most = rest(&before).min(rest(&after));
        let end = from_old.zip(from_new).take(most).take_while(|(a, b)| a == b).count();
        let place = u32::try_from(start).unwrap_or(u32::MAX);
        array.remove_range(self.txn, place, u32::try_from(rest(&before) - end).unwrap_or_default());
        let added = after.into_iter().skip(start).rev().skip(end).filter_map(|value| match value {
            Out::Any(any) => Some(any),
            _ => None,
        });
        for value in added {
            array.insert(self.txn, place, value);
        }
    }

    /// A set of ids, each a key: those that stay are left alone.
    pub(super) fn set(&mut self, key: &str, ids: &[String]) {
        let set = match self.map.get(self.txn, key) {
            Some(Out::YMap(set)) => set,
            _ => self.map.insert(self.txn, key, MapPrelim::default()),
        };
        let before: Vec<String> = set.keys(self.txn).map(str::to_owned).collect();
        for gone in before.iter().filter(|id| !ids.contains(id)) {
            set.remove(self.txn, gone);
        }
        for id in ids {
            let mut writer = Writer { txn: &mut *self.txn, map: set.clone() };
            writer.flag(id, true);
        }
    }

    pub(super) fn strings(&mut self, key: &str, values: &[String]) {
        self.list(key, values.iter().map(|value| Any::from(value.as_str())).collect());
    }
}

/// A value as the string that stands for it.
fn name(value: &impl Serialize) -> Option<Any> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) if !text.is_empty() => Some(Any::from(text)),
        _ => None,
    }
}

/// A plain map.
pub(super) fn object<const N: usize>(pairs: [(&str, Option<&str>); N]) -> Any {
    let pairs = pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into())));
    Any::from(pairs.collect::<HashMap<String, Any>>())
}
