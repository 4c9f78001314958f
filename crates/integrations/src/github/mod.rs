//! GitHub: what the webhooks of its repositories and organisations send.

mod common;
mod deployment;
mod issues;
mod listed;
mod pull;
mod pull_request;
mod push;
mod release;
mod tickets;
mod workflow_run;

use crate::evidence::{
    Message, Pull, Reading, Refused, Unreadable, Vendor, Webhook, hmac_sha256_hex,
};
use crate::tickets::Tickets;

/// Names the sort of the message, which its body does not.
const EVENT: &str = "x-github-event";

/// GitHub.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GitHub;

impl Vendor for GitHub {
    fn slug(&self) -> &'static str {
        "github"
    }

    fn name(&self) -> &'static str {
        "GitHub"
    }

    fn brings(&self) -> &'static str {
        "changes"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }

    fn pull(&self) -> Option<&dyn Pull> {
        Some(self)
    }

    fn tickets(&self) -> Option<&dyn Tickets> {
        Some(self)
    }
}

impl Webhook for GitHub {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let header = message.header("x-hub-signature-256").ok_or(Refused::Unsigned)?;
        let signature = header.strip_prefix("sha256=").ok_or(Refused::WrongSignature)?;
        if hmac_sha256_hex(secret, &[message.body], signature) {
            Ok(())
        } else {
            Err(Refused::WrongSignature)
        }
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let event = message.header(EVENT).ok_or_else(|| {
            Unreadable(
                "the header X-GitHub-Event, which names the sort of event, is missing".to_owned(),
            )
        })?;
        let body = message.body;
        if body.starts_with(b"payload=") {
            return Err(Unreadable(
                "this is a form: set the webhook's content type to application/json".to_owned(),
            ));
        }
        match event {
            "ping" => Ok(Reading::Nothing("a ping")),
            "push" => push::read(body),
            "pull_request" => pull_request::read(body),
            "deployment" => deployment::read(body),
            "deployment_status" => deployment::read_status(body),
            "release" => release::read(body),
            "workflow_run" => workflow_run::read(body),
            "issues" => issues::read(body),
            event if NOT_TAKEN.contains(&event) => {
                Ok(Reading::Nothing("a sort of event that is not taken"))
            }
            event => {
                Err(Unreadable(format!("{event:?} is not a sort of event that is known here")))
            }
        }
    }

    fn kept_headers(&self) -> &'static [&'static str] {
        &[EVENT]
    }
}

/// What a webhook for everything sends besides.
const NOT_TAKEN: [&str; 28] = [
    "branch_protection_rule",
    "check_run",
    "check_suite",
    "code_scanning_alert",
    "commit_comment",
    "create",
    "delete",
    "dependabot_alert",
    "discussion",
    "discussion_comment",
    "fork",
    "gollum",
    "issue_comment",
    "label",
    "member",
    "meta",
    "milestone",
    "package",
    "page_build",
    "public",
    "pull_request_review",
    "pull_request_review_comment",
    "pull_request_review_thread",
    "repository",
    "star",
    "status",
    "watch",
    "workflow_job",
];
