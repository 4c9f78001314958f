//! Whom to ask to take a seat: by rotation, never who was involved nor whose reports were.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::hours::{Meets, meets};
use super::{Seat, Step};
use crate::time::zone_named;

/// Somebody on the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Id of the person.
    pub person: String,
    /// How far they are with learning it.
    pub reached: Step,
    /// When they were asked last to lead, about whichever post-mortem.
    pub asked_last: Option<Timestamp>,
    /// The day, in their zone, from which they take requests again.
    pub away_until: Option<Date>,
    /// An IANA time zone name.
    pub zone: String,
}

/// What somebody is looked for.
#[derive(Clone, Debug)]
pub struct Around {
    /// The seat that is free.
    pub seat: Seat,
    /// The time.
    pub now: Timestamp,
    /// Ids of those who wrote in the record, or whom it or its evidence names.
    pub involved: BTreeSet<String>,
    /// Ids of those who lead the teams of the involved.
    pub managers: BTreeSet<String>,
    /// Who has a seat already, or is asked to take one.
    pub seated: BTreeMap<String, Seat>,
    /// Ids of those who could not take this seat here.
    pub declined: BTreeSet<String>,
    /// Whether somebody who has graduated leads with whoever is looked for.
    pub with_graduated: bool,
    /// The zones of those who are invited.
    pub zones: Vec<String>,
}

/// Whether to ask somebody, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Id of the person.
    pub person: String,
    /// Whether they may be asked.
    pub may: bool,
    /// Why, or why not: words that follow the person's name.
    pub because: String,
}

/// Everybody on the roster: first those who may be asked, whoever comes next by rotation first; then
/// those who may not, in no order that says anything.
pub fn suggestions(candidates: &[Candidate], around: &Around) -> Vec<Suggestion> {
    let mut may = Vec::new();
    let mut may_not = Vec::new();
    for it in candidates {
        match refusal(it, around) {
            None => may.push((turn(it, around), fitting(it, around))),
            Some(because) => may_not.push(answer(it, false, because)),
        }
    }
    may.sort_by_key(|(rank, _)| *rank);
    may_not.sort_by(|a, b| a.person.cmp(&b.person));
    may.into_iter().map(|(_, it)| it).chain(may_not).collect()
}

fn answer(it: &Candidate, may: bool, because: String) -> Suggestion {
    Suggestion { person: it.person.clone(), may, because }
}

/// Whose turn it is: hours that suit most come first, then whoever was asked least recently. To lead,
/// those who have graduated come before those who learn; to write and to watch, the other way round.
fn turn<'a>(it: &'a Candidate, around: &Around) -> (bool, bool, Option<Timestamp>, &'a str) {
    let far = meets(&it.zone, &around.zones, around.now) == Meets::Few;
    let second_choice = (it.reached == Step::Graduated) != around.seat.leads();
    (far, second_choice, it.asked_last, &it.person)
}

/// Why somebody may not be asked.
fn refusal(it: &Candidate, around: &Around) -> Option<String> {
    let is_in = |ids: &BTreeSet<String>| ids.contains(&it.person);
    if let Some(seat) = around.seated.get(&it.person) {
        return Some(format!("has or is asked for a seat here already: {}", seat.label()));
    }
    if is_in(&around.involved) {
        return Some("was part of it: wrote in the record, or is named there".to_owned());
    }
    if is_in(&around.managers) {
        return Some("leads a team that was part of it".to_owned());
    }
    if is_in(&around.declined) {
        return Some("cannot this time".to_owned());
    }
    if let Some(day) = it.away_until.filter(|day| *day > today(it, around.now)) {
        return Some(format!("takes no requests until {}", day.strftime("%-d %B %Y")));
    }
    if !it.reached.suits(around.seat, around.with_graduated) {
        return Some(still_learning(it.reached, around.seat));
    }
    None
}

fn today(it: &Candidate, now: Timestamp) -> Date {
    now.to_zoned(zone_named(&it.zone).unwrap_or(TimeZone::UTC)).date()
}

fn still_learning(reached: Step, seat: Seat) -> String {
    let so_far = match reached {
        Step::Read => return "begins to learn it, and may shadow or take notes".to_owned(),
        Step::Shadowed => "has shadowed",
        Step::Led | Step::Graduated => "has led with a second",
    };
    let beside = match (reached, seat) {
        (Step::Shadowed, Seat::Facilitator) => "leads next as a co-facilitator",
        _ => "leads beside somebody who has graduated",
    };
    format!("{so_far}, and {beside}")
}

fn fitting(it: &Candidate, around: &Around) -> Suggestion {
    let training = match it.reached {
        Step::Graduated => "has graduated",
        Step::Led => "has led with a second",
        Step::Shadowed => "has shadowed",
        Step::Read => "begins to learn it",
    };
    let asked = match it.asked_last {
        None => "was not asked to lead before".to_owned(),
        Some(at) => format!("was last asked to lead on {}", at.strftime("%-d %B %Y")),
    };
    let hours = match meets(&it.zone, &around.zones, around.now) {
        Meets::Nobody => None,
        Meets::All => Some("works in the hours of everybody who is invited"),
        Meets::Most => Some("works in the hours of most who are invited"),
        Meets::Few => Some("works at other hours than most who are invited"),
    };
    let because = match hours {
        None => format!("{training} and {asked}"),
        Some(hours) => format!("{training}, {asked}, and {hours}"),
    };
    answer(it, true, because)
}

#[cfg(test)]
mod tests;
