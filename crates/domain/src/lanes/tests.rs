use proptest::prelude::*;

use super::*;
use crate::timeline::{EntryKind, Precision};

fn at(time: &str) -> Timestamp {
    format!("2026-03-01T{time}:00Z").parse().expect("a timestamp")
}

fn entry(lane: &str, from: Option<Timestamp>, until: Option<Timestamp>) -> Entry {
    Entry {
        id: String::new(),
        at: from,
        until,
        precision: match (from, until) {
            (None, _) => Precision::Unknown,
            (_, None) => Precision::Exact,
            _ => Precision::Range,
        },
        typed: None,
        question: None,
        kind: EntryKind::Note,
        lane: lane.parse().expect("a discipline"),
        who: None,
        text: String::new(),
        evidence: Vec::new(),
        beside: None,
        order: 0.0,
        withheld: false,
        proposed: false,
        asked: None,
    }
}

fn incident() -> IncidentTimes {
    IncidentTimes {
        started_at: at("18:00"),
        detected_at: None,
        stabilised_at: Some(at("19:00")),
        resolved_at: None,
    }
}

fn drawn(entries: &[Entry]) -> Picture {
    let order = ["support", "sre"].map(|slug| slug.parse().expect("a discipline"));
    picture(entries, &incident(), &order, 800.0).expect("a picture")
}

#[test]
fn marks_that_would_hide_one_another_stand_on_lines_of_their_own() {
    let times = [("sre", "18:00"), ("sre", "18:00"), ("x", "19:00")];
    let entries = times.map(|(lane, time)| entry(lane, Some(at(time)), None));
    let picture = drawn(&entries);
    let lanes: Vec<_> =
        picture.lanes.iter().map(|lane| (lane.discipline.as_str(), lane.levels)).collect();
    assert_eq!(lanes, [("sre", 2), ("x", 1)]);
    assert_eq!(
        picture.points.iter().map(|it| it.name).collect::<Vec<_>>(),
        ["Started", "Stabilised"]
    );
}

#[test]
fn a_long_silence_is_folded_up_and_a_short_one_is_shown() {
    let entries = [
        entry("sre", Some("2026-02-24T18:00:00Z".parse().expect("a timestamp")), None),
        entry("sre", Some(at("18:00")), Some(at("18:40"))),
        entry("support", Some(at("18:10")), None),
        entry("sre", Some(at("19:23")), None),
        entry("sre", None, None),
    ];
    let picture = drawn(&entries);
    let folds: Vec<_> = picture.folds.iter().map(|fold| length_words(fold.length)).collect();
    assert_eq!(folds, ["5 days"]);
    let silences: Vec<_> = picture.silences.iter().map(|it| (it.from, it.until)).collect();
    assert_eq!(silences, [(at("18:40"), at("19:23"))], "none inside a range");
    assert_eq!(picture.untimed, 1);
    assert_eq!(picture.lanes.first().map(|lane| lane.discipline.as_str()), Some("support"));
    let words = describe(&picture, |lane| lane.discipline.to_string());
    assert_eq!(
        words,
        "The record over time: 4 entries in 2 lanes, from 24 February 2026, 18:00 UTC until \
         1 March 2026, 19:23 UTC. By lane: support 1, sre 3. The longest break lasts 5 days."
    );
}

#[test]
fn the_axis_is_labelled_at_round_times_that_have_room() {
    let entries = ["18:03", "19:03"].map(|time| entry("sre", Some(at(time)), None));
    let incident = IncidentTimes { started_at: at("18:03"), ..incident() };
    let picture = picture(&entries, &incident, &[], 400.0).expect("a picture");
    let ticks: Vec<_> = picture.ticks.iter().map(|tick| tick.at).collect();
    assert_eq!(ticks, ["18:15", "18:30", "18:45", "19:00"].map(at));
}

#[test]
fn nothing_is_drawn_where_nothing_has_a_time() {
    assert!(picture(&[entry("sre", None, None)], &incident(), &[], 800.0).is_none());
}

proptest! {
    #[test]
    fn everything_stands_inside_and_in_the_order_of_time(
        minutes in proptest::collection::vec((0_i64..40_000, 0_i64..600), 1..40),
    ) {
        let after = |minutes: i64| Timestamp::from_second(1_772_390_580 + 60 * minutes).ok();
        let entries: Vec<_> = minutes
            .iter()
            .map(|(from, length)| entry("sre", after(*from), after(from + length)))
            .collect();
        let picture = drawn(&entries);
        let marks = &picture.lanes.first().expect("a lane").marks;
        prop_assert_eq!(marks.len(), entries.len());
        for pair in marks.windows(2) {
            prop_assert!(pair[0].x <= pair[1].x);
        }
        for mark in marks {
            prop_assert!(mark.x >= 0.0 && mark.x + mark.width <= picture.width);
            let level = marks.iter().filter(|it| it.level == mark.level && it.x > mark.x);
            for other in level {
                prop_assert!(other.x >= mark.x + mark.width, "{:?} hides {:?}", mark, other);
            }
        }
        for tick in &picture.ticks {
            prop_assert!((0.0..=picture.width).contains(&tick.x));
        }
    }
}
