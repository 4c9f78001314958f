//! Replaying a log while watching which part of the record each update touches.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use yrs::types::{EntryChange, Event, PathSegment};
use yrs::{DeepObservable, Map, MapRef, Out, TransactionMut};

use super::LoggedUpdate;
use crate::document::{ApplyError, Record};
use crate::part::Part;

/// A place in the record that an update changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Touched {
    pub(super) part: Part,
    /// The item, or the name of the prose.
    pub(super) id: Arc<str>,
    /// The key in the item; `text` for prose.
    pub(super) field: Arc<str>,
}

/// What the update that is being applied touches.
type Watch = Arc<Mutex<Vec<Touched>>>;

/// Goes through the log once, and tells which places each update touched. Updates that
/// cannot be applied are left out.
pub(super) fn replay<S: Default>(
    log: &[LoggedUpdate],
    mut visit: impl FnMut(&mut S, &LoggedUpdate, BTreeSet<Touched>),
) -> S {
    let mut breaking = BTreeSet::new();
    'again: loop {
        let mut state = S::default();
        let watch = Watch::default();
        let mut record = watched(&watch);
        for logged in log.iter().filter(|logged| !breaking.contains(&logged.seq)) {
            if record.apply_stored(&logged.payload) == Err(ApplyError::Broken) {
                breaking.insert(logged.seq);
                continue 'again;
            }
            let touched = take(&watch);
            if !touched.is_empty() {
                visit(&mut state, logged, touched.into_iter().collect());
            }
        }
        return state;
    }
}

fn take(watch: &Watch) -> Vec<Touched> {
    std::mem::take(&mut *watch.lock().unwrap_or_else(PoisonError::into_inner))
}

fn watched(watch: &Watch) -> Record {
    let record = Record::new();
    for part in Part::ALL {
        let watch = Arc::clone(watch);
        record.doc.get_or_insert_map(part.as_str()).observe_deep("history", move |txn, events| {
            let mut touched = watch.lock().unwrap_or_else(PoisonError::into_inner);
            for event in events.iter() {
                touch(txn, part, event, &mut touched);
            }
        });
    }
    record
}

fn touch(txn: &TransactionMut<'_>, part: Part, event: &Event, touched: &mut Vec<Touched>) {
    let mut path = event.path().into_iter().map_while(|step| match step {
        PathSegment::Key(key) => Some(key),
        PathSegment::Index(_) => None,
    });
    let (id, field) = (path.next(), path.next());
    match (id, field, event) {
        (Some(id), _, _) if part == Part::Prose => touched.push(place(part, &id, "text")),
        (Some(id), Some(field), _) => touched.push(place(part, &id, &field)),
        (Some(id), None, Event::Map(map)) => {
            for (field, change) in map.keys(txn) {
                if says_something(change) {
                    touched.push(place(part, &id, field));
                }
            }
        }
        (None, _, Event::Map(map)) => {
            for (id, change) in map.keys(txn) {
                touch_item(txn, part, id, change, touched);
            }
        }
        _ => {}
    }
}

/// A whole item, or a prose, came or went.
fn touch_item(
    txn: &TransactionMut<'_>,
    part: Part,
    id: &str,
    change: &EntryChange,
    touched: &mut Vec<Touched>,
) {
    match change {
        EntryChange::Inserted(Out::YMap(item)) | EntryChange::Updated(_, Out::YMap(item)) => {
            touched.extend(fields(txn, item).map(|field| place(part, id, &field)));
        }
        EntryChange::Removed(_) => touched.push(place(part, id, "deleted")),
        change if part == Part::Prose && says_something(change) => {
            touched.push(place(part, id, "text"));
        }
        _ => {}
    }
}

fn fields<'a>(txn: &'a TransactionMut<'_>, item: &'a MapRef) -> impl Iterator<Item = String> + 'a {
    item.iter(txn).filter(|(_, value)| !is_empty(value)).map(|(field, _)| field.to_owned())
}

/// An empty text that waits for words is nobody's.
fn says_something(change: &EntryChange) -> bool {
    match change {
        EntryChange::Inserted(value) => !is_empty(value),
        EntryChange::Updated(..) | EntryChange::Removed(_) => true,
    }
}

fn is_empty(value: &Out) -> bool {
    value.try_branch().is_some_and(|branch| branch.len() == 0)
}

fn place(part: Part, id: &str, field: &str) -> Touched {
    Touched { part, id: id.into(), field: field.into() }
}
