//! Actions as issues of a repository.
//!
//! Shapes: <https://docs.github.com/en/rest/issues/issues>. An issue has no due date and knows no
//! "being done".

use afterword_domain::action::ActionState;
use afterword_domain::ticket::{TicketFacts, TicketField};
use async_trait::async_trait;
use http::header::{ACCEPT, AUTHORIZATION, LOCATION};
use http::{Method, StatusCode};
use jiff::Timestamp;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::GitHub;
use super::pull::{BASE_URL, VERSION, has_next, owner_and_name, public};
use crate::evidence::{Address, Answer, Message, Refused, Setting, Unreadable, Webhook, send};
use crate::tickets::{
    Desk, NewTicket, News, Ticket, TicketError, Tickets, at_most, check, no_place, settings,
};

/// The longest title that is taken, in characters.
const LONGEST_TITLE: usize = 256;
/// The most issues on one page.
const PER_PAGE: &str = "100";
/// How many pages are looked through for a ticket that was made lately.
const LAST_PAGE: u32 = 20;

const SETTINGS: [Setting; 3] = [
    Setting {
        field: "settings.repository",
        label: "Repository",
        hint: "In which issues are made, as owner/name: acme/checkout",
        required: true,
        many: false,
        check: |text| owner_and_name(text).map(drop),
    },
    Setting {
        field: "settings.labels",
        label: "Labels",
        hint: "One a line; each new issue gets them",
        required: false,
        many: true,
        check: |_| Ok(()),
    },
    BASE_URL,
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    repository: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default = "public")]
    base_url: String,
}

#[derive(Deserialize)]
struct Issue {
    number: u64,
    title: String,
    html_url: String,
    repository_url: String,
    body: Option<String>,
    state: String,
    state_reason: Option<String>,
    assignee: Option<User>,
    pull_request: Option<Value>,
}

#[derive(Deserialize)]
struct User {
    login: String,
}

#[derive(Deserialize)]
struct Sent {
    repository: Repository,
    issue: Option<Numbered>,
}

#[derive(Deserialize)]
struct Repository {
    full_name: String,
}

#[derive(Deserialize)]
struct Numbered {
    number: u64,
}

impl Issue {
    fn ticket(self) -> Ticket {
        // `https://HOST/repos/OWNER/NAME`
        let mut parts = self.repository_url.rsplitn(3, '/');
        let (name, owner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let key = format!("{owner}/{name}#{}", self.number);
        let facts = TicketFacts {
            state: state(&self.state, self.state_reason.as_deref()),
            title: self.title,
            owner: self.assignee.map(|user| user.login),
            due: None,
        };
        Ticket { name: key.clone(), key, url: self.html_url, facts }
    }
}

fn state(state: &str, reason: Option<&str>) -> ActionState {
    match (state, reason) {
        ("closed", Some("not_planned" | "duplicate")) => ActionState::Declined,
        ("closed", _) => ActionState::Done,
        _ => ActionState::Open,
    }
}

/// A repository's place, with the token.
struct Place<'a> {
    desk: &'a Desk<'a>,
    address: Address,
}

impl Place<'_> {
    async fn send(
        &self,
        method: Method,
        url: Url,
        body: Option<Value>,
    ) -> Result<Answer, TicketError> {
        let authorization = format!("Bearer {}", self.desk.token);
        let headers = [
            (AUTHORIZATION, &*authorization),
            (ACCEPT, "application/vnd.github+json"),
            (VERSION, "2022-11-28"),
        ];
        Ok(send(self.desk.client, method, url, &headers, body.as_ref()).await?)
    }

    /// Writes an issue, wherever it is now; an owner whom it does not know is left out.
    async fn write(
        &self,
        method: Method,
        mut url: Url,
        mut fields: Map<String, Value>,
    ) -> Result<Ticket, TicketError> {
        let body = Value::Object(fields.clone());
        let mut answer = self.send(method.clone(), url.clone(), Some(body.clone())).await?;
        if let Some(to) = self.moved(&answer) {
            url = to;
            answer = self.send(method.clone(), url.clone(), Some(body)).await?;
        }
        let has_owner = fields.remove("assignees").is_some();
        if answer.status == StatusCode::UNPROCESSABLE_ENTITY && has_owner {
            answer = self.send(method, url, Some(Value::Object(fields))).await?;
        }
        check(&answer)?;
        Ok(answer.json::<Issue>()?.ticket())
    }

    fn issue(&self, key: &str) -> Result<Url, TicketError> {
        let (repository, number) = split(key).ok_or(TicketError::Gone)?;
        let (owner, name) = owner_and_name(repository)?;
        Ok(self.address.below(&["repos", owner, name, "issues", number], &[]))
    }

    /// Where an issue went; only ever to the same host, since the token goes there.
    fn moved(&self, answer: &Answer) -> Option<Url> {
        if !answer.status.is_redirection() {
            return None;
        }
        let to = Url::parse(answer.header(LOCATION.as_str())?).ok()?;
        (to.origin() == self.address.below(&[], &[]).origin()).then_some(to)
    }
}

fn split(key: &str) -> Option<(&str, &str)> {
    let (repository, number) = key.split_once('#')?;
    number.parse::<u64>().ok()?;
    Some((repository, number))
}

fn changed(fields: &[TicketField], facts: &TicketFacts) -> Map<String, Value> {
    let mut body = Map::new();
    for field in fields {
        match field {
            TicketField::Title => {
                body.insert("title".to_owned(), json!(at_most(&facts.title, LONGEST_TITLE)));
            }
            TicketField::State => {
                let (state, reason) = match facts.state {
                    ActionState::Done => ("closed", "completed"),
                    ActionState::Declined => ("closed", "not_planned"),
                    _ => ("open", "reopened"),
                };
                body.insert("state".to_owned(), json!(state));
                body.insert("state_reason".to_owned(), json!(reason));
            }
            TicketField::Owner => {
                let owners: Vec<_> = facts.owner.iter().collect();
                body.insert("assignees".to_owned(), json!(owners));
            }
            TicketField::Due => {}
        }
    }
    body
}

fn place<'a>(desk: &'a Desk<'a>, settings: &Settings) -> Result<Place<'a>, TicketError> {
    Ok(Place { desk, address: Address::parse(&settings.base_url)? })
}

#[async_trait]
impl Tickets for GitHub {
    fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    /// `#12` and `12` are in the repository that is set, `owner/name#12` and addresses anywhere
    /// on its host.
    fn key_of(&self, settings: &Value, text: &str) -> Option<String> {
        let settings: Settings = serde_json::from_value(settings.clone()).ok()?;
        let text = text.trim();
        if let Ok(url) = Url::parse(text) {
            let api = Url::parse(&settings.base_url).ok()?;
            let host = api.host_str()?;
            let own = host.strip_prefix("api.").unwrap_or(host);
            let path: Vec<_> = url.path_segments()?.collect();
            return match path[..] {
                [owner, name, "issues", number]
                    if url.host_str() == Some(own) && number.parse::<u64>().is_ok() =>
                {
                    Some(format!("{owner}/{name}#{number}"))
                }
                _ => None,
            };
        }
        let bare = text.strip_prefix('#').unwrap_or(text);
        if bare.parse::<u64>().is_ok() {
            return Some(format!("{}#{bare}", settings.repository));
        }
        let (repository, _) = split(text)?;
        owner_and_name(repository).ok()?;
        Some(text.to_owned())
    }

    async fn create(&self, desk: &Desk<'_>, new: &NewTicket) -> Result<Ticket, TicketError> {
        let settings: Settings = settings(desk)?;
        let (owner, name) = owner_and_name(&settings.repository)?;
        let place = place(desk, &settings)?;
        let fields = [TicketField::Title, TicketField::Owner];
        let mut body = changed(&fields, &new.facts);
        body.insert("body".to_owned(), json!(new.body));
        if !settings.labels.is_empty() {
            body.insert("labels".to_owned(), json!(settings.labels));
        }
        let url = place.address.below(&["repos", owner, name, "issues"], &[]);
        let place_of_issues = format!("the repository {} with issues", settings.repository);
        let made = place.write(Method::POST, url, body).await;
        made.map_err(|error| no_place(error, &place_of_issues))
    }

    async fn find(
        &self,
        desk: &Desk<'_>,
        mark: &str,
        since: Timestamp,
    ) -> Result<Option<Ticket>, TicketError> {
        let settings: Settings = settings(desk)?;
        let (owner, name) = owner_and_name(&settings.repository)?;
        let place = place(desk, &settings)?;
        let since = since.to_string();
        for page in 1..=LAST_PAGE {
            let page = page.to_string();
            let query = [
                ("state", "all"),
                ("sort", "created"),
                ("direction", "desc"),
                ("since", &*since),
                ("per_page", PER_PAGE),
                ("page", &*page),
            ];
            let url = place.address.below(&["repos", owner, name, "issues"], &query);
            let answer = place.send(Method::GET, url, None).await?;
            answer.check()?;
            let issues: Vec<Issue> = answer.json()?;
            let marked = |it: &Issue| {
                it.pull_request.is_none() && it.body.as_ref().is_some_and(|it| it.contains(mark))
            };
            if let Some(issue) = issues.into_iter().rfind(marked) {
                return Ok(Some(issue.ticket()));
            }
            if !has_next(&answer) {
                return Ok(None);
            }
        }
        Ok(None)
    }

    async fn read(&self, desk: &Desk<'_>, key: &str) -> Result<Option<Ticket>, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = place(desk, &settings)?;
        let mut answer = place.send(Method::GET, place.issue(key)?, None).await?;
        if let Some(to) = place.moved(&answer) {
            answer = place.send(Method::GET, to, None).await?;
        }
        check(&answer)?;
        Ok(Some(answer.json::<Issue>()?.ticket()))
    }

    async fn change(
        &self,
        desk: &Desk<'_>,
        key: &str,
        fields: &[TicketField],
        facts: &TicketFacts,
    ) -> Result<Ticket, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = place(desk, &settings)?;
        place.write(Method::PATCH, place.issue(key)?, changed(fields, facts)).await
    }

    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        Webhook::verify(self, message, secret)
    }

    fn news(&self, message: &Message<'_>) -> Result<News, Unreadable> {
        if message.header(super::EVENT) != Some("issues") {
            return Ok(News::Nothing);
        }
        let sent: Sent = serde_json::from_slice(message.body)?;
        let number = sent.issue.map(|issue| issue.number);
        Ok(number.map_or(News::Nothing, |number| {
            News::Look(format!("{}#{number}", sent.repository.full_name))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_known_by_what_people_write() {
        let settings = json!({"repository": "acme/checkout"});
        for (text, key) in [
            ("#12", Some("acme/checkout#12")),
            (" 12 ", Some("acme/checkout#12")),
            ("acme/other#3", Some("acme/other#3")),
            ("https://github.com/acme/checkout/issues/12", Some("acme/checkout#12")),
            ("https://github.com/acme/checkout/issues/12#issuecomment-1", Some("acme/checkout#12")),
            ("https://github.com/acme/checkout/pull/12", None),
            ("https://gitlab.com/acme/checkout/issues/12", None),
            ("acme#1", None),
            ("the ticket", None),
        ] {
            assert_eq!(GitHub.key_of(&settings, text).as_deref(), key, "{text}");
        }
    }

    #[test]
    fn an_issue_is_open_done_or_declined() {
        assert_eq!(state("open", Some("reopened")), ActionState::Open);
        assert_eq!(state("closed", None), ActionState::Done);
        assert_eq!(state("closed", Some("not_planned")), ActionState::Declined);
    }
}
