//! Bringing back what another client really removed.

use std::collections::HashMap;

use yrs::{
    Any, Array, ArrayPrelim, GetString, Map, MapPrelim, MapRef, Out, ReadTxn, TextPrelim, Transact,
    TransactionMut,
};

use super::EditError;
use super::write::Writer;
use crate::document::Record;
use crate::part::Part;
use crate::rich::{Unknown, read, write};
use crate::values;

/// A value of an item, out of its document.
enum Value {
    Plain(Any),
    Words(String),
    Rich(Vec<crate::rich::Block>),
    List(Vec<Any>),
    Set(HashMap<String, Any>),
}

impl Record {
    /// Makes an item stand as it stood in a past version, for where a foreign client removed
    /// it from its map instead of setting `deleted`. An item that is there is only undeleted.
    pub fn restore_from(
        &mut self,
        version: &Self,
        part: Part,
        id: &str,
    ) -> Result<Option<Vec<u8>>, EditError> {
        if values::item(&self.doc.transact(), part, id).is_some() {
            return self.edit(&super::Edit::Restore(part, id.to_owned()));
        }
        let unknown = || EditError::Unknown { part, id: id.to_owned() };
        let item = {
            let txn = version.doc.transact();
            read_values(&txn, &values::item(&txn, part, id).ok_or_else(unknown)?)
        };
        self.write(|txn| write_item(txn, part, id, item)).map_err(|_| EditError::Broken)
    }
}

fn read_values<T: ReadTxn>(txn: &T, map: &MapRef) -> HashMap<String, Value> {
    let values = map.iter(txn).filter_map(|(key, value)| Some((key.to_owned(), take(txn, value)?)));
    values.filter(|(key, _)| key != "deleted").collect()
}

/// Keys that this version does not know are brought back too, as far as they are plain.
fn take<T: ReadTxn>(txn: &T, value: Out) -> Option<Value> {
    match value {
        Out::Any(any) => Some(Value::Plain(any)),
        Out::YText(text) => Some(Value::Words(text.get_string(txn))),
        Out::YXmlFragment(fragment) => {
            Some(Value::Rich(read(txn, &fragment, &mut Unknown::default())))
        }
        Out::YArray(array) => {
            let plain = array.iter(txn).filter_map(|value| match value {
                Out::Any(any) => Some(any),
                _ => None,
            });
            Some(Value::List(plain.collect()))
        }
        Out::YMap(set) => {
            let plain = set.iter(txn).filter_map(|(key, value)| match value {
                Out::Any(any) => Some((key.to_owned(), any)),
                _ => None,
            });
            Some(Value::Set(plain.collect()))
        }
        _ => None,
    }
}

fn write_item(txn: &mut TransactionMut<'_>, part: Part, id: &str, item: HashMap<String, Value>) {
    let Some(root) = txn.get_map(part.as_str()) else {
        return;
    };
    let map = root.insert(txn, id, MapPrelim::default());
    for (key, value) in item {
        match value {
            Value::Plain(any) => {
                map.insert(txn, key, any);
            }
            Value::Words(words) => {
                map.insert(txn, key, TextPrelim::new(words));
            }
            Value::List(list) => {
                map.insert(txn, key, ArrayPrelim::from(list));
            }
            Value::Set(set) => {
                map.insert(txn, key, set.into_iter().collect::<MapPrelim>());
            }
            Value::Rich(blocks) => {
                let fragment = Writer { txn, map: map.clone() }.fragment(&key);
                write(txn, &fragment, blocks);
            }
        }
    }
}
