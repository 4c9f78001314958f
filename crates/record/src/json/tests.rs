use afterword_domain::action::ActionState;
use afterword_domain::analysis::{NodeKind, Signal, Tag};
use afterword_domain::ticket::TicketLink;
use afterword_domain::timeline::{EntryKind, Evidence, Moment};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::*;
use crate::edit::{ActionPatch, Field, NewAction, NewEntry, NewNode, NewTheme, NodePatch};
use crate::markdown::Imported;
use crate::rich::{render, tests::blocks};
use crate::{Edit, Part, ProseName, Record};

const ADA: &str = "01980000-0000-7000-8000-0000000000ad";

fn id(kind: u8, n: usize) -> String {
    format!("01980000-0000-7000-8000-{kind:02x}{n:010x}")
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_i64).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        Just(Moment::Unknown),
        instant().prop_map(Moment::Exact),
        instant().prop_map(Moment::Approximate),
        (instant(), instant()).prop_map(|(a, b)| Moment::Range(a.min(b), a.max(b))),
    ]
}

fn line() -> impl Strategy<Value = String> {
    "[a-zé\"<>&{}*_ ]{0,12}"
}

fn words() -> impl Strategy<Value = String> {
    "[a-zé\"<>&{}*_\n ]{0,20}"
}

fn markdown() -> impl Strategy<Value = String> {
    blocks().prop_map(|blocks| render(&crate::rich::parse(&render(&blocks))))
}

fn order() -> impl Strategy<Value = Option<f64>> {
    option::of((-64..64_i32).prop_map(|order| f64::from(order) / 8.0))
}

fn evidence() -> impl Strategy<Value = Vec<Evidence>> {
    let event = option::of(Just("019ca2b4-8d7b-8a0f-9a51-0d4f6f0a1b2c".parse().unwrap()));
    let link = ("https://[a-z./]{1,9}", option::of(line()), event);
    vec(link.prop_map(|(url, title, event)| Evidence { url, title, event }), 0..3)
}

fn entry() -> impl Strategy<Value = NewEntry> {
    use EntryKind::{Alert, Believed, Change, Did, Note, Observed, Said, Ticket};
    let kind = select(vec![Observed, Did, Said, Believed, Alert, Change, Ticket, Note]);
    let lane = select(vec!["engineering", "support", "other", "legal"]);
    let who = option::of(prop_oneof![line(), Just(ADA.to_owned())]);
    let what = (markdown(), kind, lane, who, evidence());
    let input = (any::<bool>(), option::of(line()));
    let flags = (any::<bool>(), input);
    (moment(), option::of(line()), option::of(words()), what, order(), flags).prop_map(
        |(moment, typed, question, (text, kind, lane, who, evidence), order, flags)| NewEntry {
            at: moment.at(),
            until: moment.until(),
            precision: Some(moment.precision()),
            typed,
            question,
            kind,
            lane: lane.parse().unwrap(),
            who,
            text,
            evidence,
            order,
            withheld: flags.0,
            proposed: flags.1.0,
            asked: flags.1.1,
            ..NewEntry::default()
        },
    )
}

fn node() -> impl Strategy<Value = NewNode> {
    use NodeKind::{Answer, Finding, Moment, Question};
    let kind = select(vec![Question, Answer, Finding, Moment]);
    let tag = option::of(select(vec![Tag::Probing, Tag::Sensing, Tag::Responding]));
    let signal = option::of(select(vec![Signal::Absent, Signal::Unseen, Signal::NotActionable]));
    let missing = (option::of(line()), option::of(line()), option::of(line()));
    (words(), kind, tag, signal, option::of(line()), missing, order(), any::<bool>()).prop_map(
        |(text, kind, tag, signal, system, (needed_by, needed, was_at), order, withheld)| NewNode {
            kind,
            text,
            tag,
            system,
            signal,
            needed_by,
            needed,
            was_at,
            order,
            withheld,
            ..NewNode::default()
        },
    )
}

fn theme() -> impl Strategy<Value = NewTheme> {
    (line(), words(), any::<bool>(), words(), order(), any::<bool>()).prop_map(
        |(title, text, candidate, reason, order, withheld)| NewTheme {
            title,
            text,
            candidate,
            reason,
            order,
            withheld,
            ..NewTheme::default()
        },
    )
}

fn action() -> impl Strategy<Value = NewAction> {
    let due = option::of((1..28_i8).prop_map(|day| Date::constant(2026, 3, day)));
    let owner = option::of(prop_oneof![line(), Just(ADA.to_owned())]);
    let state = select(ActionState::ALL.to_vec());
    let flags = (any::<bool>(), any::<bool>());
    (line(), words(), owner, due, state, words(), order(), flags).prop_map(
        |(title, done_when, owner, due, state, reason, order, (withheld, process))| NewAction {
            title,
            done_when,
            owner,
            due,
            state,
            reason,
            order,
            withheld,
            process,
            ..NewAction::default()
        },
    )
}

/// Edits that make a record full of everything, each item referring to some before it.
fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let entries = vec((entry(), option::of(any::<Index>())), 0..6);
    let nodes = vec((node(), option::of(any::<Index>()), vec(any::<Index>(), 0..3)), 0..6);
    let themes = vec((theme(), vec(any::<Index>(), 0..3)), 0..4);
    let actions = vec((action(), option::of(any::<Index>()), any::<bool>()), 0..4);
    (entries, nodes, themes, actions, vec(markdown(), 3), option::of(any::<Index>())).prop_map(
        |(entries, nodes, themes, actions, prose, deleted)| {
            let mut edits = Vec::new();
            let of = |kind: u8, count: usize, chosen: &[Index]| -> Vec<String> {
                let mut ids: Vec<String> = match count {
                    0 => Vec::new(),
                    count => chosen.iter().map(|index| id(kind, index.index(count))).collect(),
                };
                ids.sort();
                ids.dedup();
                ids
            };
            let counts = (entries.len(), nodes.len(), themes.len());
            for (n, (entry, beside)) in entries.into_iter().enumerate() {
                let beside = beside.filter(|_| n > 0).map(|index| id(1, index.index(n)));
                edits.push(Edit::AddEntry(NewEntry { id: id(1, n), beside, ..entry }));
            }
            for (n, (node, parent, about)) in nodes.into_iter().enumerate() {
                let parent = parent.filter(|_| n > 0).map(|index| id(2, index.index(n)));
                let entries = of(1, counts.0, &about);
                let also = of(2, n, &about);
                edits.push(Edit::AddNode(NewNode { id: id(2, n), parent, entries, ..node }));
                let also = Some(also);
                edits.push(Edit::PatchNode(id(2, n), NodePatch { also, ..NodePatch::default() }));
            }
            for (n, (theme, about)) in themes.into_iter().enumerate() {
                let nodes = of(2, counts.1, &about);
                edits.push(Edit::AddTheme(NewTheme { id: id(3, n), nodes, ..theme }));
            }
            for (n, (action, theme, has_ticket)) in actions.into_iter().enumerate() {
                let theme = theme.and_then(|index| of(3, counts.2, &[index]).pop());
                edits.push(Edit::AddAction(NewAction { id: id(4, n), theme, ..action }));
                if has_ticket {
                    let ticket =
                        TicketLink { url: "https://t.example/1".into(), name: "T-1".into() };
                    let ticket = Field::Set(ticket);
                    let patch = ActionPatch { ticket, ..ActionPatch::default() };
                    edits.push(Edit::PatchAction(id(4, n), patch));
                }
            }
            if let Some(deleted) = deleted.filter(|_| counts.0 > 0) {
                edits.push(Edit::Delete(Part::Timeline, id(1, deleted.index(counts.0))));
            }
            let prose = ProseName::ALL.into_iter().zip(prose);
            edits.extend(prose.map(|(name, text)| Edit::SetProse(name, text)));
            edits
        },
    )
}

fn meta() -> Meta {
    let at = |text: &str| text.parse().ok();
    Meta {
        title: "Disk \"full\"".to_owned(),
        incident: IncidentTimes {
            started_at: "2026-03-01T23:50:00Z".parse().unwrap(),
            detected_at: at("2026-03-01T23:51:00.5Z"),
            stabilised_at: None,
            resolved_at: at("2026-03-02T01:00:00Z"),
        },
        severity: Some("SEV 2".to_owned()),
        services: vec!["docs".to_owned(), "web, mobile".to_owned()],
        near_miss: true,
    }
}

fn projected(edits: &[Edit]) -> Projection {
    let mut record = Record::new();
    record.edit_many(edits).unwrap();
    record.project()
}

fn read(file: &str) -> Imported {
    let mut ids = 0u64..;
    let new_id = || format!("01990000-0000-7000-8000-{:012x}", ids.next().unwrap());
    import(file, |id| id == ADA, new_id).unwrap()
}

/// The record with its items numbered, for ids are new in each import; without what stays behind.
fn content(record: &Projection) -> Value {
    let items = record.timeline.iter().map(|it| &it.id);
    let items = items.chain(record.analysis.iter().map(|it| &it.id));
    let items = items.chain(record.themes.iter().map(|it| &it.id));
    let items = items.chain(record.actions.iter().map(|it| &it.id));
    let mut file = serde_json::to_string(record).unwrap();
    for (n, id) in items.enumerate() {
        file = file.replace(id.as_str(), &format!("#{n}"));
    }
    let mut value: Value = serde_json::from_str(&file).unwrap();
    value["deleted"] = json!([]);
    for node in value["analysis"].as_array_mut().unwrap() {
        let mut also: Vec<String> = serde_json::from_value(node["also"].clone()).unwrap();
        also.sort();
        node["also"] = json!(also);
    }
    for action in value["actions"].as_array_mut().unwrap() {
        action["ticket"] = Value::Null;
    }
    value
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn a_record_comes_back_from_its_export(edits in edits()) {
        let before = projected(&edits);
        prop_assume!(before.warnings.is_empty());
        let file = export(&meta(), &before, |_| None).unwrap();
        let imported = read(&file);
        let after = projected(&imported.edits);
        prop_assert_eq!(&imported.meta, &meta());
        prop_assert_eq!(content(&after), content(&before));
        let again = read(&export(&imported.meta, &after, |_| None).unwrap());
        prop_assert_eq!(content(&projected(&again.edits)), content(&before));
        let has_ticket = before.actions.iter().filter(|action| action.ticket.is_some()).count();
        let told = imported.report.skipped.iter().filter(|it| it.why.contains("ticket")).count();
        prop_assert_eq!(told, has_ticket);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".*") {
        let _ = import(&text, |_| true, String::new);
    }
}

#[test]
fn what_belongs_elsewhere_is_told() {
    let stranger = "01980000-0000-7000-8000-0000000000ee";
    let nobody = "01980000-0000-7000-8000-0000000000ff";
    let entry = |n, who: &str, text: &str| {
        Edit::AddEntry(NewEntry {
            id: id(1, n),
            who: Some(who.to_owned()),
            text: text.to_owned(),
            ..NewEntry::default()
        })
    };
    let picture = "![graph](/api/v1/postmortems/0198-aa/pictures/ab12)";
    let edits = [
        entry(0, ADA, picture),
        entry(1, stranger, "b"),
        entry(2, nobody, "c"),
        entry(3, "the on-call", "d"),
        entry(4, ADA, "taken back"),
        Edit::Delete(Part::Timeline, id(1, 4)),
    ];
    let names = |id: &str| (id == stranger).then(|| "Grace".to_owned());
    let file = export(&meta(), &projected(&edits), names).unwrap();
    let imported = read(&file);
    let timeline = projected(&imported.edits).timeline;
    let who: Vec<_> = timeline.iter().map(|entry| entry.who.as_deref()).collect();
    assert_eq!(who, [Some(ADA), Some("Grace"), None, Some("the on-call")]);
    let told: Vec<_> = imported.report.skipped.iter().map(|it| it.text.as_str()).collect();
    let stored = "/api/v1/postmortems/0198-aa/pictures/ab12";
    assert_eq!(told, [stored, "Grace", nobody, "taken back"]);
    let lines: Vec<&str> = file.lines().collect();
    let at = |n: usize| lines[imported.report.skipped[n].line - 1];
    assert!(at(1).contains(&id(1, 1)) && at(2).contains(&id(1, 2)), "{:?}", imported.report);
}

#[test]
fn what_is_no_export_is_refused_in_words() {
    let no = |text: &str| import(text, |_| true, String::new).unwrap_err();
    for text in ["", "{}", "[]", "{\"title\": \"x\"}", "# Markdown"] {
        assert!(matches!(no(text), NotAnExport::Unreadable(_)), "{text}");
    }
    let file = export(&meta(), &Projection::default(), |_| None).unwrap();
    assert_eq!(read(&file).meta, meta());
    let newer = file.replace("\"afterword\": 1", "\"afterword\": 2");
    assert_eq!(no(&newer), NotAnExport::Newer);
}
