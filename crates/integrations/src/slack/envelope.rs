//! What is common to all of Slack's calls.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::message::Said;
use crate::evidence::{Reading, Unreadable};

#[derive(Deserialize)]
pub(super) struct Envelope {
    r#type: String,
    /// Asked for when the address is set in Slack.
    challenge: Option<String>,
    team_id: Option<String>,
    /// The same when the call is repeated.
    event_id: Option<String>,
    event: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Sort {
    r#type: String,
}

impl Envelope {
    pub(super) fn read(self) -> Result<Reading, Unreadable> {
        match &*self.r#type {
            "url_verification" => {
                let challenge = self.challenge.ok_or_else(|| missing("challenge"))?;
                Ok(Reading::Answer(challenge))
            }
            "event_callback" => self.read_event(),
            "app_rate_limited" => {
                Ok(Reading::Nothing("Slack sends less than there is for a while"))
            }
            other => Err(Unreadable(format!("a call of the type {other:?} is not known here"))),
        }
    }

    fn read_event(self) -> Result<Reading, Unreadable> {
        let event = self.event.ok_or_else(|| missing("event"))?;
        let sort: Sort = serde_json::from_str(event.get())?;
        if sort.r#type != "message" {
            return Ok(Reading::Nothing("not a message"));
        }
        let said: Said = serde_json::from_str(event.get())?;
        let event_id = self.event_id.ok_or_else(|| missing("event_id"))?;
        said.read(&event_id, self.team_id)
    }
}

fn missing(field: &str) -> Unreadable {
    Unreadable(format!("the message does not have the form that is expected: no `{field}`"))
}
