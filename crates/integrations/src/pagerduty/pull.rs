//! Incidents, and what was done about them, asked for window by window.

use afterword_domain::evidence::Reported;
use async_trait::async_trait;
use http::header::{ACCEPT, AUTHORIZATION};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::PagerDuty;
use super::incident::Incident;
use super::log_entry::LogEntry;
use crate::evidence::{
    Address, Answer, Page, Pull, PullError, Pulled, Setting, ask, cursor, settings, unread,
};

/// The most that PagerDuty gives on one page, and as far as it counts.
const PER_PAGE: u32 = 100;
const LAST: u32 = 10_000;
/// What was written late has its own, earlier time: a little is asked for twice.
const OVERLAP: SignedDuration = SignedDuration::from_mins(5);
/// No narrower window can be asked for.
const NARROWEST: SignedDuration = SignedDuration::from_mins(1);

/// [`Settings`] as a form asks for them.
const SETTINGS: [Setting; 1] = [Setting {
    field: "settings.base_url",
    label: "Address of the API",
    hint: "Only in the European service region: https://api.eu.pagerduty.com",
    required: false,
    many: false,
    check: Address::check,
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Another one for the service region in Europe: `https://api.eu.pagerduty.com`.
    #[serde(default = "public")]
    base_url: String,
}

fn public() -> String {
    "https://api.pagerduty.com".to_owned()
}

/// Which list is asked for, and how far each was read.
#[derive(Deserialize, Serialize)]
struct Cursor {
    list: List,
    incidents: Window,
    log_entries: Window,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum List {
    Incidents,
    LogEntries,
}

/// A span of time that is read page by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Window {
    since: Timestamp,
    until: Timestamp,
    offset: u32,
    /// The newest on the pages so far.
    newest: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(alias = "log_entries")]
    incidents: Vec<Box<RawValue>>,
    #[serde(default)]
    more: bool,
}

#[derive(Deserialize)]
struct Created {
    created_at: Timestamp,
}

#[async_trait]
impl Pull for PagerDuty {
    fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    async fn page(&self, client: &reqwest::Client, page: &Page) -> Result<Pulled, PullError> {
        let settings: Settings = settings(page)?;
        let address = Address::parse(&settings.base_url)?;
        let mut cursor = cursor(page).unwrap_or_else(|| Cursor::at(page.since));
        let list = cursor.list;
        let answer = list.ask(client, &address, &page.token, *cursor.window()).await?;
        answer.check()?;
        let Listed { incidents: items, more } = answer.json()?;
        let times = items.iter().filter_map(|item| serde_json::from_str(item.get()).ok());
        let newest = times.map(|Created { created_at }| created_at).max();
        let (window, is_whole) = cursor.window().after(list, newest, more, answer.date());
        *cursor.window() = window;
        if is_whole {
            cursor.list = list.other();
        }
        let deliveries = items.iter().map(|item| list.delivery(item));
        Ok(Pulled {
            deliveries: deliveries.filter(|(_, reported)| !reported.is_empty()).collect(),
            cursor: serde_json::to_string(&cursor)
                .map_err(|error| PullError::Unavailable(error.to_string()))?,
            more: !is_whole || list == List::Incidents,
        })
    }
}

impl Cursor {
    fn at(since: Timestamp) -> Self {
        let window = |list: List| Window::from(since, list);
        Self {
            list: List::Incidents,
            incidents: window(List::Incidents),
            log_entries: window(List::LogEntries),
        }
    }

    fn window(&mut self) -> &mut Window {
        match self.list {
            List::Incidents => &mut self.incidents,
            List::LogEntries => &mut self.log_entries,
        }
    }
}

impl Window {
    fn from(since: Timestamp, list: List) -> Self {
        let until = since.saturating_add(list.span()).unwrap_or(since);
        Self { since, until, offset: 0, newest: None }
    }

    /// What to ask for after a page, and whether everything up to now has been read.
    fn after(
        self,
        list: List,
        newest: Option<Timestamp>,
        more: bool,
        now: Option<Timestamp>,
    ) -> (Self, bool) {
        let newest = newest.max(self.newest);
        let offset = self.offset.saturating_add(PER_PAGE);
        let length = self.until.duration_since(self.since);
        if more && offset < LAST {
            return (Self { offset, newest, ..self }, false);
        }
        if more && length > NARROWEST {
            // PagerDuty counts no further: half as long, from its beginning.
            let until = self.since.saturating_add(length / 2).unwrap_or(self.until);
            return (Self { until, offset: 0, newest: None, ..self }, false);
        }
        let is_past = now.is_some_and(|now| self.until < now);
        let known = if is_past { Some(self.until) } else { newest };
        let known = known.and_then(|known| known.checked_sub(OVERLAP).ok());
        let since = known.map_or(self.since, |known| known.max(self.since));
        // A window that is no longer than the overlap must not stand still.
        let since = if is_past && since == self.since { self.until } else { since };
        (Self::from(since, list), !is_past)
    }
}

impl List {
    fn other(self) -> Self {
        match self {
            Self::Incidents => Self::LogEntries,
            Self::LogEntries => Self::Incidents,
        }
    }

    /// How long a window is at first.
    fn span(self) -> SignedDuration {
        match self {
            Self::Incidents => SignedDuration::from_hours(24 * 30),
            Self::LogEntries => SignedDuration::from_hours(24 * 7),
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::LogEntries => "log_entries",
        }
    }

    fn query(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Incidents => &[("sort_by", "created_at:asc")],
            Self::LogEntries => &[("include[]", "incidents"), ("include[]", "channels")],
        }
    }

    async fn ask(
        self,
        client: &reqwest::Client,
        address: &Address,
        token: &str,
        window: Window,
    ) -> Result<Answer, PullError> {
        let (since, until) = (window.since.to_string(), window.until.to_string());
        let (limit, offset) = (PER_PAGE.to_string(), window.offset.to_string());
        let mut query = vec![
            ("since", &*since),
            ("until", &*until),
            ("limit", &*limit),
            ("offset", &*offset),
            ("time_zone", "UTC"),
        ];
        query.extend(self.query());
        let authorization = format!("Token token={token}");
        let headers = [(AUTHORIZATION, &*authorization), (ACCEPT, "application/json")];
        ask(client, address.below(&[self.path()], &query), &headers).await
    }

    fn delivery(self, item: &RawValue) -> (Vec<u8>, Vec<Reported>) {
        let body = item.get().as_bytes();
        let read = match self {
            Self::Incidents => {
                serde_json::from_str::<Incident>(item.get()).map(|incident| vec![incident.began()])
            }
            Self::LogEntries => serde_json::from_str::<LogEntry>(item.get())
                .map(|entry| entry.reported().into_iter().collect()),
        };
        let what = if self == Self::Incidents { "An incident" } else { "A log entry" };
        (body.to_vec(), read.unwrap_or_else(|error| vec![unread(what, body, &error)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_window_of_the_past_is_followed_by_the_next() {
        let window = Window::from(at("2026-01-01T00:00:00Z"), List::LogEntries);
        let now = Some(at("2026-03-01T00:00:00Z"));
        let (next, is_whole) = window.after(List::LogEntries, None, false, now);
        assert_eq!((next.since, is_whole), (at("2026-01-07T23:55:00Z"), false));
    }

    #[test]
    fn the_window_of_today_begins_again_before_the_newest() {
        let window = Window::from(at("2026-02-27T00:00:00Z"), List::LogEntries);
        let now = Some(at("2026-03-01T00:00:00Z"));
        let newest = Some(at("2026-02-28T12:00:00Z"));
        let (next, is_whole) = window.after(List::LogEntries, newest, false, now);
        assert_eq!((next.since, is_whole), (at("2026-02-28T11:55:00Z"), true));
        // Where nothing happened the same is asked again.
        assert_eq!(window.after(List::LogEntries, None, false, now), (window, true));
    }

    #[test]
    fn a_window_with_too_much_in_it_is_halved_down_to_a_minute() {
        let mut window = Window::from(at("2026-01-01T00:00:00Z"), List::LogEntries);
        let now = Some(at("2026-03-01T00:00:00Z"));
        let mut asked = 0;
        while window.since == at("2026-01-01T00:00:00Z") {
            window = window.after(List::LogEntries, None, true, now).0;
            asked += 1;
            assert!(asked < 10_000, "{window:?} stands still");
        }
        assert!(window.since.duration_since(at("2026-01-01T00:00:00Z")) <= NARROWEST);
    }
}
