//! People move, delete and link nodes at once, in whichever order they hear of one another.

use std::collections::BTreeSet;

use afterword_domain::analysis::{Node, NodeKind};
use proptest::prelude::*;

use crate::edit::tests::id;
use crate::edit::{Field, NewNode, NewTheme, NodePatch, ThemePatch};
use crate::{Edit, Part, Projection, Record};

const NODES: u8 = 8;
const PEOPLE: usize = 3;

/// What one person does; the numbers say with which node.
#[derive(Clone, Debug)]
enum Deed {
    Add(u8, Option<u8>),
    Move(u8, Option<u8>),
    Link(u8, Vec<u8>),
    Delete(u8),
    Restore(u8),
    Choose(u8, bool),
    /// Hears everything from this person.
    Hear(usize),
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let node = || 0..NODES;
    let parent = || proptest::option::weighted(0.8, 0..NODES);
    let deed = prop_oneof![
        2 => (node(), parent()).prop_map(|(node, parent)| Deed::Add(node, parent)),
        6 => (node(), parent()).prop_map(|(node, parent)| Deed::Move(node, parent)),
        3 => (node(), proptest::collection::vec(node(), 0..3))
            .prop_map(|(node, also)| Deed::Link(node, also)),
        2 => node().prop_map(Deed::Delete),
        1 => node().prop_map(Deed::Restore),
        1 => (node(), any::<bool>()).prop_map(|(theme, chosen)| Deed::Choose(theme, chosen)),
        3 => (0..PEOPLE).prop_map(Deed::Hear),
    ];
    proptest::collection::vec((0..PEOPLE, deed), 0..60)
}

/// All begin with the same few nodes and a cluster of each.
fn begin() -> Record {
    let mut record = Record::with_client(100);
    let edits = (0..NODES / 2).flat_map(|n| {
        let node = NewNode { id: id(n), ..NewNode::default() };
        let theme = NewTheme { id: id(n), candidate: true, ..NewTheme::default() };
        [Edit::AddNode(node), Edit::AddTheme(theme)]
    });
    record.edit_many(&edits.collect::<Vec<_>>()).unwrap();
    record
}

/// What is refused, such as a circle that this person can see, is not done.
fn act(people: &mut [Record], who: usize, deed: &Deed) {
    let patch = |node: &u8, patch: NodePatch| Edit::PatchNode(id(*node), patch);
    let edit = match deed {
        Deed::Add(node, parent) => Edit::AddNode(NewNode {
            id: id(*node),
            parent: parent.map(id),
            kind: NodeKind::Answer,
            ..NewNode::default()
        }),
        Deed::Move(node, parent) => {
            let parent = parent.map_or(Field::Clear, |parent| Field::Set(id(parent)));
            patch(node, NodePatch { parent, ..NodePatch::default() })
        }
        Deed::Link(node, also) => {
            let also = Some(also.iter().copied().map(id).collect());
            patch(node, NodePatch { also, ..NodePatch::default() })
        }
        Deed::Delete(node) => Edit::Delete(Part::Analysis, id(*node)),
        Deed::Restore(node) => Edit::Restore(Part::Analysis, id(*node)),
        Deed::Choose(theme, chosen) => {
            let candidate = Some(!chosen);
            Edit::PatchTheme(id(*theme), ThemePatch { candidate, ..ThemePatch::default() })
        }
        Deed::Hear(from) => {
            let state = people[*from].encode_state();
            return people[who].apply(&state).unwrap();
        }
    };
    let _ = people[who].edit(&edit);
}

/// Each undeleted node stands in the tree once, behind the node below which it stands, and
/// nothing stands below itself, be it by a further parent.
fn is_a_tree(read: &Projection, record: &Record) -> Result<(), TestCaseError> {
    let ids: Vec<&str> = read.analysis.iter().map(|node| node.id.as_str()).collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    prop_assert_eq!(once.len(), ids.len(), "a branch stands there twice");
    let deleted = read.deleted.iter().filter(|gone| gone.part == Part::Analysis).count();
    prop_assert_eq!(ids.len() + deleted, written(record), "a branch is lost");
    for (place, node) in read.analysis.iter().enumerate() {
        let before = |id: &String| ids[..place].contains(&id.as_str());
        prop_assert!(node.parent.iter().all(before), "{:?} is not below its parent", node);
        prop_assert!(node.also.iter().all(|id| once.contains(id.as_str())));
        prop_assert!(!node.also.iter().any(|also| is_above(&read.analysis, &node.id, also)));
    }
    Ok(())
}

fn written(record: &Record) -> usize {
    use yrs::{Map, ReadTxn, Transact};

    let txn = record.doc.transact();
    txn.get_map("analysis").map_or(0, |nodes| nodes.len(&txn) as usize)
}

/// Whether one node stands somewhere above the other.
fn is_above(nodes: &[Node], above: &str, below: &str) -> bool {
    let mut open = vec![below];
    let mut seen = BTreeSet::new();
    while let Some(at) = open.pop() {
        if at == above {
            return true;
        }
        if seen.insert(at) {
            let node = nodes.iter().find(|node| node.id == at).unwrap();
            open.extend(node.parent.iter().chain(&node.also).map(String::as_str));
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn whatever_is_done_at_once_all_come_to_read_the_same_tree(deeds in deeds()) {
        let mut people: Vec<Record> = (0..PEOPLE).map(|n| {
            let mut record = Record::with_client(n as u64 + 1);
            record.apply(&begin().encode_state()).unwrap();
            record
        }).collect();
        for (who, deed) in &deeds {
            act(&mut people, *who, deed);
            is_a_tree(&people[*who].project(), &people[*who])?;
        }
        for _ in 0..2 {
            for (who, from) in [(0, 1), (1, 2), (2, 0)] {
                act(&mut people, who, &Deed::Hear(from));
            }
        }
        act(&mut people, 0, &Deed::Hear(1));
        act(&mut people, 0, &Deed::Hear(2));
        let read = people[0].project();
        is_a_tree(&read, &people[0])?;
        for other in &people[1..] {
            prop_assert_eq!(&other.project(), &read);
        }
    }
}

fn node(n: u8, parent: Option<u8>, also: &[u8]) -> Edit {
    let also = also.iter().copied().map(id).collect();
    Edit::AddNode(NewNode { id: id(n), parent: parent.map(id), also, ..NewNode::default() })
}

fn also(read: &Projection) -> Vec<(String, Vec<String>)> {
    let linked = read.analysis.iter().filter(|node| !node.also.is_empty());
    linked.map(|node| (node.id.clone(), node.also.clone())).collect()
}

#[test]
fn two_branches_moved_into_one_another_are_both_there() {
    let mut ours = Record::new();
    ours.edit_many(&[node(1, None, &[]), node(2, None, &[]), node(3, Some(2), &[])]).unwrap();
    let mut theirs = Record::new();
    theirs.apply(&ours.encode_state()).unwrap();
    let below = |node: u8, parent: u8| {
        let parent = Field::Set(id(parent));
        Edit::PatchNode(id(node), NodePatch { parent, ..NodePatch::default() })
    };
    ours.edit(&below(1, 3)).unwrap();
    theirs.edit(&below(2, 1)).unwrap();
    ours.apply(&theirs.encode_state()).unwrap();
    theirs.apply(&ours.encode_state()).unwrap();
    let read = ours.project();
    assert_eq!(read, theirs.project());
    let stands: Vec<_> =
        read.analysis.iter().map(|it| (it.id.clone(), it.parent.clone())).collect();
    assert_eq!(stands, [(id(1), None), (id(2), Some(id(1))), (id(3), Some(id(2)))]);
}

#[test]
fn a_node_may_stand_below_several_and_never_below_itself() {
    let mut record = Record::new();
    let nodes =
        [node(1, None, &[]), node(2, None, &[]), node(3, Some(1), &[2]), node(4, Some(3), &[])];
    record.edit_many(&nodes).unwrap();
    assert_eq!(also(&record.project()), [(id(3), vec![id(2)])]);
    let link = |from: u8, to: u8| {
        Edit::PatchNode(id(from), NodePatch { also: Some(vec![id(to)]), ..NodePatch::default() })
    };
    let refused = record.edit(&link(2, 4)).unwrap_err().to_string();
    assert_eq!(refused, "also: a node cannot stand below itself");
    record.edit(&link(3, 1)).unwrap();
    assert_eq!(also(&record.project()), [], "where it stands anyway");
    record.edit(&link(3, 2)).unwrap();
    record.edit(&Edit::Delete(Part::Analysis, id(2))).unwrap();
    assert_eq!(also(&record.project()), []);
    record.edit(&Edit::Restore(Part::Analysis, id(2))).unwrap();
    assert_eq!(also(&record.project()), [(id(3), vec![id(2)])]);
    assert_eq!(record.project().warnings, []);
}

#[test]
fn links_that_lie_on_a_circle_are_not_read() {
    let mut ours = Record::new();
    ours.edit_many(&[node(1, None, &[]), node(2, None, &[1]), node(3, Some(2), &[])]).unwrap();
    let mut theirs = Record::new();
    theirs.apply(&ours.encode_state()).unwrap();
    let moved = NodePatch { parent: Field::Set(id(3)), ..NodePatch::default() };
    ours.edit(&Edit::PatchNode(id(1), moved)).unwrap();
    let read = ours.project();
    assert_eq!(also(&read), [], "the parent counts, the link does not");
    assert_eq!(read.analysis.len(), 3);
}

#[test]
fn what_is_not_chosen_is_never_published() {
    let mut record = Record::new();
    let theme = |n: u8, candidate| NewTheme { id: id(n), candidate, ..NewTheme::default() };
    record.edit_many(&[Edit::AddTheme(theme(1, true)), Edit::AddTheme(theme(2, false))]).unwrap();
    assert_eq!(record.project().themes.len(), 2);
    let published = |record: &Record| {
        record.project().withhold().themes.into_iter().map(|theme| theme.id).collect::<Vec<_>>()
    };
    assert_eq!(published(&record), [id(2)]);
    let chosen = ThemePatch { candidate: Some(false), ..ThemePatch::default() };
    record.edit(&Edit::PatchTheme(id(1), chosen)).unwrap();
    assert_eq!(published(&record), [id(1), id(2)]);
}

/// One way in which clients may leave a tree, and how it is read: the browser's tests hold its
/// reading against this file. `AFTERWORD_RENEW_TREES=1` writes it anew.
#[test]
fn the_browser_and_the_server_read_the_same_tree() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/trees.json");
    let read = format!("{}\n", serde_json::to_string(&trees()).unwrap());
    if std::env::var_os("AFTERWORD_RENEW_TREES").is_some() {
        std::fs::write(path, &read).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == read, "renew with AFTERWORD_RENEW_TREES=1");
}

fn trees() -> Vec<serde_json::Value> {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let node = (
        proptest::option::weighted(0.8, 0..NODES),
        proptest::collection::vec(0..NODES + 1, 0..3),
        0..4u8,
        proptest::bool::weighted(0.2),
    );
    let tree = proptest::collection::vec(node, 1..usize::from(NODES));
    (0..200).map(|_| written_and_read(&tree.new_tree(&mut runner).unwrap().current())).collect()
}

fn written_and_read(tree: &[(Option<u8>, Vec<u8>, u8, bool)]) -> serde_json::Value {
    use yrs::{Map, MapPrelim, WriteTxn};

    let mut record = Record::with_client(1);
    let mut written = Vec::new();
    for (n, (parent, also, order, deleted)) in (0u8..).zip(tree) {
        let (parent, mut also) = (parent.map(id), also.iter().copied().map(id).collect::<Vec<_>>());
        also.sort();
        also.dedup();
        written.push(serde_json::json!({
            "id": id(n), "parent": parent, "also": also, "order": order, "deleted": deleted,
        }));
        record
            .write(|txn| {
                let nodes = txn.get_or_insert_map("analysis");
                let node = nodes.insert(txn, id(n), MapPrelim::default());
                let links = node.insert(txn, "also", MapPrelim::default());
                for also in also {
                    links.insert(txn, also, true);
                }
                node.insert(txn, "order", f64::from(*order));
                if let Some(parent) = parent {
                    node.insert(txn, "parent", parent);
                }
                if *deleted {
                    node.insert(txn, "deleted", true);
                }
            })
            .unwrap();
    }
    let read = record
        .project()
        .analysis
        .into_iter()
        .map(|it| serde_json::json!({"id": it.id, "parent": it.parent, "also": it.also}));
    serde_json::json!({"written": written, "read": read.collect::<Vec<_>>()})
}
