//! CloudEvents 1.0 over HTTP, from brokers and platforms that speak them.

use crate::evidence::{Message, Reading, Refused, Unreadable, Vendor, Webhook, verify_bearer};
use crate::generic::{CLOUD_EVENT_HEADERS, is_binary_cloud_event, read_cloud_event, read_events};

/// Anything that sends CloudEvents: structured, in batches, or with their attributes in headers.
#[derive(Clone, Copy, Debug)]
pub struct CloudEvents;

impl Vendor for CloudEvents {
    fn slug(&self) -> &'static str {
        "cloudevents"
    }

    fn name(&self) -> &'static str {
        "CloudEvents"
    }

    fn webhook(&self) -> Option<&dyn Webhook> {
        Some(self)
    }
}

impl Webhook for CloudEvents {
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        verify_bearer(message, secret)
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        let events = if is_binary_cloud_event(message.headers) {
            vec![read_cloud_event(message.headers, message.body)?]
        } else {
            read_events(message.header("content-type"), message.body)?
        };
        Ok(Reading::Events(events.into_iter().map(|event| event.reported).collect()))
    }

    fn kept_headers(&self) -> &'static [&'static str] {
        CLOUD_EVENT_HEADERS
    }
}
