//! What policies would have done.

use afterword_domain::incident::IncidentTimes;
use afterword_domain::policy::Operation;
use afterword_domain::review::{Opening, ReviewPolicies, Told};
use afterword_storage::{PageRequest, PostmortemFilter};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// So many incidents are looked at, the newest.
const LAST: u32 = 50;

/// An incident of the past, and what the policies would have done.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The id of its post-mortem; `None` where there is none.
    pub postmortem: Option<String>,
    /// One line.
    pub title: String,
    /// When it happened.
    pub incident: IncidentTimes,
    /// As the organisation or its tool calls it.
    pub severity: Option<String>,
    /// The services involved.
    pub services: Vec<String>,
    /// Whether somebody asked for its post-mortem.
    pub asked: bool,
    /// The name of the policy that would have decided.
    pub policy: String,
    /// What it says.
    pub opening: Opening,
    /// What would have become of it and why, as a sentence.
    pub sentence: String,
}

impl App {
    /// What these policies would have done to the last fifty incidents, newest first: those with a
    /// post-mortem, and those that paging tools told of.
    pub async fn try_policies(
        &self,
        caller: &Caller,
        draft: ReviewPolicies,
    ) -> Result<Vec<Tried>, AppError> {
        caller.permit(Operation::Browse)?;
        let policies = self.checked_policies(draft).await?;
        let mut all = self.tried_postmortems(caller, &policies).await?;
        for incident in self.storage.incidents_alone(i64::from(LAST)).await? {
            if let Some(told) = incident.told {
                all.push(self.tried_incident(&policies, told).await?);
            }
        }
        all.sort_by_key(|it| std::cmp::Reverse(it.incident.started_at));
        all.truncate(LAST as usize);
        Ok(all)
    }

    async fn tried_postmortems(
        &self,
        caller: &Caller,
        policies: &ReviewPolicies,
    ) -> Result<Vec<Tried>, AppError> {
        let page = PageRequest { limit: LAST, cursor: None };
        let found = self.storage.postmortems(&PostmortemFilter::default(), &page).await?;
        let mut all = Vec::with_capacity(found.items.len());
        for it in self.titled_for(caller, found.items).await? {
            let facts = self.facts_of(policies, &it).await?;
            let verdict = policies.decide(&facts);
            all.push(Tried {
                sentence: verdict.sentence(),
                opening: verdict.terms.opening,
                policy: verdict.policy,
                asked: facts.asked,
                postmortem: Some(it.id),
                title: it.title,
                incident: it.incident,
                severity: it.severity,
                services: it.services,
            });
        }
        Ok(all)
    }

    async fn tried_incident(
        &self,
        policies: &ReviewPolicies,
        told: Told,
    ) -> Result<Tried, AppError> {
        let verdict = policies.decide(&self.facts_told(policies, &told).await?);
        Ok(Tried {
            sentence: verdict.sentence(),
            opening: verdict.terms.opening,
            policy: verdict.policy,
            asked: false,
            postmortem: None,
            title: told.title,
            incident: told.carried.incident,
            severity: told.carried.severity,
            services: told.carried.services,
        })
    }
}
