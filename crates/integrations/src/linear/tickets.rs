//! Shapes: <https://studio.apollographql.com/public/Linear-API/variant/current/schema/reference>
//! and <https://linear.app/developers/webhooks>.

use afterword_domain::ticket::{TicketFacts, TicketField};
use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::{Builder, Uuid, Version};

use super::Linear;
use super::ask::ask;
use super::issue::{FACTS, Issue, Nodes};
use crate::evidence::{Address, Message, Refused, Setting, Unreadable, hmac_sha256_hex, is_fresh};
use crate::tickets::{
    Desk, NewTicket, News, Ticket, TicketError, Tickets, at_most, filled, settings,
};

/// The longest title that is taken, in characters.
const LONGEST_TITLE: usize = 255;

const SETTINGS: [Setting; 2] = [
    Setting {
        field: "settings.team",
        label: "Team",
        hint: "In which issues are made, as their names begin: ENG",
        required: true,
        many: false,
        check: |_| Ok(()),
    },
    Setting {
        field: "settings.base_url",
        label: "Address of the API",
        hint: "Only where a proxy stands before https://api.linear.app",
        required: false,
        many: false,
        check: Address::check,
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    team: String,
    #[serde(default = "public")]
    base_url: String,
}

fn public() -> String {
    "https://api.linear.app".to_owned()
}

#[derive(Deserialize)]
struct Identified {
    id: String,
}

#[derive(Deserialize)]
struct Asked {
    issue: Issue,
}

#[derive(Deserialize)]
struct Team {
    teams: Nodes<Identified>,
}

#[derive(Deserialize)]
struct People {
    users: Nodes<Identified>,
}

#[derive(Deserialize)]
struct Written {
    #[serde(alias = "issueCreate", alias = "issueUpdate")]
    done: Payload,
}

#[derive(Deserialize)]
struct Payload {
    issue: Option<Issue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Signed {
    webhook_timestamp: i64,
}

#[derive(Deserialize)]
struct Sent {
    #[serde(rename = "type")]
    sort: String,
    data: Option<Value>,
}

/// Linear, with the token.
struct Place<'a> {
    desk: &'a Desk<'a>,
    address: Address,
}

impl<'a> Place<'a> {
    fn new(desk: &'a Desk<'a>, settings: &Settings) -> Result<Self, TicketError> {
        Ok(Self { desk, address: Address::parse(&settings.base_url)? })
    }

    async fn issue(&self, id: &str) -> Result<Issue, TicketError> {
        let question =
            format!("query Ticket($id: String!) {{ issue(id: $id) {{ ...Facts }} }} {FACTS}");
        let asked: Asked = ask(self.desk, &self.address, &question, json!({"id": id})).await?;
        Ok(asked.issue)
    }

    /// The issue with the states that its team has.
    async fn issue_and_states(&self, id: &str) -> Result<Issue, TicketError> {
        let question = format!(
            "query Steps($id: String!) {{ issue(id: $id) {{ ...Facts \
             team {{ states {{ nodes {{ id type position }} }} }} }} }} {FACTS}"
        );
        let asked: Asked = ask(self.desk, &self.address, &question, json!({"id": id})).await?;
        Ok(asked.issue)
    }

    async fn team(&self, key: &str) -> Result<String, TicketError> {
        let question = "query Team($key: String!) { \
                        teams(filter: { key: { eqIgnoreCase: $key } }) { nodes { id } } }";
        let found: Team = ask(self.desk, &self.address, question, json!({"key": key})).await?;
        let team = found.teams.nodes.into_iter().next().map(|team| team.id);
        team.ok_or_else(|| {
            let why = format!("the team {key} is not there, or the token may not see it");
            TicketError::Refused(why)
        })
    }

    async fn person(&self, email: &str) -> Result<Option<String>, TicketError> {
        let question = "query Person($email: String!) { \
                        users(filter: { email: { eqIgnoreCase: $email } }) { nodes { id } } }";
        let found: People =
            ask(self.desk, &self.address, question, json!({"email": email})).await?;
        Ok(found.users.nodes.into_iter().next().map(|person| person.id))
    }

    async fn written(
        &self,
        fields: &[TicketField],
        facts: &TicketFacts,
    ) -> Result<Map<String, Value>, TicketError> {
        let mut input = Map::new();
        for field in fields {
            let (name, value) = match field {
                TicketField::Title => ("title", json!(at_most(&facts.title, LONGEST_TITLE))),
                TicketField::Due => ("dueDate", json!(facts.due)),
                TicketField::Owner => match &facts.owner {
                    None => ("assigneeId", Value::Null),
                    Some(email) => match self.person(email).await? {
                        Some(id) => ("assigneeId", json!(id)),
                        None => continue,
                    },
                },
                // By the team's own states.
                TicketField::State => continue,
            };
            input.insert(name.to_owned(), value);
        }
        Ok(input)
    }

    async fn write(&self, question: &str, variables: Value) -> Result<Ticket, TicketError> {
        let question = format!("{question} {FACTS}");
        let written: Written = ask(self.desk, &self.address, &question, variables).await?;
        let missing = || TicketError::Unavailable("Linear answers without the issue".to_owned());
        written.done.issue.ok_or_else(missing)?.ticket()
    }
}

/// The id under which a ticket is made: Linear asks for a UUID of version 4.
fn id_of(mark: &str) -> Result<String, TicketError> {
    let mark = Uuid::parse_str(mark)
        .map_err(|_| TicketError::Refused(format!("the mark {mark:?} is no UUID")))?;
    let id = Builder::from_bytes(mark.into_bytes()).with_version(Version::Random).into_uuid();
    Ok(id.to_string())
}

#[async_trait]
impl Tickets for Linear {
    fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    /// `ENG-12`, or the address of an issue.
    fn key_of(&self, _: &Value, text: &str) -> Option<String> {
        let text = text.trim();
        let Ok(url) = Url::parse(text) else { return key_in(text) };
        if url.host_str() != Some("linear.app") {
            return None;
        }
        key_in(url.path().split_once("/issue/")?.1.split('/').next()?)
    }

    /// Under our own id, so that Linear itself makes it only once.
    async fn create(&self, desk: &Desk<'_>, new: &NewTicket) -> Result<Ticket, TicketError> {
        let settings: Settings = settings(desk)?;
        let place = Place::new(desk, &settings)?;
        let id = id_of(&new.mark)?;
        let mut input = place.written(&filled(&new.facts), &new.facts).await?;
        input.insert("id".to_owned(), json!(id));
        input.insert("teamId".to_owned(), json!(place.team(&settings.team).await?));
        input.insert("description".to_owned(), json!(new.body));
        let question = "mutation Create($input: IssueCreateInput!) { \
                        issueCreate(input: $input) { issue { ...Facts } } }";
        match place.write(question, json!({"input": input})).await {
            // Refused, perhaps since it was made before: then that is the ticket.
            Err(TicketError::Refused(why)) => match place.issue(&id).await {
                Ok(issue) => issue.ticket(),
                Err(TicketError::Gone) => Err(TicketError::Refused(why)),
                Err(other) => Err(other),
            },
            other => other,
        }
    }

    async fn find(
        &self,
        desk: &Desk<'_>,
        mark: &str,
        _: Timestamp,
    ) -> Result<Option<Ticket>, TicketError> {
        match self.read(desk, &id_of(mark)?).await {
            Err(TicketError::Gone) => Ok(None),
            other => other,
        }
    }

    async fn read(&self, desk: &Desk<'_>, key: &str) -> Result<Option<Ticket>, TicketError> {
        let settings: Settings = settings(desk)?;
        let issue = Place::new(desk, &settings)?.issue(key).await?;
        Ok(Some(issue.ticket()?))
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
        let mut input = place.written(fields, facts).await?;
        if fields.contains(&TicketField::State) {
            let issue = place.issue_and_states(key).await?;
            if issue.state() != facts.state {
                let id = issue.state_for(facts.state).ok_or_else(|| {
                    TicketError::Refused("the team has no state that means this".to_owned())
                })?;
                input.insert("stateId".to_owned(), json!(id));
            }
        }
        if input.is_empty() {
            return place.issue(key).await?.ticket();
        }
        let question = "mutation Change($id: String!, $input: IssueUpdateInput!) { \
                        issueUpdate(id: $id, input: $input) { issue { ...Facts } } }";
        place.write(question, json!({"id": key, "input": input})).await
    }

    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let signature = message.header("linear-signature").ok_or(Refused::Unsigned)?;
        if !hmac_sha256_hex(secret, &[message.body], signature) {
            return Err(Refused::WrongSignature);
        }
        let signed: Signed = serde_json::from_slice(message.body).map_err(|_| Refused::Stale)?;
        match Timestamp::from_millisecond(signed.webhook_timestamp) {
            Ok(at) if is_fresh(at, message.received_at) => Ok(()),
            _ => Err(Refused::Stale),
        }
    }

    fn news(&self, message: &Message<'_>) -> Result<News, Unreadable> {
        let sent: Sent = serde_json::from_slice(message.body)?;
        let Some(data) = sent.data.filter(|_| sent.sort == "Issue") else {
            return Ok(News::Nothing);
        };
        Ok(News::Look(Identified::deserialize(data)?.id))
    }
}

/// `ENG-12`
fn key_in(text: &str) -> Option<String> {
    let (team, number) = text.rsplit_once('-')?;
    let is_team = !team.is_empty() && team.chars().all(|it| it.is_ascii_alphanumeric());
    let is_key = is_team && number.parse::<u64>().is_ok();
    is_key.then(|| format!("{}-{number}", team.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_known_by_what_people_write() {
        for (text, key) in [
            ("ENG-12", Some("ENG-12")),
            (" eng-12 ", Some("ENG-12")),
            ("https://linear.app/acme/issue/ENG-12/add-a-check", Some("ENG-12")),
            ("https://linear.app/acme/issue/ENG-12", Some("ENG-12")),
            ("https://linear.app/acme/project/checkout-12", None),
            ("https://example.org/acme/issue/ENG-12", None),
            ("12", None),
            ("the ticket", None),
        ] {
            assert_eq!(Linear.key_of(&json!({}), text).as_deref(), key, "{text}");
        }
    }

    #[test]
    fn a_mark_gives_one_id_of_version_4() {
        let id = id_of("0195b3a4-9f00-7abc-8def-0123456789ab").unwrap();
        assert_eq!(id, "0195b3a4-9f00-4abc-8def-0123456789ab");
        assert_eq!(id_of(&id).unwrap(), id);
        assert!(id_of("x").is_err());
    }
}
