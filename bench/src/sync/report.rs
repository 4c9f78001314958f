//! The figures of all servers side by side: a table for people, JSON for programs.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::server::Kind;
use crate::stats::median;

/// One measured number.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    name: &'static str,
    unit: &'static str,
    value: f64,
    goal: Option<Goal>,
}

/// What Afterword sets out to reach: at most this.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Goal {
    /// Ours divided by the peer's.
    Ratio(f64),
    /// Ours, in the figure's unit.
    Value(f64),
}

impl Figure {
    pub(crate) fn new(name: &'static str, unit: &'static str, value: f64) -> Self {
        Self { name, unit, value, goal: None }
    }

    pub(crate) fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self
    }
}

/// A count as a figure.
pub(crate) fn float(count: impl TryInto<u32>) -> f64 {
    f64::from(count.try_into().unwrap_or(u32::MAX))
}

/// One measurement of all servers, each in one or more rounds.
pub(crate) struct Comparison {
    title: String,
    rounds: Vec<(Kind, Vec<Figure>)>,
}

impl Comparison {
    pub(crate) fn new(title: String) -> Self {
        Self { title, rounds: Vec::new() }
    }

    pub(crate) fn add(&mut self, kind: Kind, figures: Vec<Figure>) {
        self.rounds.push((kind, figures));
    }

    /// Measurements name their figures in the same order for every server.
    fn rows(&self) -> Vec<Row> {
        let Some((_, names)) = self.rounds.first() else {
            return Vec::new();
        };
        names.iter().enumerate().map(|(index, figure)| self.row(index, figure)).collect()
    }

    fn row(&self, index: usize, figure: &Figure) -> Row {
        let mut values = BTreeMap::<Kind, Vec<f64>>::new();
        for (kind, figures) in &self.rounds {
            let value = figures.get(index).map(|figure| figure.value);
            values.entry(*kind).or_default().extend(value);
        }
        let medians: BTreeMap<_, _> =
            values.iter().filter_map(|(kind, values)| Some((*kind, median(values)?))).collect();
        let ratio = if figure.unit.is_empty() { None } else { ratio(&medians) };
        let goal = figure.goal.and_then(|goal| Verdict::of(goal, &medians, ratio));
        Row { name: figure.name, unit: figure.unit, medians, ratio, goal, rounds: values }
    }
}

/// One figure of all servers.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    unit: &'static str,
    medians: BTreeMap<Kind, f64>,
    /// Afterword's median divided by the peer's; a plain count has none.
    ratio: Option<f64>,
    goal: Option<Verdict>,
    rounds: BTreeMap<Kind, Vec<f64>>,
}

#[derive(Serialize)]
struct Verdict {
    at_most: Goal,
    met: bool,
}

impl Verdict {
    fn of(goal: Goal, medians: &BTreeMap<Kind, f64>, ratio: Option<f64>) -> Option<Self> {
        let met = match goal {
            Goal::Ratio(limit) => ratio? <= limit,
            Goal::Value(limit) => *medians.get(&Kind::Afterword)? <= limit,
        };
        Some(Self { at_most: goal, met })
    }
}

fn ratio(medians: &BTreeMap<Kind, f64>) -> Option<f64> {
    let ours = medians.get(&Kind::Afterword)?;
    let peer = medians.get(&Kind::Hocuspocus)?;
    (*peer != 0.0).then(|| ours / peer)
}

impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = [Kind::Afterword.name(), Kind::Hocuspocus.name(), "ratio"];
        write_line(formatter, &self.title, columns, "goal")?;
        for row in self.rows() {
            let cells = [
                row.cell(Kind::Afterword),
                row.cell(Kind::Hocuspocus),
                row.ratio.map(number).unwrap_or_default(),
            ];
            let label = format!("  {:<52}{:<4}", row.name, row.unit);
            let goal = row.goal.map(|goal| goal.to_string()).unwrap_or_default();
            write_line(formatter, &label, cells.each_ref().map(String::as_str), &goal)?;
        }
        Ok(())
    }
}

impl Row {
    fn cell(&self, kind: Kind) -> String {
        self.medians.get(&kind).copied().map(number).unwrap_or_default()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let met = if self.met { "met" } else { "missed" };
        match self.at_most {
            Goal::Ratio(limit) => write!(formatter, "{met}: ratio at most {limit}"),
            Goal::Value(limit) => write!(formatter, "{met}: at most {limit}"),
        }
    }
}

fn write_line(
    formatter: &mut fmt::Formatter<'_>,
    label: &str,
    [ours, peer, ratio]: [&str; 3],
    goal: &str,
) -> fmt::Result {
    let line = format!("{label:<60}{ours:>11}{peer:>12}{ratio:>8}  {goal}");
    writeln!(formatter, "{}", line.trim_end())
}

/// Three significant digits are more than the machine's noise leaves.
fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// Everything of one run.
#[derive(Serialize)]
pub(crate) struct Report {
    quick: bool,
    cores: usize,
    measurements: Vec<Measured>,
}

#[derive(Serialize)]
struct Measured {
    title: String,
    figures: Vec<Row>,
}

impl Report {
    pub(crate) fn new(quick: bool) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { quick, cores, measurements: Vec::new() }
    }

    pub(crate) fn add(&mut self, comparison: &Comparison) {
        let figures = comparison.rows();
        self.measurements.push(Measured { title: comparison.title.clone(), figures });
    }

    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, serde_json::to_vec_pretty(self)?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(latency: f64) -> Vec<Figure> {
        vec![
            Figure::new("latency", "ms", latency).goal(Goal::Ratio(0.5)),
            Figure::new("lost", "", 0.0).goal(Goal::Value(0.0)),
        ]
    }

    fn comparison(ours: &[f64], peer: &[f64]) -> Comparison {
        let mut comparison = Comparison::new("typing".to_owned());
        for (ours, peer) in ours.iter().zip(peer) {
            comparison.add(Kind::Afterword, round(*ours));
            comparison.add(Kind::Hocuspocus, round(*peer));
        }
        comparison
    }

    #[test]
    fn the_ratio_is_of_the_medians() {
        let rows = comparison(&[1.0, 9.0, 2.0], &[4.0, 4.0, 40.0]).rows();
        assert_eq!(rows[0].ratio, Some(0.5));
        assert!(rows[0].goal.as_ref().unwrap().met);
        assert_eq!(rows[0].rounds[&Kind::Afterword], [1.0, 9.0, 2.0]);
    }

    #[test]
    fn a_missed_goal_is_printed_as_missed() {
        let table = comparison(&[3.0], &[4.0]).to_string();
        assert!(table.contains("missed: ratio at most 0.5"), "{table}");
        assert!(table.contains("met: at most 0"), "{table}");
    }

    #[test]
    fn one_server_alone_has_no_ratio_and_no_verdict_on_it() {
        let mut alone = Comparison::new("typing".to_owned());
        alone.add(Kind::Hocuspocus, round(1.0));
        let rows = alone.rows();
        assert!(rows[0].ratio.is_none());
        assert!(rows.iter().all(|row| row.goal.is_none()));
    }

    #[test]
    fn neither_counts_nor_nothing_are_divided_by() {
        assert_eq!(comparison(&[1.0], &[1.0]).rows()[1].ratio, None);
        assert_eq!(comparison(&[1.0], &[0.0]).rows()[0].ratio, None);
    }

    #[test]
    fn numbers_keep_three_digits() {
        assert_eq!(number(0.1234), "0.123");
        assert_eq!(number(12.34), "12.3");
        assert_eq!(number(1234.5), "1234");
        assert_eq!(number(7.0), "7");
    }
}
