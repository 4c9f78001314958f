//! Why a policy fits, in words.

use jiff::SignedDuration;

use super::{Facts, ReviewConditions};

/// So many minutes.
pub(super) fn length(minutes: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(minutes))
}

/// `45 minutes`, `2 h 5 min`.
fn lasting(length: SignedDuration) -> String {
    match (length.as_mins() / 60, length.as_mins() % 60) {
        (0, 1) => "a minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Each condition that was asked for, as it holds.
pub(super) fn because(when: &ReviewConditions, facts: &Facts) -> String {
    let mut all = Vec::new();
    if !when.severities.is_empty() {
        all.push(format!("its severity is {}", facts.severity.as_deref().unwrap_or_default()));
    }
    if let Some(service) = when.service_in(facts) {
        all.push(format!("{service} was involved"));
    }
    if when.minutes.is_some() {
        all.push(format!("it lasted {}", lasting(facts.lasted)));
    }
    let said = [
        (when.customers, "customers wrote"),
        (when.near_miss, "it is a near-miss"),
        (when.asked, "somebody asked for it"),
    ];
    all.extend(said.into_iter().filter(|(is_asked, _)| *is_asked).map(|it| it.1.to_owned()));
    match all.split_last() {
        None => "it fits everything".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
