//! The figures: a table for people, JSON for programs.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

/// One measured number.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    name: String,
    unit: &'static str,
    afterword: f64,
    /// What the same costs without Afterword, in the same run.
    peer: Option<f64>,
    /// Afterword's number divided by the peer's.
    ratio: Option<f64>,
    goal: Option<Goal>,
}

#[derive(Clone, Debug, Serialize)]
struct Goal {
    words: &'static str,
    met: bool,
}

impl Figure {
    pub(crate) fn new(name: impl Into<String>, unit: &'static str, afterword: f64) -> Self {
        Self { name: name.into(), unit, afterword, peer: None, ratio: None, goal: None }
    }

    pub(crate) fn beside(mut self, peer: f64) -> Self {
        self.peer = Some(peer);
        self.ratio = (peer != 0.0).then(|| self.afterword / peer);
        self
    }

    /// What the project has set itself; `met` is asked with Afterword's number and the ratio.
    pub(crate) fn goal(mut self, words: &'static str, met: fn(f64, f64) -> bool) -> Self {
        let met = met(self.afterword, self.ratio.unwrap_or_default());
        self.goal = Some(Goal { words, met });
        self
    }
}

/// Figures that belong together.
#[derive(Serialize)]
pub(crate) struct Table {
    title: String,
    figures: Vec<Figure>,
}

impl Table {
    pub(crate) fn new(title: String, figures: Vec<Figure>) -> Self {
        Self { title, figures }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{:<62}{:>11}{:>11}{:>8}", self.title, "afterword", "peer", "ratio")?;
        for figure in &self.figures {
            let number = |value: Option<f64>| value.map(number).unwrap_or_default();
            let line = format!(
                "  {:<52}{:<8}{:>11}{:>11}{:>8}  {}",
                figure.name,
                figure.unit,
                number(Some(figure.afterword)),
                number(figure.peer),
                number(figure.ratio),
                figure.goal.as_ref().map(ToString::to_string).unwrap_or_default(),
            );
            writeln!(formatter, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let met = if self.met { "met" } else { "missed" };
        write!(formatter, "{met}: {}", self.words)
    }
}

/// Three significant digits are more than the machine's noise leaves.
fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Everything of one run.
#[derive(Serialize)]
pub(crate) struct Report {
    quick: bool,
    cores: usize,
    tables: Vec<Table>,
}

impl Report {
    pub(crate) fn new(quick: bool) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { quick, cores, tables: Vec::new() }
    }

    /// Prints a table and keeps it.
    pub(crate) fn add(&mut self, table: Table) {
        println!("{table}");
        self.tables.push(table);
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

    #[test]
    fn a_goal_is_asked_with_the_number_and_the_ratio() {
        let half = |figure: Figure| figure.goal("half of it", |_, ratio| ratio >= 0.5);
        let table = |ours| {
            let figure = half(Figure::new("intake", "1/s", ours).beside(40.0));
            Table::new("Batches".to_owned(), vec![figure]).to_string()
        };
        assert!(table(20.0).contains("0.50  met: half of it"), "{}", table(20.0));
        assert!(table(19.0).contains("missed"), "{}", table(19.0));
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        assert!(Figure::new("intake", "1/s", 1.0).beside(0.0).ratio.is_none());
    }
}
