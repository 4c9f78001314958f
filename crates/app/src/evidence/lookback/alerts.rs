//! Alerts that fired before: the incident's own, and others that usually do not.

use std::collections::BTreeSet;

use afterword_domain::evidence::lookback::{
    Answer, Fired, Habit, fired, fired_before, fired_else, unusual,
};
use afterword_domain::evidence::{EventKind, service_key};
use afterword_storage::{HabitsWanted, OccurrencesWanted};

use super::{Asked, MOST_OCCURRENCES};
use crate::error::AppError;

impl Asked<'_> {
    pub(super) async fn fired_before(&self) -> Result<Answer, AppError> {
        let own = self.own();
        let services: BTreeSet<String> = own.iter().map(|(service, _)| service.clone()).collect();
        let names: BTreeSet<String> = own.iter().map(|(_, name)| name.clone()).collect();
        let wanted = HabitsWanted {
            services: services.into_iter().collect(),
            kind: EventKind::Alert,
            fingerprints: Some(names.into_iter().collect()),
            scale: self.looked.scale,
        };
        let mut habits = self.app.storage.habits(&wanted).await?;
        habits.retain(|it| own.contains(&(it.service.clone(), it.fingerprint.clone())));
        let fired = self.joined(habits).await?;
        let shown = self.shown(fired.iter().map(Fired::shown)).await?;
        Ok(fired_before(self.looked, own.len(), &fired, &shown))
    }

    pub(super) async fn fired_else(&self) -> Result<Answer, AppError> {
        let own = self.own();
        let wanted = HabitsWanted {
            services: self.looked.services.clone(),
            kind: EventKind::Alert,
            fingerprints: None,
            scale: self.looked.scale,
        };
        let mut habits = self.app.storage.habits(&wanted).await?;
        habits.retain(|it| !own.contains(&(it.service.clone(), it.fingerprint.clone())));
        let fired = self.joined(unusual(habits, self.looked.known())).await?;
        let shown = self.shown(fired.iter().map(Fired::shown)).await?;
        Ok(fired_else(self.looked, &fired, &shown))
    }

    /// The incident's own alerts, by service and fingerprint.
    fn own(&self) -> BTreeSet<(String, String)> {
        let name = |event: &afterword_domain::evidence::Event| {
            Some((service_key(&event.service), event.fingerprint.clone()?))
        };
        self.alerts.iter().filter_map(name).collect()
    }

    /// Alerts with their occurrences, in the window and before.
    async fn joined(&self, habits: Vec<Habit>) -> Result<Vec<Fired>, AppError> {
        let services: BTreeSet<_> = habits.iter().map(|it| it.service.clone()).collect();
        let names: BTreeSet<_> = habits.iter().map(|it| it.fingerprint.clone()).collect();
        let wanted = OccurrencesWanted {
            services: services.into_iter().collect(),
            kinds: vec![EventKind::Alert],
            fingerprints: Some(names.into_iter().collect()),
            from: self.looked.scale.begin,
            to: self.looked.scale.to,
            every: None,
        };
        let occurrences = self.app.storage.occurrences(&wanted, MOST_OCCURRENCES).await?;
        Ok(fired(habits, occurrences, self.looked.known()))
    }
}
