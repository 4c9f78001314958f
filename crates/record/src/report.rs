//! What became of a file that was written elsewhere: nothing of it is lost silently.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// What was taken, and from where.
    pub taken: Vec<Taken>,
    /// What could be understood in several ways, and how it was.
    pub asked: Vec<Asked>,
    /// What found no place.
    pub skipped: Vec<Skipped>,
}

/// A part of a post-mortem.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum TakenAs {
    /// The title.
    Title,
    /// The times of the incident.
    Incident,
    /// The severity.
    Severity,
    /// The services.
    Services,
    /// Entries of the timeline.
    Timeline,
    /// Nodes of the analysis.
    Analysis,
    /// Themes.
    Themes,
    /// Actions.
    Actions,
    /// The summary.
    Summary,
    /// The background.
    Background,
    /// What was learned.
    Learned,
}

/// Something that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Taken {
    /// What it became.
    pub what: TakenAs,
    /// How many: entries, findings, actions, services; 1 of what there is only one of.
    pub count: usize,
    /// The line where it begins, counted from 1; 0 where it is in no line, as a file's name.
    pub line: usize,
    /// The heading above it, or what it was called.
    pub from: String,
}

/// Something that could be understood in several ways. It was taken as the likeliest, and where
/// it is a row of the timeline the question stands on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Asked {
    /// The line, counted from 1; of several the first.
    pub line: usize,
    /// What is written there.
    pub text: String,
    /// What is not clear, in words.
    pub question: String,
    /// How it was read.
    pub read_as: String,
    /// What else it could be.
    pub otherwise: Vec<String>,
    /// How to say that something else is meant.
    pub settle: Settle,
    /// How many lines are in doubt for the same reason.
    pub lines: usize,
}

/// What settles a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Settle {
    /// Importing with the zone of times that name none, or typing the time anew in its row.
    Zone,
    /// Importing with the day on which the incident began, or typing the time anew in its row.
    Date,
    /// Typing it anew in the record.
    Record,
}

/// A line that found no place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Skipped {
    /// Which line of the file, counted from 1; 0 where it is in no line.
    pub line: usize,
    /// The line itself.
    pub text: String,
    /// Why it found none.
    pub why: String,
}

impl Report {
    /// Says that something was taken, if it was.
    pub(crate) fn take(&mut self, what: TakenAs, count: usize, line: usize, from: &str) {
        if count > 0 {
            self.taken.push(Taken { what, count, line, from: from.trim().to_owned() });
        }
    }

    /// Says that a line found no place.
    pub(crate) fn skip(&mut self, line: usize, text: &str, why: &str) {
        let (text, why) = (text.trim().to_owned(), why.to_owned());
        self.skipped.push(Skipped { line, text, why });
    }

    /// Asks something; what is in doubt for the same reason is asked once, for the first line.
    pub(crate) fn ask(&mut self, asked: Asked) {
        let same = |it: &&mut Asked| it.question == asked.question && it.settle == asked.settle;
        match self.asked.iter_mut().find(same) {
            Some(before) => before.lines += asked.lines,
            None => self.asked.push(asked),
        }
    }

    /// Puts everything into the order of the file.
    pub(crate) fn sort(&mut self) {
        self.taken.sort_by_key(|it| it.line);
        self.asked.sort_by_key(|it| it.line);
        self.skipped.sort_by_key(|it| it.line);
    }
}
