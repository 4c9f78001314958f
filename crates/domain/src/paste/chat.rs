//! Copies from chats: who said it, when, and then what.

use super::names::is_name;
use super::walk::{Draft, Walk};
use super::{Why, kind};
use crate::time;

/// What a line of a chat begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begin<'t> {
    /// Somebody's message, whose words may follow on the same line.
    Message { who: &'t str, time: &'t str, words: &'t str },
    /// Another message of whoever spoke last.
    More { time: &'t str },
}

/// Whether a text is a copy of a chat: most of its times stand beside a name.
pub(super) fn is_chat(text: &str) -> bool {
    let (mut messages, mut others) = (0, 0);
    for line in text.lines() {
        match begin(line) {
            Some(Begin::Message { .. }) => messages += 1,
            Some(Begin::More { .. }) => {}
            None => others += usize::from(time::beginning(line).is_some()),
        }
    }
    let is_list = text.lines().any(|line| line.starts_with(['|', '#']) || line.starts_with("- "));
    messages > others && (!is_list || messages > 1)
}

/// Makes a row of each message.
pub(super) fn read(text: &str, walk: &mut Walk) {
    let mut chat = Chat { walk, open: None, who: None, halved: false };
    for (number, line) in (1..).zip(text.lines()) {
        chat.line(line, number);
    }
    chat.close();
}

struct Chat<'w> {
    walk: &'w mut Walk,
    open: Option<(String, Draft)>,
    who: Option<String>,
    /// Whether times are written with AM or PM.
    halved: bool,
}

impl Chat<'_> {
    fn line(&mut self, line: &str, number: usize) {
        match begin(line) {
            Some(Begin::Message { who, time, words }) => {
                self.who = Some(tidy_name(who));
                self.begin(time, words, number);
            }
            Some(Begin::More { time }) => self.more(time, number),
            None if line.trim().is_empty() => {}
            None => self.words(line, number),
        }
    }

    /// A chat may write "6:43 PM" beside the name and "6:45" beside what follows: then it
    /// is the half of the day that lies nearest to the message above.
    fn more(&mut self, time: &str, number: usize) {
        self.close();
        if !self.halved || has_half(time) {
            return self.begin(time, "", number);
        }
        let halves = ["AM", "PM"].map(|half| format!("{time} {half}"));
        let distances = halves.iter().filter_map(|time| Some((self.walk.distance(time)?, time)));
        let nearest = distances.min().map(|(_, time)| time.as_str());
        self.begin(nearest.unwrap_or(time), "", number);
        self.halved = true;
        if let Some((_, draft)) = &mut self.open {
            draft.typed = Some(time.to_owned());
        }
    }

    fn begin(&mut self, time: &str, words: &str, number: usize) {
        self.close();
        self.halved = has_half(time);
        let kind = self.who.as_deref().map(kind::of_message);
        let draft = Draft {
            text: words.trim().to_owned(),
            who: self.who.clone(),
            kind,
            line: number,
            last_line: number,
            typed: None,
        };
        self.open = Some((time.to_owned(), draft));
    }

    fn words(&mut self, line: &str, number: usize) {
        if self.walk.take_day(line.trim()) {
            self.close();
            return self.walk.skip(number, line, Why::Premise);
        }
        let Some((_, draft)) = &mut self.open else {
            return self.walk.skip(number, line, Why::NoTime);
        };
        // Each line of a message is a line of its own, as it was sent.
        if !draft.text.is_empty() {
            draft.text.push_str("\\\n");
        }
        draft.text.push_str(line.trim());
        draft.last_line = number;
    }

    fn close(&mut self) {
        if let Some((time, draft)) = self.open.take() {
            self.walk.add_at(&time, draft);
        }
    }
}

fn begin(line: &str) -> Option<Begin<'_>> {
    let line = line.trim();
    bracketed(line)
        .or_else(|| nick(line))
        .or_else(|| name_then_time(line))
        .or_else(|| is_clock(line).then_some(Begin::More { time: line }))
}

/// `[18:43] name: words`, `[18:43] <name> words`, `[18:43] name`.
fn bracketed(line: &str) -> Option<Begin<'_>> {
    let (time, rest) = line.strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim_start();
    let (who, words) = in_angles(rest).or_else(|| rest.split_once(':')).unwrap_or((rest, ""));
    let is_message = is_name(who.trim()) && is_clock(time);
    is_message.then(|| Begin::Message { who: who.trim(), time, words })
}

/// `18:43 <name> words`, `01/03/2026, 18:43 - name: words`.
fn nick(line: &str) -> Option<Begin<'_>> {
    let angled = line.split_once(" <").and_then(|(time, rest)| {
        let (who, words) = rest.split_once('>')?;
        Some((time, who, words))
    });
    let dashed = || {
        let (time, rest) = line.split_once(" - ")?;
        let (who, words) = rest.split_once(": ")?;
        time.contains(", ").then_some((time, who, words))
    };
    let (time, who, words) = angled.or_else(dashed)?;
    let who = who.trim_start_matches(['@', '+', '%', ' ']);
    (is_name(who) && is_clock(time)).then_some(Begin::Message { who, time, words })
}

fn in_angles(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('<')?.split_once('>')
}

/// `name  6:43 PM`, `name — Today at 18:43`.
fn name_then_time(line: &str) -> Option<Begin<'_>> {
    let gaps = ["  ", "\t", "\u{a0}", " — ", " – "];
    gaps.into_iter().find_map(|gap| {
        let (who, time) = line.split_once(gap)?;
        let (who, time) = (who.trim(), time.trim());
        let time = time.strip_prefix("APP ").unwrap_or(time).trim_start();
        let is_message = is_name(who) && time::beginning(who).is_none() && is_clock(time);
        is_message.then_some(Begin::Message { who, time, words: "" })
    })
}

/// A time of day and nothing else, as short as chats write it.
fn is_clock(text: &str) -> bool {
    text.len() <= 64 && text.contains(':') && time::is_time(text)
}

fn has_half(time: &str) -> bool {
    let time = time.to_lowercase();
    ["am", "pm", "a.m.", "p.m."].iter().any(|half| time.contains(half))
}

/// A name as a person would write it.
fn tidy_name(name: &str) -> String {
    name.trim_end_matches("APP").trim().to_owned()
}
