use std::time::{Duration, Instant};

use super::*;
use crate::edit::tests::id;
use crate::edit::{EntryPatch, NewEntry, NewNode};
use crate::{Edit, Part, ProseName};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_772_390_000 + second).unwrap()
}

/// Two people write; the edits with the second at which each was stored, and by whom.
fn log() -> Vec<LoggedUpdate> {
    let words = |text: &str| EntryPatch { text: Some(text.to_owned()), ..EntryPatch::default() };
    let edits = [
        (
            0,
            "ada",
            Edit::AddEntry(NewEntry { id: id(1), text: "the pager".into(), ..Default::default() }),
        ),
        (10, "ben", Edit::PatchEntry(id(1), words("the pager rang"))),
        (20, "ada", Edit::PatchEntry(id(1), words("the pager rang twice"))),
        (
            30,
            "ada",
            Edit::AddNode(NewNode { id: id(2), text: "Why?".into(), ..Default::default() }),
        ),
        (90, "ada", Edit::SetProse(ProseName::Summary, "It was dark.".into())),
        (100, "ben", Edit::Delete(Part::Timeline, id(1))),
        (110, "ben", Edit::Restore(Part::Timeline, id(1))),
    ];
    let mut record = Record::new();
    let begin = (0, "ada", record.begin().unwrap().unwrap());
    let mut payloads = vec![begin];
    for (second, person, edit) in edits {
        payloads.push((second, person, record.edit(&edit).unwrap().unwrap()));
    }
    (1..)
        .zip(payloads)
        .map(|(seq, (second, person, payload))| LoggedUpdate {
            seq,
            at: at(second),
            person: Some(person.to_owned()),
            payload,
        })
        .collect()
}

fn text_as_of(seq: i64) -> Option<String> {
    let (record, rejected) = as_of(&log(), seq);
    assert_eq!(rejected, []);
    record.project().timeline.pop().map(|entry| entry.text)
}

#[test]
fn the_record_as_it_was() {
    assert_eq!(text_as_of(1), None);
    assert_eq!(text_as_of(2).as_deref(), Some("the pager"));
    assert_eq!(text_as_of(3).as_deref(), Some("the pager rang"));
    assert_eq!(text_as_of(7), None, "deleted");
    assert_eq!(text_as_of(8).as_deref(), Some("the pager rang twice"));
}

#[test]
fn everybody_who_wrote_a_value_is_known() {
    let authors = authors(&log());
    let of = |part: Part, field: &str| {
        let found = authors.iter().find(|a| a.part == part && a.field == field);
        found.map(|a| a.by.iter().map(|by| by.person.clone().unwrap()).collect::<Vec<_>>())
    };
    assert_eq!(of(Part::Timeline, "text"), Some(vec!["ada".into(), "ben".into()]));
    assert_eq!(of(Part::Timeline, "kind"), Some(vec!["ada".into()]));
    assert_eq!(of(Part::Timeline, "deleted"), Some(vec!["ben".into()]));
    assert_eq!(of(Part::Analysis, "text"), Some(vec!["ada".into()]));
    let prose: Vec<_> = authors.iter().filter(|a| a.part == Part::Prose).collect();
    assert_eq!(prose.len(), 1, "what is empty has no author");
    assert_eq!((prose[0].id.as_str(), prose[0].by[0].first_at), ("summary", at(90)));
    let text = authors.iter().find(|a| a.part == Part::Timeline && a.field == "text").unwrap();
    assert_eq!((text.by[0].first_at, text.by[0].last_at), (at(0), at(20)));
}

#[test]
fn edits_of_one_person_in_one_minute_are_one_version() {
    let versions = versions(&log());
    let seen: Vec<_> =
        versions.iter().map(|v| (v.version, v.by.as_deref().unwrap(), v.changes.clone())).collect();
    assert_eq!(
        seen,
        [
            (8, "ben", vec![Part::Timeline]),
            (6, "ada", vec![Part::Prose]),
            (5, "ada", vec![Part::Timeline, Part::Analysis]),
            (3, "ben", vec![Part::Timeline]),
        ]
    );
}

#[test]
fn an_update_that_cannot_be_read_is_nobodys() {
    let mut spoilt = log();
    spoilt.insert(3, LoggedUpdate { seq: 100, at: at(15), person: None, payload: vec![9, 9] });
    assert_eq!(authors(&spoilt), authors(&log()));
}

#[test]
fn what_changed_between_two_moments() {
    let state = |seq| as_of(&log(), seq).0.project();
    let kinds = |from, to| {
        changes(&state(from), &state(to))
            .into_iter()
            .map(|change| (change.part, change.change, change.field))
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(1, 2), [(Part::Timeline, ChangeKind::Added, None)]);
    let text = Some("text".to_owned());
    assert_eq!(kinds(2, 3), [(Part::Timeline, ChangeKind::Changed, text.clone())]);
    assert_eq!(kinds(6, 7), [(Part::Timeline, ChangeKind::Deleted, None)]);
    assert_eq!(kinds(7, 8), [(Part::Timeline, ChangeKind::Restored, None)]);
    assert_eq!(kinds(5, 6), [(Part::Prose, ChangeKind::Changed, text)]);
    assert_eq!(kinds(8, 8), []);
    let words = changes(&state(2), &state(3)).remove(0);
    assert_eq!(words.before, Some("the pager".into()));
    assert_eq!(words.after, Some("the pager rang".into()));
}

/// Many people, a hundred thousand updates: looking back must stay quick.
#[test]
fn a_long_history_is_replayed_quickly() {
    let mut record = Record::new();
    let mut log = Vec::new();
    let mut keep = |update: Option<Vec<u8>>| {
        let seq = i64::try_from(log.len()).unwrap() + 1;
        let person = Some(format!("person {}", seq % 16));
        log.push(LoggedUpdate { seq, at: at(seq), person, payload: update.unwrap() });
    };
    for n in 0..200u8 {
        let entry = NewEntry { id: id(n), text: "x".into(), ..NewEntry::default() };
        keep(record.edit(&Edit::AddEntry(entry)).unwrap());
    }
    typed(&mut record, 100_000, &mut keep);
    let started = Instant::now();
    assert_eq!(as_of(&log, i64::MAX).0.project().timeline.len(), 200);
    assert!(!authors(&log).is_empty());
    let taken = started.elapsed();
    // About two seconds on two cores; a bound that only something quadratic exceeds.
    assert!(taken < Duration::from_secs(30), "two replays took {taken:?}");
}

/// Types into the entries, one letter an update, as an editor does.
fn typed(record: &mut Record, letters: u32, keep: &mut impl FnMut(Option<Vec<u8>>)) {
    use yrs::{Map, Out, Text, Transact, XmlFragment, XmlOut};

    let texts: Vec<yrs::XmlTextRef> = {
        let txn = record.doc.transact();
        let item = |n| crate::values::item(&txn, Part::Timeline, &id(n)).unwrap();
        (0..200u8)
            .map(|n| match item(n).get(&txn, "text") {
                Some(Out::YXmlFragment(fragment)) => match fragment.get(&txn, 0) {
                    Some(XmlOut::Element(p)) => p.get(&txn, 0).unwrap().into_xml_text().unwrap(),
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            })
            .collect()
    };
    for letter in 0..letters {
        let text = texts[letter as usize / 7 % texts.len()].clone();
        keep(record.write(|txn| text.push(txn, "e")).unwrap());
    }
}
