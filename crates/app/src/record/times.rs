//! Reading the times that people type.

use afterword_domain::policy::Operation;
use afterword_domain::time::{self, Context, Near, ReadTime};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What surrounds a time that somebody types.
#[derive(Clone, Debug, Default)]
pub struct TimeContext {
    /// The post-mortem in whose record it stands.
    pub postmortem: Option<String>,
    /// The row before it.
    pub near: Option<Timestamp>,
    /// The IANA zone of a time that names none; UTC if absent.
    pub zone: Option<String>,
}

/// What somebody types, and where.
#[derive(Clone, Debug)]
pub struct TimeToRead {
    /// The text that may begin with a time.
    pub text: String,
    /// What surrounds it.
    pub context: TimeContext,
}

/// A time is short; a pasted novel need not be searched for one.
const LONGEST: usize = 10_000;

impl App {
    /// Reads the time at the beginning of a text; answers with it how it is shown to the caller.
    pub async fn read_time(
        &self,
        caller: &Caller,
        wanted: &TimeToRead,
    ) -> Result<(time::Reading, Option<time::Shown>), AppError> {
        if wanted.text.len() > LONGEST {
            return Err(AppError::invalid("text", "this is too long to begin with a time"));
        }
        let context = self.time_context(caller, &wanted.context).await?;
        let reading = time::read(&wanted.text, &context);
        let shown = |it: &ReadTime| time::shown(it.moment, &context.zone, context.near.at());
        let shown = reading.time.as_ref().map(shown);
        Ok((reading, shown))
    }

    /// What a time is read against.
    pub(crate) async fn time_context(
        &self,
        caller: &Caller,
        around: &TimeContext,
    ) -> Result<Context, AppError> {
        let now = self.clock.now();
        let start = match &around.postmortem {
            Some(id) => {
                let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
                postmortem.incident.started_at
            }
            None => now,
        };
        let default_zone = match around.zone.as_deref() {
            Some(name) => zone(name)?,
            None => TimeZone::UTC,
        };
        Ok(Context {
            near: around.near.map_or(Near::Around(start), Near::After),
            incident_start: start,
            now,
            // Checked when it was set; should the database of zones forget one, UTC is no guess.
            zone: zone(&caller.person.time_zone).unwrap_or(TimeZone::UTC),
            default_zone,
            date: None,
        })
    }
}

/// The IANA zone of that name.
pub(crate) fn zone(name: &str) -> Result<TimeZone, AppError> {
    time::zone_named(name)
        .ok_or_else(|| AppError::invalid("zone", format!("“{name}” is no time zone that we know")))
}
