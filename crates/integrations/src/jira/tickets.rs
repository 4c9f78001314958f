//! Shapes: <https://developer.atlassian.com/cloud/jira/platform/rest/v2/> and
//! <https://developer.atlassian.com/server/jira/platform/rest/>. Version 2, since it takes plain
//! text; only the cloud's search is in version 3.

use afterword_domain::action::ActionState;
use afterword_domain::ticket::{TicketFacts, TicketField};
use async_trait::async_trait;
use http::Method;
use jiff::Timestamp;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Jira;
use super::issue::{FIELDS, Issue, Stage};
use super::place::{Place, Settings};
use super::transition::Transitions;
use crate::evidence::{Address, Message, PullError, Refused, Setting, Unreadable, hmac_sha256_hex};
use crate::tickets::{
    Desk, NewTicket, News, Ticket, TicketError, Tickets, at_most, check, filled, no_place, settings,
};

/// The longest title and description that are taken, in characters.
const LONGEST_TITLE: usize = 255;
const LONGEST_TEXT: usize = 32_767;

const SETTINGS: [Setting; 4] = [
    Setting {
        field: "settings.base_url",
        label: "Address",
        hint: "As in the browser: https://acme.atlassian.net",
        required: true,
        many: false,
        check: Address::check,
    },
    Setting {
        field: "settings.project",
        label: "Project",
        hint: "In which issues are made, by its key: OPS",
        required: true,
        many: false,
        check: check_project,
    },
    Setting {
        field: "settings.issue_type",
        label: "Issue type",
        hint: "Task, if nothing else is set",
        required: false,
        many: false,
        check: |_| Ok(()),
    },
    Setting {
        field: "settings.email",
        label: "Whose token it is",
        hint: "Their mail address, for Jira in the cloud. Empty for Data Center.",
        required: false,
        many: false,
        check: |_| Ok(()),
    },
];

fn check_project(text: &str) -> Result<(), PullError> {
    if is_project(text) {
        return Ok(());
    }
    Err(PullError::Refused(format!(
        "the setting `project`: {text:?} is no key of a project; write it as in OPS-12: OPS"
    )))
}

#[derive(Deserialize)]
struct Created {
    id: String,
    key: String,
}

#[derive(Deserialize)]
struct Found {
    issues: Vec<Issue>,
}

#[derive(Deserialize)]
struct Sent {
    issue: Option<Identified>,
}

#[derive(Deserialize)]
struct Identified {
    id: String,
}

/// By which a ticket is found again: the text is not searched letter by letter.
fn label(mark: &str) -> String {
    format!("afterword-{mark}")
}

fn written(place: &Place<'_>, fields: &[TicketField], facts: &TicketFacts) -> Map<String, Value> {
    let mut body = Map::new();
    for field in fields {
        let (name, value) = match field {
            TicketField::Title => ("summary", json!(at_most(&facts.title, LONGEST_TITLE))),
            TicketField::Owner => ("assignee", json!({place.person(): facts.owner})),
            TicketField::Due => ("duedate", json!(facts.due)),
            // By a step of the workflow, not by a field.
            TicketField::State => continue,
        };
        body.insert(name.to_owned(), value);
    }
    body
}

/// How an issue is that was made of this, where it cannot be read.
fn made(place: &Place<'_>, created: Created, facts: &TicketFacts) -> Ticket {
    Ticket {
        url: place.page(&created.key),
        key: created.id,
        name: created.key,
        facts: TicketFacts { state: ActionState::Open, ..facts.clone() },
    }
}

fn ticket(place: &Place<'_>, issue: Issue) -> Ticket {
    let url = place.page(&issue.key);
    issue.ticket(url)
}

/// Moves an issue to where it should be, as far as its workflow leads there.
async fn go(place: &Place<'_>, issue: &Issue, state: ActionState) -> Result<(), TicketError> {
    let query = [("expand", "transitions.fields")];
    let url = place.url(&["2", "issue", &issue.id, "transitions"], &query);
    let answer = place.send(Method::GET, url, None).await?;
    check(&answer)?;
    match answer.json::<Transitions>()?.to(state) {
        Some(step) => place.step(&issue.id, &step).await,
        // It has ended already, and there is no saying in which way.
        None if issue.stage() == Stage::from(state) => Ok(()),
        None => Err(TicketError::Refused(format!(
            "the workflow of {} has no step that leads there, or the token may not take it",
            issue.key
        ))),
    }
}

#[async_trait]
impl Tickets for Jira {
    fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    /// `OPS-12`, or an address in which it stands.
    fn key_of(&self, settings: &Value, text: &str) -> Option<String> {
        let settings: Settings = serde_json::from_value(settings.clone()).ok()?;
        let text = text.trim();
        let Ok(url) = Url::parse(text) else { return key_in(text) };
        if url.host_str() != Url::parse(&settings.base_url).ok()?.host_str() {
            return None;
        }
        let selected = url.query_pairs().find(|(name, _)| name == "selectedIssue");
        match selected {
            Some((_, key)) => key_in(&key),
            None => key_in(url.path().split_once("/browse/")?.1),
        }
    }

    async fn create(&self, desk: &Desk<'_>, new: &NewTicket) -> Result<Ticket, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = Place::new(desk, &settings)?;
        let mut fields = written(&place, &filled(&new.facts), &new.facts);
        fields.insert("project".to_owned(), json!({"key": settings.project}));
        fields.insert("issuetype".to_owned(), json!({"name": settings.issue_type}));
        fields.insert("description".to_owned(), json!(at_most(&new.body, LONGEST_TEXT)));
        fields.insert("labels".to_owned(), json!([label(&new.mark)]));
        let url = place.url(&["2", "issue"], &[]);
        let answer = place.write(Method::POST, url, fields).await;
        let answer = answer.map_err(|error| no_place(error, &settings.base_url))?;
        let created: Created = answer.ok_or(TicketError::Gone)?.json()?;
        // The issue is there, whether it can be read or not.
        Ok(match place.read(&created.id).await {
            Ok(issue) => ticket(&place, issue),
            Err(_) => made(&place, created, &new.facts),
        })
    }

    /// A search shows an issue some seconds after it was made.
    async fn find(
        &self,
        desk: &Desk<'_>,
        mark: &str,
        _: Timestamp,
    ) -> Result<Option<Ticket>, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = Place::new(desk, &settings)?;
        let jql = format!("labels = \"{}\" ORDER BY created ASC", label(mark));
        let query = [("jql", &*jql), ("fields", FIELDS), ("maxResults", "1")];
        let path: &[&str] = if place.is_cloud { &["3", "search", "jql"] } else { &["2", "search"] };
        let answer = place.send(Method::GET, place.url(path, &query), None).await?;
        answer.check()?;
        let found = answer.json::<Found>()?.issues.into_iter().next();
        Ok(found.map(|issue| ticket(&place, issue)))
    }

    /// An issue that was moved is also found under its old key.
    async fn read(&self, desk: &Desk<'_>, key: &str) -> Result<Option<Ticket>, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = Place::new(desk, &settings)?;
        let issue = place.read(key).await?;
        Ok(Some(ticket(&place, issue)))
    }

    async fn change(
        &self,
        desk: &Desk<'_>,
        key: &str,
        fields: &[TicketField],
        facts: &TicketFacts,
    ) -> Result<Ticket, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = Place::new(desk, &settings)?;
        let body = written(&place, fields, facts);
        place.write(Method::PUT, place.issue(key, &[]), body).await?;
        let mut issue = place.read(key).await?;
        if fields.contains(&TicketField::State) && issue.state() != facts.state {
            go(&place, &issue, facts.state).await?;
            issue = place.read(key).await?;
        }
        Ok(ticket(&place, issue))
    }

    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let header = message.header("x-hub-signature").ok_or(Refused::Unsigned)?;
        let signature = header.strip_prefix("sha256=").ok_or(Refused::WrongSignature)?;
        if hmac_sha256_hex(secret, &[message.body], signature) {
            Ok(())
        } else {
            Err(Refused::WrongSignature)
        }
    }

    fn news(&self, message: &Message<'_>) -> Result<News, Unreadable> {
        let sent: Sent = serde_json::from_slice(message.body)?;
        Ok(sent.issue.map_or(News::Nothing, |issue| News::Look(issue.id)))
    }
}

/// Letters, digits and underscores, beginning with a letter.
fn is_project(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
}

fn key_in(text: &str) -> Option<String> {
    let (project, number) = text.trim_end_matches('/').rsplit_once('-')?;
    let is_key = is_project(project) && number.parse::<u64>().is_ok();
    is_key.then(|| format!("{}-{number}", project.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_known_by_what_people_write() {
        let settings = json!({"base_url": "https://acme.atlassian.net", "project": "OPS"});
        for (text, key) in [
            ("OPS-12", Some("OPS-12")),
            (" ops-12 ", Some("OPS-12")),
            ("https://acme.atlassian.net/browse/OPS-12", Some("OPS-12")),
            ("https://acme.atlassian.net/browse/OPS-12?focusedId=1", Some("OPS-12")),
            (
                "https://acme.atlassian.net/jira/software/projects/OPS/boards/1?selectedIssue=OPS-3",
                Some("OPS-3"),
            ),
            ("https://other.atlassian.net/browse/OPS-12", None),
            ("https://acme.atlassian.net/projects/OPS", None),
            ("12", None),
            ("OPS-", None),
            ("the ticket-12", None),
        ] {
            assert_eq!(Jira.key_of(&settings, text).as_deref(), key, "{text}");
        }
    }

    #[test]
    fn an_issue_is_open_on_its_way_done_or_declined() {
        for (category, status, resolution, state) in [
            ("new", "To Do", None, ActionState::Open),
            ("undefined", "No Category", None, ActionState::Open),
            ("indeterminate", "In Review", None, ActionState::Doing),
            ("done", "Done", None, ActionState::Done),
            ("done", "Closed", Some("Fixed"), ActionState::Done),
            ("done", "Closed", Some("Won't Do"), ActionState::Declined),
            ("done", "Closed", Some("Won’t Fix"), ActionState::Declined),
            ("done", "Closed", Some("Cannot Reproduce"), ActionState::Declined),
            ("done", "Cancelled", None, ActionState::Declined),
        ] {
            let issue: Issue = serde_json::from_value(json!({
                "id": "10002", "key": "OPS-1", "fields": {
                    "summary": "Add a check", "assignee": null, "duedate": null,
                    "status": {"name": status, "statusCategory": {"key": category}},
                    "resolution": resolution.map(|name| json!({"name": name})),
                },
            }))
            .unwrap();
            assert_eq!(issue.state(), state, "{status} {resolution:?}");
        }
    }
}
