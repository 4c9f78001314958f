//! What an event subscription of a webhook sends.

use afterword_domain::evidence::{Reported, ReportedTime};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::ticket::Ticket;
use crate::evidence::{Reading, Unreadable, first_line};

const TICKET: &str = "zen:event-type:ticket.";

#[derive(Deserialize)]
struct Sent {
    r#type: String,
    /// The same when the event is sent again.
    id: String,
    time: String,
    detail: Box<RawValue>,
    event: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Detail {
    id: String,
    subject: Option<String>,
    description: Option<String>,
    created_at: Option<String>,
    priority: Option<String>,
    status: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    via: Option<Via>,
}

#[derive(Deserialize)]
struct Via {
    channel: Option<String>,
}

#[derive(Deserialize)]
struct Commented {
    comment: Comment,
}

#[derive(Deserialize)]
struct Comment {
    body: String,
    #[serde(default)]
    is_public: bool,
    author: Option<Author>,
}

#[derive(Deserialize)]
struct Author {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Changed {
    current: Option<String>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    let Some(step) = sent.r#type.strip_prefix(TICKET) else {
        return Ok(Reading::Nothing("not about a ticket"));
    };
    let known = ["created", "comment_added", "status_changed", "priority_changed"];
    if !known.contains(&step) {
        return Ok(Reading::Nothing("a change of a ticket that is no evidence"));
    }
    let detail: Detail = serde_json::from_str(sent.detail.get())?;
    let reported = match step {
        "created" => detail.created(&sent),
        "comment_added" => sent.commented(&detail)?,
        "status_changed" => sent.changed(&detail, "is now")?,
        _ => sent.changed(&detail, "has the priority")?,
    };
    Ok(Reading::Events(vec![reported]))
}

impl Detail {
    fn ticket(&self) -> Ticket<'_> {
        Ticket {
            id: &self.id,
            subject: self.subject.as_deref().unwrap_or_default(),
            priority: self.priority.as_deref(),
            status: self.status.as_deref(),
            channel: self.via.as_ref().and_then(|via| via.channel.as_deref()),
            tags: &self.tags,
            // The account's address is not in the message.
            url: None,
        }
    }

    fn created(&self, sent: &Sent) -> Reported {
        let at = ReportedTime::parse(self.created_at.as_deref().unwrap_or(&sent.time));
        self.ticket().created(at, self.description.as_deref())
    }
}

impl Sent {
    fn commented(&self, detail: &Detail) -> Result<Reported, Unreadable> {
        let Commented { comment } = self.event()?;
        let what = if comment.is_public { "Reply on" } else { "Internal note on" };
        Ok(Reported {
            title: format!("{what} ticket #{}: {}", detail.id, first_line(&comment.body)),
            text: Some(comment.body),
            actor: comment.author.and_then(|author| author.name),
            ..self.around(detail)
        })
    }

    fn changed(&self, detail: &Detail, how: &str) -> Result<Reported, Unreadable> {
        let Changed { current } = self.event()?;
        let current = current.map_or_else(|| "none".to_owned(), |it| it.to_lowercase());
        let subject = detail.subject.as_deref().unwrap_or_default();
        Ok(Reported {
            title: format!("Ticket #{} {how} {current}: {subject}", detail.id),
            ..self.around(detail)
        })
    }

    fn around(&self, detail: &Detail) -> Reported {
        Reported {
            delivery: self.id.clone(),
            at: ReportedTime::parse(&self.time),
            ..detail.ticket().about()
        }
    }

    fn event<'a, T: Deserialize<'a>>(&'a self) -> Result<T, Unreadable> {
        let event = self.event.as_ref().map_or("null", |event| event.get());
        Ok(serde_json::from_str(event)?)
    }
}
