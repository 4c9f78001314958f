//! What was deployed, merged or switched before the incident.

use std::collections::{HashMap, HashSet};

use super::super::proposals::Proposal;
use super::super::service_key;
use super::super::words::{counted, dated, lasting};
use super::habit::{Habit, Strangeness};
use super::{Answer, Finding, Looked, MOST_FINDINGS, Question, first_ids};

/// How many changes there were, in the window and in the periods before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// In the window.
    pub now: usize,
    /// In the quietest of the periods before that are known.
    pub least: usize,
    /// In the busiest of them.
    pub most: usize,
}

/// "What was deployed, merged or switched?" The changes in the window, each with the fingerprint
/// of its first event: the last first, and behind them what comes as ever.
pub fn changes(
    looked: &Looked,
    volume: Volume,
    changes: Vec<(Option<String>, Proposal)>,
    habits: &[Habit],
) -> Answer {
    let by_name: HashMap<(&str, &str), &Habit> =
        habits.iter().map(|it| ((it.service.as_str(), it.fingerprint.as_str()), it)).collect();
    let known = looked.known();
    let mut ranked: Vec<(Option<&Habit>, Proposal)> = changes
        .into_iter()
        .map(|(fingerprint, proposal)| {
            let service = service_key(&proposal.service);
            let habit =
                fingerprint.and_then(|name| by_name.get(&(&service[..], &name[..])).copied());
            (habit.filter(|it| it.active > 0), proposal)
        })
        .collect();
    let is_usual =
        |habit: Option<&Habit>| habit.is_some_and(|it| it.strangeness(known) == Strangeness::Usual);
    ranked.sort_by(|(a_habit, a), (b_habit, b)| {
        let usual = is_usual(*a_habit).cmp(&is_usual(*b_habit));
        usual.then(b.last_at.cmp(&a.last_at)).then(a.id.cmp(&b.id))
    });
    // What comes as ever is told once, by its last time.
    let mut told = HashSet::new();
    ranked.retain(|(habit, _)| {
        let usual = habit.filter(|_| is_usual(*habit));
        usual.is_none_or(|habit| told.insert((&habit.service, &habit.fingerprint)))
    });
    // However much is unusual, what comes as ever is told too: it may have brought the rest.
    let unusual = ranked.partition_point(|(habit, _)| !is_usual(*habit));
    let usual = ranked.split_off(unusual);
    ranked.truncate(MOST_FINDINGS.saturating_sub(usual.len()).max(MOST_FINDINGS / 2));
    ranked.extend(usual);
    ranked.truncate(MOST_FINDINGS);
    let findings = ranked.into_iter().map(|(habit, it)| finding(looked, volume, habit, it));
    let before = looked.before();
    let found = match volume.now {
        0 => format!("Nothing: no change is known in {before}."),
        n => format!("{} in {before}.", counted(n, "change")),
    };
    looked.answer(Question::Changes, &found, findings.collect())
}

fn finding(looked: &Looked, volume: Volume, habit: Option<&Habit>, it: Proposal) -> Finding {
    let when = match looked.scale.to.duration_since(it.last_at) {
        short if short.as_secs() < 1 => "when the incident began".to_owned(),
        earlier => format!("{} before the incident began", lasting(earlier)),
    };
    let reason = match habit {
        Some(habit) => habit.reason("came", &looked.scale, looked.known()),
        None => usual_number(looked, volume),
    };
    Finding {
        sentence: format!("“{}” on {}, {when}.", it.title, dated(it.last_at)),
        reason,
        count: habit.map_or(it.count, |habit| habit.now as usize),
        events: first_ids(it.events.iter().rev().copied()),
        words: Vec::new(),
        proposal: it,
    }
}

fn usual_number(looked: &Looked, volume: Volume) -> String {
    let now = format!("one of {} in {}", counted(volume.now, "change"), looked.before());
    match (looked.known(), volume) {
        (0, _) => format!("{now}; there is nothing earlier to compare with"),
        (known, Volume { least, most, .. }) => {
            let number =
                if least == most { most.to_string() } else { format!("{least} to {most}") };
            format!("{now}; {number} in each of {}", looked.scale.periods_before(known))
        }
    }
}
