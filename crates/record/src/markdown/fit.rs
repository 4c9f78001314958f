//! Files hold what a record would refuse: names over several lines, or endless ones.

use crate::edit::{Edit, NewAction, NewEntry, one_line};

/// Makes an edit acceptable without losing its words.
pub(crate) fn fit(edit: Edit) -> Edit {
    match edit {
        Edit::AddEntry(entry) => Edit::AddEntry(NewEntry {
            typed: entry.typed.as_deref().map(one_line),
            who: entry.who.as_deref().map(one_line),
            asked: entry.asked.as_deref().map(one_line),
            ..entry
        }),
        Edit::AddAction(action) => Edit::AddAction(fit_action(action)),
        other => other,
    }
}

/// A title that is too long goes on where there is room.
fn fit_action(action: NewAction) -> NewAction {
    let title = one_line(&action.title);
    let done_when = if title.chars().count() < action.title.chars().count() {
        format!("{}\n{}", action.title, action.done_when).trim().to_owned()
    } else {
        action.done_when
    };
    let owner = action.owner.as_deref().map(one_line);
    NewAction { title, done_when, owner, ..action }
}
