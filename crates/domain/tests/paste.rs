//! Timelines as people paste them, and the rows that come of them.

use afterword_domain::paste::{Form, Pasted, Why, likely_rows, rows};
use afterword_domain::time::{Context, zone_named};
use afterword_domain::timeline::{EntryKind, Moment};
use jiff::Timestamp;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Sunday, 1 March 2026, 18:00 in UTC; pasted two weeks later.
fn context() -> Context {
    Context::of_incident(at("2026-03-01T18:00:00Z"), at("2026-03-15T12:00:00Z"))
}

fn told(moment: Moment) -> String {
    match moment {
        Moment::Exact(at) => at.to_string(),
        Moment::Approximate(at) => format!("~{at}"),
        Moment::Range(at, until) => format!("{at}..{until}"),
        Moment::Unknown => "?".into(),
    }
}

/// Each row as its time and its words, and its questions as `?!`.
fn table(pasted: &Pasted) -> Vec<(String, &str)> {
    let time = |question| if question { "?!".into() } else { String::new() };
    let told = |row: &afterword_domain::paste::Row| match time(row.question.is_some()) {
        none if none.is_empty() => told(row.moment),
        asked => asked,
    };
    pasted.rows.iter().map(|row| (told(row), row.text.as_str())).collect()
}

fn reads(text: &str, form: Form, expected: &[(&str, &str)]) -> Pasted {
    let pasted = rows(text, &context());
    let expected: Vec<_> =
        expected.iter().map(|(time, text)| ((*time).to_owned(), *text)).collect();
    assert_eq!(table(&pasted), expected, "{text}");
    assert_eq!(pasted.form, form, "{text}");
    pasted
}

fn skipped(pasted: &Pasted) -> Vec<(usize, Why)> {
    pasted.skipped.iter().map(|skipped| (skipped.line, skipped.why)).collect()
}

/// The timeline of the post-mortem that crates.io published on 21 July 2023.
const CRATES_IO: &str = "\
## Timeline

### 2023-07-19

- 12:32 UTC – <https://github.com/rust-lang/crates.io/pull/6834> (Migrate remaining `Uploaders` code into `Storage` system) was opened
- 17:41 UTC – <https://github.com/rust-lang/crates.io/pull/6834> (Migrate remaining `Uploaders` code into `Storage` system) was merged, automatically deploying to the staging environment

### 2023-07-20

- 10:00 UTC – <https://github.com/rust-lang/crates.io/pull/6848> (Fix `readme` field parsing of `Cargo.toml` files) was opened
- 10:13 UTC – <https://github.com/rust-lang/crates.io/pull/6848> (Fix `readme` field parsing of `Cargo.toml` files) was merged, automatically deploying to the staging environment
- 12:08 UTC – <https://staging.crates.io/crates/crates-staging-test-tb/0.69.30> was published to the staging environment to smoke test the publish process and the `Cargo.toml` parsing fix
- 12:16 UTC – A [message](https://rust-lang.zulipchat.com/#narrow/stream/318791-t-crates-io/topic/deployments/near/376956537) was sent to the `deployments` topic of the `t-crates-io` Zulip stream, notifying users of the upcoming deployment.
- 12:17 UTC – The staging deployment was promoted to the production environment
- 12:18 UTC – Another [message](https://rust-lang.zulipchat.com/#narrow/stream/318791-t-crates-io/topic/deployments/near/376957223) was sent to the Zulip stream, notifying users that the deployment was completed.
- 12:24 UTC – <https://github.com/rust-lang/crates.io/issues/6850> (Crates.io crate download API is redirecting to invalid URL) was opened
- 12:25 UTC – The continuing request-per-second anomaly was deemed unusual enough to trigger another [message](https://rust-lang.zulipchat.com/#narrow/stream/318791-t-crates-io/topic/deployments/near/376959143) to the Zulip stream.
- 12:28 UTC – A community member notified the crates.io team on the [Zulip stream](https://rust-lang.zulipchat.com/#narrow/stream/318791-t-crates-io/topic/deployments/near/376960060) about the GitHub issue and the deploying developer acknowledged the incident.
- 12:30 UTC – The deployment was rolled back, temporarily fixing the issue for our users.
- 13:38 UTC – <https://github.com/rust-lang/crates.io/pull/6851> (Fix download URL generation) was opened
- 13:49 UTC – <https://github.com/rust-lang/crates.io/pull/6851> (Fix download URL generation) was merged, automatically deploying to the staging environment
- 14:08 UTC – <https://staging.crates.io/crates/crates-staging-test-tb/0.69.31> was published to the staging environment to smoke test the publish process and check that the download URL generation fix was working correctly
- 14:10 UTC – The staging deployment was promoted to the production environment
";

#[test]
fn bullets_below_headings_that_are_days() {
    let pasted = reads(
        CRATES_IO,
        Form::List,
        &[
            (
                "2023-07-19T12:32:00Z",
                "<https://github.com/rust-lang/crates.io/pull/6834> (Migrate remaining `Uploaders` code into `Storage` system) was opened",
            ),
            (
                "2023-07-19T17:41:00Z",
                "<https://github.com/rust-lang/crates.io/pull/6834> (Migrate remaining `Uploaders` code into `Storage` system) was merged, automatically deploying to the staging environment",
            ),
            (
                "2023-07-20T10:00:00Z",
                "<https://github.com/rust-lang/crates.io/pull/6848> (Fix `readme` field parsing of `Cargo.toml` files) was opened",
            ),
            (
                "2023-07-20T10:13:00Z",
                "<https://github.com/rust-lang/crates.io/pull/6848> (Fix `readme` field parsing of `Cargo.toml` files) was merged, automatically deploying to the staging environment",
            ),
            (
                "2023-07-20T12:08:00Z",
                "<https://staging.crates.io/crates/crates-staging-test-tb/0.69.30> was published to the staging environment to smoke test the publish process and the `Cargo.toml` parsing fix",
            ),
            (
                "2023-07-20T12:16:00Z",
                "A [message](https://rust-lang.zulipchat.com/#narrow/stream/318791-t-crates-io/topic/deployments/near/376956537) was sent to the `deployments` topic of the `t-crates-io` Zulip stream, notifying users of the upcoming deployment.",
            ),
            (
                "2023-07-20T12:17:00Z",
                "The staging deployment was promoted to the production environment",
            ),
            (
                "2023-07-20T12:18:00Z",
                "Another [message](https://rust-lang.zulipchat.com/#narrow/stream/318791-t-crates-io/topic/deployments/near/376957223) was sent to the Zulip stream, notifying users that the deployment was completed.",
            ),
            (
                "2023-07-20T12:24:00Z",
                "<https://github.com/rust-lang/crates.io/issues/6850> (Crates.io crate download API is redirecting to invalid URL) was opened",
            ),
            (
                "2023-07-20T12:25:00Z",
                "The continuing request-per-second anomaly was deemed unusual enough to trigger another [message](https://rust-lang.zulipchat.com/#narrow/stream/318791-t-crates-io/topic/deployments/near/376959143) to the Zulip stream.",
            ),
            (
                "2023-07-20T12:28:00Z",
                "A community member notified the crates.io team on the [Zulip stream](https://rust-lang.zulipchat.com/#narrow/stream/318791-t-crates-io/topic/deployments/near/376960060) about the GitHub issue and the deploying developer acknowledged the incident.",
            ),
            (
                "2023-07-20T12:30:00Z",
                "The deployment was rolled back, temporarily fixing the issue for our users.",
            ),
            (
                "2023-07-20T13:38:00Z",
                "<https://github.com/rust-lang/crates.io/pull/6851> (Fix download URL generation) was opened",
            ),
            (
                "2023-07-20T13:49:00Z",
                "<https://github.com/rust-lang/crates.io/pull/6851> (Fix download URL generation) was merged, automatically deploying to the staging environment",
            ),
            (
                "2023-07-20T14:08:00Z",
                "<https://staging.crates.io/crates/crates-staging-test-tb/0.69.31> was published to the staging environment to smoke test the publish process and check that the download URL generation fix was working correctly",
            ),
            (
                "2023-07-20T14:10:00Z",
                "The staging deployment was promoted to the production environment",
            ),
        ],
    );
    assert_eq!(skipped(&pasted), [(1, Why::Heading), (3, Why::Premise), (8, Why::Premise)]);
    let expected = [
        false, true, false, true, false, false, true, false, false, false, false, true, false,
        true, false, true,
    ]
    .map(|changes| if changes { EntryKind::Change } else { EntryKind::Note });
    let kinds: Vec<EntryKind> = pasted.rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, expected);
    assert_eq!(pasted.rows[1].typed.as_deref(), Some("17:41 UTC"));
}

#[test]
fn bullets_below_a_sentence_that_gives_day_and_zone() {
    let text = "\
Unless otherwise noted all events happened on 2019-10-21, and all times are in
UTC.

- **2019-10-20 00:55: crate builds started failing due to the low disk space**
- **01:38: alerts fired for the docs.rs website being down, [ashleygwilliams]
  (backup contact) got paged**
- 01:39: [QuietMisdreavus] joins into the operations channel
- 01:39: [QuietMisdreavus] found the reason for the outage (full root partition)
- 01:52: [ashleygwilliams] proposed to increase disk space, nobody with
  permissions required to so was awake or available though
- 01:56: [ashleygwilliams] contacts [Mark-Simulacrum], who has the access
  required to increase disk space
- 01:57: [QuietMisdreavus] found the directory taking up all the disk space
- 02:00: [QuietMisdreavus] removed the directory taking up all the disk space
- 02:03: [QuietMisdreavus] restarted the web server
- **02:06: CDN propagated the changes, docs.rs back online**
- 02:06: [Mark-Simulacrum] joins into the operations channel
- 08:19: [pietroalbini] added builds failed during the outage back into the
  queue
- **19:27: builds of the crates failed during the outage finished**

[ashleygwilliams]: https://github.com/ashleygwilliams
[QuietMisdreavus]: https://github.com/QuietMisdreavus
[Mark-Simulacrum]: https://github.com/Mark-Simulacrum
[pietroalbini]: https://github.com/pietroalbini
";
    let pasted = reads(
        text,
        Form::List,
        &[
            ("2019-10-20T00:55:00Z", "**crate builds started failing due to the low disk space**"),
            (
                "2019-10-21T01:38:00Z",
                "**alerts fired for the docs.rs website being down, [ashleygwilliams](https://github.com/ashleygwilliams) (backup contact) got paged**",
            ),
            (
                "2019-10-21T01:39:00Z",
                "[QuietMisdreavus](https://github.com/QuietMisdreavus) joins into the operations channel",
            ),
            (
                "2019-10-21T01:39:00Z",
                "[QuietMisdreavus](https://github.com/QuietMisdreavus) found the reason for the outage (full root partition)",
            ),
            (
                "2019-10-21T01:52:00Z",
                "[ashleygwilliams](https://github.com/ashleygwilliams) proposed to increase disk space, nobody with permissions required to so was awake or available though",
            ),
            (
                "2019-10-21T01:56:00Z",
                "[ashleygwilliams](https://github.com/ashleygwilliams) contacts [Mark-Simulacrum](https://github.com/Mark-Simulacrum), who has the access required to increase disk space",
            ),
            (
                "2019-10-21T01:57:00Z",
                "[QuietMisdreavus](https://github.com/QuietMisdreavus) found the directory taking up all the disk space",
            ),
            (
                "2019-10-21T02:00:00Z",
                "[QuietMisdreavus](https://github.com/QuietMisdreavus) removed the directory taking up all the disk space",
            ),
            (
                "2019-10-21T02:03:00Z",
                "[QuietMisdreavus](https://github.com/QuietMisdreavus) restarted the web server",
            ),
            ("2019-10-21T02:06:00Z", "**CDN propagated the changes, docs.rs back online**"),
            (
                "2019-10-21T02:06:00Z",
                "[Mark-Simulacrum](https://github.com/Mark-Simulacrum) joins into the operations channel",
            ),
            (
                "2019-10-21T08:19:00Z",
                "[pietroalbini](https://github.com/pietroalbini) added builds failed during the outage back into the queue",
            ),
            ("2019-10-21T19:27:00Z", "**builds of the crates failed during the outage finished**"),
        ],
    );
    let lines = [
        (1, Why::Premise),
        (2, Why::Premise),
        (22, Why::LinkAddress),
        (23, Why::LinkAddress),
        (24, Why::LinkAddress),
        (25, Why::LinkAddress),
    ];
    assert_eq!(skipped(&pasted), lines);
    assert_eq!(pasted.rows[1].kind, EntryKind::Alert);
    assert_eq!((pasted.rows[1].line, pasted.rows[1].last_line), (5, 6));
}

#[test]
fn lists_of_all_sorts() {
    reads(
        "* 18:43 one\n* [x] 18:44 two\n• 18:45 three",
        Form::List,
        &[
            ("2026-03-01T18:43:00Z", "one"),
            ("2026-03-01T18:44:00Z", "two"),
            ("2026-03-01T18:45:00Z", "three"),
        ],
    );
    reads(
        "1. 18:43 one\n2) ~18:44 two\n3. somebody restarted it",
        Form::List,
        &[
            ("2026-03-01T18:43:00Z", "one"),
            ("~2026-03-01T18:44:00Z", "two"),
            ("?", "somebody restarted it"),
        ],
    );
    reads(
        "- 18:43 one\n  - detail\n    more\n- 18:44 two\n\n  paragraph",
        Form::List,
        &[
            ("2026-03-01T18:43:00Z", "one\n- detail more"),
            ("2026-03-01T18:44:00Z", "two\n\nparagraph"),
        ],
    );
    reads(
        "- March 1\n  - 18:43 one\n- March 2\n  - 08:00 two",
        Form::List,
        &[("2026-03-01T18:43:00Z", "one"), ("2026-03-02T08:00:00Z", "two")],
    );
    reads(
        "- 18:43 log:\n  ```\n  18:42 error\n  ```\n- 18:44 two",
        Form::List,
        &[("2026-03-01T18:43:00Z", "log:\n```\n18:42 error\n```"), ("2026-03-01T18:44:00Z", "two")],
    );
}

#[test]
fn headings_that_are_rows() {
    let pasted = reads(
        "### 18:43 UTC – Alert fired\n\nThe pager rang.\n\n- disk\n\n### 18:50 Fixed",
        Form::List,
        &[
            ("2026-03-01T18:43:00Z", "Alert fired\n\nThe pager rang.\n\n- disk"),
            ("2026-03-01T18:50:00Z", "Fixed"),
        ],
    );
    assert_eq!(skipped(&pasted), []);
}

#[test]
fn plain_lines() {
    reads(
        "18:43 one\nstill one\n18:44 two\n\nsomebody restarted it\n\n23:50 three\n00:10 four",
        Form::Lines,
        &[
            ("2026-03-01T18:43:00Z", "one still one"),
            ("2026-03-01T18:44:00Z", "two"),
            ("?", "somebody restarted it"),
            ("2026-03-01T23:50:00Z", "three"),
            ("2026-03-02T00:10:00Z", "four"),
        ],
    );
    reads(
        "March 1\n=======\n18:43 one\n\n**March 2**\n\n09:00 two",
        Form::Lines,
        &[("2026-03-01T18:43:00Z", "one"), ("2026-03-02T09:00:00Z", "two")],
    );
    reads(
        "```\n18:43:07 ERROR disk full\n    at write\n18:43:08 exit\n```",
        Form::Lines,
        &[
            ("2026-03-01T18:43:07Z", "ERROR disk full\n    at write"),
            ("2026-03-01T18:43:08Z", "exit"),
        ],
    );
}

#[test]
fn rows_below_a_heading_run_past_midnight() {
    reads(
        "### 2026-02-27\n- 23:50 one\n- 00:10 two\n- 14:00 three\n### 2026-02-28\n- 09:00 four",
        Form::List,
        &[
            ("2026-02-27T23:50:00Z", "one"),
            ("2026-02-28T00:10:00Z", "two"),
            ("2026-02-28T14:00:00Z", "three"),
            ("2026-02-28T09:00:00Z", "four"),
        ],
    );
}

#[test]
fn sentences_that_give_the_zone() {
    let expected: &[(&str, &str)] = &[("2026-03-01T18:43:00Z", "one")];
    for text in [
        "All times are in PST.\n\n- 10:43 one",
        "All times are Europe/Berlin\n\n- 19:43 one",
        "## Timeline (all times in PT)\n\n- 10:43 one",
        "## Timeline (UTC+1)\n\n- 19:43 one",
        "| Time (PST) | Event |\n|---|---|\n| 10:43 | one |",
        "Time (PST),Event\n10:43,one",
    ] {
        assert_eq!(table(&rows(text, &context())), [(expected[0].0.to_owned(), "one")], "{text}");
    }
}

#[test]
fn premises_that_are_in_doubt_become_questions_of_their_rows() {
    let pasted = rows("All times are in CST.\n\n- 10:43 one\n- 18:43Z two", &context());
    assert_eq!(
        table(&pasted),
        [("?!".to_owned(), "one"), ("2026-03-01T18:43:00Z".to_owned(), "two")]
    );
    let question = pasted.rows[0].question.as_ref().unwrap();
    assert_eq!(
        question.text,
        "CST is UTC-6 in Chicago or UTC+8 in China. Do you mean 16:43Z or 2026-03-02 02:43Z?"
    );
    let pasted = rows("## 03/01\n\n- 10:43 one", &context());
    let question = pasted.rows[0].question.as_ref().unwrap();
    assert_eq!(
        question.text,
        "03/01 can be 1 March or 3 January. Do you mean 2026-01-03 10:43Z or 10:43Z?"
    );
}

#[test]
fn tables() {
    let pasted = reads(
        "Before.\n\n| When | Who | What |\n|:--|---|--:|\n| 18:43 | Ada | saw `a|b` |\n| | | nobody \\| knows |\n| 18:50 – 18:55 | Bo | fixed |\n\nAfter.",
        Form::Table,
        &[
            ("2026-03-01T18:43:00Z", "saw `a|b`"),
            ("?", "nobody | knows"),
            ("2026-03-01T18:50:00Z..2026-03-01T18:55:00Z", "fixed"),
        ],
    );
    let who: Vec<_> = pasted.rows.iter().map(|row| row.who.as_deref()).collect();
    assert_eq!(who, [Some("Ada"), None, Some("Bo")]);
    assert_eq!(
        skipped(&pasted),
        [(1, Why::NoTime), (3, Why::TableHeader), (4, Why::TableHeader), (9, Why::NoTime)]
    );
    reads(
        "Event | Date | Time\n---|---|---\none | 2026-02-27 | 23:50\ntwo | | 23:55\nthree | 2026-02-28 | 00:10",
        Form::Table,
        &[
            ("2026-02-27T23:50:00Z", "one"),
            ("2026-02-27T23:55:00Z", "two"),
            ("2026-02-28T00:10:00Z", "three"),
        ],
    );
}

#[test]
fn separated_values() {
    let pasted = reads(
        "time,kind,message,link\n2026-03-01T18:43:00Z,alert,\"disk, full\",https://a.example\n\n2026-03-01T18:50:00Z,did,\"restarted\nthe server\",",
        Form::Csv,
        &[
            ("2026-03-01T18:43:00Z", "disk, full · link: https://a.example"),
            ("2026-03-01T18:50:00Z", "restarted\nthe server"),
        ],
    );
    assert_eq!(skipped(&pasted), [(1, Why::TableHeader)]);
    let lines: Vec<_> = pasted.rows.iter().map(|row| (row.kind, row.line, row.last_line)).collect();
    assert_eq!(lines, [(EntryKind::Alert, 2, 2), (EntryKind::Did, 4, 5)]);
    reads(
        "18:43\tAda\tone\n18:44\tBo\ttwo",
        Form::Csv,
        &[("2026-03-01T18:43:00Z", "Ada · one"), ("2026-03-01T18:44:00Z", "Bo · two")],
    );
    reads(
        "start;end;event\n18:43;18:50;one\n18:51;;two",
        Form::Csv,
        &[("2026-03-01T18:43:00Z..2026-03-01T18:50:00Z", "one"), ("2026-03-01T18:51:00Z", "two")],
    );
    reads(
        "18:43 one, two\n18:44 three, four",
        Form::Lines,
        &[("2026-03-01T18:43:00Z", "one, two"), ("2026-03-01T18:44:00Z", "three, four")],
    );
}

#[test]
fn chats() {
    let rows_of = |text| {
        let pasted = rows(text, &context());
        assert_eq!(pasted.form, Form::Chat, "{text}");
        assert_eq!(skipped(&pasted), [], "{text}");
        let rows = pasted.rows.into_iter();
        rows.map(|row| (told(row.moment), row.who.unwrap_or_default(), row.text, row.kind))
            .collect::<Vec<_>>()
    };
    let row = |time: &str, who: &str, text: &str| {
        (format!("2026-03-01T{time}:00Z"), who.to_owned(), text.to_owned(), EntryKind::Said)
    };
    let expected = [row("18:43", "Ada Lovelace", "it is red"), row("18:44", "Bo", "looking")];
    for text in [
        "Ada Lovelace  6:43 PM\nit is red\nBo  6:44 PM\nlooking",
        "Ada Lovelace — Today at 18:43\nit is red\n\nBo — Today at 18:44\nlooking",
        "[18:43] Ada Lovelace: it is red\n[18:44] Bo: looking",
        "[6:43 PM] Ada Lovelace\nit is red\n\n[6:44 PM] Bo\nlooking",
        "18:43 <Ada Lovelace> it is red\n18:44 <@Bo> looking",
        "[2026-03-01 18:43] <Ada Lovelace> it is red\n[2026-03-01 18:44] <Bo> looking",
        "13/02/2026, 09:00 - Zoe: earlier",
    ] {
        if text.contains("Zoe") {
            assert_eq!(rows_of(text)[0].0, "2026-02-13T09:00:00Z");
        } else {
            assert_eq!(rows_of(text), expected, "{text}");
        }
    }
    assert_eq!(
        rows_of(
            "Ada  6:43 PM\nit is red\nvery red\n6:45\nstill\nPagerDuty APP  6:46 PM\nDisk full"
        ),
        [
            row("18:43", "Ada", "it is red\\\nvery red"),
            row("18:45", "Ada", "still"),
            (
                "2026-03-01T18:46:00Z".into(),
                "PagerDuty".into(),
                "Disk full".into(),
                EntryKind::Alert
            ),
        ]
    );
}

#[test]
fn a_chat_that_names_the_half_of_the_day_only_once() {
    let pasted = rows("Ada  11:58 PM\none\n11:59\ntwo\n12:01\nthree", &context());
    let told: Vec<_> =
        pasted.rows.iter().map(|row| (told(row.moment), row.typed.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("2026-03-01T23:58:00Z".to_owned(), Some("11:58 PM")),
            ("2026-03-01T23:59:00Z".to_owned(), Some("11:59")),
            ("2026-03-02T00:01:00Z".to_owned(), Some("12:01")),
        ]
    );
}

#[test]
fn logs_are_no_chat() {
    reads(
        "[18:43] error: disk full\n[18:44] info: restarted",
        Form::Lines,
        &[
            ("2026-03-01T18:43:00Z", "error: disk full"),
            ("2026-03-01T18:44:00Z", "info: restarted"),
        ],
    );
}

#[test]
fn kinds_are_guessed_only_where_they_are_plain() {
    use EntryKind::{Alert, Change, Note, Ticket};
    for (text, kind) in [
        ("18:43 alert fired", Alert),
        ("18:43 Bo was paged", Alert),
        ("18:43 no alert fired", Note),
        ("18:43 v2 deployed", Change),
        ("18:43 not deployed yet", Note),
        ("18:43 a customer wrote about errors", Note),
        ("18:43 customers reported errors", Ticket),
        ("18:43 looked at the homepaged", Note),
    ] {
        assert_eq!(rows(text, &context()).rows[0].kind, kind, "{text}");
    }
}

#[test]
fn definitions_are_kept_as_links_and_times_in_brackets_as_times() {
    reads(
        "- 18:43 see [The Graph][g] and ![pic][g]\n\n[G]: <https://g.example/a b> \"title\"",
        Form::List,
        &[(
            "2026-03-01T18:43:00Z",
            "see [The Graph](<https://g.example/a b> \"title\") and ![pic](<https://g.example/a b> \"title\")",
        )],
    );
    reads("[18:43]: restarted", Form::Lines, &[("2026-03-01T18:43:00Z", "restarted")]);
}

#[test]
fn rows_of_other_zones_keep_their_own() {
    let context = Context { default_zone: zone_named("Europe/Berlin").unwrap(), ..context() };
    let pasted = rows("- 19:43 one\n- 18:44Z two\n- 10:45 AM PST three", &context);
    let times: Vec<String> = pasted.rows.iter().map(|row| told(row.moment)).collect();
    assert_eq!(times, ["2026-03-01T18:43:00Z", "2026-03-01T18:44:00Z", "2026-03-01T18:45:00Z"]);
}

#[test]
fn what_is_in_doubt_is_taken_as_the_likeliest_where_nobody_can_be_asked() {
    let text = "- 18:43 CST down\n- 18:50 CST seen\n- 19:10 up\n";
    let asked = rows(text, &context());
    assert!(asked.rows.iter().take(2).all(|row| row.moment == Moment::Unknown));
    let taken = likely_rows(text, &context());
    let times: Vec<String> = taken.rows.iter().map(|row| told(row.moment)).collect();
    assert_eq!(times, ["2026-03-02T00:43:00Z", "2026-03-02T00:50:00Z", "2026-03-02T01:10:00Z"]);
    assert_eq!(taken.rows.iter().filter(|row| row.question.is_some()).count(), 2);
    assert_eq!(taken.unzoned, [3]);
}

#[test]
fn a_day_decides_between_two_calendars() {
    let date = "2026-04-03".parse().ok();
    let context = Context { date, ..context() };
    let taken = likely_rows("- 03/04/2026 18:43 UTC down\n", &context);
    assert_eq!(told(taken.rows[0].moment), "2026-04-03T18:43:00Z");
    assert_eq!(taken.rows[0].question, None);
}

#[test]
fn what_goes_past_midnight_says_so() {
    let date = "2026-03-01".parse().ok();
    let context = Context { date, ..context() };
    let taken = likely_rows("- 23:50 down\n- 00:10 seen\n- 00:20 up\n", &context);
    let days: Vec<_> =
        taken.rows.iter().map(|row| row.next_day.map(|day| day.to_string())).collect();
    assert_eq!(days, [None, Some("2026-03-02".to_owned()), None]);
    assert_eq!(taken.undated, None);
    let bare = likely_rows("- 18:50 down\n- 19:10 up\n", &self::context());
    assert_eq!(bare.undated, Some(1));
}

#[test]
fn words_can_say_when() {
    let text = "- 18:00 UTC a\n- shortly after, b\n- 5 minutes later: c\n- around noon d\n\
        - midnight – e\n- noon UTC f\n- Midnight Commander crashed\n";
    let taken = rows(text, &context());
    assert_eq!(
        table(&taken),
        [
            ("2026-03-01T18:00:00Z".to_owned(), "a"),
            ("~2026-03-01T18:00:00Z".to_owned(), "b"),
            ("~2026-03-01T18:05:00Z".to_owned(), "c"),
            ("~2026-03-02T12:00:00Z".to_owned(), "d"),
            ("2026-03-03T00:00:00Z".to_owned(), "e"),
            ("2026-03-03T12:00:00Z".to_owned(), "f"),
            ("?".to_owned(), "Midnight Commander crashed"),
        ]
    );
}

#[test]
fn zones_are_written_out() {
    let text =
        "All times are in US Pacific Time.\n\n- 10:00 a\n- 20:00 Central European Summer Time b\n";
    let taken = rows(text, &context());
    assert_eq!(
        table(&taken),
        [("2026-03-01T18:00:00Z".to_owned(), "a"), ("2026-03-01T19:00:00Z".to_owned(), "b")]
    );
}
