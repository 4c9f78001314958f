use afterword_domain::action::ActionState;
use afterword_domain::analysis::{NodeKind, Signal, Tag};
use afterword_domain::timeline::{EntryKind, Evidence, Precision};
use jiff::Timestamp;

use super::*;
use crate::edit::{NewAction, NewEntry, NewNode, NewTheme, NodePatch};
use crate::projection::Projection;
use crate::{ProseName, Record};

const CRATES_IO: &str = include_str!("../../tests/fixtures/crates-io-postmortem.md");
const DOCS_RS: &str = include_str!("../../tests/fixtures/docsrs-outage-postmortem.md");

fn read(file: &str) -> Imported {
    let now = "2026-03-01T12:00:00Z".parse().unwrap();
    let source = Source { file_name: "some/outage-of_march.md", zone: None, date: None, now };
    let mut ids = 0u64..;
    import(file, &source, || format!("01980000-0000-7000-8000-{:012x}", ids.next().unwrap()))
        .unwrap()
}

fn projected(imported: &Imported) -> Projection {
    let mut record = Record::new();
    record.edit_many(&imported.edits).unwrap();
    let projection = record.project();
    assert_eq!(projection.warnings, []);
    projection
}

fn exported(imported: &Imported) -> String {
    export(&imported.meta, &projected(imported), |_| None)
}

fn times(projection: &Projection) -> Vec<String> {
    projection.timeline.iter().map(|entry| entry.at.unwrap().to_string()).collect()
}

/// The content alone: ids are new in each import, and order says only what comes first.
fn content(imported: &Imported) -> (Meta, serde_json::Value) {
    let projection = projected(imported);
    let mut json = serde_json::to_string(&projection).unwrap();
    let ids = projection
        .timeline
        .iter()
        .map(|e| &e.id)
        .chain(projection.analysis.iter().map(|n| &n.id))
        .chain(projection.themes.iter().map(|t| &t.id))
        .chain(projection.actions.iter().map(|a| &a.id));
    for (n, id) in ids.enumerate() {
        json = json.replace(id.as_str(), &format!("#{n}"));
    }
    let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
    for part in ["timeline", "analysis", "themes", "actions"] {
        for item in value[part].as_array_mut().unwrap() {
            item["order"] = 0.into();
        }
    }
    (imported.meta.clone(), value)
}

fn assert_comes_back(imported: &Imported) {
    let file = exported(imported);
    let again = read(&file);
    assert_eq!(again.report.skipped, [], "{file}");
    let ((meta, before), (meta_again, after)) = (content(imported), content(&again));
    assert_eq!(meta, meta_again);
    for part in ["timeline", "analysis", "themes", "actions", "prose"] {
        assert_eq!(after[part], before[part], "{file}");
    }
    assert_eq!(exported(&again), file);
}

#[test]
fn the_crates_io_post_mortem_is_read() {
    let imported = read(CRATES_IO);
    let projection = projected(&imported);
    assert_eq!(imported.meta.title, "crates.io Postmortem: Broken Crate Downloads");
    assert_eq!(
        times(&projection),
        [
            "2023-07-19T12:32:00Z",
            "2023-07-19T17:41:00Z",
            "2023-07-20T10:00:00Z",
            "2023-07-20T10:13:00Z",
            "2023-07-20T12:08:00Z",
            "2023-07-20T12:16:00Z",
            "2023-07-20T12:17:00Z",
            "2023-07-20T12:18:00Z",
            "2023-07-20T12:24:00Z",
            "2023-07-20T12:25:00Z",
            "2023-07-20T12:28:00Z",
            "2023-07-20T12:30:00Z",
            "2023-07-20T13:38:00Z",
            "2023-07-20T13:49:00Z",
            "2023-07-20T14:08:00Z",
            "2023-07-20T14:10:00Z",
        ]
    );
    let promoted = &projection.timeline[6];
    assert_eq!(promoted.text, "The staging deployment was promoted to the production environment");
    assert_eq!(
        (promoted.typed.as_deref(), promoted.precision),
        (Some("12:17 UTC"), Precision::Exact)
    );
    assert!(projection.prose.summary.starts_with("On 2023-07-20 between 12:17 and 12:30 UTC"));
    assert!(projection.prose.background.starts_with("(based on https://www.atlassian.com"));
    assert!(projection.prose.background.contains("## Leadup"));
    let analysis: Vec<_> = projection.analysis.iter().map(|node| node.text.as_str()).collect();
    assert_eq!(projection.analysis.len(), 31, "{analysis:#?}");
    assert_eq!(analysis[1], "Why were the redirect URLs broken?");
    assert!(analysis.iter().any(|text| text.contains("good enough for now")));
    assert!(projection.prose.learned.contains("We need clearer rules"));
    assert_eq!(projection.actions.len(), 3);
    assert_eq!(
        projection.actions[0].title,
        "HIGH Include crate downloads in the smoke test plan for the staging environment"
    );
    let lost: Vec<_> = imported.report.skipped.iter().map(|skipped| skipped.line).collect();
    assert_eq!(lost, [2, 5, 7, 8, 9], "only front matter: {:?}", imported.report.skipped);
    assert!(projection.prose.background.ends_with("- authors: Tobias Bieniek"));
}

#[test]
fn the_docs_rs_post_mortem_is_read() {
    let imported = read(DOCS_RS);
    let projection = projected(&imported);
    assert_eq!(
        times(&projection),
        [
            "2019-10-20T00:55:00Z",
            "2019-10-21T01:38:00Z",
            "2019-10-21T01:39:00Z",
            "2019-10-21T01:39:00Z",
            "2019-10-21T01:52:00Z",
            "2019-10-21T01:56:00Z",
            "2019-10-21T01:57:00Z",
            "2019-10-21T02:00:00Z",
            "2019-10-21T02:03:00Z",
            "2019-10-21T02:06:00Z",
            "2019-10-21T02:06:00Z",
            "2019-10-21T08:19:00Z",
            "2019-10-21T19:27:00Z",
        ]
    );
    let paged = &projection.timeline[1].text;
    assert!(paged.contains("](https://github.com/ashleygwilliams)"), "{paged}");
    assert!(projection.prose.summary.starts_with("At 2019-10-21 01:38 UTC the docs.rs website"));
    assert!(projection.prose.background.contains("## Resolution"));
    let [finding] = projection.analysis.as_slice() else { panic!("{:?}", projection.analysis) };
    assert!(finding.text.starts_with("docs.rs needs to store the built documentation"));
    assert!(!projection.prose.background.contains("cause of the outage"));
    assert_eq!(projection.actions.len(), 4);
    let incident = imported.meta.incident;
    assert_eq!(incident.started_at.to_string(), "2019-10-20T00:55:00Z");
    assert_eq!(incident.resolved_at.unwrap().to_string(), "2019-10-21T19:27:00Z");
}

#[test]
fn what_was_imported_comes_back_from_its_export() {
    assert_comes_back(&read(CRATES_IO));
    assert_comes_back(&read(DOCS_RS));
}

fn id(n: u8) -> String {
    format!("01980000-0000-7000-8000-0000000000{n:02x}")
}

fn at(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

fn full_analysis() -> Vec<NewNode> {
    let node = |n: u8, parent: Option<u8>, kind| NewNode {
        id: id(n),
        parent: parent.map(id),
        kind,
        text: format!("words\n*of* {n}. ones"),
        ..NewNode::default()
    };
    vec![
        NewNode { entries: vec![id(1), id(3)], ..node(10, None, NodeKind::Question) },
        node(11, Some(10), NodeKind::Answer),
        NewNode {
            tag: Some(Tag::Sensing),
            system: Some("alerting".to_owned()),
            withheld: true,
            ..node(12, Some(11), NodeKind::Finding)
        },
        node(13, Some(10), NodeKind::Answer),
        NewNode { text: String::new(), entries: vec![id(2)], ..node(14, None, NodeKind::Moment) },
        NewNode {
            tag: Some(Tag::Sensing),
            signal: Some(Signal::NotActionable),
            needed_by: Some("support, at night".to_owned()),
            needed: Some("who: is on call".to_owned()),
            was_at: Some("a private calendar".to_owned()),
            ..node(15, Some(14), NodeKind::Finding)
        },
    ]
}

/// Links with and without events.
fn links() -> Vec<Evidence> {
    vec![
        Evidence { url: "https://chat.example/p_1".to_owned(), title: None, event: None },
        Evidence {
            url: "https://ci.example/(2)".to_owned(),
            title: Some("run · 2".into()),
            event: "019ca2b4-8d7b-8a0f-9a51-0d4f6f0a1b2c".parse().ok(),
        },
        Evidence {
            url: "https://afterword.example/events/1".to_owned(),
            title: None,
            event: "019ca2b4-8d7b-8a0f-9a51-0d4f6f0a1b2d".parse().ok(),
        },
        Evidence {
            url: "https://chat.example/p_2".to_owned(),
            title: Some("later".to_owned()),
            event: None,
        },
    ]
}

/// A record with everything in it.
fn full() -> Imported {
    let entry = |n: u8, at, text: &str| NewEntry {
        id: id(n),
        at,
        typed: Some("as typed".to_owned()),
        text: text.to_owned(),
        ..NewEntry::default()
    };
    let start = at("2026-03-01T23:50:00Z");
    let entries = [
        NewEntry {
            until: at("2026-03-02T00:10:00Z"),
            kind: EntryKind::Said,
            lane: "support".parse().unwrap(),
            who: Some("Ada, on call".to_owned()),
            ..entry(1, start, "_It_ is **down** – I think\n\n- one\n  - two\n\n```sh\nls\n```")
        },
        NewEntry { beside: Some(id(1)), withheld: true, evidence: links(), ..entry(2, start, "") },
        NewEntry {
            precision: Some(Precision::Approximate),
            ..entry(3, at("2026-03-02T00:15:30Z"), "> quoted\n\n<span data-withheld>Ben</span>")
        },
        NewEntry {
            question: Some("PST is UTC-8, but UTC-7 was written.\nWhich is it?".to_owned()),
            ..entry(4, None, "![graph](https://example.org/g.png)")
        },
        NewEntry {
            proposed: true,
            asked: Some("Who wrote first, and what did they say?".to_owned()),
            ..entry(5, None, "a shop in Porto")
        },
    ];
    let theme = NewTheme {
        id: id(20),
        title: "The map was old".to_owned(),
        text: "Twice.\n\nThen again.".to_owned(),
        nodes: vec![id(12), id(14)],
        reason: "the fourth, and the cheapest".to_owned(),
        ..NewTheme::default()
    };
    let also = NodePatch { also: Some(vec![id(14)]), ..NodePatch::default() };
    let action = NewAction {
        id: id(30),
        title: "Alert on disk space: below 10%".to_owned(),
        done_when: "the alert fires in a drill".to_owned(),
        owner: Some("platform".to_owned()),
        due: Some("2026-04-01".parse().unwrap()),
        state: ActionState::Declined,
        reason: "replaced: by quotas".to_owned(),
        theme: Some(id(20)),
        ..NewAction::default()
    };
    let prose = "# Level one\n\nwords\n\n## Timeline\n\n- not a row\n\n#### four\n\n| a | b |\n|---|---|\n| 1 | 2 |";
    let edits = entries
        .into_iter()
        .map(Edit::AddEntry)
        .chain(full_analysis().into_iter().map(Edit::AddNode))
        .chain([Edit::PatchNode(id(11), also), Edit::AddTheme(theme), Edit::AddAction(action)])
        .chain(ProseName::ALL.map(|name| Edit::SetProse(name, prose.to_owned())))
        .collect();
    let incident = IncidentTimes {
        started_at: "2026-03-01T23:50:00Z".parse().unwrap(),
        detected_at: at("2026-03-01T23:51:00.5Z"),
        stabilised_at: None,
        resolved_at: at("2026-03-02T01:00:00Z"),
    };
    let meta = Meta {
        title: "Disk \"full\" #1: *again*".to_owned(),
        incident,
        severity: Some("SEV 2".to_owned()),
        services: vec!["docs".to_owned(), "web, mobile".to_owned()],
        near_miss: true,
    };
    Imported { meta, edits, report: Report::default() }
}

#[test]
fn everything_in_a_record_comes_back_from_its_export() {
    assert_comes_back(&full());
}

#[test]
fn an_export_is_written_for_people() {
    let file = export(&full().meta, &projected(&full()), |_| None);
    for line in [
        "# Disk \"full\" #1: \\*again\\*",
        "### 2026-03-01",
        "### Time not known",
        "- **Question** _rows: 1, 3_ – words\\",
        "  - **Answer** _also below: 5_ – words",
        "- **Turning point** _rows: 2_\n",
        "signal: not_actionable · needed by: support, at night · needed: who: is on call",
        "- **Alert on disk space: below 10%** _declined · owner: platform · due: 2026-04-01 · \
         theme: 1 · reason: replaced: by quotas_ – the alert fires in a drill",
    ] {
        assert!(file.contains(line), "{line}\n\nis not in\n\n{file}");
    }
}

#[test]
fn tables_tasks_and_yaml_are_read() {
    let file = "---\ntitle: Queue stuck\nseverity: SEV1\nservices: mail, web\ndate: 2026-02-03\n\
        reviewer: somebody\n---\n\n# Ignored\n\nIntro with a [link].\n\n## Timeline (UTC)\n\n\
        | Time | What |\n|---|---|\n| 2026-02-03 10:00 | queue [grows][link] |\n\
        | 2026-02-03 10:30 | queue drained |\n\n## Action items\n\n\
        | Improvement | Owner | Due | Details |\n|---|---|---|---|\n\
        | Alert on depth | Ada | 2026-03-01 | [ticket](https://t.example/1) |\n\n\
        - [x] Drain it\n\nWe will see.\n\n[link]: https://example.org/queue\n";
    let imported = read(file);
    assert_eq!(imported.meta.title, "Queue stuck");
    assert_eq!(imported.meta.severity.as_deref(), Some("SEV1"));
    assert_eq!(imported.meta.services, ["mail", "web"]);
    let projection = projected(&imported);
    assert_eq!(times(&projection), ["2026-02-03T10:00:00Z", "2026-02-03T10:30:00Z"]);
    assert_eq!(projection.timeline[0].text, "queue [grows](https://example.org/queue)");
    let [alert, drain] = projection.actions.as_slice() else { panic!("{:?}", projection.actions) };
    assert_eq!((alert.title.as_str(), alert.owner.as_deref()), ("Alert on depth", Some("Ada")));
    assert_eq!(alert.due.unwrap().to_string(), "2026-03-01");
    assert_eq!(alert.done_when, "Details: ticket (https://t.example/1)");
    assert_eq!((drain.title.as_str(), drain.state), ("Drain it", ActionState::Done));
    assert!(projection.prose.background.contains("We will see."));
    assert_eq!(imported.report.skipped, []);
    assert!(projection.prose.background.contains("- reviewer: somebody"));
}

#[test]
fn what_is_no_post_mortem_is_refused() {
    let now = Timestamp::UNIX_EPOCH;
    let source = Source { file_name: "x.md", zone: None, date: None, now };
    for file in ["", "# Shopping\n\n- milk\n", "\u{0}\u{1}binary", "+++\ntitle = 1\n+++\n"] {
        assert_eq!(import(file, &source, String::new), Err(NotAPostmortem), "{file:?}");
    }
}

#[test]
fn a_file_without_a_title_is_called_by_its_name() {
    let imported = read("## Summary\n\nIt broke.\n");
    assert_eq!(imported.meta.title, "outage of march");
    assert_eq!(projected(&imported).prose.summary, "It broke.");
}

proptest::proptest! {
    #[test]
    fn any_file_is_read_or_refused(above in ".*", rows in "([-*|#~0-9:a-zé \\[\\](){}]|\n){0,80}") {
        let now = Timestamp::UNIX_EPOCH;
        let source = Source { file_name: "x.md", zone: None, date: None, now };
        let mut ids = 0u64..;
        let new_id = || format!("01980000-0000-7000-8000-{:012x}", ids.next().unwrap());
        let file = format!("{above}\n\n## Timeline\n\n- 12:00 x\n{rows}");
        if let Ok(imported) = import(&file, &source, new_id) {
            assert_comes_back(&imported);
        }
    }
}
