use proptest::prelude::*;

use super::*;

const BERLIN: &str = "Europe/Berlin";
const SYDNEY: &str = "Australia/Sydney";

fn candidate(person: &str, reached: Step, asked: Option<i64>) -> Candidate {
    Candidate {
        person: person.to_owned(),
        reached,
        asked_last: asked.map(|at| Timestamp::from_second(at).unwrap()),
        away_until: None,
        zone: BERLIN.to_owned(),
    }
}

fn ids<const N: usize>(ids: [&str; N]) -> BTreeSet<String> {
    ids.into_iter().map(str::to_owned).collect()
}

/// A seat to lead that nobody has, on 3 March 2026.
fn around() -> Around {
    Around {
        seat: Seat::Facilitator,
        now: "2026-03-03T09:00:00Z".parse().unwrap(),
        involved: ids([]),
        managers: ids([]),
        seated: BTreeMap::new(),
        declined: ids([]),
        with_graduated: false,
        zones: Vec::new(),
    }
}

fn asked(candidates: &[Candidate], around: &Around) -> Vec<String> {
    suggestions(candidates, around).into_iter().filter(|it| it.may).map(|it| it.person).collect()
}

fn why(candidate: &Candidate, around: &Around) -> String {
    suggestions(std::slice::from_ref(candidate), around).remove(0).because
}

#[test]
fn whoever_was_asked_least_recently_comes_first() {
    let all = [
        candidate("ana", Step::Graduated, Some(30)),
        candidate("bo", Step::Graduated, None),
        candidate("cy", Step::Graduated, Some(10)),
        candidate("di", Step::Graduated, Some(10)),
    ];
    assert_eq!(asked(&all, &around()), ["bo", "cy", "di", "ana"]);
}

#[test]
fn who_may_not_is_told_with_the_reason() {
    let gil = candidate("gil", Step::Graduated, None);
    let reason = |change: &dyn Fn(&mut Around)| {
        let mut here = around();
        change(&mut here);
        assert!(asked(std::slice::from_ref(&gil), &here).is_empty());
        why(&gil, &here)
    };
    assert_eq!(
        reason(&|it| it.involved = ids(["gil"])),
        "was part of it: wrote in the record, or is named there"
    );
    assert_eq!(reason(&|it| it.managers = ids(["gil"])), "leads a team that was part of it");
    assert_eq!(reason(&|it| it.declined = ids(["gil"])), "cannot this time");
    assert_eq!(
        reason(&|it| it.seated = [("gil".to_owned(), Seat::NoteTaker)].into()),
        "has or is asked for a seat here already: note-taker"
    );
}

#[test]
fn a_day_off_ends_in_ones_own_zone() {
    let mut gil = candidate("gil", Step::Graduated, None);
    gil.away_until = Some("2026-03-04".parse().unwrap());
    assert_eq!(why(&gil, &around()), "takes no requests until 4 March 2026");
    let evening = Around { now: "2026-03-03T14:00:00Z".parse().unwrap(), ..around() };
    assert!(asked(std::slice::from_ref(&gil), &evening).is_empty());
    gil.zone = SYDNEY.to_owned();
    assert_eq!(asked(&[gil], &evening), ["gil"], "there it is the fourth");
}

#[test]
fn whoever_learns_leads_beside_somebody_who_can() {
    let all = [
        candidate("led", Step::Led, None),
        candidate("read", Step::Read, None),
        candidate("sam", Step::Shadowed, None),
        candidate("zoe", Step::Graduated, Some(5)),
    ];
    let for_seat = |seat, with_graduated| asked(&all, &Around { seat, with_graduated, ..around() });
    assert_eq!(for_seat(Seat::Facilitator, false), ["zoe"]);
    assert_eq!(for_seat(Seat::Facilitator, true), ["zoe", "led"], "graduated ones come first");
    assert_eq!(for_seat(Seat::CoFacilitator, true), ["zoe", "led", "sam"]);
    assert_eq!(for_seat(Seat::NoteTaker, false), ["led", "read", "sam", "zoe"], "learners first");
    assert_eq!(
        why(&all[0], &around()),
        "has led with a second, and leads beside somebody who has graduated"
    );
    assert_eq!(why(&all[2], &around()), "has shadowed, and leads next as a co-facilitator");
    assert_eq!(why(&all[1], &around()), "begins to learn it, and may shadow or take notes");
}

#[test]
fn whose_working_day_fits_comes_before_whose_turn_it_is() {
    let mut far = candidate("ana", Step::Graduated, None);
    far.zone = SYDNEY.to_owned();
    let near = candidate("bo", Step::Graduated, Some(10));
    let here = Around { zones: vec![BERLIN.to_owned(), "Africa/Nairobi".to_owned()], ..around() };
    assert_eq!(asked(&[far.clone(), near.clone()], &here), ["bo", "ana"]);
    assert_eq!(
        why(&near, &here),
        "has graduated, was last asked to lead on 1 January 1970, and works in the hours of \
         everybody who is invited"
    );
    assert_eq!(
        why(&far, &here),
        "has graduated, was not asked to lead before, and works at other hours than most who are \
         invited"
    );
    assert_eq!(why(&far, &around()), "has graduated and was not asked to lead before");
}

fn some_people() -> impl Strategy<Value = Vec<Candidate>> {
    let zone = prop_oneof![Just(BERLIN), Just(SYDNEY), Just("America/Los_Angeles")];
    let person = (0_usize..4, proptest::option::of(0_i64..5), any::<bool>(), zone);
    proptest::collection::vec(person, 0..9).prop_map(|all| {
        let named = all.into_iter().enumerate();
        let one = |(n, (step, asked, away, zone)): (usize, (usize, Option<i64>, bool, &str))| {
            let it = candidate(&format!("p{n}"), Step::ALL[step], asked);
            let away_until = away.then(|| "2026-04-01".parse().unwrap());
            Candidate { away_until, zone: zone.to_owned(), ..it }
        };
        named.map(one).collect()
    })
}

fn some_ids() -> impl Strategy<Value = BTreeSet<String>> {
    proptest::collection::btree_set((0..9).prop_map(|n| format!("p{n}")), 0..4)
}

fn somewhere() -> impl Strategy<Value = Around> {
    let zones = proptest::collection::vec(prop_oneof![Just(BERLIN), Just(SYDNEY)], 0..4);
    let seat = proptest::sample::select(Seat::ALL.to_vec());
    (seat, some_ids(), some_ids(), some_ids(), any::<bool>(), zones).prop_map(
        |(seat, involved, managers, declined, with_graduated, zones)| Around {
            seat,
            involved,
            managers,
            declined,
            with_graduated,
            zones: zones.into_iter().map(str::to_owned).collect(),
            ..around()
        },
    )
}

proptest! {
    #[test]
    fn never_the_involved_nor_their_managers_nor_who_cannot(
        all in some_people(), here in somewhere(),
    ) {
        let said = suggestions(&all, &here);
        prop_assert_eq!(said.len(), all.len(), "everybody is answered once");
        prop_assert!(said.iter().all(|it| !it.because.is_empty()));
        for person in said.iter().filter(|it| it.may).map(|it| &it.person) {
            prop_assert!(!here.involved.contains(person) && !here.managers.contains(person));
            prop_assert!(!here.declined.contains(person));
            let it = all.iter().find(|it| it.person == *person).unwrap();
            prop_assert!(it.away_until.is_none());
            prop_assert!(it.reached.suits(here.seat, here.with_graduated));
        }
    }

    #[test]
    fn the_order_of_the_roster_does_not_matter(
        (all, mixed) in some_people()
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        here in somewhere(),
    ) {
        prop_assert_eq!(suggestions(&all, &here), suggestions(&mixed, &here));
    }

    /// Over many post-mortems of others, everybody comes to be asked equally often.
    #[test]
    fn it_goes_round(people in 2_usize..8, meetings in 1_i64..40) {
        let mut all: Vec<_> =
            (0..people).map(|n| candidate(&format!("p{n}"), Step::Graduated, None)).collect();
        let mut times = vec![0_usize; people];
        for meeting in 0..meetings {
            let first = asked(&all, &around()).remove(0);
            let at = all.iter().position(|it| it.person == first).unwrap();
            all[at].asked_last = Some(Timestamp::from_second(meeting).unwrap());
            times[at] += 1;
        }
        let (least, most) = (times.iter().min().unwrap(), times.iter().max().unwrap());
        prop_assert!(most - least <= 1, "{times:?}");
    }

    /// Whoever declines is passed over, until nobody is left.
    #[test]
    fn a_request_that_is_declined_again_and_again_reaches_everybody_who_may(
        all in some_people(), here in somewhere(),
    ) {
        let mut here = here;
        let may = asked(&all, &here);
        let mut reached = Vec::new();
        while let Some(next) = asked(&all, &here).into_iter().next() {
            here.declined.insert(next.clone());
            reached.push(next);
        }
        prop_assert_eq!(reached, may);
    }
}
