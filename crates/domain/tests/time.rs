//! Times as people type them, and what they mean.

use afterword_domain::time::{Context, Near, read, shown, zone_named};
use afterword_domain::timeline::Moment;
use jiff::Timestamp;
use jiff::tz::TimeZone;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn zone(name: &str) -> TimeZone {
    zone_named(name).expect("an IANA zone")
}

/// Sunday, 1 March 2026, 18:00 in UTC; written two weeks later.
fn context() -> Context {
    Context::of_incident(at("2026-03-01T18:00:00Z"), at("2026-03-15T12:00:00Z"))
}

fn beside(near: &str) -> Context {
    Context { near: Near::Around(at(near)), ..context() }
}

/// A moment in few characters: `~` about, `..` until, `?` unknown.
fn told(moment: Moment) -> String {
    match moment {
        Moment::Exact(at) => at.to_string(),
        Moment::Approximate(at) => format!("~{at}"),
        Moment::Range(at, until) => format!("{at}..{until}"),
        Moment::Unknown => "?".into(),
    }
}

fn reads_in(context: &Context, table: &[(&str, &str)]) {
    for (text, expected) in table {
        let reading = read(text, context);
        let Some(time) = reading.time else { panic!("{text:?} has no time") };
        assert_eq!(time.question, None, "{text:?}");
        assert_eq!(told(time.moment), *expected, "{text:?}");
        assert_eq!(reading.bytes, text.len(), "{text:?} is a time to its end");
        assert_eq!(reading.rest, "", "{text:?}");
    }
}

fn reads(table: &[(&str, &str)]) {
    reads_in(&context(), table);
}

fn asks_in(context: &Context, table: &[(&str, &str, &[&str])]) {
    for (text, sentence, choices) in table {
        let reading = read(text, context);
        let Some(time) = reading.time else { panic!("{text:?} has no time") };
        assert_eq!(time.moment, Moment::Unknown, "{text:?}");
        let question = time.question.unwrap_or_else(|| panic!("{text:?} asks nothing"));
        let told: Vec<String> = question.choices.iter().copied().map(told).collect();
        assert_eq!(
            (question.text.as_str(), told),
            (*sentence, choices.iter().map(ToString::to_string).collect()),
            "{text:?}"
        );
    }
}

#[test]
fn clocks() {
    reads(&[
        ("18:43", "2026-03-01T18:43:00Z"),
        ("  18:43 ", "2026-03-01T18:43:00Z"),
        ("18:43:07", "2026-03-01T18:43:07Z"),
        ("18:43:07.250", "2026-03-01T18:43:07.25Z"),
        ("18:43:07,250", "2026-03-01T18:43:07.25Z"),
        ("18:43h", "2026-03-01T18:43:00Z"),
        ("18.43h", "2026-03-01T18:43:00Z"),
        ("18:43 Uhr", "2026-03-01T18:43:00Z"),
        ("18h43", "2026-03-01T18:43:00Z"),
        ("1:42pm", "2026-03-01T13:42:00Z"),
        ("1:42 PM", "2026-03-01T13:42:00Z"),
        ("1:42\u{202f}PM", "2026-03-01T13:42:00Z"),
        ("1:42 p.m.", "2026-03-01T13:42:00Z"),
        ("12:05 pm", "2026-03-01T12:05:00Z"),
        ("12:05 am", "2026-03-02T00:05:00Z"),
        ("2pm", "2026-03-01T14:00:00Z"),
        ("24:00", "2026-03-02T00:00:00Z"),
        ("at 18:43", "2026-03-01T18:43:00Z"),
    ]);
}

#[test]
fn zones() {
    reads(&[
        ("18:43Z", "2026-03-01T18:43:00Z"),
        ("18:43 Z", "2026-03-01T18:43:00Z"),
        ("1843Z", "2026-03-01T18:43:00Z"),
        ("1843 UTC", "2026-03-01T18:43:00Z"),
        ("18:43 utc", "2026-03-01T18:43:00Z"),
        ("18:43 (UTC)", "2026-03-01T18:43:00Z"),
        ("1:42 PM PDT", "2026-03-01T20:42:00Z"),
        ("1:42 PM pst", "2026-03-01T21:42:00Z"),
        ("1:42 PM PT", "2026-03-01T21:42:00Z"),
        ("1:42 PM PST (UTC-8)", "2026-03-01T21:42:00Z"),
        ("18:43 UTC+2", "2026-03-01T16:43:00Z"),
        ("18:43 GMT-7", "2026-03-02T01:43:00Z"),
        ("18:43 UTC+05:30", "2026-03-01T13:13:00Z"),
        ("18:43 +0200", "2026-03-01T16:43:00Z"),
        ("18:43+02:00", "2026-03-01T16:43:00Z"),
        ("18:43-0700", "2026-03-02T01:43:00Z"),
        ("18:43 Europe/Berlin", "2026-03-01T17:43:00Z"),
        ("18:43 (Europe/Berlin)", "2026-03-01T17:43:00Z"),
        ("18:43 america/new_york", "2026-03-01T23:43:00Z"),
        ("18:43 CET", "2026-03-01T17:43:00Z"),
        ("18:43 CET (UTC+1)", "2026-03-01T17:43:00Z"),
        ("18:43 UTC (10:43 PST)", "2026-03-01T18:43:00Z"),
        ("10:43 PST / 18:43 UTC", "2026-03-01T18:43:00Z"),
        ("03:43 JST", "2026-03-01T18:43:00Z"),
    ]);
}

#[test]
fn bare_times_are_in_the_default_zone() {
    let context = Context { default_zone: zone("America/Los_Angeles"), ..context() };
    reads_in(
        &context,
        &[
            ("10:43", "2026-03-01T18:43:00Z"),
            ("18:43Z", "2026-03-01T18:43:00Z"),
            ("2026-03-01", "2026-03-01T08:00:00Z..2026-03-02T08:00:00Z"),
        ],
    );
}

#[test]
fn ranges() {
    reads(&[
        ("14:02-14:10", "2026-03-01T14:02:00Z..2026-03-01T14:10:00Z"),
        ("14:02 – 14:10 UTC", "2026-03-01T14:02:00Z..2026-03-01T14:10:00Z"),
        ("14:02 to 14:10", "2026-03-01T14:02:00Z..2026-03-01T14:10:00Z"),
        ("from 14:02 until 14:10", "2026-03-01T14:02:00Z..2026-03-01T14:10:00Z"),
        ("between 14:02 and 14:10", "2026-03-01T14:02:00Z..2026-03-01T14:10:00Z"),
        ("14:02 PST - 14:10 PST", "2026-03-01T22:02:00Z..2026-03-01T22:10:00Z"),
        ("10:02 – 10:10 PST", "2026-03-01T18:02:00Z..2026-03-01T18:10:00Z"),
        ("10:00 UTC-11:00 UTC", "2026-03-01T10:00:00Z..2026-03-01T11:00:00Z"),
        ("14:02Z-14:10Z", "2026-03-01T14:02:00Z..2026-03-01T14:10:00Z"),
        ("1400-1410Z", "2026-03-01T14:00:00Z..2026-03-01T14:10:00Z"),
        ("1:42-2:10 PM", "2026-03-01T13:42:00Z..2026-03-01T14:10:00Z"),
        ("11:50-12:10 PM", "2026-03-01T11:50:00Z..2026-03-01T12:10:00Z"),
        ("23:50 – 00:10", "2026-03-01T23:50:00Z..2026-03-02T00:10:00Z"),
        ("23:50-00:10", "2026-03-01T23:50:00Z..2026-03-02T00:10:00Z"),
        ("~14:02-14:10", "2026-03-01T14:02:00Z..2026-03-01T14:10:00Z"),
        ("2026-02-27 23:50 – 00:10", "2026-02-27T23:50:00Z..2026-02-28T00:10:00Z"),
        ("2026-02-27 23:50 – 2026-02-28 00:10", "2026-02-27T23:50:00Z..2026-02-28T00:10:00Z"),
        ("14:02 to 14:10 on 2026-02-27", "2026-02-27T14:02:00Z..2026-02-27T14:10:00Z"),
    ]);
}

#[test]
fn approximate_and_unknown() {
    reads(&[
        ("~14:05", "~2026-03-01T14:05:00Z"),
        ("≈ 14:05", "~2026-03-01T14:05:00Z"),
        ("about 14:05", "~2026-03-01T14:05:00Z"),
        ("ca. 14:05", "~2026-03-01T14:05:00Z"),
        ("around 2pm", "~2026-03-01T14:00:00Z"),
        ("at about 14:05 UTC", "~2026-03-01T14:05:00Z"),
        ("14:05ish", "~2026-03-01T14:05:00Z"),
        ("14:05?", "~2026-03-01T14:05:00Z"),
        ("?", "?"),
        ("??:??", "?"),
        ("unknown", "?"),
        ("time unknown", "?"),
    ]);
}

#[test]
fn days() {
    reads(&[
        ("2026-03-01T18:43:00Z", "2026-03-01T18:43:00Z"),
        ("2026-03-01T18:43:00-07:00", "2026-03-02T01:43:00Z"),
        ("2026-03-01T18:43:00+01:00[Europe/Berlin]", "2026-03-01T17:43:00Z"),
        ("20260301T184300Z", "2026-03-01T18:43:00Z"),
        ("2026-03-01 18:43 UTC", "2026-03-01T18:43:00Z"),
        ("2026-03-01 18:43:12.123+02:00", "2026-03-01T16:43:12.123Z"),
        ("2026-03-01 18:43:12-07", "2026-03-02T01:43:12Z"),
        ("2026/03/01 18:43", "2026-03-01T18:43:00Z"),
        ("01.03.2026 18:43", "2026-03-01T18:43:00Z"),
        ("1 March 18:43", "2026-03-01T18:43:00Z"),
        ("1st of March, 18:43", "2026-03-01T18:43:00Z"),
        ("March 1, 2026 1:42 PM PST", "2026-03-01T21:42:00Z"),
        ("March 1 at 1:42 PM", "2026-03-01T13:42:00Z"),
        ("Mar  1 18:43:07", "2026-03-01T18:43:07Z"),
        ("Sun, 1 Mar 2026 18:43:07 +0000", "2026-03-01T18:43:07Z"),
        ("[01/Mar/2026:18:43:12 +0000]", "2026-03-01T18:43:12Z"),
        ("31 December 18:43", "2025-12-31T18:43:00Z"),
        ("13/01 18:43", "2026-01-13T18:43:00Z"),
        ("2/25 18:43", "2026-02-25T18:43:00Z"),
        ("05/05/2026 18:43", "2026-05-05T18:43:00Z"),
        ("18:43 UTC on 2026-02-27", "2026-02-27T18:43:00Z"),
        ("18:43 UTC, 27 February 2026", "2026-02-27T18:43:00Z"),
        ("2026-03-01", "2026-03-01T00:00:00Z..2026-03-02T00:00:00Z"),
        ("March 1", "2026-03-01T00:00:00Z..2026-03-02T00:00:00Z"),
        ("27 February – 1 March", "2026-02-27T00:00:00Z..2026-03-02T00:00:00Z"),
        ("2026-02-28 24:00", "2026-03-01T00:00:00Z"),
    ]);
}

#[test]
fn days_that_are_counted() {
    reads(&[
        ("yesterday 23:50", "2026-02-28T23:50:00Z"),
        ("today 08:00", "2026-03-01T08:00:00Z"),
        ("the day before 09:00", "2026-02-28T09:00:00Z"),
        ("the day before, 09:00", "2026-02-28T09:00:00Z"),
        ("2 days before 09:00", "2026-02-27T09:00:00Z"),
        ("3 days later at 09:00", "2026-03-04T09:00:00Z"),
        ("the next day 09:00", "2026-03-02T09:00:00Z"),
        ("Mon 09:00", "2026-03-02T09:00:00Z"),
        ("Monday 09:00", "2026-03-02T09:00:00Z"),
        ("Saturday at 9am", "2026-02-28T09:00:00Z"),
        ("Today at 18:43", "2026-03-01T18:43:00Z"),
    ]);
}

#[test]
fn yesterday_while_the_incident_is_fresh() {
    let same_day = Context { now: at("2026-03-01T20:00:00Z"), ..context() };
    reads_in(&same_day, &[("yesterday 23:50", "2026-02-28T23:50:00Z")]);
    let next_day = Context { now: at("2026-03-02T20:00:00Z"), ..context() };
    asks_in(
        &next_day,
        &[(
            "yesterday 23:50",
            "Counted from today this is 1 March; counted from the incident it is 28 February. \
         Do you mean 2026-02-28 23:50Z or 23:50Z?",
            &["2026-02-28T23:50:00Z", "2026-03-01T23:50:00Z"],
        )],
    );
    // Tonight has not happened yet.
    reads_in(&next_day, &[("today 23:50", "2026-03-01T23:50:00Z")]);
}

#[test]
fn epochs() {
    reads(&[
        ("1772390580", "2026-03-01T18:43:00Z"),
        ("1772390580123", "2026-03-01T18:43:00.123Z"),
        ("1772390580.5", "2026-03-01T18:43:00.5Z"),
        ("@1772390580", "2026-03-01T18:43:00Z"),
    ]);
}

#[test]
fn the_day_follows_from_the_neighbour() {
    let table = [
        ("2026-03-01T23:50:00Z", "00:10", "2026-03-02T00:10:00Z"),
        ("2026-03-02T00:10:00Z", "23:50", "2026-03-01T23:50:00Z"),
        ("2026-03-01T18:00:00Z", "09:00", "2026-03-01T09:00:00Z"),
        ("2026-03-01T18:00:00Z", "06:00", "2026-03-01T06:00:00Z"),
        ("2026-03-01T18:00:00Z", "05:59", "2026-03-02T05:59:00Z"),
    ];
    for (near, text, expected) in table {
        reads_in(&beside(near), &[(text, expected)]);
    }
    let after = |row| Context { near: Near::After(at(row)), ..context() };
    reads_in(
        &after("2026-03-01T18:00:00Z"),
        &[("12:00", "2026-03-01T12:00:00Z"), ("11:59", "2026-03-02T11:59:00Z")],
    );
}

#[test]
fn a_given_day_holds_until_the_rows_run_past_midnight() {
    let given = |near| Context { near, date: Some("2023-07-19".parse().unwrap()), ..context() };
    reads_in(
        &given(Near::Around(at("2026-03-01T18:00:00Z"))),
        &[
            ("23:50", "2023-07-19T23:50:00Z"),
            ("the day before 23:50", "2023-07-18T23:50:00Z"),
            ("July 20 01:00", "2023-07-20T01:00:00Z"),
        ],
    );
    let rows = [
        ("2023-07-18T23:50:00Z", "17:41", "2023-07-19T17:41:00Z"),
        ("2023-07-19T17:41:00Z", "08:00", "2023-07-19T08:00:00Z"),
        ("2023-07-19T23:50:00Z", "00:10", "2023-07-20T00:10:00Z"),
        ("2023-07-20T00:10:00Z", "14:00", "2023-07-20T14:00:00Z"),
    ];
    for (row, text, expected) in rows {
        reads_in(&given(Near::After(at(row))), &[(text, expected)]);
    }
}

#[test]
fn zones_that_contradict_themselves() {
    asks_in(
        &context(),
        &[
            (
                "1:42 PM PST (UTC-7)",
                "PST is UTC-8, but UTC-7 was written. Do you mean 20:42Z or 21:42Z?",
                &["2026-03-01T20:42:00Z", "2026-03-01T21:42:00Z"],
            ),
            (
                "18:43 Europe/Berlin (UTC+2)",
                "Europe/Berlin is UTC+1, but UTC+2 was written. Do you mean 16:43Z or 17:43Z?",
                &["2026-03-01T16:43:00Z", "2026-03-01T17:43:00Z"],
            ),
            (
                "18:43 UTC (10:43 PDT)",
                "The two times that were written are not the same moment. \
             Do you mean 17:43Z or 18:43Z?",
                &["2026-03-01T17:43:00Z", "2026-03-01T18:43:00Z"],
            ),
            (
                "18:43-07:00",
                "This can be a range of time, or one time in UTC-7. \
             Do you mean 18:43Z–2026-03-02 07:00Z or 2026-03-02 01:43Z?",
                &["2026-03-01T18:43:00Z..2026-03-02T07:00:00Z", "2026-03-02T01:43:00Z"],
            ),
        ],
    );
}

#[test]
fn abbreviations_with_several_meanings() {
    asks_in(
        &context(),
        &[(
            "18:43 CST",
            "CST is UTC-6 in Chicago or UTC+8 in China. Do you mean 10:43Z or 2026-03-02 00:43Z?",
            &["2026-03-01T10:43:00Z", "2026-03-02T00:43:00Z"],
        )],
    );
    for (typist, text, expected) in [
        ("America/Chicago", "18:43 CST", "2026-03-02T00:43:00Z"),
        ("Asia/Shanghai", "18:43 CST", "2026-03-01T10:43:00Z"),
        ("Asia/Kolkata", "18:43 IST", "2026-03-01T13:13:00Z"),
        ("Asia/Jerusalem", "18:43 IST", "2026-03-01T16:43:00Z"),
        ("Europe/London", "18:43 BST", "2026-03-01T17:43:00Z"),
        ("Asia/Dhaka", "18:43 BST", "2026-03-01T12:43:00Z"),
    ] {
        reads_in(&Context { zone: zone(typist), ..context() }, &[(text, expected)]);
    }
    reads(&[("18:43 CST (UTC+8)", "2026-03-01T10:43:00Z")]);
}

#[test]
fn local_times_that_exist_twice_or_never() {
    let table = [
        (
            "Europe/Berlin",
            "2026-10-25 02:30",
            "On 25 October the clocks in Europe/Berlin went back, so 02:30 happened twice. \
             Do you mean 2026-10-25 00:30Z or 2026-10-25 01:30Z?",
            ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"],
        ),
        (
            "Europe/Berlin",
            "2026-03-29 02:30",
            "On 29 March the clocks in Europe/Berlin went forward, so 02:30 never happened. \
             Do you mean 2026-03-29 00:30Z or 2026-03-29 01:30Z?",
            ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"],
        ),
        (
            "America/New_York",
            "2026-11-01 01:15",
            "On 1 November the clocks in America/New_York went back, so 01:15 happened twice. \
             Do you mean 2026-11-01 05:15Z or 2026-11-01 06:15Z?",
            ["2026-11-01T05:15:00Z", "2026-11-01T06:15:00Z"],
        ),
        (
            "Australia/Lord_Howe",
            "2026-04-05 01:45",
            "On 5 April the clocks in Australia/Lord_Howe went back, so 01:45 happened twice. \
             Do you mean 2026-04-04 14:45Z or 2026-04-04 15:15Z?",
            ["2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"],
        ),
    ];
    for (name, text, sentence, choices) in table {
        let context = Context { default_zone: zone(name), ..context() };
        asks_in(&context, &[(text, sentence, &choices)]);
    }
    // The abbreviation or the offset says which of the two it was.
    reads(&[
        ("2026-10-25 02:30 CET", "2026-10-25T01:30:00Z"),
        ("2026-10-25 02:30 CEST", "2026-10-25T00:30:00Z"),
        ("2026-10-25 02:30 Europe/Berlin (UTC+2)", "2026-10-25T00:30:00Z"),
    ]);
}

#[test]
fn what_was_meant_as_a_time_and_is_none() {
    asks_in(
        &context(),
        &[
            (
                "25:00 reboot",
                "25:00 is not a time of day: hours go from 0 to 23. Which time do you mean?",
                &[],
            ),
            (
                "14:75",
                "14:75 is not a time of day: minutes go from 0 to 59. Which time do you mean?",
                &[],
            ),
            (
                "13:42 PM",
                "13:42 PM mixes the 24-hour clock with the 12-hour clock. Do you mean 13:42Z?",
                &["2026-03-01T13:42:00Z"],
            ),
            (
                "13:42 AM",
                "13:42 AM mixes the 24-hour clock with the 12-hour clock. \
             Do you mean 13:42Z or 2026-03-02 01:42Z?",
                &["2026-03-01T13:42:00Z", "2026-03-02T01:42:00Z"],
            ),
            (
                "03/01 18:43",
                "03/01 can be 1 March or 3 January. Do you mean 2026-01-03 18:43Z or 18:43Z?",
                &["2026-01-03T18:43:00Z", "2026-03-01T18:43:00Z"],
            ),
            ("2026-02-30 18:43", "There is no 30 February then. Which time do you mean?", &[]),
            (
                "Monday, March 1 2026 18:43",
                "1 March 2026 is a Sunday, not a Monday. Do you mean 18:43Z?",
                &["2026-03-01T18:43:00Z"],
            ),
            (
                "2026-03-01 18:43 – 2026-02-28 18:50",
                "This range ends before it begins. Which time do you mean?",
                &[],
            ),
        ],
    );
}

#[test]
fn words_without_a_time() {
    for text in [
        "",
        " ",
        "noticed the warning",
        "18",
        "18.43",
        "18.43 seconds",
        "12 pods restarted",
        "3 days of logs",
        "unknown error in the logs",
        "10.0.0.1 was down",
        "1.2.34 released",
        "1/2 of the pods",
        "24/7 support was called",
        "may be related",
        "March was quiet",
        "10 may have failed",
        "Sun is shining",
        "May 2 servers fail",
        "today I learned",
        "the day before we deployed",
        "10:20:30:40",
        "2001:db8::1",
        "18:43%",
        "18:43pods",
        "18h outage",
        "1h30m of downtime",
        "99:99",
        "[18:43 is in brackets",
        "2026",
        "1843",
        "🕕 18:43",
        "about the cache",
        "at the office",
        "between us",
        "UTC",
        "5000 PST",
    ] {
        let reading = read(text, &context());
        assert_eq!((reading.time, reading.bytes, reading.utf16), (None, 0, 0), "{text:?}");
        assert_eq!(reading.rest, text);
    }
}

#[test]
fn the_words_after_the_time() {
    for (text, typed, rest) in [
        ("18:43 noticed the warning", "18:43", "noticed the warning"),
        ("18:43: noticed", "18:43", "noticed"),
        ("18:43, noticed", "18:43", "noticed"),
        ("18:43 - noticed", "18:43", "noticed"),
        ("18:43 UTC: noticed", "18:43 UTC", "noticed"),
        ("18:43 UTC – noticed", "18:43 UTC", "noticed"),
        ("18:43 UTC - 3 pods restarted", "18:43 UTC", "3 pods restarted"),
        ("18:43 UTC—noticed", "18:43 UTC", "noticed"),
        ("18:43 | noticed", "18:43", "noticed"),
        ("18:43 -> noticed", "18:43", "noticed"),
        ("18:43 → noticed", "18:43", "noticed"),
        ("18:43. Noticed", "18:43", "Noticed"),
        ("18:43 --force was used", "18:43", "--force was used"),
        ("18:43 -1 from review", "18:43", "-1 from review"),
        ("18:43 +2 pods", "18:43", "+2 pods"),
        ("18:43 for 5 minutes", "18:43", "for 5 minutes"),
        ("18:43 at last", "18:43", "at last"),
        ("18:43 and 18:50 alerts", "18:43", "and 18:50 alerts"),
        ("<18:43 Z>: noticed", "18:43 Z", "noticed"),
        ("[18:43] noticed", "18:43", "noticed"),
        ("(18:43) noticed", "18:43", "noticed"),
        ("`18:43` noticed", "18:43", "noticed"),
        ("**18:43** noticed", "18:43", "noticed"),
        ("**18:43:** noticed", "18:43", "noticed"),
        ("**18:43 UTC** – noticed", "18:43 UTC", "noticed"),
        ("**[18:43]** noticed", "18:43", "noticed"),
        ("**18:43 – **noticed", "18:43", "noticed"),
        ("*18:43* *really* noticed", "18:43", "*really* noticed"),
        ("**18:43: noticed**", "18:43", "**noticed**"),
        ("**18:43 – Alert:** fired", "18:43", "**Alert:** fired"),
        ("**18:43 noticed", "18:43", "noticed"),
        ("~~18:43~~ noticed", "18:43", "noticed"),
        ("~14:05 noticed", "~14:05", "noticed"),
        ("about 14:05 noticed", "about 14:05", "noticed"),
        ("? somebody noticed", "?", "somebody noticed"),
        ("unknown: somebody noticed", "unknown", "somebody noticed"),
        ("14:02-14:10 noticed", "14:02-14:10", "noticed"),
        ("18:43\nnoticed", "18:43", "noticed"),
        ("18:43 größer 🚨", "18:43", "größer 🚨"),
        ("March 1: noticed", "March 1", "noticed"),
        ("2026-03-01 noticed", "2026-03-01", "noticed"),
        (
            "[18:43](https://chat.example/p1) noticed",
            "18:43",
            "[18:43](https://chat.example/p1) noticed",
        ),
    ] {
        let reading = read(text, &context());
        let time = reading.time.unwrap_or_else(|| panic!("{text:?} has no time"));
        assert_eq!((time.typed.as_str(), reading.rest.as_str()), (typed, rest), "{text:?}");
        assert_eq!(time.question, None, "{text:?}");
    }
}

#[test]
fn lengths_are_counted_as_browsers_count() {
    let reading = read("≈\u{2009}18:43 — 🚨", &context());
    assert_eq!((reading.bytes, reading.utf16, reading.rest.as_str()), (16, 10, "🚨"));
}

#[test]
fn conversions() {
    let anchor = at("2026-03-01T18:00:00Z");
    let exact = |text| Moment::Exact(at(text));
    for (moment, name, expected) in [
        (exact("2026-03-01T18:43:00Z"), "Europe/Berlin", "18:43Z = 19:43 in Europe/Berlin"),
        (exact("2026-03-01T18:43:07Z"), "UTC", "18:43:07Z"),
        (
            exact("2026-03-01T23:43:00Z"),
            "Europe/Berlin",
            "23:43Z = 2026-03-02 00:43 in Europe/Berlin",
        ),
        (
            exact("2026-03-02T00:10:00Z"),
            "America/New_York",
            "2026-03-02 00:10Z = 19:10 in America/New_York",
        ),
        (Moment::Approximate(at("2026-03-01T14:05:00Z")), "UTC", "about 14:05Z"),
        (
            Moment::Range(at("2026-03-01T14:02:00Z"), at("2026-03-01T14:10:00Z")),
            "Asia/Kolkata",
            "14:02Z–14:10Z = 19:32–19:40 in Asia/Kolkata",
        ),
        (Moment::Unknown, "Asia/Kolkata", "time unknown"),
    ] {
        assert_eq!(shown(moment, &zone(name), anchor).to_string(), expected);
    }
}
