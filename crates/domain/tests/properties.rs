//! What holds for every text, every instant and every zone.

use std::collections::HashSet;

use afterword_domain::paste::{self, Pasted};
use afterword_domain::time::{Context, Near, read, zone_named};
use afterword_domain::timeline::Moment;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

const ZONES: [&str; 10] = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Africa/Cairo",
];

/// Pieces of which times and what surrounds them are made.
const PIECES: [&str; 48] = [
    "18:43",
    "1:42",
    "25:00",
    "14:75",
    "00:10",
    "18h43",
    "1843",
    "24:00",
    ":07",
    ".25",
    " PM",
    "am",
    "Z",
    " UTC",
    "+02:00",
    "-0700",
    " PST",
    " CST",
    " (UTC-7)",
    " Europe/Berlin",
    "-",
    " – ",
    "—",
    " to ",
    "~",
    "about ",
    "yesterday ",
    "the day before ",
    "Mon ",
    "2026-03-01",
    "T",
    "1 March ",
    "March 1, ",
    "03/01 ",
    "1772390580",
    "[",
    "]",
    "**",
    "*",
    "<",
    ">",
    "(",
    ")",
    "`",
    "?",
    "unknown",
    ": ",
    "🚨",
];

fn zone(name: &str) -> TimeZone {
    zone_named(name).expect("an IANA zone")
}

fn any_zone() -> impl Strategy<Value = TimeZone> {
    proptest::sample::select(&ZONES[..]).prop_map(zone)
}

/// From 2002 until 2090, in whole seconds.
fn instant() -> impl Strategy<Value = Timestamp> {
    (1_010_000_000_i64..3_800_000_000).prop_map(|s| Timestamp::from_second(s).expect("in range"))
}

/// Every instant that there is, the first and the last included.
fn extreme_instant() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    prop_oneof![
        Just(Timestamp::MIN),
        Just(Timestamp::MAX),
        seconds.prop_map(|s| Timestamp::from_second(s).expect("in range")),
    ]
}

fn any_context() -> impl Strategy<Value = Context> {
    (extreme_instant(), extreme_instant(), any_zone(), any_zone(), any::<bool>(), any::<bool>())
        .prop_map(|(near, now, zone, default_zone, after, dated)| Context {
            near: if after { Near::After(near) } else { Near::Around(near) },
            date: dated.then(|| default_zone.to_datetime(now).date()),
            zone,
            default_zone,
            ..Context::of_incident(near, now)
        })
}

fn text() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..8);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), ".{0,40}"]
}

fn context_near(near: Timestamp) -> Context {
    Context::of_incident(near, near)
}

fn moment_of(text: &str, context: &Context) -> Option<Moment> {
    read(text, context).time.filter(|time| time.question.is_none()).map(|time| time.moment)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn reading_any_text_keeps_its_promises(text in text(), context in any_context()) {
        let reading = read(&text, &context);
        let (consumed, _) = text.split_at(reading.bytes);
        prop_assert_eq!(consumed.encode_utf16().count(), reading.utf16);
        let Some(time) = reading.time else {
            prop_assert_eq!((reading.bytes, reading.rest), (0, text));
            return Ok(());
        };
        prop_assert!(consumed.contains(&time.typed));
        if let Some(question) = time.question {
            prop_assert_eq!(time.moment, Moment::Unknown);
            prop_assert!(question.text.ends_with('?'));
            prop_assert!(question.choices.windows(2).all(|pair| pair[0].at() <= pair[1].at()));
        }
        if let Moment::Range(at, until) = time.moment {
            prop_assert!(at <= until);
        }
    }

    #[test]
    fn an_instant_is_read_back_however_it_is_written(at in instant(), near in instant()) {
        let utc = TimeZone::UTC.to_datetime(at);
        let context = context_near(near);
        for format in [
            "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S+00:00",
            "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%-d %B %Y %H:%M:%S", "%Y%m%dT%H%M%SZ",
            "%B %-d, %Y %-I:%M:%S %p", "%b %-d %Y at %H:%M:%S Z", "%a, %d %b %Y %H:%M:%S GMT",
            "%d/%b/%Y:%H:%M:%S +0000", "%H:%M:%S UTC on %Y-%m-%d",
        ] {
            let text = utc.strftime(format).to_string();
            prop_assert_eq!(moment_of(&text, &context), Some(Moment::Exact(at)), "{}", text);
        }
        for text in [at.as_second().to_string(), at.as_millisecond().to_string(), at.to_string()] {
            prop_assert_eq!(moment_of(&text, &context), Some(Moment::Exact(at)), "{}", text);
        }
    }

    #[test]
    fn an_offset_is_taken_at_its_word(at in instant(), zone in any_zone()) {
        let zoned = at.to_zoned(zone);
        for format in ["%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%d %H:%M:%S %z"] {
            let text = zoned.strftime(format).to_string();
            let read = moment_of(&text, &context_near(at));
            // Newfoundland's old offsets have odd minutes; all others are kept today.
            prop_assert_eq!(read, Some(Moment::Exact(at)), "{}", text);
        }
    }

    #[test]
    fn a_bare_time_is_the_one_beside_its_neighbour(near in instant(), minutes in -719_i64..720) {
        let at = near.checked_add(minutes.minutes()).expect("in range");
        let text = TimeZone::UTC.to_datetime(at).strftime("%H:%M:%S").to_string();
        prop_assert_eq!(moment_of(&text, &context_near(near)), Some(Moment::Exact(at)));
    }

    #[test]
    fn a_local_time_is_read_once_or_asked_about(at in instant(), zone in any_zone(), shift in -120_i64..120) {
        // Near the next change of the clocks, where times exist twice or never.
        let change = zone.following(at).next().map_or(at, |change| change.timestamp());
        let civil = zone.to_datetime(change).checked_add(shift.minutes()).expect("in range");
        is_read_or_asked(civil, &zone)?;
    }

    #[test]
    fn no_line_of_a_paste_is_lost(text in pasted_text(), context in any_context()) {
        let pasted = paste::rows(&text, &context);
        let kept = kept_lines(&pasted);
        for (number, line) in (1..).zip(text.lines()) {
            prop_assert!(line.trim().is_empty() || kept.contains(&number), "{}: {}", number, line);
        }
    }

    #[test]
    fn no_word_of_a_paste_is_lost(text in pasted_text()) {
        let pasted = paste::rows(&text, &context_near(Timestamp::UNIX_EPOCH));
        let kept = kept_words(&pasted);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with("word")) {
            prop_assert!(kept.contains(word), "{} of {:?} in {:?}", word, text, pasted);
        }
    }
}

fn is_read_or_asked(civil: DateTime, zone: &TimeZone) -> Result<(), TestCaseError> {
    let context = Context { default_zone: zone.clone(), ..context_near(Timestamp::UNIX_EPOCH) };
    let time = read(&civil.to_string(), &context).time.expect("a time");
    let expected = match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => vec![offset],
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            vec![before, after]
        }
    };
    let mut expected: Vec<Moment> = expected
        .into_iter()
        .map(|offset| Moment::Exact(offset.to_timestamp(civil).expect("in range")))
        .collect();
    expected.sort_by_key(|moment| moment.at());
    let read = time.question.map_or(vec![time.moment], |question| question.choices);
    prop_assert_eq!(read, expected, "{} in {:?}", civil, zone.iana_name());
    Ok(())
}

/// Lines of lists, tables, chats, files and whatever else, each with a word of its own.
fn pasted_text() -> impl Strategy<Value = String> {
    let prefix = proptest::sample::select(
        &[
            "",
            "- ",
            "  - ",
            "* ",
            "1. ",
            "# ",
            "## 2026-03-01 ",
            "> ",
            "| ",
            "|---|---|",
            "```",
            "---",
            "- **",
            "[18:43] Ada: ",
            "Ada  6:43 PM",
            "[x",
            "[label]: https://a.example/",
            "All times are in PST ",
            "    ",
            "\t",
            "a,b,",
            "18:43,",
            "18:43\t",
            "\"",
            "March 1",
            "Bo — Today at 18:43",
        ][..],
    );
    let line = (prefix, text(), any::<bool>());
    proptest::collection::vec(line, 0..12).prop_map(|lines| {
        let lines = lines.into_iter().enumerate().map(|(number, (prefix, text, worded))| {
            let word = if worded { format!(" word{number} | [label]") } else { String::new() };
            format!("{prefix}{text}{word}\n")
        });
        lines.collect()
    })
}

fn kept_lines(pasted: &Pasted) -> HashSet<usize> {
    let of_rows = pasted.rows.iter().flat_map(|row| row.line..=row.last_line);
    of_rows.chain(pasted.skipped.iter().map(|skipped| skipped.line)).collect()
}

fn kept_words(pasted: &Pasted) -> HashSet<String> {
    let of_rows = pasted.rows.iter().flat_map(|row| {
        [Some(&row.text), row.typed.as_ref(), row.who.as_ref()].into_iter().flatten()
    });
    let texts = of_rows.chain(pasted.skipped.iter().map(|skipped| &skipped.text));
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.map(ToOwned::to_owned).collect()
}
