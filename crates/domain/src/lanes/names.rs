//! Where the names of the incident's times stand beside their lines.

use jiff::Timestamp;

use super::Point;
use super::scale::Scale;

const GAP: f64 = 4.0;
/// A letter of the small text is hardly ever wider on average.
const LETTER: f64 = 7.0;

/// On which side of its line a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Behind the line.
    Right,
    /// Before it.
    Left,
}

/// Gives every name a place where it touches no other name and no other line.
pub(super) fn placed(points: &[(&'static str, Timestamp)], scale: &Scale) -> Vec<Point> {
    let mut sorted: Vec<_> = points.iter().map(|(name, at)| (*name, scale.x(*at))).collect();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut taken = 0.0;
    let mut placed = Vec::with_capacity(sorted.len());
    for (i, &(name, x)) in sorted.iter().enumerate() {
        let long = GAP + name.chars().map(|_| LETTER).sum::<f64>();
        let free = sorted.get(i + 1).map_or(scale.width, |next| next.1);
        let side = if x + long <= free {
            Some(Side::Right)
        } else {
            (x - long >= taken).then_some(Side::Left)
        };
        taken = if side == Some(Side::Right) { x + long } else { x };
        placed.push(Point { name, x, side });
    }
    placed
}
