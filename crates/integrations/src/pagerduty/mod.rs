//! PagerDuty: what its webhooks, version 3, send.

mod aside;
mod envelope;
mod incident;
mod log_entry;
mod pull;
mod service;

use afterword_domain::evidence::Reported;

use crate::evidence::{
    Message, Pull, Reading, Refused, Unreadable, Vendor, Webhook, hmac_sha256_hex,
};
use aside::Aside;
use envelope::{Envelope, Event};
use incident::Incident;
use service::Service;

/// PagerDuty. While a secret is being changed it signs with the old and the new one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PagerDuty;

impl Vendor for PagerDuty {
    fn slug(&self) -> &'static str {
        "pagerduty"
    }

    fn name(&self) -> &'static str {
        "PagerDuty"
    }

    fn brings(&self) -> &'static str {
        "pages"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }

    fn pull(&self) -> Option<&dyn Pull> {
        Some(self)
    }
}

impl Webhook for PagerDuty {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        let header = message.header("x-pagerduty-signature").ok_or(Refused::Unsigned)?;
        let mut signatures = header.split(',').filter_map(|it| it.trim().strip_prefix("v1="));
        if signatures.any(|signature| hmac_sha256_hex(secret, &[message.body], signature)) {
            Ok(())
        } else {
            Err(Refused::WrongSignature)
        }
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let Envelope { event } = serde_json::from_slice(message.body)?;
        if let Some(why) = no_evidence(&event.sort) {
            return Ok(Reading::Nothing(why));
        }
        Ok(Reading::Events(vec![reported(&event)?]))
    }
}

fn no_evidence(event_type: &str) -> Option<&'static str> {
    match event_type {
        "pagey.ping" => Some("a test of the subscription"),
        "incident.conference_bridge.updated" => Some("a conference bridge"),
        "incident.custom_field_values.updated" | "service.custom_field_values.updated" => {
            Some("custom fields")
        }
        "incident.incident_type.changed" => Some("the type of an incident"),
        "incident.service_updated" => Some("the service of an incident"),
        "incident.role.assigned" | "incident.role.unassigned" => Some("a role in an incident"),
        "incident.task.created" | "incident.task.updated" => Some("a task of an incident"),
        _ if event_type.starts_with("incident.workflow.") => Some("a workflow of an incident"),
        _ if event_type.starts_with("incident.action_invocation.") => Some("an automation"),
        _ => None,
    }
}

fn reported(event: &Event) -> Result<Reported, Unreadable> {
    let said = match &*event.sort {
        "incident.annotated"
        | "incident.responder.added"
        | "incident.responder.replied"
        | "incident.status_update_published" => event.data::<Aside>()?.said(&event.sort),
        "service.created" | "service.updated" | "service.deleted" => {
            event.data::<Service>()?.said(&event.sort)
        }
        event_type => match incident::step(event_type) {
            Some(step) => event.data::<Incident>()?.said(step),
            None => {
                return Err(Unreadable(format!(
                    "{event_type:?} is not a sort of event that is known here"
                )));
            }
        },
    };
    Ok(event.around(said))
}
