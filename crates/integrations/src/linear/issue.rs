//! An issue, and how far it is.

use afterword_domain::action::ActionState;
use afterword_domain::ticket::TicketFacts;
use jiff::civil::Date;
use serde::Deserialize;

use crate::tickets::{Ticket, TicketError};

/// What is asked of an issue, under the name `Facts`.
pub(super) const FACTS: &str = "fragment Facts on Issue { \
     id identifier title url dueDate trashed assignee { email } state { type } \
     }";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Issue {
    /// Stays when the issue is moved to another team.
    pub(super) id: String,
    /// What people call it.
    identifier: String,
    title: String,
    url: String,
    due_date: Option<Date>,
    /// Whether it is thrown away, and only kept for some days.
    trashed: Option<bool>,
    assignee: Option<Person>,
    state: Kind,
    /// Only where it was asked for.
    team: Option<Team>,
}

#[derive(Debug, Deserialize)]
struct Person {
    email: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    sort: String,
}

#[derive(Debug, Deserialize)]
struct Team {
    states: Nodes<State>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nodes<T> {
    pub(super) nodes: Vec<T>,
}

#[derive(Debug, Deserialize)]
struct State {
    id: String,
    #[serde(rename = "type")]
    sort: String,
    /// From left to right on a board.
    position: f64,
}

impl Issue {
    pub(super) fn state(&self) -> ActionState {
        state(&self.state.sort)
    }

    /// The first of its team's states that mean this. Those of the sort that comes first mean it
    /// best.
    pub(super) fn state_for(&self, wanted: ActionState) -> Option<&str> {
        let states = &self.team.as_ref()?.states.nodes;
        sorts(wanted).iter().find_map(|sort| {
            let fitting = states.iter().filter(|state| state.sort == *sort);
            let first = fitting.min_by(|a, b| a.position.total_cmp(&b.position));
            first.map(|state| &*state.id)
        })
    }

    pub(super) fn ticket(self) -> Result<Ticket, TicketError> {
        if self.trashed == Some(true) {
            return Err(TicketError::Gone);
        }
        let state = self.state();
        Ok(Ticket {
            key: self.id,
            name: self.identifier,
            url: self.url,
            facts: TicketFacts {
                title: self.title,
                state,
                owner: self.assignee.and_then(|person| person.email),
                due: self.due_date,
            },
        })
    }
}

fn state(sort: &str) -> ActionState {
    match sort {
        "started" => ActionState::Doing,
        "completed" => ActionState::Done,
        "canceled" | "duplicate" => ActionState::Declined,
        // triage, backlog and unstarted
        _ => ActionState::Open,
    }
}

fn sorts(state: ActionState) -> &'static [&'static str] {
    match state {
        ActionState::Open | ActionState::Parked => &["unstarted", "backlog", "triage"],
        ActionState::Doing => &["started"],
        ActionState::Done => &["completed"],
        ActionState::Declined => &["canceled"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_as_what_it_was_written_for() {
        for state_of_action in
            [ActionState::Open, ActionState::Doing, ActionState::Done, ActionState::Declined]
        {
            for sort in sorts(state_of_action) {
                assert_eq!(state(sort), state_of_action, "{sort}");
            }
        }
    }
}
