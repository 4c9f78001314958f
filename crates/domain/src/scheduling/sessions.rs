//! What to do where no hour is inside everybody's day: two hours of which each person has one in
//! theirs, or input in writing.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::search::{LocalHour, Table};
use super::strain::Strain;

/// What is offered instead of one hour for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// One or two hours, in their order.
    pub sessions: Vec<Session>,
    /// Ids of those for whom neither is inside their day: they can give their input in writing.
    pub in_writing: Vec<String>,
}

/// One of the hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// When it begins.
    pub starts_at: Timestamp,
    /// Who comes to it, with their hour.
    pub people: Vec<LocalHour>,
}

/// For whom an hour is inside their day, as a set of bits in the order of the table.
type Fits = Vec<u64>;

/// The best start for a set of people, and what it weighs for these.
#[derive(Clone, Copy, Debug)]
struct Best {
    start: usize,
    weight: i64,
}

/// The hours that are best for those who can have a humane one; `None` if nobody can.
pub(super) fn offer(table: &Table<'_>) -> Option<Offer> {
    let starts = distinct(table);
    let (one, other) = best_pair(table, &starts)?;
    let mut chosen = vec![one];
    chosen.extend(other);
    chosen.sort_unstable();
    let (mut sessions, mut in_writing): (Vec<Vec<usize>>, _) = (vec![vec![]; chosen.len()], vec![]);
    for (number, person) in table.people.iter().enumerate() {
        let leads = table.search.leads == Some(&person.id[..]);
        let mut suits: Vec<_> = (0..chosen.len())
            .filter_map(|at| {
                let against = table.against(number, *chosen.get(at)?);
                fits(against.worst).then(|| (table.weight(number, against), at))
            })
            .collect();
        suits.sort_unstable();
        if suits.is_empty() {
            in_writing.push(person.id.clone());
        }
        let most = if leads { 2 } else { 1 };
        for (_, at) in suits.into_iter().take(most) {
            if let Some(session) = sessions.get_mut(at) {
                session.push(number);
            }
        }
    }
    let session = |(start, people): (usize, Vec<usize>)| Session {
        starts_at: table.start(start),
        people: table.local_hours(start, &people),
    };
    let sessions = chosen.into_iter().zip(sessions).filter(|it| !it.1.is_empty()).map(session);
    Some(Offer { sessions: sessions.collect(), in_writing })
}

fn fits(worst: Option<Strain>) -> bool {
    worst.is_none_or(Strain::is_humane)
}

/// Each set of needed people whom some hour suits, with the best such hour.
fn distinct(table: &Table<'_>) -> Vec<(Fits, Best)> {
    let mut all: BTreeMap<Fits, Best> = BTreeMap::new();
    for start in 0..table.starts {
        let mut set = vec![0; table.people.len().div_ceil(64)];
        let mut weight = table.waiting(start);
        for (number, person) in table.people.iter().enumerate() {
            let against = table.against(number, start);
            if !fits(against.worst) {
                continue;
            }
            weight += table.weight(number, against);
            if let (true, Some(block)) = (person.needed, set.get_mut(number / 64)) {
                *block |= 1_u64 << (number % 64);
            }
        }
        let best = all.entry(set).or_insert(Best { start, weight });
        if weight < best.weight {
            *best = Best { start, weight };
        }
    }
    all.into_iter().filter(|(set, _)| set.iter().any(|block| *block != 0)).collect()
}

/// What a pair is measured by: how many of those who are needed have neither, whether whoever leads
/// misses one, how many hours it takes, what they weigh.
type Measure = (u32, bool, bool, i64, usize, usize);

fn best_pair(table: &Table<'_>, starts: &[(Fits, Best)]) -> Option<(usize, Option<usize>)> {
    let needed = table.people.iter().filter(|it| it.needed).count();
    let needed = u32::try_from(needed).unwrap_or(u32::MAX);
    let leads = table.people.iter().position(|it| table.search.leads == Some(&it.id[..]));
    let leader_fits = |set: &Fits| {
        leads.is_none_or(|it| set.get(it / 64).is_some_and(|block| (block >> (it % 64)) & 1 == 1))
    };
    let mut best: Option<(Measure, Option<usize>)> = None;
    for (at, (set, one)) in starts.iter().enumerate() {
        let alone = (needed - count(set), !leader_fits(set), false, one.weight, one.start, 0);
        keep(&mut best, alone, None);
        for (other_set, other) in starts.iter().skip(at + 1) {
            let both = set.iter().zip(other_set).map(|(a, b)| (a | b).count_ones()).sum::<u32>();
            let missed = !(leader_fits(set) && leader_fits(other_set));
            let weight = one.weight + other.weight;
            let measure = (needed - both, missed, true, weight, one.start, other.start);
            keep(&mut best, measure, Some(other.start));
        }
    }
    best.map(|((.., start, _), other)| (start, other))
}

fn keep(best: &mut Option<(Measure, Option<usize>)>, measure: Measure, other: Option<usize>) {
    if best.as_ref().is_none_or(|it| measure < it.0) {
        *best = Some((measure, other));
    }
}

fn count(set: &Fits) -> u32 {
    set.iter().map(|block| block.count_ones()).sum()
}
