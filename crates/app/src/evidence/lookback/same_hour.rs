//! What happens at the weekday and hour at which the incident began.

use std::collections::BTreeSet;

use afterword_domain::evidence::EventKind;
use afterword_domain::evidence::lookback::{Answer, SameHour, same_hour, weekly};
use afterword_storage::{OccurrencesWanted, Recurring};

use super::{Asked, MOST_OCCURRENCES};
use crate::error::AppError;

impl Asked<'_> {
    pub(super) async fn same_hour(&self) -> Result<Answer, AppError> {
        let hour = SameHour::of(self.postmortem.incident.started_at);
        let services = &self.looked.services;
        let wanted = OccurrencesWanted {
            services: services.clone(),
            kinds: EventKind::ALL.to_vec(),
            fingerprints: None,
            from: hour.begin,
            to: hour.end,
            every: Some(Recurring { length: SameHour::LENGTH, every: SameHour::EVERY }),
        };
        let occurrences = self.app.storage.occurrences(&wanted, MOST_OCCURRENCES).await?;
        let found = weekly(occurrences, hour);
        let names: BTreeSet<String> = found.iter().map(|it| it.fingerprint.clone()).collect();
        let names: Vec<String> = names.into_iter().collect();
        let numbers = self.app.storage.numbers(services, &names, (hour.begin, hour.end)).await?;
        let totals = numbers.into_iter().map(|(service, name, number)| ((service, name), number));
        let last = found.iter().filter_map(|it| it.events.last()).map(|it| vec![it.id]);
        let shown = self.shown(last).await?;
        Ok(same_hour(self.looked, hour, found, &totals.collect(), &shown))
    }
}
