//! An issue, and how far it is.

use afterword_domain::action::ActionState;
use afterword_domain::ticket::TicketFacts;
use jiff::civil::Date;
use serde::Deserialize;

use crate::tickets::Ticket;

/// What is asked of an issue.
pub(super) const FIELDS: &str = "summary,status,resolution,assignee,duedate";

/// Resolutions and steps by which an issue ends without being done.
const NOT_DONE: [&str; 11] = [
    "won't do",
    "wont do",
    "won't fix",
    "wont fix",
    "declined",
    "rejected",
    "cancelled",
    "canceled",
    "cancel",
    "duplicate",
    "cannot reproduce",
];

#[derive(Debug, Deserialize)]
pub(super) struct Issue {
    /// Stays when the issue is moved to another project.
    pub(super) id: String,
    /// What people call it.
    pub(super) key: String,
    fields: Fields,
}

#[derive(Debug, Deserialize)]
struct Fields {
    summary: String,
    status: Status,
    resolution: Option<Named>,
    assignee: Option<Person>,
    duedate: Option<Date>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Status {
    pub(super) name: String,
    #[serde(rename = "statusCategory")]
    category: Category,
}

#[derive(Debug, Deserialize)]
struct Category {
    key: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
}

/// Known by an account in the cloud, by a name in a data center.
#[derive(Debug, Deserialize)]
struct Person {
    #[serde(rename = "accountId")]
    account_id: Option<String>,
    name: Option<String>,
}

/// The three sorts of status that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    New,
    Indeterminate,
    Done,
}

impl From<ActionState> for Stage {
    fn from(state: ActionState) -> Self {
        match state {
            ActionState::Open | ActionState::Parked => Self::New,
            ActionState::Doing => Self::Indeterminate,
            ActionState::Done | ActionState::Declined => Self::Done,
        }
    }
}

impl Status {
    pub(super) fn stage(&self) -> Stage {
        match &*self.category.key {
            "done" => Stage::Done,
            "indeterminate" => Stage::Indeterminate,
            _ => Stage::New,
        }
    }
}

impl Issue {
    pub(super) fn stage(&self) -> Stage {
        self.fields.status.stage()
    }

    pub(super) fn state(&self) -> ActionState {
        match self.stage() {
            Stage::New => ActionState::Open,
            Stage::Indeterminate => ActionState::Doing,
            Stage::Done => {
                let resolution = self.fields.resolution.as_ref().map(|it| &*it.name);
                let mut names = resolution.into_iter().chain([&*self.fields.status.name]);
                let is_declined = names.any(is_not_done);
                if is_declined { ActionState::Declined } else { ActionState::Done }
            }
        }
    }

    pub(super) fn ticket(self, url: String) -> Ticket {
        let state = self.state();
        let facts = TicketFacts {
            title: self.fields.summary,
            state,
            owner: self.fields.assignee.and_then(|it| it.account_id.or(it.name)),
            due: self.fields.duedate,
        };
        Ticket { key: self.id, name: self.key, url, facts }
    }
}

/// Whether an issue that ends so was not done.
pub(super) fn is_not_done(name: &str) -> bool {
    let name = name.trim().to_lowercase().replace('’', "'");
    NOT_DONE.contains(&&*name)
}
