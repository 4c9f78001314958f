//! Action items of a file that others wrote: lists and tables.

use afterword_domain::action::ActionState;
use afterword_domain::time::{self, Context};
use jiff::civil::Date;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{findings, roles};
use crate::edit::NewAction;
use crate::rich::{Block, Inline, VERBATIM};

/// Reads the actions of a section; returns the blocks that are none.
pub(super) fn read(
    blocks: Vec<Block>,
    context: &Context,
    new_id: &mut impl FnMut() -> String,
) -> (Vec<NewAction>, Vec<Block>) {
    let mut actions = Vec::new();
    let mut rest = Vec::new();
    for block in blocks {
        match block {
            Block::List(_, items) => {
                actions.extend(items.iter().map(|item| of_item(item, context, new_id())));
            }
            Block::Code(Some(language), text) if language == VERBATIM => {
                match of_table(&text, context, new_id) {
                    Some(found) => actions.extend(found),
                    None => rest.push(Block::Code(Some(language), text)),
                }
            }
            other => rest.push(other),
        }
    }
    (actions, rest)
}

/// The first paragraph of an item is the action, the rest says more about it.
fn of_item(item: &[Block], context: &Context, id: String) -> NewAction {
    let (first, rest) =
        item.split_first().map_or((None, item), |(first, rest)| (Some(first), rest));
    let line = match first {
        Some(Block::Paragraph(line)) => line.as_slice(),
        _ => &[],
    };
    let (state, title) = checked(with_addresses(line).trim());
    let mut action = NewAction { id, state, ..NewAction::default() };
    action.title = without_facts(&title, &mut action, context);
    let rest = if line.is_empty() { item } else { rest };
    action.done_when = findings::words(rest);
    action
}

/// `[x]` before a title says that it is done.
fn checked(title: &str) -> (ActionState, String) {
    let done = ["[x] ", "[X] ", "✅ ", "☑ "].iter().find_map(|mark| title.strip_prefix(mark));
    match (done, title.strip_prefix("[ ] ")) {
        (Some(title), _) => (ActionState::Done, title.to_owned()),
        (None, Some(title)) => (ActionState::Open, title.to_owned()),
        (None, None) => (ActionState::Open, title.to_owned()),
    }
}

/// Takes what is said at the end of a title: `Add an alert (owner: Ada, due: 2026-03-01)`,
/// `Add an alert – Owner: Ada`. What says nothing that an action has a place for stays.
fn without_facts(title: &str, action: &mut NewAction, context: &Context) -> String {
    let mut title = title.trim();
    while let Some((before, facts)) = last_part(title) {
        let mut told = action.clone();
        let is_told = facts.iter().all(|part| take_fact(part, &mut told, context));
        if before.trim().is_empty() || !is_told {
            break;
        }
        *action = told;
        title = before.trim();
    }
    title.to_owned()
}

/// The words before the last brackets or the last dash, and what is said there.
fn last_part(title: &str) -> Option<(&str, Vec<&str>)> {
    let in_brackets = |open: char, close: char| {
        let inner = title.strip_suffix(close)?;
        let at = inner.rfind(open)?;
        let facts = inner.get(at + open.len_utf8()..)?;
        Some((inner.get(..at)?, facts.split([',', ';']).collect()))
    };
    let after = |dash: &str| title.rfind(dash).map(|at| (at, dash.len()));
    let dashed = || {
        let found = [" – ", " — ", " - ", " | "].into_iter().filter_map(after).max();
        found.and_then(|(at, length)| Some((title.get(..at)?, vec![title.get(at + length..)?])))
    };
    in_brackets('(', ')').or_else(|| in_brackets('[', ']')).or_else(dashed)
}

fn named(part: &str) -> Option<(Column, &str)> {
    const OF_TWO_WORDS: [&str; 4] = ["due date", "target date", "assigned to", "action owner"];
    let (name, value) = part.split_once(':')?;
    let is_name =
        name.split_whitespace().count() == 1 || OF_TWO_WORDS.contains(&roles::words(name).trim());
    is_name.then(|| (column(name), value.trim()))
}

/// Takes what a part says; says whether the action has a place for it that is free.
fn take_fact(part: &str, action: &mut NewAction, context: &Context) -> bool {
    match named(part) {
        Some((Column::Owner, value)) if !value.is_empty() && action.owner.is_none() => {
            action.owner = Some(value.to_owned());
            true
        }
        Some((Column::Due, value)) if action.due.is_none() => {
            action.due = day(value, context);
            action.due.is_some()
        }
        Some((Column::State, value)) => {
            let state = state(value);
            action.state = state.unwrap_or(action.state);
            state.is_some()
        }
        _ => false,
    }
}

/// A day that can be read in one way only.
fn day(text: &str, context: &Context) -> Option<Date> {
    let text = text.trim();
    // "Friday" or "next day" would be counted from somewhere.
    let is_written = text.contains(|c: char| c.is_ascii_digit());
    text.parse().ok().or_else(|| time::only_date(text, context).filter(|_| is_written))
}

/// A line as plain words on one line, each link followed by its address.
pub(super) fn with_addresses(line: &[Inline]) -> String {
    let words = line.iter().map(|inline| match inline {
        Inline::Text(text, marks) => match &marks.link {
            Some(address) if address != text => format!("{text} ({address})"),
            _ => text.clone(),
        },
        Inline::Break => " ".to_owned(),
        Inline::Image(image) => format!("{} ({})", image.alt, image.src),
    });
    words.collect()
}

/// What a column holds, told by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Title,
    Owner,
    Due,
    State,
    Other,
}

fn column(name: &str) -> Column {
    let name = roles::words(name);
    let is = |words: &[&str]| words.iter().any(|word| name.contains(&format!(" {word} ")));
    if is(&["owner", "owners", "assignee", "assigned", "who", "responsible", "dri", "team"]) {
        Column::Owner
    } else if is(&["due", "deadline", "when", "date", "eta", "target"]) {
        Column::Due
    } else if is(&["status", "state", "done", "progress"]) {
        Column::State
    } else if is(&[
        "action",
        "actions",
        "improvement",
        "item",
        "task",
        "what",
        "title",
        "description",
        "todo",
        "remediation",
    ]) {
        Column::Title
    } else {
        Column::Other
    }
}

fn of_table(
    table: &str,
    context: &Context,
    new_id: &mut impl FnMut() -> String,
) -> Option<Vec<NewAction>> {
    let mut rows = cells(table).into_iter();
    let names = rows.next()?;
    let mut columns: Vec<Column> = names.iter().map(|name| column(name)).collect();
    if !columns.contains(&Column::Title) {
        *columns.first_mut()? = Column::Title;
    }
    let filled = rows.filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    let actions: Vec<_> =
        filled.map(|row| of_row(&names, &columns, row, context, new_id())).collect();
    (!actions.is_empty()).then_some(actions)
}

fn of_row(
    names: &[String],
    columns: &[Column],
    row: Vec<String>,
    context: &Context,
    id: String,
) -> NewAction {
    let mut action = NewAction { id, ..NewAction::default() };
    let mut more: Vec<String> = Vec::new();
    for ((cell, column), name) in row.into_iter().zip(columns).zip(names) {
        let due = day(&cell, context);
        match column {
            _ if cell.is_empty() => {}
            Column::Title if action.title.is_empty() => {
                (action.state, action.title) = match checked(&cell) {
                    (ActionState::Done, title) => (ActionState::Done, title),
                    (_, title) => (action.state, title),
                }
            }
            Column::Owner if action.owner.is_none() => action.owner = Some(cell),
            Column::Due if due.is_some() => action.due = due,
            Column::State if state(&cell).is_some() => {
                action.state = state(&cell).unwrap_or_default();
            }
            _ if name.is_empty() => more.push(cell),
            _ => more.push(format!("{name}: {cell}")),
        }
    }
    action.done_when = more.join("\n");
    action
}

fn state(cell: &str) -> Option<ActionState> {
    match roles::words(cell).trim() {
        "open" | "todo" | "to do" | "not started" | "planned" | "no" | "new" | "backlog" => {
            Some(ActionState::Open)
        }
        "doing" | "in progress" | "started" | "ongoing" | "wip" => Some(ActionState::Doing),
        "done" | "closed" | "complete" | "completed" | "fixed" | "yes" | "resolved" => {
            Some(ActionState::Done)
        }
        "declined" | "rejected" | "won t do" | "wontfix" | "won t fix" => {
            Some(ActionState::Declined)
        }
        _ if cell.trim() == "✅" => Some(ActionState::Done),
        _ => None,
    }
}

/// The cells of a Markdown table, row by row.
pub(super) fn cells(table: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut link = None;
    for event in Parser::new_ext(table, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                link = Some(dest_url);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let cell = rows.last_mut().and_then(|row| row.last_mut());
                if let (Some(cell), Some(address)) = (cell, link.take())
                    && !cell.ends_with(&*address)
                {
                    cell.push_str(" (");
                    cell.push_str(&address);
                    cell.push(')');
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&text);
                }
            }
            _ => {}
        }
    }
    rows
}
