//! Alerts that fired before: the incident's own, and others that usually do not.

use std::collections::BTreeSet;

use afterword_domain::evidence::lookback::{
    Answer, Fired, Habit, fired, fired_before, fired_else, most_unusual, unusual,
};
use afterword_domain::evidence::{EventKind, service_key};
use afterword_storage::{Counted, HabitsWanted};

use super::Asked;
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
        let mut counted = self.app.storage.habits(&wanted).await?;
        counted.retain(|it| own.contains(&name(&it.habit)));
        let habits: Vec<Habit> = counted.iter().map(|it| it.habit.clone()).collect();
        let told = most_unusual(habits.clone(), self.looked.known());
        let fired = self.joined(&counted, told).await?;
        let shown = self.shown(fired.iter().map(Fired::shown)).await?;
        Ok(fired_before(self.looked, own.len(), &habits, &fired, &shown))
    }

    pub(super) async fn fired_else(&self) -> Result<Answer, AppError> {
        let own = self.own();
        let wanted = HabitsWanted {
            services: self.looked.services.clone(),
            kind: EventKind::Alert,
            fingerprints: None,
            scale: self.looked.scale,
        };
        let mut counted = self.app.storage.habits(&wanted).await?;
        counted.retain(|it| !own.contains(&name(&it.habit)));
        let habits = counted.iter().map(|it| it.habit.clone()).collect();
        let fired = self.joined(&counted, unusual(habits, self.looked.known())).await?;
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

    /// These alerts with their last occurrences, in the window and before.
    async fn joined(&self, counted: &[Counted], told: Vec<Habit>) -> Result<Vec<Fired>, AppError> {
        let names: BTreeSet<_> = told.iter().map(name).collect();
        let told_of: Vec<&Counted> =
            counted.iter().filter(|it| names.contains(&name(&it.habit))).collect();
        let firings = self.app.storage.firings(&told_of, &self.looked.scale).await?;
        Ok(fired(told, firings))
    }
}

fn name(habit: &Habit) -> (String, String) {
    (habit.service.clone(), habit.fingerprint.clone())
}
