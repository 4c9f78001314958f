//! Reads a calendar every half an hour. One that cannot be read is tried more and more rarely; that is
//! for its owner to see, and no failure of the server.

use afterword_domain::time::zone_named;
use afterword_integrations::calendar::{self, Bounds, CalendarError, Window};
use afterword_storage::{Calendar, CalendarRead};
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::jobs::queue::{Ended, Fault};

const EVERY: SignedDuration = SignedDuration::from_mins(30);
const MOST_DOUBLINGS: i64 = 5;
/// How far ahead hours are looked for, with some days to spare.
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 35);
const BACK: SignedDuration = SignedDuration::from_hours(24);

impl App {
    /// Reads when somebody is busy, and says when to read it again.
    pub(crate) async fn read_calendar(&self, id: &str) -> Result<Ended, Fault> {
        let Some(calendar) = self.storage.calendar(id).await? else { return Ok(Ended::Done) };
        let now = self.clock.now();
        let rest = match self.busy_in(&calendar, now).await? {
            Ok(read) => {
                self.storage.save_calendar_read(id, &read, now).await?;
                EVERY
            }
            Err(problem) => {
                self.storage.save_calendar_problem(id, &problem.to_string()).await?;
                rest_after(calendar.failures)
            }
        };
        Ok(now.saturating_add(rest).map_or(Ended::Done, Ended::Again))
    }

    async fn busy_in(
        &self,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Result<CalendarRead, CalendarError>, Fault> {
        let Some(person) = self.storage.person(&calendar.person_id).await? else {
            return Err(Fault::Later("its owner cannot be read".to_owned()));
        };
        let reach = self.calendar_reach();
        let client = calendar::client(reach).map_err(|it| Fault::Later(it.to_string()))?;
        let text = calendar::fetch(&client, &calendar.url, reach, Bounds::default()).await;
        let text = match text {
            Ok(text) => text,
            Err(problem) => return Ok(Err(problem)),
        };
        let from = now.saturating_sub(BACK).unwrap_or(now);
        let window = Window { from, until: now.saturating_add(AHEAD).unwrap_or(now) };
        // A name of old is known by its new one.
        let zone = zone_named(&person.time_zone);
        let zone = zone.and_then(|it| it.iana_name().map(str::to_owned));
        let read = move || calendar::read(&text, zone.as_deref(), window);
        let read = tokio::task::spawn_blocking(read).await;
        let read = read.unwrap_or_else(|_| Err(CalendarError::unreadable()));
        Ok(read.map(|busy| CalendarRead { busy: busy.times, notes: busy.notes }))
    }
}

/// Doubles with each failure in a row.
fn rest_after(failures: i64) -> SignedDuration {
    let doublings = u32::try_from(failures.clamp(0, MOST_DOUBLINGS)).unwrap_or_default();
    EVERY * 2_i32.pow(doublings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_that_cannot_be_read_is_tried_more_and_more_rarely() {
        assert_eq!(rest_after(0), EVERY);
        assert_eq!(rest_after(2), EVERY * 4);
        assert_eq!(rest_after(i64::MAX), SignedDuration::from_hours(16));
    }
}
