//! When somebody works, and when they are away: for them alone to say.

use afterword_domain::scheduling::{DayRange, WeekHours};
use afterword_integrations::holidays;
use afterword_storage::Availability;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// When somebody works, and when they are away.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AvailabilityToSet)]
pub struct AvailabilityWishes {
    /// The hours of each weekday, Monday first, in the person's zone; null on a day without work.
    pub hours: WeekHours,
    /// Days off.
    #[serde(default)]
    pub days_off: Vec<DayRange>,
    /// Whose public holidays: ISO 3166-1, two letters.
    #[serde(default)]
    pub country: Option<String>,
    /// Whether also days that are holidays only in a part of it.
    #[serde(default)]
    pub regional: bool,
}

/// When somebody works, and when they are away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Availability)]
pub struct AvailabilityView {
    /// The hours of each weekday, Monday first, in the person's zone; null on a day without work.
    pub hours: WeekHours,
    /// Days off.
    pub days_off: Vec<DayRange>,
    /// Whose public holidays: ISO 3166-1, two letters.
    pub country: Option<String>,
    /// Whether also days that are holidays only in a part of it.
    pub regional: bool,
    /// The person's zone, in which all of it is meant.
    pub time_zone: String,
    /// Counts changes.
    pub etag: String,
}

impl App {
    /// When the caller works, and when they are away.
    pub async fn availability(&self, caller: &Caller) -> Result<AvailabilityView, AppError> {
        let it = self.storage.availability(&caller.person.id).await?;
        Ok(AvailabilityView {
            hours: it.hours,
            days_off: it.days_off,
            country: it.country,
            regional: it.regional,
            time_zone: caller.person.time_zone.clone(),
            etag: it.version.to_string(),
        })
    }

    /// Changes it. `version`: the one that was read; any if absent.
    pub async fn change_availability(
        &self,
        caller: &Caller,
        version: Option<i64>,
        wishes: AvailabilityWishes,
    ) -> Result<AvailabilityView, AppError> {
        let stands = self.storage.availability(&caller.person.id).await?.version;
        if version.is_some_and(|read| read != stands) {
            return Err(AppError::Stale { current: None });
        }
        let wanted = Availability { version: stands, ..checked(wishes)? };
        self.storage.save_availability(&caller.person.id, &wanted).await?;
        self.availability(caller).await
    }
}

fn checked(wishes: AvailabilityWishes) -> Result<Availability, AppError> {
    let AvailabilityWishes { hours, mut days_off, country, regional } = wishes;
    DayRange::check(&days_off).map_err(|it| AppError::invalid("days_off", it.to_string()))?;
    days_off.sort_unstable_by_key(|it| (it.from, it.until));
    let country = country.filter(|it| !it.is_empty());
    if let Some(code) = &country
        && !holidays::countries().iter().any(|it| it.code == code)
    {
        return Err(AppError::invalid(
            "country",
            format!("of “{code}” no public holidays are known: choose one of the list, or none"),
        ));
    }
    Ok(Availability { hours, days_off, country, regional, version: 0 })
}
