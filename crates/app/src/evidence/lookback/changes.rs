//! What was deployed, merged or switched.

use afterword_domain::evidence::EventKind;
use afterword_domain::evidence::lookback::{Answer, Volume, changes};
use afterword_storage::HabitsWanted;
use jiff::SignedDuration;

use super::Asked;
use crate::error::AppError;

/// The store tells times apart to the microsecond.
const INSTANT: SignedDuration = SignedDuration::from_micros(1);
/// So many of the last changes are ranked.
const MOST_CHANGES: u32 = 200;

impl Asked<'_> {
    pub(super) async fn changes(&self) -> Result<Answer, AppError> {
        let (kind, window, began) =
            (EventKind::Change, self.looked.scale.window, self.looked.scale.to);
        // What changed at the very moment at which the incident is said to begin may be why.
        let scale = &window.at(began.checked_add(INSTANT).unwrap_or(began));
        let offered = self.offered(kind, scale, MOST_CHANGES).await?;
        let mut services = self.looked.services.clone();
        services.push(String::new());
        let numbers = self.app.storage.volumes(&services, kind, scale).await?;
        let names = offered.iter().filter_map(|(name, _)| name.clone()).collect();
        let wanted = HabitsWanted { services, kind, fingerprints: Some(names), scale: *scale };
        let counted = self.app.storage.habits(&wanted).await?;
        let habits: Vec<_> = counted.into_iter().map(|it| it.habit).collect();
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
