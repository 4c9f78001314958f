use afterword_domain::analysis::NodeKind;
use afterword_domain::timeline::{EntryKind, Evidence, Precision};

use super::*;
use crate::Record;

pub(crate) fn id(n: u8) -> String {
    format!("01980000-0000-7000-8000-0000000000{n:02x}")
}

fn entry(n: u8, at: &str, text: &str) -> Edit {
    let at = Some(at.parse().unwrap());
    Edit::AddEntry(NewEntry { id: id(n), at, text: text.to_owned(), ..NewEntry::default() })
}

fn node(n: u8, parent: Option<u8>) -> Edit {
    Edit::AddNode(NewNode { id: id(n), parent: parent.map(id), ..NewNode::default() })
}

fn record(edits: &[Edit]) -> Record {
    let mut record = Record::new();
    record.edit_many(edits).unwrap();
    record
}

#[test]
fn an_entry_is_read_as_it_was_written() {
    let new = NewEntry {
        id: id(1),
        at: Some("2026-03-01T18:43:00Z".parse().unwrap()),
        until: Some("2026-03-01T18:50:00Z".parse().unwrap()),
        typed: Some("18:43-18:50".to_owned()),
        kind: EntryKind::Said,
        lane: "support".parse().unwrap(),
        who: Some("Ada".to_owned()),
        text: "“it is **down**”".to_owned(),
        evidence: vec![Evidence {
            url: "https://chat.example/1".to_owned(),
            title: None,
            event: None,
        }],
        withheld: true,
        proposed: true,
        asked: Some("What did you hear?".to_owned()),
        ..NewEntry::default()
    };
    let record = record(&[Edit::AddEntry(new.clone())]);
    let projection = record.project();
    assert_eq!(projection.warnings, []);
    let [read] = projection.timeline.as_slice() else { panic!("one entry") };
    assert_eq!((read.at, read.until, read.precision), (new.at, new.until, Precision::Range));
    assert_eq!((&read.typed, &read.who, &read.text), (&new.typed, &new.who, &new.text));
    assert_eq!((read.kind, &read.lane, &read.evidence), (new.kind, &new.lane, &new.evidence));
    assert!(read.withheld && read.proposed);
    assert_eq!(read.asked, new.asked);
}

#[test]
fn an_update_tells_another_record_everything() {
    let mut ours = Record::new();
    let update = ours.edit(&entry(1, "2026-03-01T18:43:00Z", "a\n\n- b")).unwrap().unwrap();
    let mut theirs = Record::new();
    theirs.apply(&update).unwrap();
    assert_eq!(theirs.project(), ours.project());
}

#[test]
fn a_patch_that_says_nothing_new_writes_nothing() {
    let mut record = record(&[entry(1, "2026-03-01T18:43:00Z", "one *two*")]);
    let patch = EntryPatch { text: Some("one *two*".to_owned()), ..EntryPatch::default() };
    assert_eq!(record.edit(&Edit::PatchEntry(id(1), patch)), Ok(None));
    assert_eq!(record.begin(), Ok(None));
}

#[test]
fn a_merge_patch_keeps_clears_and_sets() {
    let patch: EntryPatch =
        serde_json::from_str(r#"{"who": null, "typed": "18:44", "withheld": true}"#).unwrap();
    assert_eq!(patch.who, Field::Clear);
    assert_eq!(patch.question, Field::Keep);
    let mut record = record(&[Edit::AddEntry(NewEntry {
        id: id(1),
        who: Some("Ada".to_owned()),
        text: "stays".to_owned(),
        ..NewEntry::default()
    })]);
    record.edit(&Edit::PatchEntry(id(1), patch)).unwrap();
    let entry = record.project().timeline.remove(0);
    assert_eq!((entry.who, entry.typed.as_deref()), (None, Some("18:44")));
    assert_eq!((entry.text.as_str(), entry.withheld), ("stays", true));
}

#[test]
fn new_items_stand_after_the_last() {
    let at = "2026-03-01T18:43:00Z";
    let mut record = record(&[entry(9, at, "first"), entry(5, at, "second")]);
    record.edit(&entry(1, at, "third")).unwrap();
    let texts: Vec<String> = record.project().timeline.into_iter().map(|e| e.text).collect();
    assert_eq!(texts, ["first", "second", "third"]);
}

#[test]
fn what_is_deleted_comes_back_with_what_was_written_meanwhile() {
    let mut ours = record(&[entry(1, "2026-03-01T18:43:00Z", "the pager rang")]);
    let mut theirs = Record::new();
    theirs.apply(&ours.encode_state()).unwrap();
    let patch = EntryPatch { text: Some("the pager rang twice".to_owned()), ..Default::default() };
    let meanwhile = theirs.edit(&Edit::PatchEntry(id(1), patch)).unwrap().unwrap();
    ours.edit(&Edit::Delete(Part::Timeline, id(1))).unwrap();
    ours.apply(&meanwhile).unwrap();
    let projection = ours.project();
    assert!(projection.timeline.is_empty());
    assert_eq!(projection.deleted[0].text, "the pager rang twice");
    ours.edit(&Edit::Restore(Part::Timeline, id(1))).unwrap();
    assert_eq!(ours.project().timeline[0].text, "the pager rang twice");
}

#[test]
fn all_or_none() {
    let mut record = Record::new();
    let mut stranger = entry(2, "2026-03-01T18:44:00Z", "");
    if let Edit::AddEntry(entry) = &mut stranger {
        entry.beside = Some(id(7));
    }
    let refused = record.edit_many(&[entry(1, "2026-03-01T18:43:00Z", "x"), stranger]);
    assert!(matches!(refused, Err(EditError::Invalid { field: "beside", .. })), "{refused:?}");
    assert!(record.project().timeline.is_empty());
}

#[test]
fn a_batch_may_refer_to_itself() {
    let record = record(&[node(1, None), node(2, Some(1))]);
    assert_eq!(record.project().analysis[1].parent, Some(id(1)));
}

#[test]
fn nonsense_is_refused_with_what_would_be_right() {
    let mut record = record(&[node(1, None), node(2, Some(1)), node(3, Some(2))]);
    let refused = |record: &mut Record, edit: &Edit| record.edit(edit).unwrap_err().to_string();
    assert_eq!(
        refused(&mut record, &node(1, None)),
        format!("{} is the id of another node: make a new one", id(1))
    );
    let mine = Edit::AddNode(NewNode { id: "mine".to_owned(), ..NewNode::default() });
    assert_eq!(refused(&mut record, &mine), "id: make a UUID, in lower case with hyphens");
    let circle = NodePatch { parent: Field::Set(id(3)), ..NodePatch::default() };
    let circle = Edit::PatchNode(id(1), circle);
    assert_eq!(refused(&mut record, &circle), "parent: a node cannot stand below itself");
    let unknown = Edit::PatchTheme(id(9), ThemePatch::default());
    assert_eq!(refused(&mut record, &unknown), format!("there is no theme {}", id(9)));
    let script = Evidence { url: "javascript:alert(1)".to_owned(), title: None, event: None };
    let new = NewEntry { id: id(8), evidence: vec![script], ..NewEntry::default() };
    assert_eq!(
        refused(&mut record, &Edit::AddEntry(new)),
        "evidence: give addresses that begin with http:// or https://"
    );
    let order = Some(f64::NAN);
    let new = NewAction { id: id(8), order, ..NewAction::default() };
    assert_eq!(refused(&mut record, &Edit::AddAction(new)), "order: give a finite number");
}

#[test]
fn lists_keep_what_stays() {
    let mut record = record(&[
        entry(1, "2026-03-01T18:43:00Z", ""),
        entry(2, "2026-03-01T18:44:00Z", ""),
        entry(3, "2026-03-01T18:45:00Z", ""),
        Edit::AddNode(NewNode {
            id: id(9),
            kind: NodeKind::Finding,
            entries: vec![id(1), id(3)],
            ..NewNode::default()
        }),
    ]);
    let entries = vec![id(1), id(2), id(3)];
    let patch = NodePatch { entries: Some(entries.clone()), ..NodePatch::default() };
    let update = record.edit(&Edit::PatchNode(id(9), patch)).unwrap().unwrap();
    assert!(update.len() < 100, "only the new reference is written");
    assert_eq!(record.project().analysis[0].entries, entries);
}

#[test]
fn prose_is_markdown() {
    let mut record = Record::new();
    let markdown = "## What we saw\n\n- one\n- two, [linked](https://example.org)";
    record.edit(&Edit::SetProse(ProseName::Summary, markdown.to_owned())).unwrap();
    assert_eq!(record.project().prose.summary, markdown);
}

#[test]
fn what_a_foreign_client_removed_comes_back_from_a_past_version() {
    use yrs::{Map, WriteTxn};

    let mut past = record(&[entry(1, "2026-03-01T18:43:00Z", "the **pager** rang"), node(2, None)]);
    past.edit(&Edit::PatchNode(
        id(2),
        NodePatch { entries: Some(vec![id(1)]), text: Some("Why?".into()), ..Default::default() },
    ))
    .unwrap();
    let mut now = Record::new();
    now.apply(&past.encode_state()).unwrap();
    now.write(|txn| {
        txn.get_or_insert_map("timeline").remove(txn, &id(1));
        txn.get_or_insert_map("analysis").remove(txn, &id(2));
    })
    .unwrap();
    assert_eq!(now.project().timeline, []);
    now.restore_from(&past, Part::Timeline, &id(1)).unwrap().unwrap();
    now.restore_from(&past, Part::Analysis, &id(2)).unwrap().unwrap();
    assert_eq!(now.project(), past.project());
    assert!(now.restore_from(&past, Part::Themes, &id(1)).is_err());
}
