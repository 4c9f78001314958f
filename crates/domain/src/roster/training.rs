//! How somebody comes to lead meetings: they read, shadow, lead with a second, and graduate.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Seat;
use crate::people::Role;

/// How far somebody is with learning to facilitate.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[schema(as = TrainingStep)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Reads the handbook, and how others led.
    Read,
    /// Watched a meeting, and talked about its choices with whoever led.
    Shadowed,
    /// Led one with somebody who has graduated.
    Led,
    /// Leads alone.
    Graduated,
}

impl Step {
    /// Every step, in their order.
    pub const ALL: [Self; 4] = [Self::Read, Self::Shadowed, Self::Led, Self::Graduated];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Shadowed => "shadowed",
            Self::Led => "led",
            Self::Graduated => "graduated",
        }
    }

    /// The step of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// Whether somebody who is so far may be asked to take a seat; `with_graduated`: whether
    /// somebody who has graduated leads with them.
    pub fn suits(self, seat: Seat, with_graduated: bool) -> bool {
        match seat {
            Seat::Facilitator => self == Self::Graduated || (self == Self::Led && with_graduated),
            // To lead beside somebody who can is how it is learned.
            Seat::CoFacilitator => {
                self == Self::Graduated || (self >= Self::Shadowed && with_graduated)
            }
            Seat::NoteTaker | Seat::Shadow => true,
        }
    }
}

/// Where somebody begins who joins the roster: whoever is trusted to lead rooms leads already, the
/// others begin with reading.
pub fn begins_at(role: Role) -> Step {
    match role {
        Role::Facilitator => Step::Graduated,
        Role::Member | Role::Admin => Step::Read,
    }
}

/// A meeting that was held, in which somebody who learns had a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The seat that they had.
    pub seat: Seat,
    /// Ids of those who had graduated and led it, alone or with them.
    pub led_by: BTreeSet<String>,
}

/// The step that `noter` may note for somebody who has come so far, and the first of the meetings
/// that they held to which it belongs. What somebody did they note themselves; that they can lead
/// alone, one of those who led with them says.
pub fn next_step<'a>(
    noter: &str,
    person: &str,
    reached: Step,
    held: &'a [Held],
) -> Option<(Step, &'a Held)> {
    let themselves = noter == person;
    let led_with_another = |it: &&Held| it.seat.leads() && it.led_by.iter().any(|by| by != person);
    let found = match reached {
        Step::Read if themselves => held.iter().find(|it| it.seat == Seat::Shadow),
        Step::Shadowed if themselves => held.iter().find(led_with_another),
        Step::Led if !themselves => {
            held.iter().filter(led_with_another).find(|it| it.led_by.contains(noter))
        }
        _ => None,
    };
    let next = Step::ALL.into_iter().find(|it| *it > reached)?;
    found.map(|it| (next, it))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn held(postmortem: &str, seat: Seat, led_by: &[&str]) -> Held {
        let led_by = led_by.iter().map(|&it| it.to_owned()).collect();
        Held { postmortem: postmortem.to_owned(), seat, led_by }
    }

    fn step(noter: &str, reached: Step, held: &[Held]) -> Option<(Step, String)> {
        next_step(noter, "bo", reached, held).map(|(step, it)| (step, it.postmortem.clone()))
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for step in Step::ALL {
            assert_eq!(Step::parse(step.as_str()), Some(step));
            assert_eq!(serde_json::json!(step), step.as_str());
        }
    }

    #[test]
    fn shadowing_and_leading_are_noted_by_whoever_did() {
        let all = [held("one", Seat::Shadow, &["gil"]), held("two", Seat::CoFacilitator, &["gil"])];
        assert_eq!(step("bo", Step::Read, &all), Some((Step::Shadowed, "one".to_owned())));
        assert_eq!(step("bo", Step::Shadowed, &all), Some((Step::Led, "two".to_owned())));
        assert_eq!(step("bo", Step::Read, &all[1..]), None, "nothing was shadowed");
        assert_eq!(step("gil", Step::Read, &all), None, "nobody notes it for another");
        let alone = [held("three", Seat::Facilitator, &[])];
        assert_eq!(step("bo", Step::Shadowed, &alone), None, "nobody led with them");
    }

    #[test]
    fn whoever_led_with_them_says_that_they_can_lead_alone() {
        let all =
            [held("one", Seat::Facilitator, &["hue"]), held("two", Seat::Facilitator, &["gil"])];
        assert_eq!(step("gil", Step::Led, &all), Some((Step::Graduated, "two".to_owned())));
        assert_eq!(step("hue", Step::Led, &all), Some((Step::Graduated, "one".to_owned())));
        assert_eq!(step("ivy", Step::Led, &all), None, "she led with nobody here");
        assert_eq!(step("bo", Step::Led, &all), None, "nobody graduates themselves");
        assert_eq!(step("gil", Step::Graduated, &all), None);
        let shadowed = [held("one", Seat::Shadow, &["gil"])];
        assert_eq!(step("gil", Step::Led, &shadowed), None, "watching is not leading");
    }

    #[test]
    fn who_may_take_which_seat() {
        use Step::{Graduated, Led, Read, Shadowed};
        let suits = |seat, with| Step::ALL.into_iter().filter(move |it| it.suits(seat, with));
        let all = |seat, with| suits(seat, with).collect::<Vec<_>>();
        assert_eq!(all(Seat::Facilitator, false), [Graduated]);
        assert_eq!(all(Seat::Facilitator, true), [Led, Graduated]);
        assert_eq!(all(Seat::CoFacilitator, false), [Graduated]);
        assert_eq!(all(Seat::CoFacilitator, true), [Shadowed, Led, Graduated]);
        assert_eq!(all(Seat::Shadow, false), [Read, Shadowed, Led, Graduated]);
    }

    fn some_held() -> impl Strategy<Value = Vec<Held>> {
        let one = (0_usize..4, proptest::collection::btree_set(0_u8..4, 0..3));
        proptest::collection::vec(one, 0..6).prop_map(|all| {
            let meeting = |(n, (seat, by)): (usize, (usize, BTreeSet<u8>))| Held {
                postmortem: format!("m{n}"),
                seat: Seat::ALL[seat],
                led_by: by.into_iter().map(|it| format!("p{it}")).collect(),
            };
            all.into_iter().enumerate().map(meeting).collect()
        })
    }

    proptest! {
        /// No step is skipped, and nobody comes to lead alone by their own word.
        #[test]
        fn steps_are_taken_one_after_the_other(
            all in some_held(), noter in 0_u8..4, reached in 0_usize..4,
        ) {
            let (noter, reached) = (format!("p{noter}"), Step::ALL[reached]);
            if let Some((next, it)) = next_step(&noter, "p0", reached, &all) {
                prop_assert_eq!(Step::ALL.into_iter().position(|it| it == next),
                    Step::ALL.into_iter().position(|it| it == reached).map(|at| at + 1));
                prop_assert!(all.contains(it));
                if next == Step::Graduated {
                    prop_assert_ne!(&noter, "p0");
                    prop_assert!(it.led_by.contains(&noter) && it.seat.leads());
                } else {
                    prop_assert_eq!(&noter, "p0");
                }
            }
        }
    }
}
