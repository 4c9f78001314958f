//! What was deployed, merged or switched.

use afterword_domain::evidence::EventKind;
use afterword_domain::evidence::lookback::{Answer, Volume, changes};
use afterword_storage::HabitsWanted;

use super::Asked;
use crate::error::AppError;

/// So many of the last changes are ranked.
const MOST_CHANGES: u32 = 200;

impl Asked<'_> {
    pub(super) async fn changes(&self) -> Result<Answer, AppError> {
        let offered = self.offered(EventKind::Change, MOST_CHANGES).await?;
        let mut services = self.looked.services.clone();
        services.push(String::new());
        let scale = &self.looked.scale;
        let kind = EventKind::Change;
        let numbers = self.app.storage.volumes(&services, kind, scale).await?;
        let names = offered.iter().filter_map(|(name, _)| name.clone()).collect();
        let wanted = HabitsWanted { services, kind, fingerprints: Some(names), scale: *scale };
        let habits = self.app.storage.habits(&wanted).await?;
        let known = self.looked.known() as usize;
        let before = numbers.iter().skip(1).take(known).copied();
        let volume = Volume {
            now: numbers.first().copied().unwrap_or_default(),
            least: before.clone().min().unwrap_or_default(),
            most: before.max().unwrap_or_default(),
        };
        Ok(changes(self.looked, volume, offered, &habits))
    }
}
