//! What happens at the weekday and hour at which the incident began.

use std::collections::BTreeSet;

use afterword_domain::evidence::lookback::{Answer, SameHour, same_hour, weekly};

use super::Asked;
use crate::error::AppError;

impl Asked<'_> {
    pub(super) async fn same_hour(&self) -> Result<Answer, AppError> {
        let hour = SameHour::of(self.postmortem.incident.started_at);
        let services = &self.looked.services;
        let occurrences = self.app.storage.occurrences_in(services, &hour.hours()).await?;
        let found = weekly(occurrences, hour);
        let names: BTreeSet<String> = found.iter().map(|it| it.fingerprint.clone()).collect();
        let names: Vec<String> = names.into_iter().collect();
        let totals = self.app.storage.numbers(services, &names, (hour.begin, hour.end)).await?;
        let last = found.iter().filter_map(|it| it.events.last()).map(|it| vec![it.id]);
        let shown = self.shown(last).await?;
        Ok(same_hour(self.looked, hour, found, &totals, &shown))
    }
}
