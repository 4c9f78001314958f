//! Watching what arrives about some services.

use std::collections::BTreeSet;
use std::sync::Arc;

use afterword_domain::evidence::service_key;
use afterword_domain::policy::Operation;
use afterword_storage::NewDelivery;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// That something arrived, about these services; the empty name is "none named".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    services: BTreeSet<String>,
}

impl Arrival {
    pub(crate) fn of(deliveries: &[NewDelivery]) -> Self {
        let events = deliveries.iter().flat_map(|delivery| &delivery.events);
        let services: BTreeSet<&str> = events.map(|event| &event.service[..]).collect();
        Self { services: services.into_iter().map(service_key).collect() }
    }
}

/// What arrives about a post-mortem's services from now on.
pub struct Arrivals {
    receiver: broadcast::Receiver<Arc<Arrival>>,
    services: BTreeSet<String>,
}

impl Arrivals {
    /// Waits until something arrives that may be about the post-mortem; `None` when the server
    /// stops. All that came meanwhile counts once.
    pub async fn next(&mut self) -> Option<()> {
        loop {
            match self.receiver.recv().await {
                Ok(arrival) if self.services.is_disjoint(&arrival.services) => {}
                // Whoever fell behind missed something, which may be about it.
                Ok(_) | Err(RecvError::Lagged(_)) => return Some(()),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

impl App {
    /// Watches what arrives about a post-mortem's services, and what names no service.
    pub async fn watch_evidence(&self, caller: &Caller, id: &str) -> Result<Arrivals, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        let services = postmortem.services.iter().map(|service| service_key(service));
        let services = services.chain([String::new()]).collect();
        Ok(Arrivals { receiver: self.intake.watch(), services })
    }
}
