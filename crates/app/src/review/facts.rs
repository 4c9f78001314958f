//! What the policies look at.

use afterword_domain::evidence::{EventKind, service_key};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::review::{Facts, ReviewPolicies, Told};
use afterword_storage::EventsAbout;

use crate::app::App;
use crate::error::AppError;

impl App {
    /// Of a post-mortem. Whatever no tool opened was asked for.
    pub(super) async fn facts_of(
        &self,
        policies: &ReviewPolicies,
        it: &Postmortem,
    ) -> Result<Facts, AppError> {
        let facts = self.facts(policies, &it.incident, &it.services).await?;
        Ok(Facts {
            severity: it.severity.clone(),
            near_miss: it.near_miss,
            asked: self.storage.incident(&it.id).await?.is_none(),
            ..facts
        })
    }

    /// Of an incident that nobody has asked about.
    pub(super) async fn facts_told(
        &self,
        policies: &ReviewPolicies,
        told: &Told,
    ) -> Result<Facts, AppError> {
        let carried = &told.carried;
        let facts = self.facts(policies, &carried.incident, &carried.services).await?;
        Ok(Facts { severity: carried.severity.clone(), ..facts })
    }

    async fn facts(
        &self,
        policies: &ReviewPolicies,
        incident: &IncidentTimes,
        services: &[String],
    ) -> Result<Facts, AppError> {
        let end = incident.end().unwrap_or_else(|| self.clock.now()).max(incident.started_at);
        let mut facts = Facts {
            services: services.to_vec(),
            lasted: end.duration_since(incident.started_at),
            ..Facts::default()
        };
        if policies.ask_for_customers() {
            // Tickets seldom name the service that failed.
            let services = services.iter().map(|it| service_key(it)).chain([String::new()]);
            let tickets = EventsAbout {
                services: services.collect(),
                from: incident.started_at,
                to: end,
                kinds: vec![EventKind::Ticket],
                words: None,
            };
            facts.customers = !self.storage.events_about(&tickets, 1).await?.is_empty();
        }
        Ok(facts)
    }
}
