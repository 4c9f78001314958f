//! Where new items stand: after the last.

use std::collections::HashMap;

use yrs::{Map, ReadTxn};

use crate::part::Part;
use crate::values;

/// The next free position of each part, found once for a batch.
#[derive(Default)]
pub(super) struct Orders(HashMap<Part, f64>);

impl Orders {
    /// The position behind every item of the part.
    pub(super) fn next<T: ReadTxn>(&mut self, txn: &T, part: Part) -> f64 {
        let next = self.0.get(&part).copied().unwrap_or_else(|| after_last(txn, part));
        self.0.insert(part, next + 1.0);
        next
    }
}

fn after_last<T: ReadTxn>(txn: &T, part: Part) -> f64 {
    let Some(root) = values::root(txn, part) else {
        return 1.0;
    };
    let orders = root.iter(txn).filter_map(|(_, value)| {
        let map = values::map(value)?;
        values::number(txn, &map, "order")
    });
    orders.fold(0.0, f64::max) + 1.0
}
