//! Action items of a file that others wrote: lists and tables.

use afterword_domain::action::ActionState;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::edit::NewAction;
use crate::rich::{Block, Inline, VERBATIM, plain};

/// Reads the actions of a section; returns the blocks that are none.
pub(super) fn read(
    blocks: Vec<Block>,
    new_id: &mut impl FnMut() -> String,
) -> (Vec<NewAction>, Vec<Block>) {
    let mut actions = Vec::new();
    let mut rest = Vec::new();
    for block in blocks {
        match block {
            Block::List(_, items) => {
                actions.extend(items.iter().map(|item| of_item(item, new_id())));
            }
            Block::Code(Some(language), text) if language == VERBATIM => {
                match of_table(&text, new_id) {
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
fn of_item(item: &[Block], id: String) -> NewAction {
    let (first, rest) =
        item.split_first().map_or((None, item), |(first, rest)| (Some(first), rest));
    let line = match first {
        Some(Block::Paragraph(line)) => line.as_slice(),
        _ => &[],
    };
    let title = with_addresses(line);
    let (state, title) = checked(title.trim());
    let more: Vec<String> = rest.iter().map(|block| plain(std::slice::from_ref(block))).collect();
    NewAction { id, title, state, done_when: more.join("\n"), ..NewAction::default() }
}

/// `[x]` before a title says that it is done.
fn checked(title: &str) -> (ActionState, String) {
    let done = title.strip_prefix("[x] ").or_else(|| title.strip_prefix("[X] "));
    match (done, title.strip_prefix("[ ] ")) {
        (Some(title), _) => (ActionState::Done, title.to_owned()),
        (None, Some(title)) => (ActionState::Open, title.to_owned()),
        (None, None) => (ActionState::Open, title.to_owned()),
    }
}

/// A line as plain words on one line, each link followed by its address.
fn with_addresses(line: &[Inline]) -> String {
    let words = line.iter().map(|inline| match inline {
        Inline::Text(text, marks) => match &marks.link {
            Some(address) if address != text => format!("{text} ({address})"),
            _ => text.clone(),
        },
        Inline::Break => " ".to_owned(),
        Inline::Image(image) => image.alt.clone(),
    });
    words.collect()
}

/// What a column holds, told by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Title,
    Owner,
    Due,
    State,
    Other,
}

fn column(name: &str) -> Column {
    let name = name.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if is(&["owner", "assignee", "who", "responsible", "team"]) {
        Column::Owner
    } else if is(&["due", "deadline", "when", "date"]) {
        Column::Due
    } else if is(&["status", "state", "done"]) {
        Column::State
    } else if is(&["action", "improvement", "item", "task", "what", "title", "description"]) {
        Column::Title
    } else {
        Column::Other
    }
}

fn of_table(table: &str, new_id: &mut impl FnMut() -> String) -> Option<Vec<NewAction>> {
    let mut rows = cells(table).into_iter();
    let names = rows.next()?;
    let mut columns: Vec<Column> = names.iter().map(|name| column(name)).collect();
    if !columns.contains(&Column::Title) {
        *columns.first_mut()? = Column::Title;
    }
    Some(rows.map(|row| of_row(&names, &columns, row, new_id())).collect())
}

fn of_row(names: &[String], columns: &[Column], row: Vec<String>, id: String) -> NewAction {
    let mut action = NewAction { id, ..NewAction::default() };
    let mut more: Vec<String> = Vec::new();
    for ((cell, column), name) in row.into_iter().zip(columns).zip(names) {
        let due = cell.parse().ok();
        match column {
            _ if cell.is_empty() => {}
            Column::Title if action.title.is_empty() => action.title = cell,
            Column::Owner if action.owner.is_none() => action.owner = Some(cell),
            Column::Due if due.is_some() => action.due = due,
            Column::State if state(&cell).is_some() => {
                action.state = state(&cell).unwrap_or_default();
            }
            _ => more.push(format!("{name}: {cell}")),
        }
    }
    action.done_when = more.join("\n");
    action
}

fn state(cell: &str) -> Option<ActionState> {
    match cell.to_lowercase().trim() {
        "open" | "todo" | "to do" | "not started" | "planned" | "no" => Some(ActionState::Open),
        "doing" | "in progress" | "started" | "ongoing" | "wip" => Some(ActionState::Doing),
        "done" | "closed" | "complete" | "completed" | "fixed" | "yes" => Some(ActionState::Done),
        "declined" | "rejected" | "won't do" | "wontfix" => Some(ActionState::Declined),
        _ => None,
    }
}

/// The cells of a Markdown table, row by row.
fn cells(table: &str) -> Vec<Vec<String>> {
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
            Event::Start(Tag::Link { dest_url, .. }) => link = Some(dest_url),
            Event::End(TagEnd::Link) => {
                let cell = rows.last_mut().and_then(|row| row.last_mut());
                if let (Some(cell), Some(address)) = (cell, link.take())
                    && !cell.ends_with(&*address)
                {
                    cell.push_str(" (");
                    cell.push_str(&address);
                    cell.push(')');
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&text);
                }
            }
            _ => {}
        }
    }
    rows
}
