use proptest::prelude::*;

use super::*;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_772_000_000 + hour * 3600).unwrap()
}

/// An incident of two hours, a meeting a day after it, published two days later.
fn case(id: &str, version: i64) -> Case {
    Case {
        id: id.to_owned(),
        title: format!("Outage {id}"),
        version,
        started_at: at(0),
        ended_at: Some(at(2)),
        opened_at: at(26),
        published_at: Some(at(74)),
        looked_back: Some(at(-7 * 24)),
        disciplines: 3,
        entries: 8,
        with_evidence: 6,
        survey: Some([
            Counts([0, 0, 1, 2, 1]),
            Counts::default(),
            Counts([0; 5]),
            Counts([4, 0, 0, 0, 0]),
        ]),
        actions: Outcomes { done: 2, declined: 1, open: 1 },
        told: Told { given: 3, adopted: 1 },
    }
}

fn values(figures: &Figures, id: &str) -> (Vec<f64>, Vec<f64>) {
    let figure = figures.figures.iter().find(|it| it.id == id).unwrap();
    let of = |side: &Side| side.points.iter().map(|point| point.value).collect();
    (of(&figure.before), of(&figure.after))
}

#[test]
fn each_case_stands_on_the_side_of_its_version() {
    let late = Case { opened_at: at(50), published_at: None, ..case("late", 1) };
    let made = figures(&[case("new", 2), late, case("old", 1)], 2);
    assert_eq!((made.before, made.after), (2, 1));
    assert_eq!(values(&made, "end_to_call"), (vec![24.0, 48.0], vec![24.0]));
    assert_eq!(values(&made, "call_to_publish"), (vec![48.0], vec![48.0]));
    assert_eq!(values(&made, "evidence").1, [0.75]);
    assert_eq!(values(&made, "look_back").1, [7.0]);
    assert_eq!(values(&made, "learned").1, [0.75]);
    assert_eq!(values(&made, "safe").1, [0.0; 0], "nobody answered it");
    assert_eq!(values(&made, "again").1, [0.0]);
    let actions = &made.tallies[0].parts;
    let counts: Vec<_> = actions.iter().map(|it| (it.before, it.after)).collect();
    assert_eq!(counts, [(4, 2), (2, 1), (2, 1)]);
}

#[test]
fn what_is_not_known_or_cannot_be_is_left_out() {
    let odd = Case {
        ended_at: Some(at(30)),
        published_at: Some(at(1)),
        looked_back: None,
        entries: 0,
        with_evidence: 0,
        survey: None,
        ..case("odd", 1)
    };
    let made = figures(&[odd], 1);
    for id in ["end_to_call", "call_to_publish", "look_back", "evidence", "learned"] {
        assert_eq!(values(&made, id), (vec![], vec![]), "{id}");
    }
}

#[test]
fn few_cases_are_told_from_many() {
    let cases: Vec<_> = (0..16).map(|n| case(&n.to_string(), 1 + n / 8)).collect();
    let cautions = |made: &Figures| made.figures[0].caution.clone();
    assert_eq!(cautions(&figures(&cases, 2)), None);
    let told = cautions(&figures(&cases[1..], 2)).unwrap();
    assert!(told.starts_with("With 7 cases before and 8 cases after"), "{told}");
    assert_eq!(cautions(&figures(&[], 2)).unwrap(), "There is no case yet.");
}

proptest! {
    #[test]
    fn no_case_is_lost_or_counted_twice(versions in proptest::collection::vec(1_i64..5, 0..20), at in 1_i64..6) {
        let cases: Vec<_> = (0..).zip(&versions).map(|(n, version): (i32, _)| case(&n.to_string(), *version)).collect();
        let made = figures(&cases, at);
        prop_assert_eq!(made.before + made.after, cases.len());
        let (before, after) = values(&made, "disciplines");
        prop_assert_eq!(before.len() + after.len(), cases.len());
        let mut mixed = cases.clone();
        mixed.reverse();
        prop_assert_eq!(figures(&mixed, at), made);
    }

    #[test]
    fn half_of_the_values_are_at_or_below_the_median(values in proptest::collection::vec(-1e6_f64..1e6, 1..30)) {
        let middle = median(values.clone()).unwrap();
        let below = values.iter().filter(|it| **it <= middle).count();
        let above = values.iter().filter(|it| **it >= middle).count();
        prop_assert!(below * 2 >= values.len() && above * 2 >= values.len());
    }
}
