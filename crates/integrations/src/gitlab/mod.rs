//! GitLab: what the webhooks of its projects and groups send, and issues.

mod common;
mod deployment;
mod merge_request;
mod pipeline;
mod push;
mod signature;
mod tickets;

use serde::Deserialize;

use crate::evidence::{Message, Reading, Refused, Unreadable, Vendor, Webhook};
use crate::tickets::Tickets;

/// GitLab. Older ones send a shared secret, newer ones can sign.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GitLab;

impl Vendor for GitLab {
    fn slug(&self) -> &'static str {
        "gitlab"
    }

    fn name(&self) -> &'static str {
        "GitLab"
    }

    fn brings(&self) -> &'static str {
        "changes"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }

    fn tickets(&self) -> Option<&dyn Tickets> {
        Some(self)
    }
}

/// Every message names its sort; the header X-Gitlab-Event only says it again.
#[derive(Debug, Deserialize)]
struct Sort {
    object_kind: String,
}

impl Webhook for GitLab {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        signature::verify(message, secret)
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let body = message.body;
        let Sort { object_kind } = serde_json::from_slice(body)?;
        match &*object_kind {
            "push" => push::read(body),
            "tag_push" => push::read_tag(body),
            "merge_request" => merge_request::read(body),
            "deployment" => deployment::read(body),
            "pipeline" => pipeline::read(body),
            sort if NOT_TAKEN.contains(&sort) => {
                Ok(Reading::Nothing("a sort of event that is not taken"))
            }
            sort => Err(Unreadable(format!("{sort:?} is not a sort of event that is known here"))),
        }
    }
}

/// What a webhook for everything sends besides.
const NOT_TAKEN: [&str; 11] = [
    "access_token",
    "build",
    "emoji",
    "feature_flag",
    "issue",
    "milestone",
    "note",
    "release",
    "vulnerability",
    "wiki_page",
    "work_item",
];
