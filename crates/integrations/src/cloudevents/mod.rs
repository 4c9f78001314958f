//! CloudEvents 1.0 over HTTP, from brokers and platforms that speak them.

use crate::evidence::{Message, Reading, Refused, Unreadable, Vendor, Webhook, carries_secret};
use crate::generic::{CLOUD_EVENT_HEADERS, is_binary_cloud_event, read_cloud_event, read_message};

/// Anything that sends CloudEvents: structured, in batches, or with their attributes in headers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CloudEvents;

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
        carries_secret(message, secret)
    }

    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable> {
        if is_binary_cloud_event(message.headers) {
            let event = read_cloud_event(message.headers, message.body)?;
            return Ok(Reading::Events(vec![event.reported]));
        }
        Ok(Reading::Events(read_message(message)?))
    }

    fn kept_headers(&self) -> &'static [&'static str] {
        CLOUD_EVENT_HEADERS
    }
}
