//! The tree of the analysis: whatever a record says, each node stands in it once, and nothing
//! stands below itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use afterword_domain::analysis::Node;

use super::Warning;
use super::references::Standing;
use crate::part::Part;

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
    resolve_also(&mut present, &parents, warnings);
    in_reading_order(present)
}

/// Keeps the further parents that can be read: a link to a missing or deleted node, to the parent
/// or to the node itself cannot, nor one that lies on a circle of parents and links.
fn resolve_also(present: &mut [Node], parents: &Parents, warnings: &mut Vec<Warning>) {
    for node in present.iter_mut() {
        let strangers = node.also.iter().filter(|id| !parents.exists(id));
        warnings.extend(strangers.map(|id| {
            let id: String = id.chars().take(64).collect();
            let problem = format!("stands also below node {id}, which is not there");
            Warning { part: Part::Analysis, id: node.id.clone(), problem }
        }));
        let parent = node.parent.as_ref();
        node.also.retain(|id| parents.is_present(id) && parent != Some(id));
    }
    if present.iter().all(|node| node.also.is_empty()) {
        return;
    }
    let circles = circles(present);
    for node in present {
        let own = circles.get(&node.id);
        node.also.retain(|id| circles.get(id) != own);
    }
}

/// Gives each node the name of its circle: nodes that stand below one another share it.
fn circles(nodes: &[Node]) -> HashMap<String, String> {
    let mut above: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in nodes {
        for parent in node.parent.iter().chain(&node.also) {
            above.entry(&node.id).or_default().push(parent);
            below.entry(parent).or_default().push(&node.id);
        }
    }
    let mut circles = HashMap::new();
    for start in finished(nodes, &above).into_iter().rev() {
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            if !circles.contains_key(node) {
                circles.insert(node.to_owned(), start.to_owned());
                open.extend(below.get(node).into_iter().flatten());
            }
        }
    }
    circles
}

/// The nodes, each after all that can be reached upwards from it.
fn finished<'a>(nodes: &'a [Node], above: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<&'a str> {
    let mut walked = BTreeSet::new();
    let mut finished = Vec::new();
    for start in nodes {
        let mut open = vec![(start.id.as_str(), false)];
        while let Some((node, left)) = open.pop() {
            if left {
                finished.push(node);
            } else if walked.insert(node) {
                open.push((node, true));
                open.extend(above.get(node).into_iter().flatten().map(|parent| (*parent, false)));
            }
        }
    }
    finished
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

    fn is_present(&self, id: &str) -> bool {
        self.nodes.get(id).is_some_and(|(deleted, _)| !deleted)
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

#[cfg(test)]
mod tests;
