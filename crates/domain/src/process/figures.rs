//! How meetings fared before and after a version of the handbook that they were led with.
//!
//! Each case stands for itself: no means, no trend, no target. At most a median is drawn, and where
//! there are few cases that is said.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::survey::Counts;

/// With fewer cases than this on either side, chance looks like change.
pub const FEWEST_CASES: usize = 8;
/// From this choice on, somebody agrees.
const AGREES: usize = 4;

/// A post-mortem that met, as far as its process is concerned.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The post-mortem's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The version of the handbook that it was led with.
    pub version: i64,
    /// When the incident began.
    pub started_at: Timestamp,
    /// When the incident ended, as far as that is known.
    pub ended_at: Option<Timestamp>,
    /// When the room was opened.
    pub opened_at: Timestamp,
    /// When it was published; the latest edition.
    pub published_at: Option<Timestamp>,
    /// How far the room looked back.
    pub looked_back: Option<Timestamp>,
    /// How many disciplines have an entry.
    pub disciplines: usize,
    /// How many entries there are.
    pub entries: usize,
    /// How many of them show evidence.
    pub with_evidence: usize,
    /// The survey, where enough answered for it to be shown.
    pub survey: Option<[Counts; 4]>,
    /// What became of the actions.
    pub actions: Outcomes,
    /// What facilitators told each other.
    pub told: Told,
}

/// What became of actions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Done.
    pub done: u32,
    /// Decided against, with a reason.
    pub declined: u32,
    /// Still to be done.
    pub open: u32,
}

/// Feedback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Comments given.
    pub given: u32,
    /// Comments adopted.
    pub adopted: u32,
}

/// In what a figure is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcessFigureUnit)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Things.
    Count,
    /// From 0 to 1.
    Share,
}

/// One case in a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcessFigurePoint)]
pub struct Point {
    /// Id of the post-mortem.
    pub postmortem: String,
    /// Its title.
    pub title: String,
    /// When it met.
    #[schema(value_type = String, format = DateTime)]
    pub met_at: Timestamp,
    /// In the figure's unit.
    pub value: f64,
}

/// The cases on one side of a version, in the order in which they met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcessFigureSide)]
pub struct Side {
    /// Those for which there is a value.
    pub points: Vec<Point>,
    /// Half of the values are at or below it.
    pub median: Option<f64>,
}

/// A figure before and after a version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcessFigure)]
pub struct Figure {
    /// Names it: `end_to_call`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How it is to be read, in a sentence.
    pub note: String,
    /// In what it is counted.
    pub unit: Unit,
    /// Led with earlier versions.
    pub before: Side,
    /// Led with this version or a later one.
    pub after: Side,
    /// What to keep in mind where there are few cases.
    pub caution: Option<String>,
}

/// A part of a tally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcessTallyPart)]
pub struct TallyPart {
    /// What is counted.
    pub label: String,
    /// Before the version.
    pub before: u32,
    /// With it or after it.
    pub after: u32,
}

/// Things of all cases together, where one case alone must not be judged by how many it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcessTally)]
pub struct Tally {
    /// Names it: `actions`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How it is to be read, in a sentence.
    pub note: String,
    /// The parts, in their order.
    pub parts: Vec<TallyPart>,
    /// What to keep in mind where there are few cases.
    pub caution: Option<String>,
}

/// All figures of a handbook around one of its versions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcessFiguresOfVersion)]
pub struct Figures {
    /// The version.
    pub version: i64,
    /// How many cases were led with an earlier one.
    pub before: usize,
    /// How many with it or a later one.
    pub after: usize,
    /// A dot for each case.
    pub figures: Vec<Figure>,
    /// All cases together.
    pub tallies: Vec<Tally>,
}

type Value = fn(&Case) -> Option<f64>;

/// What each figure is called, how it is read, and what it says of a case.
const FIGURES: [(&str, &str, &str, Unit, Value); 9] = [
    (
        "end_to_call",
        "From the end of the incident to the meeting",
        "A day to rest and a week at most is what most teams aim at.",
        Unit::Hours,
        |it| hours(it.ended_at?, it.opened_at),
    ),
    (
        "call_to_publish",
        "From the meeting to the publication",
        "Until the newest edition. Those that are not published yet are not here.",
        Unit::Hours,
        |it| hours(it.opened_at, it.published_at?),
    ),
    (
        "disciplines",
        "Disciplines with an entry in the record",
        "More views of one moment, not more people.",
        Unit::Count,
        |it| Some(count(it.disciplines)),
    ),
    (
        "evidence",
        "Entries that show evidence",
        "Of all entries of a record. What people believed seldom has any.",
        Unit::Share,
        |it| share(it.with_evidence, it.entries),
    ),
    (
        "look_back",
        "How far the room looked back",
        "Before the incident began. A week is what the handbook asks for.",
        Unit::Days,
        |it| hours(it.looked_back?, it.started_at).map(|hours| hours / 24.0),
    ),
    ("learned", "Learned something", SURVEY, Unit::Share, |it| agreed(it, 0)),
    ("safe", "Felt safe to speak", SURVEY, Unit::Share, |it| agreed(it, 1)),
    ("heard", "Everybody was heard", SURVEY, Unit::Share, |it| agreed(it, 2)),
    ("again", "Would come again", SURVEY, Unit::Share, |it| agreed(it, 3)),
];

const SURVEY: &str = "Of those who answered, how many chose 4 or 5. Surveys of fewer than three \
     answers are left out.";

/// The figures around a version. A case is on one side or the other, by the version that it was led
/// with and not by its date.
pub fn figures(cases: &[Case], version: i64) -> Figures {
    let mut cases: Vec<&Case> = cases.iter().collect();
    cases.sort_by_key(|it| (it.opened_at, &it.id));
    let (before, after): (Vec<&Case>, Vec<&Case>) =
        cases.into_iter().partition(|it| it.version < version);
    let figure = |(id, title, note, unit, value): &(&str, &str, &str, Unit, Value)| {
        let (before, after) = (side(&before, *value), side(&after, *value));
        let caution = caution(before.points.len(), after.points.len());
        Figure {
            id: (*id).to_owned(),
            title: (*title).to_owned(),
            note: (*note).to_owned(),
            unit: *unit,
            before,
            after,
            caution,
        }
    };
    Figures {
        version,
        before: before.len(),
        after: after.len(),
        figures: FIGURES.iter().map(figure).collect(),
        tallies: tallies(&before, &after),
    }
}

fn side(cases: &[&Case], value: Value) -> Side {
    let point = |it: &&Case| {
        let value = value(it).filter(|value| value.is_finite())?;
        Some(Point {
            postmortem: it.id.clone(),
            title: it.title.clone(),
            met_at: it.opened_at,
            value,
        })
    };
    let points: Vec<Point> = cases.iter().filter_map(point).collect();
    let median = median(points.iter().map(|point| point.value).collect());
    Side { points, median }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(*upper);
    }
    values.get(middle.checked_sub(1)?).map(|lower| f64::midpoint(*lower, *upper))
}

/// What to say where there are too few cases to tell a change from chance.
fn caution(before: usize, after: usize) -> Option<String> {
    if before + after == 0 {
        return Some("There is no case yet.".to_owned());
    }
    let cases = |count: usize| match count {
        0 => "no case".to_owned(),
        1 => "one case".to_owned(),
        count => format!("{count} cases"),
    };
    let (few, after) = (before.min(after) < FEWEST_CASES, cases(after));
    few.then(|| {
        format!(
            "With {} before and {after} after, a change cannot be told from chance: read them as \
             single stories.",
            cases(before)
        )
    })
}

fn tallies(before: &[&Case], after: &[&Case]) -> Vec<Tally> {
    let caution = caution(before.len(), after.len());
    let part = |label: &str, count: fn(&Case) -> u32| TallyPart {
        label: label.to_owned(),
        before: before.iter().map(|it| count(it)).sum(),
        after: after.iter().map(|it| count(it)).sum(),
    };
    vec![
        Tally {
            id: "actions".to_owned(),
            title: "What became of the actions".to_owned(),
            note: "Of all cases together. To decide against one, with a reason, is an end as good \
                   as any; later cases have had less time."
                .to_owned(),
            parts: vec![
                part("Done", |it| it.actions.done),
                part("Decided against, with a reason", |it| it.actions.declined),
                part("Still open", |it| it.actions.open),
            ],
            caution: caution.clone(),
        },
        Tally {
            id: "feedback".to_owned(),
            title: "Feedback among facilitators".to_owned(),
            note: "Of all cases together.".to_owned(),
            parts: vec![part("Given", |it| it.told.given), part("Adopted", |it| it.told.adopted)],
            caution,
        },
    ]
}

/// Hours from one time to a later one; nothing where the times are the other way round.
fn hours(from: Timestamp, until: Timestamp) -> Option<f64> {
    let length = until.duration_since(from);
    (length >= SignedDuration::ZERO).then(|| length.as_secs_f64() / 3600.0)
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| count(part) / count(whole))
}

fn agreed(case: &Case, question: usize) -> Option<f64> {
    let counts = case.survey.as_ref()?.get(question)?;
    let all: u32 = counts.0.iter().sum();
    let agree: u32 = counts.0.iter().skip(AGREES - 1).sum();
    (all > 0).then(|| f64::from(agree) / f64::from(all))
}

/// Exact for anything that can be counted here.
fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests;
