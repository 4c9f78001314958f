//! The colours of the lanes, as the web app has them on light paper.

use afterword_domain::people::Discipline;

const KNOWN: [(&str, &str); 7] = [
    ("engineering", "#174f94"),
    ("sre", "#b04a10"),
    ("support", "#12755d"),
    ("product", "#6a2c86"),
    ("sales", "#856200"),
    ("leadership", "#343a52"),
    ("other", "#6f665c"),
];
const EXTRA: [(&str, &str); 3] =
    [("extra-1", "#9c2a5f"), ("extra-2", "#4d6b12"), ("extra-3", "#1f6f8f")];

/// The name and the colour of a lane. A discipline that the organisation added always gets the
/// same, and the same as in the room.
fn of(discipline: &Discipline) -> (&'static str, &'static str) {
    let slug = discipline.as_str();
    let known = KNOWN.into_iter().find(|(name, _)| *name == slug);
    known.unwrap_or_else(|| match hash(slug) % 3 {
        0 => EXTRA[0],
        1 => EXTRA[1],
        _ => EXTRA[2],
    })
}

fn hash(text: &str) -> u32 {
    text.chars().fold(0, |value: u32, c| value.wrapping_mul(31).wrapping_add(u32::from(c)))
}

pub(super) fn class(discipline: &Discipline) -> String {
    format!("lane-{}", of(discipline).0)
}

pub(super) fn colour(discipline: &Discipline) -> &'static str {
    of(discipline).1
}
