//! Actions as issues of a project.
//!
//! Shapes: <https://docs.gitlab.com/api/issues/>. An issue is open or closed: GitLab knows no
//! "being done", and of what is declined only that something is a duplicate.

use afterword_domain::action::ActionState;
use afterword_domain::ticket::{TicketFacts, TicketField};
use async_trait::async_trait;
use http::Method;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use jiff::civil::Date;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{GitLab, Sort, signature};
use crate::evidence::{Address, Answer, Message, PullError, Refused, Setting, Unreadable, send};
use crate::tickets::{
    Desk, NewTicket, News, Ticket, TicketError, Tickets, at_most, check, filled, no_place, settings,
};

/// The longest title that is taken, in characters.
const LONGEST_TITLE: usize = 255;
/// The most issues on one page.
const PER_PAGE: usize = 100;
/// How many pages are looked through for a ticket that was made lately.
const LAST_PAGE: u32 = 20;

const SETTINGS: [Setting; 3] = [
    Setting {
        field: "settings.project",
        label: "Project",
        hint: "In which issues are made, with its groups: acme/checkout",
        required: true,
        many: false,
        check: check_project,
    },
    Setting {
        field: "settings.labels",
        label: "Labels",
        hint: "One a line; each new issue gets them",
        required: false,
        many: true,
        check: |_| Ok(()),
    },
    Setting {
        field: "settings.base_url",
        label: "Address",
        hint: "Only for GitLab Self-Managed, as in the browser: https://gitlab.acme.example",
        required: false,
        many: false,
        check: Address::check,
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    project: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default = "public")]
    base_url: String,
}

fn public() -> String {
    "https://gitlab.com".to_owned()
}

fn check_project(text: &str) -> Result<(), PullError> {
    let parts: Vec<_> = text.split('/').collect();
    if parts.len() > 1 && parts.iter().all(|part| !part.is_empty()) {
        return Ok(());
    }
    let why = format!("the setting `project`: {text:?} has to be written group/project");
    Err(PullError::Refused(why))
}

#[derive(Deserialize)]
struct Issue {
    iid: u64,
    project_id: u64,
    title: String,
    description: Option<String>,
    state: String,
    #[serde(default)]
    assignees: Vec<User>,
    due_date: Option<Date>,
    web_url: String,
    references: References,
    /// The id of the issue that it became in another project.
    moved_to_id: Option<u64>,
    #[serde(default, rename = "_links")]
    links: Links,
}

#[derive(Deserialize)]
struct References {
    full: String,
}

#[derive(Default, Deserialize)]
struct Links {
    closed_as_duplicate_of: Option<String>,
}

#[derive(Deserialize)]
struct User {
    id: u64,
    username: String,
}

#[derive(Deserialize)]
struct Sent {
    project: Identified,
    object_attributes: Numbered,
}

#[derive(Deserialize)]
struct Identified {
    id: u64,
}

#[derive(Deserialize)]
struct Numbered {
    iid: u64,
}

/// The key names the project by its id, which stays when the project is renamed or moved.
fn key(project: u64, iid: u64) -> String {
    format!("{project}#{iid}")
}

fn split(key: &str) -> Option<(&str, &str)> {
    let (project, iid) = key.rsplit_once('#')?;
    iid.parse::<u64>().ok()?;
    Some((project, iid))
}

impl Issue {
    fn ticket(self) -> Ticket {
        let state = match (&*self.state, &self.links.closed_as_duplicate_of) {
            ("closed", Some(_)) => ActionState::Declined,
            ("closed", None) => ActionState::Done,
            _ => ActionState::Open,
        };
        let owner = self.assignees.into_iter().next().map(|user| user.username);
        Ticket {
            key: key(self.project_id, self.iid),
            name: self.references.full,
            url: self.web_url,
            facts: TicketFacts { title: self.title, state, owner, due: self.due_date },
        }
    }
}

/// Where the API is, with the token.
struct Place<'a> {
    desk: &'a Desk<'a>,
    address: Address,
}

impl<'a> Place<'a> {
    fn new(desk: &'a Desk<'a>, settings: &Settings) -> Result<Self, TicketError> {
        Ok(Self { desk, address: Address::parse(&settings.base_url)? })
    }

    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        self.address.below(&[&["api", "v4"][..], path].concat(), query)
    }

    fn issue(&self, key: &str) -> Result<Url, TicketError> {
        let (project, iid) = split(key).ok_or(TicketError::Gone)?;
        Ok(self.url(&["projects", project, "issues", iid], &[]))
    }

    async fn send(
        &self,
        method: Method,
        url: Url,
        body: Option<Map<String, Value>>,
    ) -> Result<Answer, TicketError> {
        let authorization = format!("Bearer {}", self.desk.token);
        let headers = [(AUTHORIZATION, &*authorization)];
        Ok(send(self.desk.client, method, url, &headers, body.map(Value::from).as_ref()).await?)
    }

    async fn read(&self, url: Url) -> Result<Issue, TicketError> {
        let answer = self.send(Method::GET, url, None).await?;
        check(&answer)?;
        Ok(answer.json()?)
    }

    /// The id of the person whom GitLab knows by that name.
    async fn person(&self, username: &str) -> Result<Option<u64>, TicketError> {
        let url = self.url(&["users"], &[("username", username)]);
        let answer = self.send(Method::GET, url, None).await?;
        answer.check()?;
        let users: Vec<User> = answer.json()?;
        let found = users.into_iter().find(|user| user.username.eq_ignore_ascii_case(username));
        Ok(found.map(|user| user.id))
    }

    async fn written(
        &self,
        fields: &[TicketField],
        facts: &TicketFacts,
    ) -> Result<Map<String, Value>, TicketError> {
        let mut body = Map::new();
        for field in fields {
            let (name, value) = match field {
                TicketField::Title => ("title", json!(at_most(&facts.title, LONGEST_TITLE))),
                TicketField::State => ("state_event", json!(event(facts.state))),
                TicketField::Due => ("due_date", json!(facts.due)),
                TicketField::Owner => match &facts.owner {
                    None => ("assignee_ids", json!([0])),
                    Some(owner) => match self.person(owner).await? {
                        Some(id) => ("assignee_ids", json!([id])),
                        None => continue,
                    },
                },
            };
            body.insert(name.to_owned(), value);
        }
        Ok(body)
    }

    /// The issue that it became, for the tokens that may ask for any issue.
    async fn moved(&self, id: u64) -> Result<Issue, TicketError> {
        let url = self.url(&["issues", &id.to_string()], &[]);
        let answer = self.send(Method::GET, url, None).await?;
        if matches!(answer.status.as_u16(), 401 | 403 | 404) {
            return Err(TicketError::Gone);
        }
        check(&answer)?;
        Ok(answer.json()?)
    }
}

fn event(state: ActionState) -> &'static str {
    match state {
        ActionState::Done | ActionState::Declined => "close",
        _ => "reopen",
    }
}

#[async_trait]
impl Tickets for GitLab {
    fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    /// `#12` and `12` are in the project that is set, `group/project#12` and addresses anywhere on
    /// its host.
    fn key_of(&self, settings: &Value, text: &str) -> Option<String> {
        let settings: Settings = serde_json::from_value(settings.clone()).ok()?;
        let text = text.trim();
        if let Ok(url) = Url::parse(text) {
            return key_in(&url, &Url::parse(&settings.base_url).ok()?);
        }
        let bare = text.strip_prefix('#').unwrap_or(text);
        if bare.parse::<u64>().is_ok() {
            return Some(format!("{}#{bare}", settings.project));
        }
        let (project, _) = split(text)?;
        check_project(project).ok()?;
        Some(text.to_owned())
    }

    async fn create(&self, desk: &Desk<'_>, new: &NewTicket) -> Result<Ticket, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = Place::new(desk, &settings)?;
        let mut body = place.written(&filled(&new.facts), &new.facts).await?;
        body.insert("description".to_owned(), json!(new.body));
        if !settings.labels.is_empty() {
            body.insert("labels".to_owned(), json!(settings.labels.join(",")));
        }
        let url = place.url(&["projects", &settings.project, "issues"], &[]);
        let answer = place.send(Method::POST, url, Some(body)).await?;
        check(&answer)
            .map_err(|error| no_place(error, &format!("the project {}", settings.project)))?;
        Ok(answer.json::<Issue>()?.ticket())
    }

    async fn find(
        &self,
        desk: &Desk<'_>,
        mark: &str,
        since: Timestamp,
    ) -> Result<Option<Ticket>, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = Place::new(desk, &settings)?;
        let (since, per_page) = (since.to_string(), PER_PAGE.to_string());
        for page in 1..=LAST_PAGE {
            let page = page.to_string();
            let query = [
                ("scope", "all"),
                ("created_after", &*since),
                ("order_by", "created_at"),
                ("sort", "asc"),
                ("per_page", &*per_page),
                ("page", &*page),
            ];
            let url = place.url(&["projects", &settings.project, "issues"], &query);
            let answer = place.send(Method::GET, url, None).await?;
            answer.check()?;
            let issues: Vec<Issue> = answer.json()?;
            let is_last = issues.len() < PER_PAGE;
            let is_marked =
                |it: &Issue| it.description.as_ref().is_some_and(|text| text.contains(mark));
            if let Some(issue) = issues.into_iter().find(is_marked) {
                return Ok(Some(issue.ticket()));
            }
            if is_last {
                break;
            }
        }
        Ok(None)
    }

    /// An issue that was moved is closed where it was, and goes on elsewhere.
    async fn read(&self, desk: &Desk<'_>, key: &str) -> Result<Option<Ticket>, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = Place::new(desk, &settings)?;
        let mut issue = place.read(place.issue(key)?).await?;
        if let Some(id) = issue.moved_to_id {
            issue = place.moved(id).await?;
        }
        Ok(Some(issue.ticket()))
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
        let (url, body) = (place.issue(key)?, place.written(fields, facts).await?);
        // Nothing is left to be said where the owner is unknown.
        if body.is_empty() {
            return Ok(place.read(url).await?.ticket());
        }
        let answer = place.send(Method::PUT, url, Some(body)).await?;
        check(&answer)?;
        Ok(answer.json::<Issue>()?.ticket())
    }

    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        signature::verify(message, secret)
    }

    fn news(&self, message: &Message<'_>) -> Result<News, Unreadable> {
        let Sort { object_kind } = serde_json::from_slice(message.body)?;
        if !matches!(&*object_kind, "issue" | "work_item") {
            return Ok(News::Nothing);
        }
        let sent: Sent = serde_json::from_slice(message.body)?;
        Ok(News::Look(key(sent.project.id, sent.object_attributes.iid)))
    }
}

/// `https://HOST/GROUP/PROJECT/-/issues/12`, and the same as a work item.
fn key_in(url: &Url, base: &Url) -> Option<String> {
    if url.host_str() != base.host_str() {
        return None;
    }
    let path = url.path().strip_prefix(base.path().trim_end_matches('/'))?;
    let (project, rest) = path.trim_start_matches('/').split_once("/-/")?;
    let iid = rest.strip_prefix("issues/").or_else(|| rest.strip_prefix("work_items/"))?;
    iid.parse::<u64>().ok()?;
    Some(format!("{project}#{iid}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_known_by_what_people_write() {
        let settings = json!({"project": "acme/web/checkout"});
        for (text, key) in [
            ("#12", Some("acme/web/checkout#12")),
            (" 12 ", Some("acme/web/checkout#12")),
            ("acme/other#3", Some("acme/other#3")),
            ("https://gitlab.com/acme/web/checkout/-/issues/12", Some("acme/web/checkout#12")),
            ("https://gitlab.com/acme/checkout/-/work_items/12#note_1", Some("acme/checkout#12")),
            ("https://gitlab.com/acme/checkout/-/merge_requests/12", None),
            ("https://github.com/acme/checkout/-/issues/12", None),
            ("acme#1", None),
            ("the ticket", None),
        ] {
            assert_eq!(GitLab.key_of(&settings, text).as_deref(), key, "{text}");
        }
        let own = json!({"project": "a/b", "base_url": "https://acme.example/git/"});
        let text = "https://acme.example/git/a/b/-/issues/1";
        assert_eq!(GitLab.key_of(&own, text).as_deref(), Some("a/b#1"));
    }
}
