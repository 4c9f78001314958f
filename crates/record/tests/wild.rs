//! Post-mortems as teams write them, and what is read of them.

use std::collections::BTreeSet;

use afterword_record::markdown::{self, Imported, Source};
use afterword_record::report::Settle;
use afterword_record::rich::{Block, VERBATIM, parse};
use afterword_record::{Projection, Record};
use jiff::Timestamp;
use proptest::prelude::*;

fn source(file_name: &str) -> Source<'_> {
    let now = "2024-09-01T12:00:00Z".parse().expect("an instant");
    Source { file_name, zone: None, date: None, now }
}

fn import(file: &str, source: &Source<'_>) -> Imported {
    let mut ids = 0u64..;
    let new_id = || format!("01980000-0000-7000-8000-{:012x}", ids.next().unwrap_or_default());
    markdown::import(file, source, new_id).expect("a post-mortem")
}

fn read(file: &str) -> (Imported, Projection) {
    let imported = import(file, &source("incident.md"));
    let projection = projected(&imported);
    (imported, projection)
}

fn projected(imported: &Imported) -> Projection {
    let mut record = Record::new();
    record.edit_many(&imported.edits).expect("edits that fit");
    let projection = record.project();
    assert_eq!(projection.warnings, []);
    projection
}

/// Each row as its time and its words.
fn rows(projection: &Projection) -> Vec<String> {
    let time = |at: Option<Timestamp>| at.map_or("?".to_owned(), |at| at.to_string());
    let row = |entry: &afterword_domain::timeline::Entry| {
        let until = entry.until.map(|until| format!("..{until}")).unwrap_or_default();
        let about = if entry.precision == afterword_domain::timeline::Precision::Approximate {
            "~"
        } else {
            ""
        };
        let asked = if entry.question.is_some() { " ?!" } else { "" };
        format!("{about}{}{until}{asked} {}", time(entry.at), entry.text)
    };
    projection.timeline.iter().map(row).collect()
}

fn nodes(projection: &Projection) -> Vec<&str> {
    projection.analysis.iter().map(|node| node.text.as_str()).collect()
}

fn asked(imported: &Imported) -> Vec<(usize, usize, &str, Settle)> {
    let asked = imported.report.asked.iter();
    asked.map(|it| (it.line, it.lines, it.read_as.as_str(), it.settle)).collect()
}

fn skipped(imported: &Imported) -> Vec<(usize, &str)> {
    imported.report.skipped.iter().map(|it| (it.line, it.text.as_str())).collect()
}

#[test]
fn facts_and_parts_behind_their_names_are_read() {
    let (imported, projection) = read(include_str!("fixtures/wild/key-lines.md"));
    assert_eq!(imported.meta.title, "Search was down for an hour (incident #465)");
    assert_eq!(
        rows(&projection),
        [
            "2023-10-21T14:51:00Z News reports that a new poem was found",
            "2023-10-21T14:53:00Z Traffic increases by 88x",
            "2023-10-21T14:54:00Z **OUTAGE BEGINS** — Search backends start melting down",
            "2023-10-21T15:01:00Z **INCIDENT BEGINS** docbrown declares an incident",
            "2023-10-21T15:36:00Z Traffic is moved\n- Everything begins to recover",
            "2023-10-21T16:00:00Z **INCIDENT ENDS**, reached exit criterion",
        ]
    );
    assert_eq!(
        nodes(&projection),
        [
            "Cascading failure from a missing resource limit, while load was exceptional.",
            "A latent bug that a sudden rise in traffic woke.",
        ]
    );
    assert_eq!(
        projection.prose.summary,
        "Search was down for 66 minutes while a new poem was in the news."
    );
    let background = &projection.prose.background;
    for words in ["Impact:", "Resolution:", "Supporting information", "the search team", "Complete"]
    {
        assert!(background.contains(words), "{words}: {background}");
    }
    assert!(
        projection.prose.learned.contains("Where we got lucky"),
        "{}",
        projection.prose.learned
    );
    let [playbook, capacitor] = projection.actions.as_slice() else { panic!() };
    assert_eq!(playbook.owner.as_deref(), Some("Jennifer"));
    assert!(
        capacitor.done_when.contains("https://bugs.example/5554823"),
        "{}",
        capacitor.done_when
    );
    assert_eq!((asked(&imported), skipped(&imported)), (vec![], vec![]));
}

#[test]
fn a_table_with_its_zone_in_the_header_goes_past_midnight() {
    let (imported, projection) = read(include_str!("fixtures/wild/pacific-table.md"));
    assert_eq!(
        rows(&projection),
        [
            "2023-03-02T06:58:00Z Deployed the new cache",
            "2023-03-02T07:40:00Z The alert `cart_empty` fired",
            "2023-03-02T07:52:00Z..2023-03-02T08:10:00Z Looked at the wrong dashboard",
            "2023-03-02T08:15:00Z Rolled back",
            "~2023-03-02T08:30:00Z Carts were back",
            "? ?! Wrote to support",
        ]
    );
    let unknown = projection.timeline.last().unwrap();
    assert_eq!(
        unknown.question.as_deref(),
        Some(
            "No time was written. It stood between 2023-03-02 08:15Z and about 2023-03-02 08:30Z."
        )
    );
    assert_eq!(projection.timeline[0].who.as_deref(), Some("Ada"));
    assert_eq!(imported.meta.severity.as_deref(), Some("SEV-1"));
    assert_eq!(imported.meta.services, ["checkout", "payments"]);
    assert_eq!(
        nodes(&projection),
        [
            "The cache key had no tenant in it.",
            "The canary has no signed-in users.",
            "Why? It was made before accounts existed.",
        ]
    );
    let [key, canary, alert] = projection.actions.as_slice() else { panic!() };
    assert_eq!(
        (key.title.as_str(), key.owner.as_deref()),
        ("Put the tenant into the key", Some("Ada"))
    );
    assert_eq!(key.due.unwrap().to_string(), "2023-03-03");
    assert_eq!(key.state, afterword_domain::action::ActionState::Done);
    assert_eq!(
        (canary.title.as_str(), canary.owner.as_deref()),
        ("Give the canary an account", Some("Grace"))
    );
    assert_eq!(canary.due.unwrap().to_string(), "2023-03-15");
    assert_eq!(alert.title, "Alert on empty carts SHOP-12 (https://tickets.example/SHOP-12)");
    assert_eq!(
        asked(&imported),
        [
            (23, 1, "the next day, 2023-03-02", Settle::Record),
            (
                24,
                1,
                "unknown, between 2023-03-02 08:15Z and about 2023-03-02 08:30Z",
                Settle::Record
            ),
        ]
    );
    assert_eq!(skipped(&imported), [(11, "layout: post")]);
    let background = &projection.prose.background;
    for words in ["authors: Ada, Grace", "tags: cache, deploy", "status: final"] {
        assert!(background.contains(words), "{words}: {background}");
    }
}

#[test]
fn headings_are_days_and_times() {
    let (imported, projection) = read(include_str!("fixtures/wild/days-and-times.md"));
    assert_eq!(
        rows(&projection),
        [
            "2024-07-04T20:10:00Z The disk of the runner fills\n\nNo alert was set up for it.",
            "2024-07-04T21:55:00Z Builds stop",
            "2024-07-04T22:20:00Z..2024-07-04T23:05:00Z Somebody frees space",
            "~2024-07-05T07:00:00Z The queue is empty again",
        ]
    );
    assert_eq!(nodes(&projection), ["Logs were kept for ever."]);
    assert_eq!(projection.prose.learned, "We look at disks now.");
    assert_eq!(asked(&imported), []);
    assert_eq!(skipped(&imported), [(3, "[extra]"), (4, "team = \"infra\"")]);
}

#[test]
fn times_are_written_in_many_forms() {
    let (imported, projection) = read(include_str!("fixtures/wild/many-forms.md"));
    assert_eq!(
        rows(&projection),
        [
            "~2023-03-01T12:00:00Z the first complaint",
            "2023-03-01T12:05:00Z Ada looks",
            "2023-03-01T12:09:00Z the queue is found full",
            "2023-03-01T12:10:00Z **workers restarted**",
            "2023-03-01T12:14:00Z they stop again",
            "2023-03-01T12:15:00Z..2023-03-01T12:40:00Z the team reads logs",
            "~2023-03-01T12:15:00Z a disk is found full",
            "2023-03-01T13:02:00Z disk cleaned",
            "2023-03-01T13:30:00Z mail flows",
            "~2023-03-01T14:05:00Z the backlog is gone",
            "? ?! somebody orders pizza",
        ]
    );
    assert!(projection.prose.background.contains("We use two chat rooms."));
    assert!(projection.prose.learned.contains("What could have gone better"));
    assert_eq!(asked(&imported).len(), 1, "{:?}", imported.report.asked);
}

#[test]
fn what_can_be_read_in_several_ways_is_taken_and_asked() {
    let file = include_str!("fixtures/wild/ambiguous.md");
    let (imported, projection) = read(file);
    let times = |projection: &Projection| -> Vec<_> {
        projection.timeline.iter().map(|entry| entry.at.unwrap().to_string()).collect()
    };
    assert!(projection.timeline.iter().all(|entry| entry.question.is_some()));
    assert!(
        projection.timeline.iter().any(|entry| {
            let question = entry.question.as_deref().unwrap();
            question.contains("CST is UTC-6 in Chicago or UTC+8 in China.")
                && question.contains("It was imported as 2023-03-05 00:50Z.")
        }),
        "{:?}",
        projection.timeline
    );
    assert_eq!(imported.report.asked.len(), 2, "{:#?}", imported.report.asked);
    assert!(
        imported.report.asked.iter().all(|asked| asked.line >= 9 && !asked.otherwise.is_empty())
    );

    let zone = afterword_domain::time::zone_named("America/Chicago");
    let date = "2023-04-03".parse().ok();
    let said = import(file, &Source { zone, date, ..source("x.md") });
    let projection = projected(&said);
    assert_eq!(times(&projection)[..2], ["2023-04-04T00:43:00Z", "2023-04-04T00:50:00Z"]);
    let asked = said.report.asked.iter().map(|asked| asked.question.as_str());
    assert!(
        asked.clone().all(|question| question.starts_with("IST is")),
        "{:?}",
        said.report.asked
    );
}

#[test]
fn an_hour_that_comes_twice_is_asked() {
    let (imported, projection) = read(include_str!("fixtures/wild/twice.md"));
    assert_eq!(
        rows(&projection).iter().map(|row| row.split(' ').next().unwrap()).collect::<Vec<_>>(),
        [
            "2023-11-05T04:50:00Z",
            "2023-11-05T05:30:00Z",
            "2023-11-05T05:40:00Z",
            "2023-11-05T08:00:00Z"
        ]
    );
    let twice =
        [(10, 1, "2023-11-05 05:30Z", Settle::Zone), (11, 1, "2023-11-05 05:40Z", Settle::Zone)];
    assert_eq!(asked(&imported), twice);
    assert_eq!(imported.report.asked[0].otherwise, ["2023-11-05 06:30Z"]);
}

#[test]
fn a_table_of_facts_and_headings_in_bold_are_read() {
    let (imported, projection) = read(include_str!("fixtures/wild/facts-in-a-table.md"));
    let incident = imported.meta.incident;
    assert_eq!(imported.meta.title, "incident");
    assert_eq!(imported.meta.severity.as_deref(), Some("P2"));
    assert_eq!(imported.meta.services, ["api", "web"]);
    assert_eq!(incident.started_at.to_string(), "2023-05-02T09:12:00Z");
    assert_eq!(incident.detected_at.unwrap().to_string(), "2023-05-02T09:20:00Z");
    assert_eq!(incident.resolved_at.unwrap().to_string(), "2023-05-02T11:00:00Z");
    assert_eq!(projection.prose.summary, "The API answered slowly.");
    assert_eq!(projection.timeline.len(), 3);
    assert_eq!(nodes(&projection), ["Why was it slow?", "The index was missing."]);
    assert_eq!(projection.actions[0].title, "Add the index @ada");
    assert!(projection.prose.background.contains("Incident commander: Grace"));
    assert_eq!((asked(&imported), skipped(&imported)), (vec![], vec![]));
}

#[test]
fn front_matter_that_cannot_be_read_is_read_as_lines() {
    let (imported, projection) = read(include_str!("fixtures/wild/not-front-matter.md"));
    assert_eq!(imported.meta.title, "Mail: it was late");
    assert_eq!(imported.meta.severity.as_deref(), Some("high: very"));
    assert_eq!(projection.timeline.len(), 1);
}

#[test]
fn scripts_and_html_are_words() {
    let (imported, projection) = read(include_str!("fixtures/wild/hostile.md"));
    let everything = serde_json::to_string(&projection).unwrap();
    assert_eq!(imported.meta.title, "<script>alert(1)</script> broke");
    for address in ["[click](javascript:", "](../other.md)"] {
        assert!(!everything.contains(address), "{address}: {everything}");
    }
    for words in ["alert(2)", "alert(4)", "alert(6)", "alert(7)", "evil.example"] {
        assert!(everything.contains(words), "{words}: {everything}");
    }
    let verbatim = Block::Code(Some(VERBATIM.to_owned()), "<script>alert(4)</script>".to_owned());
    assert_eq!(parse(&projection.timeline[0].text), [verbatim]);
    let lost: Vec<&str> = imported.report.skipped.iter().map(|it| it.text.as_str()).collect();
    for words in ["javascript:alert(3)", "<!-- a hidden word -->", "../other.md"] {
        assert!(lost.contains(&words), "{words}: {lost:?}");
    }
}

#[test]
fn a_day_may_stand_in_the_name_of_the_file() {
    let file = "# Down\n\n## Timeline\n\n- 18:43 UTC down\n- 18:50 UTC up\n";
    let at = |name: &str| import(file, &source(name)).meta.incident.started_at.to_string();
    assert_eq!(at("2023-03-01-down.md"), "2023-03-01T18:43:00Z");
    assert_eq!(at("down_2023_03_01.md"), "2023-03-01T18:43:00Z");
    let (imported, _) = read(file);
    assert_eq!(imported.report.asked.len(), 1);
    assert_eq!(imported.report.asked[0].settle, Settle::Date);
    let date = "2023-03-01".parse().ok();
    let said = import(file, &Source { date, ..source("down.md") });
    assert_eq!(said.meta.incident.started_at.to_string(), "2023-03-01T18:43:00Z");
    assert_eq!(said.report.asked, []);
}

#[test]
fn a_zone_that_is_not_written_is_asked_unless_it_is_given() {
    let file = "Date: 2023-03-01\n\n## Timeline\n\n- 18:43 down\n- 18:50 up\n";
    let (imported, _) = read(file);
    assert_eq!(imported.report.asked[0].lines, 2);
    assert_eq!(imported.report.asked[0].settle, Settle::Zone);
    let zone = afterword_domain::time::zone_named("Europe/Berlin");
    let said = import(file, &Source { zone, ..source("down.md") });
    assert_eq!(said.meta.incident.started_at.to_string(), "2023-03-01T17:43:00Z");
    assert_eq!(said.report.asked, []);
}

#[test]
fn what_tells_of_a_folder_is_none() {
    let file = "# Our post-mortems\n\n## Overview\n\nHere they are.\n";
    let refused = |name: &str| markdown::import(file, &source(name), String::new).is_err();
    assert!(refused("README.md") && refused("index.md") && refused("postmortem-template.md"));
    assert!(!refused("outage.md"));
    let told = "## Timeline\n\n- 2023-03-01 18:43 UTC down\n";
    assert_eq!(projected(&import(told, &source("README.md"))).timeline.len(), 1);
}

/// A line of some form with words that stand nowhere else.
fn line() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(
        &[
            "# §",
            "## §",
            "### §",
            "## Summary §",
            "## Timeline §",
            "## Root cause §",
            "## Action items §",
            "## Lessons learned §",
            "## Impact §",
            "## What happened §",
            "### 18:43 §",
            "### 2023-03-01",
            "**Timeline**",
            "**§**",
            "§",
            "§ §",
            "",
            "",
            "- §",
            "- 18:43 §",
            "- **18:50** §",
            "- ~19:00 §",
            "- 19:10 CST §",
            "  - §",
            "    - §",
            "- [ ] §",
            "- [x] § (owner: §)",
            "- § – Due: §",
            "1. §",
            "> §",
            "> 18:43 §",
            "18:43 §",
            "| Time | Event | Who |\n|---|---|---|",
            "| 18:43 | § | § |",
            "| § | § | § |",
            "| Action | Owner | Due |\n|---|---|---|",
            "| Date | 2023-03-01 |",
            "| Severity | § |",
            "**Date:** §",
            "**Severity:** §",
            "Services: §, §",
            "**Summary:** §",
            "Owner: §",
            "**Root cause:** §",
            "All times are in PST. §",
            "```",
            "<div>§</div>",
            "<!-- § -->",
            "<script>§</script>",
            "[§](https://example.org/§)",
            "[§](javascript:§)",
            "![§](§.png)",
            "---",
            "***",
            "* §",
            "§  ",
            "§\\",
            "title: §",
            "tags: [§, §]",
            "layout: §",
            "+++",
            "Why §?",
            "- Why §?",
            "§:",
            "#### Detection §",
            "- shortly after, §",
            "- § | §",
        ][..],
    )
}

/// The text with each `§` as a word of its own, and these words.
fn numbered(lines: &[&str]) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let mut file = String::new();
    for c in lines.join("\n").chars() {
        if c == '§' {
            let word = format!("word{}x", words.len());
            file.push_str(&word);
            words.push(word);
        } else {
            file.push(c);
        }
    }
    file.push('\n');
    (file, words)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    /// Every word of a file is in the record, in what stands beside it, or in the report.
    #[test]
    fn nothing_is_lost_silently(lines in proptest::collection::vec(line(), 0..24)) {
        let (file, words) = numbered(&lines);
        let mut ids = 0u64..;
        let new_id = || format!("01980000-0000-7000-8000-{:012x}", ids.next().unwrap());
        let Ok(imported) = markdown::import(&file, &source("x.md"), new_id) else { return Ok(()) };
        let projection = projected(&imported);
        let kept = [
            serde_json::to_string(&projection).unwrap(),
            serde_json::to_string(&imported.report).unwrap(),
            format!("{:?}", imported.meta),
        ]
        .concat();
        let lost: BTreeSet<&String> = words.iter().filter(|word| !kept.contains(*word)).collect();
        prop_assert!(lost.is_empty(), "{lost:?} of\n{file}\nis not in\n{kept}");
    }

    #[test]
    fn any_file_is_read_or_refused(file in "([-#*|>`~:<!\\[\\]()a-z0-9 +=]|\n|18:43|CST|Timeline){0,120}") {
        let mut ids = 0u64..;
        let new_id = || format!("01980000-0000-7000-8000-{:012x}", ids.next().unwrap());
        if let Ok(imported) = markdown::import(&file, &source("x.md"), new_id) {
            projected(&imported);
        }
    }
}

#[test]
fn every_section_may_have_a_heading_of_the_first_level() {
    let file =
        "# Summary\n\nIt broke.\n\n# Timeline\n\n- 2023-03-01 18:43 UTC down\n\n# Impact\n\nAll.\n";
    let (imported, projection) = read(file);
    assert_eq!(
        (imported.meta.title.as_str(), &*projection.prose.summary),
        ("incident", "It broke.")
    );
    let dated = "# 2023-03-01 Down\n\nIt broke.\n\n- 18:43 UTC down\n- 18:50 UTC up\n";
    let (imported, projection) = read(dated);
    assert_eq!(imported.meta.title, "2023-03-01 Down");
    assert_eq!((projection.timeline.len(), &*projection.prose.summary), (2, "It broke."));
}
