//! Which mark stands where in its lane, and when nobody wrote down anything.

use jiff::{SignedDuration, Timestamp};

use super::scale::{BREAK, Scale};
use super::{Lane, Mark, Silence};
use crate::people::Discipline;
use crate::timeline::Entry;

/// The room that a mark takes beside the next one.
const SIZE: f64 = 18.0;
/// A shorter time without an entry is none worth showing.
const SILENCE: SignedDuration = SignedDuration::from_mins(20);

/// An entry as a stretch of time.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) entry: usize,
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

/// The entries that have a time, in order.
pub(super) fn spans_of(entries: &[Entry]) -> Vec<Span> {
    let span = |(entry, it): (usize, &Entry)| {
        let moment = it.moment();
        let from = moment.at()?;
        Some(Span { entry, from, until: moment.until().unwrap_or(from) })
    };
    let mut spans: Vec<_> = entries.iter().enumerate().filter_map(span).collect();
    spans.sort_by_key(|span| span.from);
    spans
}

pub(super) fn lanes_of(
    entries: &[Entry],
    spans: &[Span],
    order: &[Discipline],
    scale: &Scale,
) -> Vec<Lane> {
    let lane_of = |span: &Span| entries.get(span.entry).map(|it| &it.lane);
    let mut used: Vec<&Discipline> = spans.iter().filter_map(lane_of).collect();
    used.sort_unstable_by_key(|slug| {
        (order.iter().position(|it| it == *slug).unwrap_or(order.len()), *slug)
    });
    used.dedup();
    let lane = |discipline: &Discipline| {
        lane(discipline, spans.iter().filter(|span| lane_of(span) == Some(discipline)), scale)
    };
    used.into_iter().map(lane).collect()
}

fn lane<'a>(discipline: &Discipline, spans: impl Iterator<Item = &'a Span>, scale: &Scale) -> Lane {
    // Where each line of the lane is free again.
    let mut ends: Vec<f64> = Vec::new();
    let mut marks = Vec::new();
    for span in spans {
        let x = scale.x(span.from);
        let width = (scale.x(span.until) - x).max(0.0);
        let level = ends.iter().position(|end| *end <= x).unwrap_or(ends.len());
        ends.resize(ends.len().max(level + 1), 0.0);
        if let Some(end) = ends.get_mut(level) {
            *end = x + width + SIZE;
        }
        let level = u16::try_from(level).unwrap_or(u16::MAX);
        marks.push(Mark { entry: span.entry, x, width, level });
    }
    let levels = u16::try_from(ends.len()).unwrap_or(u16::MAX).max(1);
    Lane { discipline: discipline.clone(), marks, levels }
}

/// Times of at least twenty minutes in which nobody wrote down anything, but for those that are
/// folded up.
pub(super) fn silences(spans: &[Span], scale: &Scale) -> Vec<Silence> {
    let (mut found, mut end) = (Vec::new(), None::<Timestamp>);
    for span in spans {
        if let Some(end) = end.filter(|end| *end < span.from) {
            let length = span.from.duration_since(end);
            if (SILENCE..=BREAK).contains(&length) {
                let x = scale.x(end);
                let width = scale.x(span.from) - x;
                found.push(Silence { from: end, until: span.from, x, width });
            }
        }
        end = end.max(Some(span.until));
    }
    found
}
