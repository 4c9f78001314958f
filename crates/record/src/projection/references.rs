//! References between items: whatever a record says, what is read has no dangling
//! reference and no circle.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use afterword_domain::analysis::Node;
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

/// Gives each node the parent below which it is read, and puts the tree in reading order.
pub(super) fn resolve_tree(nodes: Standing<Node>, warnings: &mut Vec<Warning>) -> Vec<Node> {
    let Standing { mut present, deleted } = nodes;
    let parents = Parents::new(&present, &deleted);
    for node in &mut present {
        let stated = node.parent.take();
        node.parent = parents.above(&node.id);
        if stated.as_deref().is_some_and(|parent| !parents.exists(parent)) {
            let problem = "stands below a node that is not there; it was read as a root".to_owned();
            warnings.push(Warning { part: Part::Analysis, id: node.id.clone(), problem });
        }
    }
    in_reading_order(present)
}

/// Who stands below whom, deleted nodes included.
struct Parents {
    /// Whether the node is deleted, and its parent.
    nodes: BTreeMap<String, (bool, Option<String>)>,
    /// Of each circle the present node with the smallest id.
    circle_roots: BTreeSet<String>,
}

impl Parents {
    fn new(present: &[Node], deleted: &BTreeMap<String, Option<String>>) -> Self {
        let mut nodes: BTreeMap<_, _> =
            present.iter().map(|node| (node.id.clone(), (false, node.parent.clone()))).collect();
        nodes.extend(deleted.iter().map(|(id, parent)| (id.clone(), (true, parent.clone()))));
        let circle_roots = circle_roots(&nodes);
        Self { nodes, circle_roots }
    }

    fn exists(&self, id: &str) -> bool {
        self.nodes.contains_key(id)
    }

    fn parent(&self, id: &str) -> Option<&str> {
        self.nodes.get(id)?.1.as_deref()
    }

    /// The nearest present node above: what stands below a deleted node rises.
    fn above(&self, id: &str) -> Option<String> {
        if self.circle_roots.contains(id) {
            return None;
        }
        let mut seen = BTreeSet::from([id]);
        let mut parent = self.parent(id)?;
        loop {
            let (deleted, above) = self.nodes.get(parent)?;
            if !seen.insert(parent) {
                return None;
            }
            if !deleted {
                return Some(parent.to_owned());
            }
            parent = above.as_deref()?;
        }
    }
}

fn circle_roots(nodes: &BTreeMap<String, (bool, Option<String>)>) -> BTreeSet<String> {
    let mut roots = BTreeSet::new();
    let mut walked = BTreeSet::new();
    for start in nodes.keys() {
        let mut path: Vec<&str> = Vec::new();
        let mut at = Some(start.as_str());
        while let Some((id, (_, parent))) = at.and_then(|id| nodes.get_key_value(id)) {
            if !walked.insert(id.as_str()) {
                break;
            }
            path.push(id);
            at = parent.as_deref();
        }
        let circle = path.iter().position(|id| Some(*id) == at).and_then(|from| path.get(from..));
        let present = circle
            .unwrap_or_default()
            .iter()
            .filter(|id| nodes.get(**id).is_some_and(|(deleted, _)| !deleted));
        roots.extend(present.min().map(|id| (*id).to_owned()));
    }
    roots
}

/// Each node before those below it, siblings in their order.
fn in_reading_order(nodes: Vec<Node>) -> Vec<Node> {
    let mut below: HashMap<Option<String>, Vec<Node>> = HashMap::new();
    let count = nodes.len();
    for node in nodes {
        below.entry(node.parent.clone()).or_default().push(node);
    }
    for siblings in below.values_mut() {
        siblings.sort_by(|a, b| b.order.total_cmp(&a.order).then_with(|| b.id.cmp(&a.id)));
    }
    let mut ordered = Vec::with_capacity(count);
    let mut open = below.remove(&None).unwrap_or_default();
    while let Some(node) = open.pop() {
        open.extend(below.remove(&Some(node.id.clone())).unwrap_or_default());
        ordered.push(node);
    }
    ordered
}
