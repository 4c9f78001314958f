//! The calendars in which somebody is busy: for them alone to see. Their addresses are secrets.

use afterword_integrations::calendar;
use afterword_integrations::outward::{OutwardAddress, Reach};
use afterword_storage::{Calendar, StorageError};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

const MOST: usize = 5;
const LONGEST: usize = 2000;

/// A calendar of somebody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = BusyCalendar)]
pub struct CalendarView {
    /// UUID.
    pub id: String,
    /// Where it is, without what is secret in it.
    pub address: String,
    /// When it was added.
    #[schema(value_type = String, format = DateTime)]
    pub added_at: Timestamp,
    /// When it was read the last time.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read_at: Option<Timestamp>,
    /// Why it could not be read the last time it was tried.
    pub problem: Option<String>,
    /// What in it was left out, in sentences.
    pub notes: Vec<String>,
}

impl CalendarView {
    fn of(it: Calendar, reach: Reach) -> Self {
        let host = OutwardAddress::parse(&it.url, reach);
        let host = host.map_or_else(|_| String::new(), |it| it.host().to_owned());
        Self {
            id: it.id,
            address: format!("{host}/…"),
            added_at: it.added_at,
            read_at: it.read_at,
            problem: it.problem,
            notes: it.notes,
        }
    }
}

impl App {
    /// The caller's calendars.
    pub async fn calendars(&self, caller: &Caller) -> Result<Vec<CalendarView>, AppError> {
        let all = self.storage.calendars(&caller.person.id).await?;
        let reach = self.calendar_reach();
        Ok(all.into_iter().map(|it| CalendarView::of(it, reach)).collect())
    }

    /// Adds one by its address; it is read soon.
    pub async fn add_calendar(&self, caller: &Caller, url: &str) -> Result<CalendarView, AppError> {
        let url = calendar::address(url);
        if url.len() > LONGEST {
            return Err(AppError::invalid("url", format!("use at most {LONGEST} characters")));
        }
        let reach = self.calendar_reach();
        OutwardAddress::parse(&url, reach)
            .map_err(|why| AppError::invalid("url", format!("this address {why}")))?;
        if self.storage.calendars(&caller.person.id).await?.len() >= MOST {
            let words = format!("at most {MOST} calendars are read: remove one first");
            return Err(AppError::Conflict(words));
        }
        let new = Calendar {
            id: new_id(),
            person_id: caller.person.id.clone(),
            url,
            added_at: self.clock.now(),
            read_at: None,
            problem: None,
            failures: 0,
            notes: Vec::new(),
        };
        self.storage.add_calendar(&new).await.map_err(|error| match error {
            StorageError::Exists => AppError::Conflict("this calendar is read already".to_owned()),
            other => other.into(),
        })?;
        self.queue.ring();
        Ok(CalendarView::of(new, reach))
    }

    /// Removes one, with all that is known of it.
    pub async fn remove_calendar(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        let removed = self.storage.remove_calendar(&caller.person.id, id).await?;
        if removed { Ok(()) } else { Err(AppError::NotFound("calendar")) }
    }

    /// How far the address of a calendar may lead.
    pub(super) fn calendar_reach(&self) -> Reach {
        if self.settings.private_calendars {
            Reach::Private
        } else if self.is_for_this_machine() {
            Reach::ThisMachine
        } else {
            Reach::Public
        }
    }
}
