//! Alerts that fired before the incident: its own, and others that usually do not.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::super::proposals::Proposal;
use super::super::words::{dated, lasting, times};
use super::super::{EventId, EventState};
use super::habit::{Habit, Strangeness};
use super::{Answer, Finding, Looked, MOST_FINDINGS, Occurrence, Question, first_ids};

/// So many single times are told; of more only the first and the last.
const TOLD: usize = 3;

/// An alert that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// How often, now and before.
    pub habit: Habit,
    /// When it first fired in the window, where that is before all of these.
    pub first_at: Option<Timestamp>,
    /// Its last events, in the order of time.
    pub occurrences: Vec<Occurrence>,
}

/// The last occurrences of some alerts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firings {
    /// The occurrences, in any order.
    pub last: Vec<Occurrence>,
    /// When those that fired in the window more often than that first did, by service and name.
    pub first: HashMap<(String, String), Timestamp>,
}

/// Those alerts that fired in the window and usually do not, as many as are told.
pub fn unusual(mut habits: Vec<Habit>, known: u32) -> Vec<Habit> {
    habits.retain(|habit| habit.now > 0 && habit.strangeness(known) != Strangeness::Usual);
    most_unusual(habits, known)
}

/// As many alerts as are told, the most unusual first.
pub fn most_unusual(mut habits: Vec<Habit>, known: u32) -> Vec<Habit> {
    habits.sort_by_key(|habit| habit.rank(known));
    habits.truncate(MOST_FINDINGS);
    habits
}

/// Joins alerts with their occurrences.
pub fn fired(habits: Vec<Habit>, firings: Firings) -> Vec<Fired> {
    let Firings { last: mut occurrences, mut first } = firings;
    occurrences.sort_by_key(|it| (it.at, it.id));
    let mut by_alert: HashMap<(String, String), Vec<Occurrence>> = HashMap::new();
    for it in occurrences {
        if let Some(name) = it.fingerprint.clone() {
            by_alert.entry((it.service.clone(), name)).or_default().push(it);
        }
    }
    let join = |habit: Habit| {
        let key = (habit.service.clone(), habit.fingerprint.clone());
        let occurrences = by_alert.remove(&key).unwrap_or_default();
        Fired { habit, first_at: first.remove(&key), occurrences }
    };
    habits.into_iter().map(join).collect()
}

/// "Have these alerts fired before?" Of so many alerts of the incident `habits` has all that ever
/// fired, and `fired` those that are told. The proposals are of the events that [`Fired::shown`]
/// names.
pub fn fired_before(
    looked: &Looked,
    alerts: usize,
    habits: &[Habit],
    fired: &[Fired],
    shown: &BTreeMap<EventId, Proposal>,
) -> Answer {
    let before = looked.before();
    let in_window = habits.iter().filter(|it| it.now > 0).count();
    let found = match (alerts, in_window) {
        (0, _) => "Nothing: no alert of the incident itself is known. Cite one in the timeline, \
                   and it is looked for."
            .to_owned(),
        (1, 0) => format!("Nothing: the incident's alert did not fire in {before}."),
        (n, 0) => format!("Nothing: none of the incident's {n} alerts fired in {before}."),
        (1, _) => format!("Yes: the incident's alert fired in {before}."),
        (n, fired) => format!("Yes: {fired} of the incident's {n} alerts fired in {before}."),
    };
    looked.answer(Question::FiredBefore, &found, findings(looked, fired, shown))
}

/// "What else fired that usually does not?"
pub fn fired_else(looked: &Looked, fired: &[Fired], shown: &BTreeMap<EventId, Proposal>) -> Answer {
    let before = looked.before();
    let found = match fired.len() {
        0 => format!("Nothing: no other alert fired in {before} that usually does not."),
        1 => format!("One other alert fired in {before} that usually does not."),
        n => format!("{n} other alerts fired in {before} that usually do not."),
    };
    looked.answer(Question::FiredElse, &found, findings(looked, fired, shown))
}

fn findings(looked: &Looked, fired: &[Fired], shown: &BTreeMap<EventId, Proposal>) -> Vec<Finding> {
    let finding = |it: &Fired| {
        let proposal = it.shown().first().and_then(|id| shown.get(id))?.clone();
        Some(Finding {
            sentence: it.sentence(&proposal.title, looked),
            reason: it.habit.reason("fired", &looked.scale, looked.known()),
            count: it.habit.now as usize,
            events: first_ids(it.occurrences.iter().rev().map(|it| it.id)),
            words: Vec::new(),
            proposal,
        })
    };
    fired.iter().filter_map(finding).collect()
}

impl Fired {
    /// The last time it fired, and when that was resolved: what the proposal is made of.
    pub fn shown(&self) -> Vec<EventId> {
        let last = self.occurrences.iter().rposition(|it| it.state != Some(EventState::Resolved));
        let Some((fired, after)) =
            last.and_then(|at| self.occurrences.get(at..)).and_then(<[_]>::split_first)
        else {
            return Vec::new();
        };
        [fired].into_iter().chain(after.first()).map(|it| it.id).collect()
    }

    fn sentence(&self, title: &str, looked: &Looked) -> String {
        let is_firing = |it: &&Occurrence| it.state != Some(EventState::Resolved);
        let all: Vec<Timestamp> =
            self.occurrences.iter().filter(is_firing).map(|it| it.at).collect();
        let now: Vec<Timestamp> =
            all.iter().copied().filter(|at| *at >= looked.scale.from).collect();
        let became = became(&self.occurrences, looked);
        let count = times((self.habit.now as usize).max(now.len()));
        match now.as_slice() {
            [] => {
                let last = all.last().copied().unwrap_or(self.habit.last_at);
                format!("“{title}” last fired on {}{became}.", dated(last))
            }
            [one] => format!("“{title}” fired on {}{became}.", dated(*one)),
            some if some.len() <= TOLD => {
                let told: Vec<_> = some.iter().map(|at| dated(*at)).collect();
                format!("“{title}” fired {count}, on {}{became}.", told.join(", "))
            }
            [first, .., last] => {
                format!(
                    "“{title}” fired {count} from {} to {}{became}.",
                    dated(self.first_at.unwrap_or(*first)),
                    dated(*last)
                )
            }
        }
    }
}

/// What became of it, as far as the source tells.
fn became(occurrences: &[Occurrence], looked: &Looked) -> String {
    let mut since: Option<Timestamp> = None;
    let mut lasted: Vec<SignedDuration> = Vec::new();
    let earlier = occurrences.iter().all(|it| it.at < looked.scale.from);
    for it in occurrences.iter().filter(|it| earlier || it.at >= looked.scale.from) {
        match (it.state, since) {
            (Some(EventState::Firing), None) => since = Some(it.at),
            (Some(EventState::Resolved), Some(from)) => {
                lasted.push(it.at.duration_since(from));
                since = None;
            }
            _ => {}
        }
    }
    let resolved = match (lasted.iter().min(), lasted.iter().max()) {
        (Some(short), Some(long)) if lasting(*short) == lasting(*long) => {
            format!(", resolved after {}", lasting(*long))
        }
        (Some(short), Some(long)) => {
            format!(", resolved after {} to {}", lasting(*short), lasting(*long))
        }
        _ => String::new(),
    };
    match since {
        Some(at) => format!("{resolved}, not resolved since {}", dated(at)),
        None => resolved,
    }
}
