//! The picture of the lanes: who told of what, and when, laid out but not drawn.
//!
//! Lengths are in the picture's own units, of which a mark is some fifteen wide.

mod describe;
mod marks;
mod names;
mod scale;

pub use describe::{describe, length_words};
pub use names::Side;
pub use scale::{Fold, Stretch, Tick};

use jiff::Timestamp;

use crate::incident::IncidentTimes;
use crate::people::Discipline;
use crate::timeline::Entry;
use marks::{lanes_of, silences, spans_of};
use names::placed;
use scale::Scale;

/// A laid out picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// How wide it is: as wide as was asked for, or wider where there are many stretches.
    pub width: f64,
    /// From the top down.
    pub lanes: Vec<Lane>,
    /// Times between long silences, in order.
    pub stretches: Vec<Stretch>,
    /// Times at which the axis is labelled.
    pub ticks: Vec<Tick>,
    /// Long silences, folded up.
    pub folds: Vec<Fold>,
    /// Shorter ones, which have their room.
    pub silences: Vec<Silence>,
    /// The times of the incident.
    pub points: Vec<Point>,
    /// How many entries have no time, and no place here.
    pub untimed: usize,
}

/// What one discipline told of.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Whose view it is.
    pub discipline: Discipline,
    /// In the order of time.
    pub marks: Vec<Mark>,
    /// On how many lines its marks stand, one at least.
    pub levels: u16,
}

/// An entry in its lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Which of the given entries it is.
    pub entry: usize,
    /// Where it begins.
    pub x: f64,
    /// How long it lasts; nothing for a moment.
    pub width: f64,
    /// On which line of its lane it stands, so that none hides another.
    pub level: u16,
}

/// A time in which nobody wrote down anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Silence {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
    /// Where it begins.
    pub x: f64,
    /// How long it is.
    pub width: f64,
}

/// One of the incident's times.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What it is called.
    pub name: &'static str,
    /// Where its line is.
    pub x: f64,
    /// Where its name stands beside the line; nowhere, if others are too near.
    pub side: Option<Side>,
}

/// Lays out a record on so much width. Lanes come in the order that is given, others behind them;
/// `None` if no entry has a time.
pub fn picture(
    entries: &[Entry],
    incident: &IncidentTimes,
    order: &[Discipline],
    width: f64,
) -> Option<Picture> {
    let spans = spans_of(entries);
    if spans.is_empty() {
        return None;
    }
    let points = points(incident);
    let ends = spans.iter().flat_map(|span| [span.from, span.until]);
    let scale = Scale::of(ends.chain(points.iter().map(|(_, at)| *at)).collect(), width);
    Some(Picture {
        lanes: lanes_of(entries, &spans, order, &scale),
        ticks: scale.ticks(),
        folds: scale.folds(),
        silences: silences(&spans, &scale),
        points: placed(&points, &scale),
        untimed: entries.len() - spans.len(),
        width: scale.width,
        stretches: scale.stretches,
    })
}

fn points(incident: &IncidentTimes) -> Vec<(&'static str, Timestamp)> {
    let known = [
        ("Started", Some(incident.started_at)),
        ("Detected", incident.detected_at),
        ("Stabilised", incident.stabilised_at),
        ("Resolved", incident.resolved_at),
    ];
    known.into_iter().filter_map(|(name, at)| Some((name, at?))).collect()
}

#[cfg(test)]
mod tests;
