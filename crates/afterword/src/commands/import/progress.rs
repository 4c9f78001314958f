//! How far an import is: a bar on a terminal, a line now and then elsewhere.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::outcome::tell;

const TICK: Duration = Duration::from_millis(100);

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    Commits,
    Bytes,
}

/// How far an import is.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    name: String,
    unit: Unit,
    told: u64,
    done: u64,
}

impl Progress {
    /// Begins; `total` where it is known.
    pub(super) fn start(name: &str, unit: Unit, total: Option<u64>) -> Self {
        let bar = shows_bar().then(|| {
            let bar =
                ProgressBar::no_length().with_style(style(unit)).with_message(name.to_owned());
            bar.enable_steady_tick(TICK);
            bar
        });
        let progress = Self { bar, name: name.to_owned(), unit, told: 0, done: 0 };
        match total {
            Some(total) => progress.expect(total),
            None if progress.bar.is_none() => progress.say("begins"),
            None => {}
        }
        progress
    }

    /// There is so much in all.
    pub(super) fn expect(&self, total: u64) {
        match &self.bar {
            Some(bar) => bar.set_length(total),
            None => self.say(&format!("begins: {}", self.unit.of(total))),
        }
    }

    /// So much more is done.
    pub(super) fn advance(&mut self, more: u64) {
        self.done += more;
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        } else if self.done - self.told >= self.unit.worth_a_line() {
            self.told = self.done;
            self.say(&self.unit.of(self.done));
        }
    }

    /// It is over, well or not.
    pub(super) fn end(self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn say(&self, what: &str) {
        tell(&format!("{}: {what}", self.name));
    }
}

impl Unit {
    fn of(self, amount: u64) -> String {
        match self {
            Self::Commits => format!("{amount} commits"),
            Self::Bytes => format!("{} MB", amount / 1_000_000),
        }
    }

    fn worth_a_line(self) -> u64 {
        match self {
            Self::Commits => 10_000,
            Self::Bytes => 100_000_000,
        }
    }
}

/// Whether somebody watches.
pub(super) fn shows_bar() -> bool {
    std::io::stderr().is_terminal()
}

fn style(unit: Unit) -> ProgressStyle {
    let amounts = match unit {
        Unit::Commits => "{human_pos} of {human_len}",
        Unit::Bytes => "{bytes} of {total_bytes}",
    };
    let template = format!("{{msg}} {{wide_bar}} {amounts}, {{eta}} left");
    // The template is constant; without it the bar has its own.
    ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
