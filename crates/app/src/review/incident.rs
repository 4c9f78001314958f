//! An incident of a paging tool: opens a post-mortem if the policies say so, once however often its
//! messages come, and keeps its times until somebody says otherwise.

use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::review::{Opening, Told};
use afterword_domain::stage::Stage;
use afterword_storage::{StorageError, StoredIncident};

use crate::app::App;
use crate::jobs::queue::{Ended, Fault};

impl App {
    /// Looks at an incident of which something new was told, or that may fit another policy by now.
    pub(crate) async fn follow_incident(&self, id: &str) -> Result<Ended, Fault> {
        let Some(incident) = self.storage.incident(id).await? else { return Ok(Ended::Done) };
        // Its events may be forgotten by now.
        let Some(told) = Told::of(&self.storage.events_of_incident(id).await?) else {
            return Ok(Ended::Done);
        };
        self.storage.keep_told(id, &told).await?;
        match self.storage.postmortem(id).await? {
            Some(it) => self.keep_up(&incident, &it, &told).await,
            None => self.open_by_policy(&incident, &told).await,
        }
    }

    /// Takes over what the tool says now. What is published is finished.
    async fn keep_up(
        &self,
        incident: &StoredIncident,
        it: &Postmortem,
        told: &Told,
    ) -> Result<Ended, Fault> {
        if it.published_at.is_some() {
            return Ok(Ended::Done);
        }
        // A run may have ended between opening it and this.
        self.begin_record(None, &it.id).await?;
        let before = incident.carried.as_ref().unwrap_or(&told.carried);
        let changed = told.carried.carried_into(it, before);
        match self.storage.save_carried(&it.id, &told.carried, changed.as_ref()).await {
            Err(StorageError::Stale) => Ok(Ended::Again(self.clock.now())),
            saved => Ok(saved.map(|()| Ended::Done)?),
        }
    }

    async fn open_by_policy(&self, incident: &StoredIncident, told: &Told) -> Result<Ended, Fault> {
        // Programs that report under somebody's name open nothing: that person can.
        let is_source = self.storage.source(&incident.source).await?.is_some();
        if !told.is_news || !is_source {
            return Ok(Ended::Done);
        }
        let (_, policies) = self.storage.review_policies().await?;
        let verdict = policies.decide(&self.facts_told(&policies, told).await?);
        let times = &told.carried.incident;
        let opens = match verdict.terms.opening {
            Opening::AtOnce => true,
            Opening::WhenOver => times.is_stabilised(),
            Opening::WhenAsked => false,
        };
        if opens {
            return self.open_draft(incident, told).await;
        }
        // Once it is over, only another message changes anything.
        let goes_on = !times.is_stabilised();
        let again = policies.look_again(times.started_at, self.clock.now());
        Ok(again.filter(|_| goes_on).map_or(Ended::Done, Ended::Again))
    }

    /// Opens it in the name of the administrator whose account is the oldest, since somebody has to
    /// answer for it; nobody takes part in it yet.
    async fn open_draft(&self, incident: &StoredIncident, told: &Told) -> Result<Ended, Fault> {
        let Some(admin) = self.storage.first_administrator().await? else {
            return Err(Fault::Later(
                "there is no administrator in whose name it could be opened".to_owned(),
            ));
        };
        let now = self.clock.now();
        let new = Postmortem {
            id: incident.id.clone(),
            title: told.title.clone(),
            incident: told.carried.incident,
            severity: told.carried.severity.clone(),
            services: told.carried.services.clone(),
            near_miss: false,
            stage: Stage::at_opening(&told.carried.incident, now),
            naming: Naming::default(),
            created_by: admin.id,
            created_at: now,
            published_at: None,
            version: 1,
        };
        match self.storage.open_for_incident(&new, &told.carried).await {
            // Another server was quicker.
            Err(StorageError::Exists) => Ok(Ended::Again(now)),
            opened => {
                opened?;
                self.begin_record(None, &new.id).await?;
                Ok(Ended::Done)
            }
        }
    }
}
