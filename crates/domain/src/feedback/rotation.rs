//! Whom to ask for feedback: those who were asked least recently, never whoever led.

use std::collections::BTreeSet;

use jiff::Timestamp;

/// So many others are asked about a meeting.
pub const ENOUGH: usize = 2;

/// Somebody who may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Id of the person.
    pub person: String,
    /// When they were asked last, about whichever meeting.
    pub asked_last: Option<Timestamp>,
    /// Whether they took part in this post-mortem: asked only where nobody else is left.
    pub took_part: bool,
}

/// Whom to ask next, at most so many. `led` and `asked` are ids of those who led this meeting and of
/// those who were asked about it before, also if they declined: neither is asked.
pub fn next(
    candidates: &[Candidate],
    led: &BTreeSet<String>,
    asked: &BTreeSet<String>,
    wanted: usize,
) -> Vec<String> {
    let mut free: Vec<_> = candidates
        .iter()
        .filter(|it| !led.contains(&it.person) && !asked.contains(&it.person))
        .collect();
    // Nobody was never asked before whoever was: an absent time is the earliest.
    free.sort_by_key(|it| (it.took_part, it.asked_last, &it.person));
    free.into_iter().take(wanted).map(|it| it.person.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn candidate(person: &str, asked: Option<i64>, took_part: bool) -> Candidate {
        let asked_last = asked.map(|at| Timestamp::from_second(at).unwrap());
        Candidate { person: person.to_owned(), asked_last, took_part }
    }

    fn ids<const N: usize>(ids: [&str; N]) -> BTreeSet<String> {
        ids.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn whoever_was_asked_least_recently_comes_first() {
        let all = [
            candidate("ana", Some(30), false),
            candidate("bo", None, true),
            candidate("cy", Some(10), false),
            candidate("di", Some(10), false),
            candidate("ed", None, false),
        ];
        let ask = |led: &BTreeSet<String>, asked: &BTreeSet<String>| next(&all, led, asked, ENOUGH);
        assert_eq!(ask(&ids([]), &ids([])), ["ed", "cy"]);
        assert_eq!(ask(&ids(["ed"]), &ids(["cy"])), ["di", "ana"]);
        assert_eq!(ask(&ids(["ed"]), &ids(["cy", "di", "ana"])), ["bo"]);
        assert_eq!(ask(&ids([]), &ids(["ana", "bo", "cy", "di", "ed"])), [""; 0]);
    }

    fn some_people() -> impl Strategy<Value = Vec<Candidate>> {
        let person = (proptest::option::of(0_i64..5), any::<bool>());
        proptest::collection::vec(person, 0..9).prop_map(|all| {
            let named = (0..).zip(all);
            named.map(|(n, (asked, part))| candidate(&format!("p{n}"), asked, part)).collect()
        })
    }

    fn some_ids() -> impl Strategy<Value = BTreeSet<String>> {
        proptest::collection::btree_set((0..9).prop_map(|n| format!("p{n}")), 0..4)
    }

    proptest! {
        #[test]
        fn nobody_is_asked_who_led_or_was_asked(
            all in some_people(), led in some_ids(), asked in some_ids(), wanted in 0_usize..4,
        ) {
            let chosen = next(&all, &led, &asked, wanted);
            let free = all.iter().filter(|it| !led.contains(&it.person) && !asked.contains(&it.person));
            prop_assert_eq!(chosen.len(), wanted.min(free.count()));
            prop_assert!(chosen.iter().all(|it| !led.contains(it) && !asked.contains(it)));
            let once: BTreeSet<_> = chosen.iter().collect();
            prop_assert_eq!(once.len(), chosen.len());
        }

        #[test]
        fn the_order_of_the_list_does_not_matter(
            (all, mixed) in some_people().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
            led in some_ids(),
        ) {
            prop_assert_eq!(next(&all, &led, &ids([]), 2), next(&mixed, &led, &ids([]), 2));
        }

        #[test]
        fn nobody_is_left_out_for_somebody_who_has_less_claim(
            all in some_people(), led in some_ids(), asked in some_ids(),
        ) {
            let chosen = next(&all, &led, &asked, ENOUGH);
            let by_id: BTreeMap<_, _> = all.iter().map(|it| (&it.person, it)).collect();
            let free = all.iter().filter(|it| !led.contains(&it.person) && !asked.contains(&it.person));
            for left in free.filter(|it| !chosen.contains(&it.person)) {
                for taken in chosen.iter().map(|it| by_id[it]) {
                    prop_assert!(left.took_part >= taken.took_part);
                    if left.took_part == taken.took_part {
                        prop_assert!(left.asked_last >= taken.asked_last);
                    }
                }
            }
        }

        /// Over many meetings that others led, everybody comes to be asked equally often, where
        /// those who are asked together are noted in their order.
        #[test]
        fn it_goes_round(people in 2_usize..8, meetings in 1_i64..40) {
            let mut all: Vec<_> =
                (0..people).map(|n| candidate(&format!("p{n}"), None, false)).collect();
            let mut times = BTreeMap::new();
            for meeting in 0..meetings {
                for (place, person) in (0..).zip(next(&all, &ids(["leader"]), &ids([]), ENOUGH)) {
                    *times.entry(person.clone()).or_insert(0_usize) += 1;
                    let it = all.iter_mut().find(|it| it.person == person).unwrap();
                    it.asked_last = Some(Timestamp::from_second(10 * meeting + place).unwrap());
                }
            }
            let asked = all.iter().map(|it| times.get(&it.person).copied().unwrap_or(0));
            let (least, most) = (asked.clone().min().unwrap(), asked.max().unwrap());
            prop_assert!(most - least <= 1, "{times:?}");
        }
    }
}
