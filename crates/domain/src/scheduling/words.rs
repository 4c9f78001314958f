//! The sentences of the search.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::bounds::Bounds;
use super::hours::DayHours;
use super::ledger::PastHour;
use super::people::{Attendee, Wish};
use super::strain::Strain;

/// So many are named before the rest is "others".
const MOST_NAMED: usize = 4;
/// Of so many people is said what they had before.
const MOST_REMEMBERED: usize = 3;

/// What should be known of the search as a whole.
pub(super) fn notes(people: &[&Attendee], humane: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if people.is_empty() {
        notes.push("Nobody is invited yet: the hours below suit anybody.".to_owned());
    } else if !humane {
        notes.push(
            "There is no hour inside the day of everybody who is needed: hold two sessions, ask for \
             input in writing, or make somebody welcome instead of needed."
                .to_owned(),
        );
    }
    let unknown: Vec<_> =
        people.iter().filter(|it| it.zone.is_none()).map(|it| &it.name[..]).collect();
    if !unknown.is_empty() {
        notes.push(format!(
            "No usable time zone is known of {}: which hour it is there was left out of account.",
            names(&unknown)
        ));
    }
    notes
}

/// What should be thought of at an hour.
pub(super) fn warnings(bounds: &Bounds, end: Timestamp, at: Timestamp) -> Vec<String> {
    if at > bounds.lapses(end) {
        let days = bounds.late;
        return vec![format!("This is late: more than {days} business days after the incident.")];
    }
    if at > bounds.warns(end) {
        let hours = bounds.warn.as_hours();
        return vec![format!("This is more than {hours} hours after the incident: memory fades.")];
    }
    Vec::new()
}

/// What stands against an hour for somebody, told to them and to others alike.
pub(super) fn why(
    person: &Attendee,
    strain: Option<Strain>,
    hours: Option<DayHours>,
    local: Option<(DateTime, DateTime)>,
    from: Timestamp,
) -> Vec<String> {
    let mut why = Vec::new();
    if person.zone.is_none() {
        why.push(
            "No usable time zone is known, so that nobody knows which hour this is.".to_owned(),
        );
    }
    let weekday = || local.map_or(String::new(), |(it, _)| it.strftime("%A").to_string());
    why.extend(strain.map(|strain| match (strain, hours) {
        (Strain::Early, Some(hours)) => format!("Early: the working day begins at {}.", hours.from),
        (Strain::Late, Some(hours)) => format!("Late: the working day ends at {}.", hours.until),
        (Strain::Early | Strain::Late, None) => "Outside the working hours.".to_owned(),
        (Strain::Night, _) => "In the night.".to_owned(),
        (Strain::FreeDay, _) => format!("{} is not a working day.", weekday()),
        (Strain::Holiday, _) => "A public holiday.".to_owned(),
        (Strain::DayOff, _) => "A day off.".to_owned(),
        (Strain::Refused, _) => cannot(person, from),
        (Strain::Busy, _) => "Something else stands in the calendar.".to_owned(),
    }));
    let had = strain.filter(|it| it.is_of_the_hour()).and_then(|_| had(person));
    why.extend(had.map(|had| format!("Had {had}.")));
    why
}

fn cannot(person: &Attendee, from: Timestamp) -> String {
    let note = person.wishes.iter().find_map(|wish| match wish {
        Wish::Refuse(at, note) if *at == from && !note.is_empty() => Some(note),
        _ => None,
    });
    note.map_or_else(|| "Cannot come then.".to_owned(), |note| format!("Cannot come: “{note}”."))
}

/// Why this hour.
pub(super) fn reasons(
    people: &[(&Attendee, Option<Strain>)],
    proposed_by: &[String],
) -> Vec<String> {
    let mut reasons = Vec::new();
    let named = |wanted: &dyn Fn(&Attendee, Option<Strain>) -> bool| -> Vec<&str> {
        let those = people.iter().filter(|(person, strain)| wanted(person, *strain));
        those.map(|(person, _)| &person.name[..]).collect()
    };
    let proposers = named(&|person, _| proposed_by.contains(&person.id));
    if !proposers.is_empty() {
        reasons.push(format!("Proposed by {}.", names(&proposers)));
    }
    let fine = named(&|person, strain| person.zone.is_some() && strain.is_none());
    if !fine.is_empty() && fine.len() == people.len() {
        reasons.push("Inside everybody’s working hours.".to_owned());
        return reasons;
    }
    for strain in ALL {
        let those = named(&|_, it| it == Some(strain));
        if !those.is_empty() {
            reasons.push(sentence(strain, &names(&those)));
        }
    }
    if !fine.is_empty() {
        reasons.push(format!("Inside the working hours of {}.", names(&fine)));
    }
    reasons.extend(spared(people));
    reasons
}

const ALL: [Strain; 8] = [
    Strain::Early,
    Strain::Late,
    Strain::Night,
    Strain::FreeDay,
    Strain::Holiday,
    Strain::DayOff,
    Strain::Refused,
    Strain::Busy,
];

fn sentence(strain: Strain, names: &str) -> String {
    match strain {
        Strain::Early => format!("Early for {names}."),
        Strain::Late => format!("Late for {names}."),
        Strain::Night => format!("In the night of {names}."),
        Strain::FreeDay => format!("Not a working day for {names}."),
        Strain::Holiday => format!("A public holiday for {names}."),
        Strain::DayOff => format!("A day off for {names}."),
        Strain::Refused => format!("Refused by {names}."),
        Strain::Busy => format!("Something else stands in the calendar of {names}."),
    }
}

/// Where somebody has an inconvenient hour: who had one lately and is spared this time.
fn spared(people: &[(&Attendee, Option<Strain>)]) -> Vec<String> {
    let inconvenient = people.iter().any(|it| it.1.is_some_and(Strain::is_of_the_hour));
    if !inconvenient {
        return Vec::new();
    }
    let spared = people.iter().filter(|it| it.1.is_none()).filter_map(|(person, _)| {
        let had = had(person)?;
        Some(format!("It spares {}, who had {had}.", person.name))
    });
    spared.take(MOST_REMEMBERED).collect()
}

/// `the early hour on 3 and 17 November`: what somebody had lately, by their calendar.
fn had(person: &Attendee) -> Option<String> {
    let utc = TimeZone::UTC;
    let zone = person.zone.as_ref().unwrap_or(&utc);
    let of = |strain: Strain, name: &str| {
        let those = person.past.iter().filter(|it| it.strain == strain);
        let mut days: Vec<_> = those.map(|it: &PastHour| zone.to_datetime(it.at).date()).collect();
        days.sort_unstable();
        days.dedup();
        (!days.is_empty()).then(|| format!("{name} on {}", days_in_words(&days)))
    };
    let parts = [
        of(Strain::Early, "the early hour"),
        of(Strain::Late, "the late hour"),
        of(Strain::Night, "the hour in the night"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let parts: Vec<_> = parts.iter().map(|it| &it[..]).collect();
    (!parts.is_empty()).then(|| listed(&parts))
}

/// `3 and 17 November`, `28 October and 3 November`.
fn days_in_words(days: &[Date]) -> String {
    let words: Vec<_> = days
        .iter()
        .enumerate()
        .map(|(at, day)| {
            let next = days.get(at + 1);
            let same = next.is_some_and(|it| (it.year(), it.month()) == (day.year(), day.month()));
            day.strftime(if same { "%-d" } else { "%-d %B" }).to_string()
        })
        .collect();
    listed(&words.iter().map(|it| &it[..]).collect::<Vec<_>>())
}

/// `Ada, Bo and Cy`, or `Ada, Bo, Cy, Di and 3 others`.
fn names(all: &[&str]) -> String {
    let more = all.len().saturating_sub(MOST_NAMED);
    // One more is named rather than counted.
    if more < 2 {
        return listed(all);
    }
    let others = format!("{more} others");
    let shown = all.iter().copied().take(MOST_NAMED).chain([&others[..]]);
    listed(&shown.collect::<Vec<_>>())
}

fn listed(all: &[&str]) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_told_as_people_do() {
        let day = |month, day| date(2026, month, day);
        for (days, words) in [
            (vec![day(11, 3)], "3 November"),
            (vec![day(11, 3), day(11, 17)], "3 and 17 November"),
            (vec![day(10, 28), day(11, 3), day(11, 17)], "28 October, 3 and 17 November"),
        ] {
            assert_eq!(days_in_words(&days), words);
        }
    }

    #[test]
    fn a_few_are_named_and_the_rest_are_others() {
        let all = ["Ada", "Bo", "Cy", "Di", "Ed", "Fay"];
        assert_eq!(names(&all[..1]), "Ada");
        assert_eq!(names(&all[..5]), "Ada, Bo, Cy, Di and Ed");
        assert_eq!(names(&all), "Ada, Bo, Cy, Di and 2 others");
    }
}
