//! Which policy fits an incident.

use jiff::{SignedDuration, Timestamp};

use super::words::{because, length};
use super::{EVERYTHING_ELSE, Opening, ReviewConditions, ReviewPolicies, ReviewTerms};
use crate::evidence::service_key;

/// While an incident goes on customers may write at any time.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// An incident that is not over after so long is no longer looked at by itself; its messages are.
const LOOKED_AT: SignedDuration = SignedDuration::from_hours(24);

/// What the policies look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// As the organisation or its paging tool calls it.
    pub severity: Option<String>,
    /// The services involved.
    pub services: Vec<String>,
    /// How long it lasted, or has lasted so far.
    pub lasted: SignedDuration,
    /// Whether customers wrote meanwhile.
    pub customers: bool,
    /// Whether it is a near-miss.
    pub near_miss: bool,
    /// Whether somebody asked for a post-mortem.
    pub asked: bool,
}

/// What the policies say of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The name of the policy that decides.
    pub policy: String,
    /// What it says.
    pub terms: ReviewTerms,
    /// Why it fits, without a full stop: "its severity is SEV1".
    pub because: String,
}

/// One severity however it is spelled: `SEV-1`, `sev 1`.
fn severity_key(severity: &str) -> String {
    severity.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl ReviewConditions {
    /// The service that it asks for and that is involved.
    pub(super) fn service_in<'a>(&self, facts: &'a Facts) -> Option<&'a str> {
        let wanted: Vec<String> = self.services.iter().map(|it| service_key(it)).collect();
        facts.services.iter().find(|it| wanted.contains(&service_key(it))).map(String::as_str)
    }

    /// Whether all of it holds.
    pub fn hold(&self, facts: &Facts) -> bool {
        let severity = facts.severity.as_deref().map(severity_key);
        let is_severe = || self.severities.iter().any(|it| Some(severity_key(it)) == severity);
        (self.severities.is_empty() || is_severe())
            && (self.services.is_empty() || self.service_in(facts).is_some())
            && self.minutes.is_none_or(|minutes| facts.lasted >= length(minutes))
            && (!self.customers || facts.customers)
            && (!self.near_miss || facts.near_miss)
            && (!self.asked || facts.asked)
    }
}

impl ReviewPolicies {
    /// The first that fits.
    pub fn decide(&self, facts: &Facts) -> Verdict {
        let fits = self.policies.iter().find(|it| it.when.hold(facts));
        match fits {
            Some(policy) => Verdict {
                policy: policy.name.clone(),
                terms: policy.terms.clone(),
                because: because(&policy.when, facts),
            },
            None => Verdict {
                policy: EVERYTHING_ELSE.to_owned(),
                terms: self.otherwise.clone(),
                because: "no other policy fits".to_owned(),
            },
        }
    }

    /// Whether any of them asks whether customers wrote.
    pub fn ask_for_customers(&self) -> bool {
        self.policies.iter().any(|it| it.when.customers)
    }

    /// When an incident that goes on may fit another policy, though nothing more is told of it.
    pub fn look_again(&self, started_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let lasted = now.duration_since(started_at);
        if lasted >= LOOKED_AT {
            return None;
        }
        let minutes = self.policies.iter().filter_map(|it| it.when.minutes).map(length);
        let next = minutes.filter(|it| *it > lasted).min();
        let next = next.and_then(|it| started_at.checked_add(it).ok());
        let asked = self.ask_for_customers().then(|| now.checked_add(ASK_AGAIN).ok()).flatten();
        next.into_iter().chain(asked).min()
    }
}

impl Verdict {
    /// What becomes of the incident and why, as a sentence.
    pub fn sentence(&self) -> String {
        let because = &self.because;
        match self.terms.opening {
            Opening::AtOnce => format!("Opened at once, since {because}."),
            Opening::WhenOver => format!("Opened once it is over, since {because}."),
            Opening::WhenAsked => {
                format!("Opened only when somebody asks for it, since {because}.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::ReviewPolicy;

    fn facts(severity: &str, services: &[&str], minutes: i64) -> Facts {
        Facts {
            severity: Some(severity.to_owned()).filter(|it| !it.is_empty()),
            services: services.iter().map(|&it| it.to_owned()).collect(),
            lasted: SignedDuration::from_mins(minutes),
            ..Facts::default()
        }
    }

    #[test]
    fn the_usual_policies() {
        let policies = ReviewPolicies::default();
        let near_miss = Facts { near_miss: true, asked: true, ..facts("SEV1", &[], 5) };
        let noticed = Facts { customers: true, ..facts("", &["checkout"], 45) };
        let asked = Facts { asked: true, ..facts("low", &[], 5) };
        for (facts, policy, opening, why) in [
            (near_miss, "Near-misses", Opening::WhenAsked, "it is a near-miss"),
            (facts("sev-1", &[], 1), "Severe incidents", Opening::AtOnce, "its severity is sev-1"),
            (
                noticed,
                "Customers noticed",
                Opening::WhenOver,
                "it lasted 45 minutes and customers wrote",
            ),
            (facts("low", &[], 125), "It took long", Opening::WhenOver, "it lasted 2 h 5 min"),
            (asked, "Somebody asks for it", Opening::WhenAsked, "somebody asked for it"),
            (facts("low", &[], 5), EVERYTHING_ELSE, Opening::WhenAsked, "no other policy fits"),
        ] {
            let verdict = policies.decide(&facts);
            assert_eq!((&verdict.policy[..], verdict.terms.opening), (policy, opening));
            assert_eq!(verdict.because, why);
        }
    }

    #[test]
    fn every_condition_counts_and_all_have_to_hold() {
        let service = ReviewConditions {
            severities: vec!["P1".to_owned()],
            services: vec!["Check Out".to_owned()],
            ..ReviewConditions::default()
        };
        assert!(service.hold(&facts("p1", &["search", "check-out"], 0)));
        assert!(!service.hold(&facts("p1", &["search"], 0)));
        assert!(!service.hold(&facts("p2", &["check-out"], 0)));
        assert!(!service.hold(&facts("", &["check-out"], 0)));
        let minutes = ReviewConditions { minutes: Some(30), ..ReviewConditions::default() };
        assert!(minutes.hold(&facts("", &[], 30)) && !minutes.hold(&facts("", &[], 29)));
        assert!(ReviewConditions::default().hold(&Facts::default()));
    }

    #[test]
    fn an_incident_that_goes_on_is_looked_at_when_it_may_fit() {
        let started: Timestamp = "2026-03-01T18:00:00Z".parse().unwrap();
        let at = |minutes| started + SignedDuration::from_mins(minutes);
        let of = |minutes: &[u32], customers| ReviewPolicies {
            policies: minutes
                .iter()
                .map(|minutes| ReviewPolicy {
                    name: "x".to_owned(),
                    when: ReviewConditions {
                        minutes: Some(*minutes),
                        customers,
                        ..ReviewConditions::default()
                    },
                    terms: ReviewTerms::default(),
                })
                .collect(),
            otherwise: ReviewTerms::default(),
        };
        assert_eq!(of(&[60, 30], false).look_again(started, at(5)), Some(at(30)));
        assert_eq!(of(&[60, 30], false).look_again(started, at(30)), Some(at(60)));
        assert_eq!(of(&[60, 30], false).look_again(started, at(60)), None);
        assert_eq!(of(&[60], true).look_again(started, at(5)), Some(at(15)));
        assert_eq!(of(&[60], true).look_again(started, at(24 * 60)), None, "it ends at last");
        assert_eq!(of(&[], false).look_again(started, at(5)), None);
    }
}
