//! Which policies are taken.

use std::collections::BTreeSet;

use super::{ReviewConditions, ReviewPolicies, ReviewPolicy, ReviewTerms};
use crate::postmortem::LONGEST_LABEL;

const MOST_POLICIES: usize = 30;
const LONGEST_NAME: usize = 100;
const MOST_NAMED: usize = 50;
/// Thirty days.
const MOST_MINUTES: u32 = 30 * 24 * 60;
/// Two weeks, and four.
const MOST_EARLIEST_HOURS: u32 = 14 * 24;
const MOST_WARN_HOURS: u32 = 28 * 24;
const MOST_LATE_DAYS: u32 = 60;
const MOST_THEMES: u32 = 10;
const MOST_KEPT_DAYS: u32 = 3650;

/// Why policies are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PoliciesRefused {
    /// There are too many.
    #[error("these are more than 30 policies: nobody could say which one decides")]
    TooMany,
    /// One has no name, too long a name, or that of another.
    #[error("give each policy a name of its own, of 1 to 100 characters: “{0}”")]
    Name(String),
    /// One has no condition, so that those below it could never decide.
    #[error(
        "“{0}” has no condition, so that nothing below it would ever decide: say when it fits, or \
         change what holds for everything else"
    )]
    Unconditional(String),
    /// Something in one of them cannot be.
    #[error("“{policy}”: {detail}")]
    Odd {
        /// The policy's name.
        policy: String,
        /// What to do.
        detail: String,
    },
}

impl ReviewPolicies {
    /// The policies as they are kept: without white space around their words, each word once.
    pub fn checked(mut self) -> Result<Self, PoliciesRefused> {
        if self.policies.len() > MOST_POLICIES {
            return Err(PoliciesRefused::TooMany);
        }
        let mut names = BTreeSet::new();
        for policy in &mut self.policies {
            policy.tidy();
            let fits = (1..=LONGEST_NAME).contains(&policy.name.chars().count());
            if !fits || !names.insert(policy.name.to_lowercase()) {
                return Err(PoliciesRefused::Name(policy.name.clone()));
            }
            if policy.when.is_empty() {
                return Err(PoliciesRefused::Unconditional(policy.name.clone()));
            }
            policy.when.check().map_err(|detail| odd(&policy.name, detail))?;
        }
        for (name, terms) in self.all() {
            terms.check().map_err(|detail| odd(name, detail))?;
        }
        Ok(self)
    }
}

fn odd(policy: &str, detail: String) -> PoliciesRefused {
    PoliciesRefused::Odd { policy: policy.to_owned(), detail }
}

impl ReviewPolicy {
    fn tidy(&mut self) {
        self.name = self.name.trim().to_owned();
        for list in [&mut self.when.severities, &mut self.when.services] {
            let mut kept: Vec<String> = Vec::with_capacity(list.len());
            for word in list.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
                if !kept.iter().any(|it| it == word) {
                    kept.push(word.to_owned());
                }
            }
            *list = kept;
        }
    }
}

impl ReviewConditions {
    fn check(&self) -> Result<(), String> {
        for (what, list) in [("severities", &self.severities), ("services", &self.services)] {
            if list.len() > MOST_NAMED {
                return Err(format!("name at most {MOST_NAMED} {what}"));
            }
            if let Some(long) = list.iter().find(|it| it.chars().count() > LONGEST_LABEL) {
                return Err(format!("“{long}” is longer than {LONGEST_LABEL} characters"));
            }
        }
        within("minutes", self.minutes.unwrap_or(1), 1, MOST_MINUTES)
    }
}

impl ReviewTerms {
    fn check(&self) -> Result<(), String> {
        within("hours before the call", self.earliest_hours, 0, MOST_EARLIEST_HOURS)?;
        within("hours before the warning", self.warn_hours, self.earliest_hours, MOST_WARN_HOURS)?;
        within("working days before it is late", self.late_days, 1, MOST_LATE_DAYS)?;
        within("themes", self.themes, 1, MOST_THEMES)?;
        within("days that the recording stays", self.keep_days, 0, MOST_KEPT_DAYS)?;
        if self.invite.disciplines.len() > MOST_NAMED {
            return Err(format!("name at most {MOST_NAMED} disciplines"));
        }
        Ok(())
    }
}

fn within(what: &str, number: u32, least: u32, most: u32) -> Result<(), String> {
    if (least..=most).contains(&number) {
        Ok(())
    } else {
        Err(format!("say {least} to {most} {what}, and not {number}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut ReviewPolicies)) -> Result<ReviewPolicies, PoliciesRefused> {
        let mut policies = ReviewPolicies::default();
        change(&mut policies);
        policies.checked()
    }

    #[test]
    fn the_usual_policies_are_taken_as_they_are() {
        assert_eq!(with(|_| {}), Ok(ReviewPolicies::default()));
    }

    #[test]
    fn words_are_kept_once_and_without_space_around_them() {
        let kept = with(|it| {
            it.policies[1].name = "  Bad  ".to_owned();
            it.policies[1].when.severities =
                vec![" P1 ".to_owned(), String::new(), "P1".to_owned()];
        });
        let kept = &kept.unwrap().policies[1];
        assert_eq!((&kept.name[..], &kept.when.severities[..]), ("Bad", &["P1".to_owned()][..]));
    }

    #[test]
    fn what_could_never_decide_is_refused() {
        let refused = with(|it| it.policies[0].when = ReviewConditions::default());
        assert_eq!(refused, Err(PoliciesRefused::Unconditional("Near-misses".to_owned())));
        let refused = with(|it| it.policies[0].name = "severe INCIDENTS".to_owned());
        assert_eq!(refused, Err(PoliciesRefused::Name("Severe incidents".to_owned())));
        let refused = with(|it| it.policies = vec![it.policies[0].clone(); MOST_POLICIES + 1]);
        assert_eq!(refused, Err(PoliciesRefused::TooMany));
    }

    #[test]
    fn numbers_have_bounds_that_are_told() {
        type Change = fn(&mut ReviewTerms);
        let changes: [Change; 6] = [
            |it| it.earliest_hours = MOST_EARLIEST_HOURS + 1,
            |it| it.warn_hours = it.earliest_hours - 1,
            |it| it.late_days = 0,
            |it| it.themes = 0,
            |it| it.themes = MOST_THEMES + 1,
            |it| it.keep_days = MOST_KEPT_DAYS + 1,
        ];
        for change in changes {
            let refused = with(|it| change(&mut it.otherwise));
            let Err(PoliciesRefused::Odd { policy, detail }) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!(policy, crate::review::EVERYTHING_ELSE);
            assert!(detail.starts_with("say "), "{detail}");
        }
        assert!(with(|it| it.policies[3].when.minutes = Some(0)).is_err());
    }
}
