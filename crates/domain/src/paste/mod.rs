//! Reading a timeline that somebody pastes.
//!
//! [`rows`] takes Markdown lists and tables, copies of chats, CSV and plain lines, and
//! makes a row of each thing that happened, for people to look over before anything is
//! stored. Nothing is dropped silently: every line that is not blank is part of a row
//! or stands in [`Pasted::skipped`] with the reason.
//!
//! Headings and sentences such as "all times are in PST" hold for the rows below them.
//! Times run forward from row to row, so that a list may go past midnight.

mod chat;
mod columns;
mod delimited;
mod item;
mod kind;
mod links;
mod markdown;
mod names;
mod table;
mod walk;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::{Context, Question};
use crate::timeline::{EntryKind, Moment};
use walk::Walk;

/// What the pasted text mostly is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A Markdown list, with bullets or numbers.
    List,
    /// A Markdown table.
    Table,
    /// A copy from a chat.
    Chat,
    /// Values separated by commas, semicolons or tabs.
    Csv,
    /// Plain lines.
    Lines,
}

/// What a paste was read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// What the text mostly is.
    pub form: Form,
    /// The rows, in the order of the text.
    pub rows: Vec<Row>,
    /// The lines that are in no row, in the order of the text.
    pub skipped: Vec<Skipped>,
    /// The first lines of the rows whose time was read in a zone that is written nowhere.
    pub unzoned: Vec<usize>,
    /// The first line of the first row, if its day is written nowhere.
    pub undated: Option<usize>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// When; unknown if no time was written or, except from [`likely_rows`], as long as there is
    /// a question.
    pub moment: Moment,
    /// The time as it was written.
    pub typed: Option<String>,
    /// What has to be answered before the time can be read.
    pub question: Option<Question>,
    /// What happened, as Markdown.
    pub text: String,
    /// Who said it, in a chat or a column of its own.
    pub who: Option<String>,
    /// What sort of moment it seems to be.
    pub kind: EntryKind,
    /// The first line of the row, counted from 1.
    pub line: usize,
    /// The last line of the row.
    pub last_line: usize,
    /// The day that it fell on, where none is written and the times went past midnight.
    pub next_day: Option<Date>,
}

/// A line that is in no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Which line, counted from 1.
    pub line: usize,
    /// The line itself.
    pub text: String,
    /// Why it is in no row.
    pub why: Why,
}

/// Why a line is in no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It gave the rows below it their day or their zone.
    Premise,
    /// A heading without a time.
    Heading,
    /// The address of a link, which was put into the rows that use it.
    LinkAddress,
    /// The names of the columns, or the line below them.
    TableHeader,
    /// A line that only separates.
    Separator,
    /// There is no time in it.
    NoTime,
}

impl Why {
    /// Whether nothing that it says is lost: it was used, or says nothing.
    pub fn is_used(self) -> bool {
        !matches!(self, Self::Heading | Self::NoTime)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Premise => "It gives the rows below it their day or time zone.",
            Self::Heading => "A heading without a time.",
            Self::LinkAddress => "The address of a link; it is in the rows that use it.",
            Self::TableHeader => "The head of a table.",
            Self::Separator => "It only separates.",
            Self::NoTime => "There is no time in it.",
        })
    }
}

/// Reads a pasted timeline.
pub fn rows(text: &str, context: &Context) -> Pasted {
    read(text, Walk::new(context))
}

/// Reads a timeline that is taken before anybody can be asked: where there is a question, the row
/// has the moment that is meant most likely, and the question stays with it.
pub fn likely_rows(text: &str, context: &Context) -> Pasted {
    read(text, Walk::supposing(context))
}

/// Whether a sentence speaks of all times, as "all times are in PST".
pub fn is_premise(text: &str) -> bool {
    walk::is_premise(text)
}

fn read(text: &str, mut walk: Walk) -> Pasted {
    let form = if chat::is_chat(text) {
        chat::read(text, &mut walk);
        Form::Chat
    } else if let Some(records) = delimited::records(text) {
        columns::read(records, &mut walk);
        Form::Csv
    } else {
        markdown::read(text, &mut walk)
    };
    walk.finish(form)
}
