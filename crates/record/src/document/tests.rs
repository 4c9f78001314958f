use std::collections::HashMap;

use proptest::prelude::*;
use yrs::{Any, Array, ArrayPrelim, Map, MapPrelim, Out, Text, TextPrelim, Transact, WriteTxn};

use super::*;
use crate::edit::tests::id;
use crate::edit::{EntryPatch, NewEntry, NewNode};
use crate::{Edit, ProseName};

fn log() -> Vec<Vec<u8>> {
    let mut record = Record::with_client(7);
    let text = "one **two** [three](https://example.org)\n\n- four\n\n```\nfive\n```";
    let at = Some("2026-03-01T18:43:00Z".parse().unwrap());
    let entry = NewEntry { id: id(1), at, text: text.to_owned(), ..NewEntry::default() };
    let patch = EntryPatch { text: Some("one two three".to_owned()), ..EntryPatch::default() };
    let edits = [
        Edit::AddEntry(entry),
        Edit::PatchEntry(id(1), patch),
        Edit::AddNode(NewNode { id: id(2), text: "Why? 🦀".to_owned(), ..NewNode::default() }),
        Edit::SetProse(ProseName::Summary, text.to_owned()),
        Edit::Delete(Part::Timeline, id(1)),
    ];
    edits.iter().map(|edit| record.edit(edit).unwrap().unwrap()).collect()
}

/// Whatever comes, the record either takes it or says why not, and can still be read.
fn survives(update: &[u8]) {
    let checked = Record::check(update);
    let mut record = Record::with_client(8);
    for part in log().iter().take(3) {
        record.apply(part).unwrap();
    }
    match record.apply(update) {
        Ok(()) => assert!(checked.is_ok(), "what is applied was also checked"),
        Err(ApplyError::Refused(reason)) => assert_eq!(checked, Err(reason)),
        Err(ApplyError::Broken) => return,
    }
    record.project();
    record.encode_state();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        survives(&bytes);
        let _ = Record::new().encode_diff(&bytes);
    }

    #[test]
    fn spoilt_updates_do_no_harm(
        which in 0..5usize,
        spoils in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..6),
    ) {
        let mut update = log().remove(which);
        for (at, byte, how) in spoils {
            if update.is_empty() {
                break;
            }
            let at = at.index(update.len());
            match how {
                0 => update[at] = byte,
                1 => update.insert(at, byte),
                _ => drop(update.remove(at)),
            }
        }
        survives(&update);
    }
}

#[test]
fn a_record_is_loaded_from_its_log_in_any_form() {
    let updates = log();
    let whole = |updates: &[Vec<u8>]| {
        let tail = (1i64..).zip(updates.iter().map(Vec::as_slice));
        let (record, rejected) = Record::from_updates(None, tail);
        assert_eq!(rejected, []);
        record
    };
    let record = whole(&updates);
    let (old, new) = updates.split_at(2);
    let snapshot = whole(old).encode_state();
    let tail = (3i64..).zip(new.iter().map(Vec::as_slice));
    let (from_snapshot, rejected) = Record::from_updates(Some(&snapshot), tail);
    assert_eq!(rejected, []);
    assert_eq!(from_snapshot.project(), record.project());
    let merged = Record::merge(&updates.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
    assert_eq!(whole(&[merged]).project(), record.project());
    assert_eq!(from_snapshot.state_vector().len(), record.state_vector().len());
}

#[test]
fn a_bad_update_in_the_log_is_left_out_and_named() {
    let mut updates = log();
    updates.insert(2, vec![1, 2, 3]);
    let tail = (10i64..).zip(updates.iter().map(Vec::as_slice));
    let (record, rejected) = Record::from_updates(None, tail);
    assert_eq!(rejected.iter().map(|rejected| rejected.seq).collect::<Vec<_>>(), [Some(12)]);
    assert_eq!(record.project().analysis.len(), 1);
}

#[test]
fn what_is_too_large_is_refused() {
    let update = vec![0; MAX_UPDATE_BYTES + 1];
    assert!(matches!(Record::check(&update), Err(RefusedUpdate::TooLarge { .. })));
    let vector = vec![0; MAX_STATE_VECTOR_BYTES + 1];
    assert!(matches!(Record::new().encode_diff(&vector), Err(RefusedUpdate::TooLarge { .. })));
}

#[test]
fn false_counts_are_refused_before_memory_is_reserved() {
    let huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    assert!(Record::check(&huge).is_err());
    assert!(Record::new().encode_diff(&huge).is_err());
}

/// An update that nests maps in one another and then removes the outermost.
fn nested(depth: usize) -> Vec<Vec<u8>> {
    let mut record = Record::with_client(9);
    let mut updates = vec![
        record
            .write(|txn| {
                let mut map = txn.get_or_insert_map("timeline");
                for _ in 0..depth {
                    map = map.insert(txn, "x", MapPrelim::default());
                }
            })
            .unwrap()
            .unwrap(),
    ];
    let doc = record.doc.clone();
    std::thread::Builder::new()
        .stack_size(1 << 29)
        .spawn(move || {
            let mut txn = doc.transact_mut();
            txn.get_or_insert_map("timeline").remove(&mut txn, "x");
            updates.push(txn.encode_update_v1());
            drop(txn);
            updates
        })
        .unwrap()
        .join()
        .unwrap()
}

#[test]
fn deep_nesting_neither_ends_the_process_nor_stays() {
    let updates = nested(20_000);
    let mut record = Record::new();
    assert_eq!(record.apply(&updates[0]), Err(ApplyError::Broken));
    let together = Record::merge(&[&updates[0], &updates[1]]).unwrap();
    let mut record = Record::new();
    assert_eq!(record.apply(&together), Ok(()), "nothing of it is left");
}

#[test]
fn nesting_a_little_in_each_update_is_noticed_too() {
    let mut hostile = Record::with_client(9);
    let mut record = Record::new();
    let mut outcome = Ok(());
    for _ in 0..1000 {
        let update = hostile
            .write(|txn| {
                let mut map = txn.get_or_insert_map("analysis");
                while let Some(Out::YMap(inner)) = map.get(txn, "x") {
                    map = inner;
                }
                map.insert(txn, "x", MapPrelim::default());
            })
            .unwrap()
            .unwrap();
        outcome = record.apply(&update);
        if outcome.is_err() {
            break;
        }
    }
    assert_eq!(outcome, Err(ApplyError::Broken));
}

#[test]
fn many_shallow_types_are_no_nesting() {
    let mut record = Record::new();
    for n in 0..40u8 {
        let text = "a\n\n".repeat(20);
        record.edit(&Edit::AddEntry(NewEntry { id: id(n), text, ..NewEntry::default() })).unwrap();
    }
    let mut other = Record::new();
    other.apply(&record.encode_state()).unwrap();
    assert_eq!(other.project().timeline.len(), 40);
}

#[test]
fn a_valid_update_that_writes_nonsense_is_read_as_far_as_it_goes() {
    let mut record = Record::new();
    for update in log().iter().take(3) {
        record.apply(update).unwrap();
    }
    record
        .write(|txn| {
            let timeline = txn.get_or_insert_map("timeline");
            timeline.insert(txn, "a string", "nonsense");
            timeline.insert(txn, "x".repeat(1000), MapPrelim::default());
            let entry = timeline.insert(txn, id(3), MapPrelim::default());
            entry.insert(txn, "at", 12);
            entry.insert(txn, "order", f64::NAN);
            entry.insert(txn, "text", "no fragment");
            entry.insert(txn, "kind", "rumour");
            entry.insert(txn, "beside", id(3));
            entry.insert(txn, "evidence", ArrayPrelim::from(["javascript:alert(1)"]));
            let analysis = txn.get_or_insert_map("analysis");
            for (child, parent) in [(4, 6), (5, 4), (6, 5), (7, 8)] {
                let node = analysis.insert(txn, id(child), MapPrelim::default());
                node.insert(txn, "parent", id(parent));
                node.insert(txn, "text", TextPrelim::new("?"));
            }
            txn.get_or_insert_array("themes").push_back(txn, 1);
            txn.get_or_insert_text("prose").insert(txn, 0, "words in a map");
        })
        .unwrap();
    let projection = record.project();
    let parents: Vec<_> =
        projection.analysis.iter().map(|n| (n.id.clone(), n.parent.clone())).collect();
    for expected in [(id(4), None), (id(6), Some(id(5))), (id(5), Some(id(4))), (id(7), None)] {
        assert!(parents.contains(&expected), "{parents:?}");
    }
    let entry = projection.timeline.iter().find(|entry| entry.id == id(3)).unwrap();
    assert_eq!((entry.at, entry.order, entry.text.as_str()), (None, 0.0, ""));
    assert_eq!((&entry.beside, entry.evidence.len()), (&None, 0));
    let problems: Vec<_> = projection.warnings.iter().map(|w| w.problem.as_str()).collect();
    assert!(problems.contains(&"is no entry and was left out"), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("“order”")), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("read as a root")), "{problems:?}");
}

#[test]
fn the_meeting_remembers_how_far_back_it_looked() {
    let mut record = Record::new();
    assert_eq!(record.project().meeting.looked_back, None);
    let mut write = |looked_back: &str| {
        let write = |txn: &mut TransactionMut<'_>| {
            txn.get_or_insert_map("meeting").insert(txn, "lookedBack", looked_back);
        };
        record.write(write).unwrap();
        record.project()
    };
    let read = write("2026-02-22T18:00:00Z");
    assert_eq!(read.meeting.looked_back, Some("2026-02-22T18:00:00Z".parse().unwrap()));
    assert_eq!(read.warnings, []);
    let read = write("a week");
    assert_eq!((read.meeting.looked_back, read.warnings.len()), (None, 1));
    assert_eq!((read.warnings[0].part, &read.warnings[0].id[..]), (Part::Meeting, "lookedBack"));
}

#[test]
fn evidence_that_names_no_event_stays_a_link() {
    let mut record = Record::new();
    let event = "019cab7f-1234-8abc-9def-0123456789ab";
    record
        .write(|txn| {
            let timeline = txn.get_or_insert_map("timeline");
            let entry = timeline.insert(txn, id(1), MapPrelim::default());
            let link = |event: &str| {
                let link = [("url", "https://a.example"), ("event", event)];
                Any::from(HashMap::from(
                    link.map(|(key, value)| (key.to_owned(), Any::from(value))),
                ))
            };
            entry.insert(txn, "evidence", ArrayPrelim::from([link(event), link("an alert")]));
        })
        .unwrap();
    let read = record.project();
    let events: Vec<_> = read.timeline[0].evidence.iter().map(|link| link.event).collect();
    assert_eq!(events, [Some(event.parse().unwrap()), None]);
    assert_eq!(read.warnings.len(), 1);
}
