//! What happened a year ago, and is worth reading again.

use afterword_domain::announcing::week_a_year_ago;
use afterword_domain::policy::Operation;
use afterword_domain::time::zone_named;
use afterword_storage::LibraryHit;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::library::{LibraryItem, item};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Published post-mortems of incidents that began in the same week a year ago.
    pub async fn year_ago(&self, caller: &Caller) -> Result<Vec<LibraryItem>, AppError> {
        caller.permit(Operation::Browse)?;
        let zone = zone_named(&caller.person.time_zone).unwrap_or(TimeZone::UTC);
        let hits = self.a_year_before(&zone, self.clock.now()).await?;
        hits.iter().map(item).collect()
    }

    pub(crate) async fn a_year_before(
        &self,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Vec<LibraryHit>, AppError> {
        let (monday, next) = week_a_year_ago(now.to_zoned(zone.clone()).date());
        let begins = |day: Date| day.to_zoned(zone.clone()).map(|day| day.timestamp());
        let (Ok(from), Ok(until)) = (begins(monday), begins(next)) else { return Ok(Vec::new()) };
        Ok(self.storage.published_of_incidents(from, until).await?)
    }
}
