//! The policies that an organisation starts with.

use super::{Invited, Opening, ReviewConditions, ReviewPolicies, ReviewPolicy, ReviewTerms};
use crate::analysis::FEW_THEMES;
use crate::recording::KEPT_DAYS;

/// What tools and organisations call their first two severities.
const SEVERE: [&str; 8] = ["SEV0", "SEV1", "SEV2", "P0", "P1", "P2", "critical", "major"];
/// An incident that lasts longer is worth looking at, whatever it is called.
const LONG_MINUTES: u32 = 60;

impl Default for ReviewTerms {
    fn default() -> Self {
        Self {
            opening: Opening::WhenAsked,
            handbook: "60-minutes".to_owned(),
            earliest_hours: 24,
            warn_hours: 72,
            late_days: 5,
            invite: Invited { participants: true, owners: true, disciplines: Vec::new() },
            themes: FEW_THEMES,
            watch: None,
            keep_days: u32::try_from(KEPT_DAYS).unwrap_or_default(),
        }
    }
}

impl Default for ReviewPolicies {
    fn default() -> Self {
        let opened = |opening, handbook: &str| ReviewTerms {
            opening,
            handbook: handbook.to_owned(),
            ..ReviewTerms::default()
        };
        let policy = |name: &str, when, terms| ReviewPolicy { name: name.to_owned(), when, terms };
        let any = ReviewConditions::default;
        let severe = SEVERE.iter().map(|&it| it.to_owned()).collect();
        let with_support = Invited {
            disciplines: "support".parse().into_iter().collect(),
            ..ReviewTerms::default().invite
        };
        Self {
            policies: vec![
                policy(
                    "Near-misses",
                    ReviewConditions { near_miss: true, ..any() },
                    opened(Opening::WhenAsked, "near-miss"),
                ),
                policy(
                    "Severe incidents",
                    ReviewConditions { severities: severe, ..any() },
                    ReviewTerms {
                        invite: with_support.clone(),
                        ..opened(Opening::AtOnce, "60-minutes")
                    },
                ),
                policy(
                    "Customers noticed",
                    ReviewConditions { customers: true, minutes: Some(LONG_MINUTES / 2), ..any() },
                    ReviewTerms { invite: with_support, ..opened(Opening::WhenOver, "60-minutes") },
                ),
                policy(
                    "It took long",
                    ReviewConditions { minutes: Some(LONG_MINUTES), ..any() },
                    opened(Opening::WhenOver, "light"),
                ),
                policy(
                    "Somebody asks for it",
                    ReviewConditions { asked: true, ..any() },
                    opened(Opening::WhenAsked, "60-minutes"),
                ),
            ],
            otherwise: opened(Opening::WhenAsked, "light"),
        }
    }
}
