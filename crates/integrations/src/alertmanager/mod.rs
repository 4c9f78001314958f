//! Prometheus Alertmanager: what its webhook, version 4, sends.

mod group;

use crate::evidence::{Message, Reading, Refused, Unreadable, Vendor, Webhook, carries_secret};
use group::Group;

/// Prometheus Alertmanager. It cannot sign, and sends a shared secret instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alertmanager;

impl Vendor for Alertmanager {
    fn slug(&self) -> &'static str {
        "alertmanager"
    }

    fn name(&self) -> &'static str {
        "Prometheus Alertmanager"
    }

    fn brings(&self) -> &'static str {
        "alerts"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }
}

impl Webhook for Alertmanager {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        carries_secret(message, secret)
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let group: Group = serde_json::from_slice(message.body)?;
        if group.version != "4" {
            let version = &group.version;
            return Err(Unreadable(format!(
                "this is version {version:?} of Alertmanager's webhook, and only version 4 is known"
            )));
        }
        Ok(Reading::Events(group.events()))
    }
}
