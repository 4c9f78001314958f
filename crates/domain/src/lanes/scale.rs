//! Where moments stand on a time line whose long silences are folded up.

use jiff::{SignedDuration, Timestamp};

/// A silence longer than this is a break in the axis and not an empty stretch of it.
pub(super) const BREAK: SignedDuration = SignedDuration::from_hours(4);
/// The width of a break, and of the air around a stretch.
const BREAK_WIDTH: f64 = 72.0;
const AIR: f64 = 36.0;
const NARROWEST: f64 = 56.0;
/// A label of the axis has at least this.
const TICK_WIDTH: f64 = 64.0;
const STEPS: [i64; 12] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/// A time without a long silence in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
    /// Where it begins.
    pub x: f64,
    /// How long it is.
    pub width: f64,
}

/// A labelled time of the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Which.
    pub at: Timestamp,
    /// Where.
    pub x: f64,
}

/// A long silence, folded up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// Its middle.
    pub x: f64,
    /// How long it lasted.
    pub length: SignedDuration,
}

/// Where each time is.
pub(super) struct Scale {
    pub(super) width: f64,
    pub(super) stretches: Vec<Stretch>,
}

impl Scale {
    /// Every stretch between breaks gets its share of the width.
    pub(super) fn of(mut instants: Vec<Timestamp>, width: f64) -> Self {
        instants.sort_unstable();
        let spans = spans(&instants);
        let seconds =
            |(from, until): (Timestamp, Timestamp)| until.duration_since(from).as_secs_f64();
        let total: f64 = spans.iter().copied().map(seconds).sum();
        let fixed: f64 =
            spans.iter().map(|_| 2.0 * AIR + NARROWEST + BREAK_WIDTH).sum::<f64>() - BREAK_WIDTH;
        let free = (width - fixed).max(0.0);
        let even: f64 = spans.iter().map(|_| 1.0).sum();
        let (mut stretches, mut x) = (Vec::with_capacity(spans.len()), 0.0);
        for (from, until) in spans {
            let part = if total > 0.0 { seconds((from, until)) / total } else { 1.0 / even };
            let width = NARROWEST + free * part;
            stretches.push(Stretch { from, until, x: x + AIR, width });
            x += 2.0 * AIR + width + BREAK_WIDTH;
        }
        Self { width: width.max(x - BREAK_WIDTH), stretches }
    }

    pub(super) fn x(&self, at: Timestamp) -> f64 {
        let after = self.stretches.iter().rfind(|stretch| stretch.from <= at);
        let Some(stretch) = after.or(self.stretches.first()) else { return 0.0 };
        let length = stretch.until.duration_since(stretch.from).as_secs_f64();
        if length == 0.0 {
            return stretch.x + stretch.width / 2.0;
        }
        let part = at.duration_since(stretch.from).as_secs_f64() / length;
        stretch.x + stretch.width * part.clamp(0.0, 1.0)
    }

    pub(super) fn folds(&self) -> Vec<Fold> {
        let between = |pair: &[Stretch]| match pair {
            [before, after] => Some(Fold {
                x: (before.x + before.width + after.x) / 2.0,
                length: after.from.duration_since(before.until),
            }),
            _ => None,
        };
        self.stretches.windows(2).filter_map(between).collect()
    }

    /// Round times, as many as have room.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let times = self.stretches.iter().flat_map(times_in);
        times.map(|at| Tick { at, x: self.x(at) }).collect()
    }
}

fn spans(sorted: &[Timestamp]) -> Vec<(Timestamp, Timestamp)> {
    let mut spans: Vec<(Timestamp, Timestamp)> = Vec::new();
    for &at in sorted {
        match spans.last_mut() {
            Some((_, until)) if at.duration_since(*until) <= BREAK => *until = at,
            _ => spans.push((at, at)),
        }
    }
    spans
}

fn times_in(stretch: &Stretch) -> Vec<Timestamp> {
    let length = stretch.until.duration_since(stretch.from);
    if length.is_zero() {
        return vec![stretch.from];
    }
    let per_second = stretch.width / length.as_secs_f64();
    let fits = |step: &SignedDuration| step.as_secs_f64() * per_second >= TICK_WIDTH;
    let steps = STEPS.into_iter().map(SignedDuration::from_mins);
    let step = steps.into_iter().find(fits).unwrap_or(length).as_secs().max(1);
    let (from, until) = (stretch.from.as_second(), stretch.until.as_second());
    let mut at = from.div_euclid(step) * step;
    if at < from || (at == from && stretch.from.subsec_nanosecond() > 0) {
        at += step;
    }
    let mut times = Vec::new();
    while at <= until {
        times.extend(Timestamp::from_second(at).ok());
        at += step;
    }
    times
}
