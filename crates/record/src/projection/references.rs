//! References between items: whatever a record says, what is read has no dangling
//! reference and no circle.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use afterword_domain::timeline::Entry;

use super::Warning;
use crate::part::Part;

/// What one part holds: the items that stand there, and where the deleted ones pointed.
#[derive(Debug, Default)]
pub(super) struct Standing<I> {
    pub(super) present: Vec<I>,
    /// Id to the reference that the item holds.
    pub(super) deleted: BTreeMap<String, Option<String>>,
}

/// The ids of a part.
pub(super) struct Ids {
    pub(super) part: Part,
    pub(super) present: BTreeSet<String>,
    pub(super) deleted: BTreeSet<String>,
}

impl Ids {
    pub(super) fn has(&self, id: &str) -> bool {
        self.present.contains(id)
    }

    /// Keeps references to what stands there; warns of those to what never did.
    pub(super) fn keep(
        &self,
        list: &mut Vec<String>,
        from: (Part, &str),
        warnings: &mut Vec<Warning>,
    ) {
        list.retain(|id| {
            if !self.has(id) && !self.deleted.contains(id) {
                warnings.push(self.dangling(id, from));
            }
            self.has(id)
        });
    }

    pub(super) fn keep_one(
        &self,
        reference: &mut Option<String>,
        from: (Part, &str),
        warnings: &mut Vec<Warning>,
    ) {
        let mut list: Vec<String> = reference.take().into_iter().collect();
        self.keep(&mut list, from, warnings);
        *reference = list.pop();
    }

    fn dangling(&self, id: &str, (part, from): (Part, &str)) -> Warning {
        let id: String = id.chars().take(64).collect();
        let problem = format!("refers to {} {id}, which is not there", self.part.item());
        Warning { part, id: from.to_owned(), problem }
    }
}

/// Follows `beside` to the first entry of each chain. An entry of a circle stands by itself.
pub(super) fn resolve_beside(entries: &mut [Entry]) {
    let beside: HashMap<String, String> = entries
        .iter()
        .filter_map(|entry| Some((entry.id.clone(), entry.beside.clone()?)))
        .collect();
    for entry in entries {
        entry.beside = head(&entry.id, &beside);
    }
}

fn head(start: &str, beside: &HashMap<String, String>) -> Option<String> {
    let mut head = None;
    let mut at = start;
    let mut seen = BTreeSet::from([start]);
    while let Some(next) = beside.get(at) {
        if !seen.insert(next) {
            return None;
        }
        head = Some(next.clone());
        at = next;
    }
    head
}
