//! What holds for every list of policies and every incident.

use afterword_domain::incident::IncidentTimes;
use afterword_domain::review::{
    EVERYTHING_ELSE, Facts, ReviewConditions, ReviewPolicies, ReviewPolicy, ReviewTerms,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const SEVERITIES: [&str; 4] = ["SEV1", "sev-1", "SEV2", "low"];
const SERVICES: [&str; 4] = ["checkout", "Check Out", "check-out", "search"];

fn some(from: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(from, 0..=2)
        .prop_map(|all| all.into_iter().map(ToOwned::to_owned).collect())
}

fn conditions() -> impl Strategy<Value = ReviewConditions> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (some(&SEVERITIES), some(&SERVICES), prop::option::of(0_u32..200), flags).prop_map(
        |(severities, services, minutes, (customers, near_miss, asked))| ReviewConditions {
            severities,
            services,
            minutes,
            customers,
            near_miss,
            asked,
        },
    )
}

fn facts() -> impl Strategy<Value = Facts> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let severity = prop::option::of(prop::sample::select(&SEVERITIES[..]));
    (severity, some(&SERVICES), 0_i64..200, flags).prop_map(
        |(severity, services, minutes, (customers, near_miss, asked))| Facts {
            severity: severity.map(ToOwned::to_owned),
            services,
            lasted: SignedDuration::from_mins(minutes),
            customers,
            near_miss,
            asked,
        },
    )
}

fn policies() -> impl Strategy<Value = ReviewPolicies> {
    prop::collection::vec(conditions(), 0..6).prop_map(|all| ReviewPolicies {
        policies: all
            .into_iter()
            .enumerate()
            .map(|(place, when)| ReviewPolicy {
                name: place.to_string(),
                when,
                terms: ReviewTerms::default(),
            })
            .collect(),
        otherwise: ReviewTerms::default(),
    })
}

proptest! {
    #[test]
    fn the_first_that_fits_decides(policies in policies(), facts in facts()) {
        let verdict = policies.decide(&facts);
        let first = policies.policies.iter().find(|it| it.when.hold(&facts));
        let expected = first.map_or(EVERYTHING_ELSE, |it| &it.name);
        prop_assert_eq!(&verdict.policy, expected);
        prop_assert!(verdict.sentence().ends_with('.'));
        prop_assert!(!verdict.because.is_empty());
    }

    #[test]
    fn what_stands_below_changes_nothing_above(
        mut policies in policies(),
        more in conditions(),
        facts in facts(),
    ) {
        let before = policies.decide(&facts);
        policies.policies.push(ReviewPolicy {
            name: "more".to_owned(),
            when: more,
            terms: ReviewTerms::default(),
        });
        let after = policies.decide(&facts);
        prop_assert!(after.policy == before.policy || before.policy == EVERYTHING_ELSE);
    }

    #[test]
    fn to_ask_for_more_never_lets_more_fit(when in conditions(), facts in facts()) {
        let stricter = [
            ReviewConditions { minutes: Some(when.minutes.unwrap_or(0) + 1), ..when.clone() },
            ReviewConditions { customers: true, ..when.clone() },
            ReviewConditions { near_miss: true, ..when.clone() },
            ReviewConditions { asked: true, ..when.clone() },
        ];
        for it in stricter {
            prop_assert!(when.hold(&facts) || !it.hold(&facts));
        }
    }

    #[test]
    fn policies_that_were_taken_are_taken_again(policies in policies()) {
        if let Ok(checked) = policies.checked() {
            prop_assert_eq!(checked.clone().checked(), Ok(checked));
        }
    }

    #[test]
    fn an_incident_is_looked_at_again_before_it_can_fit_unseen(
        policies in policies(),
        facts in facts(),
    ) {
        let started: Timestamp = "2026-03-01T18:00:00Z".parse().expect("a time");
        let now = started + facts.lasted;
        // Between now and then nothing fits that does not fit now.
        if let Some(again) = policies.look_again(started, now) {
            prop_assert!(again > now);
            let just_before = again.duration_since(started) - SignedDuration::from_secs(1);
            let later = Facts { lasted: just_before.max(facts.lasted), ..facts.clone() };
            prop_assert_eq!(policies.decide(&later).policy, policies.decide(&facts).policy);
        }
    }

    #[test]
    fn a_call_may_be_before_it_is_late(
        seconds in 1_700_000_000_i64..1_900_000_000,
        earliest_hours in 0_u32..300,
        late_days in 1_u32..40,
    ) {
        let end = Timestamp::from_second(seconds).expect("a time");
        let incident = IncidentTimes {
            started_at: end,
            detected_at: None,
            stabilised_at: None,
            resolved_at: Some(end),
        };
        let terms = ReviewTerms { earliest_hours, late_days, ..ReviewTerms::default() };
        let times = terms.call_times(&incident).expect("it is over");
        prop_assert!(end <= times.earliest && times.earliest <= times.late_after);
    }
}
