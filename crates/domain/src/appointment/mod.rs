//! Calls that are arranged: when one may be, what is agreed about it, and who has to be told.

mod hours;
mod notice;
mod pace;

pub use hours::Hours;
pub use notice::{Known, Notice, NoticeKind, notice};
pub use pace::{Pace, Slow};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The shortest and the longest call, in minutes.
pub const LENGTHS: std::ops::RangeInclusive<i64> = 10..=480;
/// The longest address of a call, in characters.
pub const LONGEST_CALL_URL: usize = 2000;
/// The longest note beside an answer, in characters.
pub const LONGEST_NOTE: usize = 500;

/// Whether a call takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AppointmentState {
    /// It does.
    Standing,
    /// It was called off.
    Cancelled,
}

impl AppointmentState {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Standing, Self::Cancelled].into_iter().find(|it| it.as_str() == name)
    }
}

/// What somebody answers to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Attending {
    /// They come.
    Yes,
    /// They do not know yet.
    Maybe,
    /// They do not come.
    No,
}

impl Attending {
    /// Every answer, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Maybe, Self::No];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Maybe => "maybe",
            Self::No => "no",
        }
    }

    /// The answer of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// What a link or a button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Yes => "I will be there",
            Self::Maybe => "I may be there",
            Self::No => "I cannot come",
        }
    }
}

/// What is agreed about a call, and can be agreed anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// When it begins.
    pub starts_at: Timestamp,
    /// How long it is.
    pub minutes: i64,
    /// Where it is, with any provider.
    pub call_url: Option<String>,
    /// Whether it is to be recorded.
    pub recorded: bool,
}

impl Plan {
    /// When it ends.
    pub fn ends_at(&self) -> Timestamp {
        let length = SignedDuration::from_mins(self.minutes);
        self.starts_at.saturating_add(length).unwrap_or(Timestamp::MAX)
    }

    /// The same with its values as they are kept, if they can be taken.
    pub fn checked(self) -> Result<Self, PlanRefused> {
        if !LENGTHS.contains(&self.minutes) {
            return Err(PlanRefused::Length);
        }
        let call_url = self.call_url.map(|url| url.trim().to_owned()).filter(|it| !it.is_empty());
        if call_url.as_deref().is_some_and(|url| !is_call_url(url)) {
            return Err(PlanRefused::CallUrl);
        }
        // Calendars know no parts of a second.
        let starts_at = Timestamp::from_second(self.starts_at.as_second());
        Ok(Self { starts_at: starts_at.unwrap_or(self.starts_at), call_url, ..self })
    }
}

/// Whether it is an address that people can be sent to: encrypted, and whole.
fn is_call_url(url: &str) -> bool {
    let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    let is_host = |host: &str| !host.is_empty() && !host.starts_with([':', '.']);
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"\\^`{|}".contains(c);
    host.is_some_and(|host| is_host(host) && !host.contains('@'))
        && url.chars().count() <= LONGEST_CALL_URL
        && url.chars().all(is_plain)
}

/// Why a call cannot be arranged like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanRefused {
    /// The incident goes on.
    #[error(
        "production comes first: a call is arranged once the incident is stabilised, and people \
         have rested"
    )]
    Ongoing,
    /// People have not rested yet.
    #[error("people rest first: choose {} or later", utc(*.0))]
    TooEarly(Timestamp),
    /// The hour is past.
    #[error("this hour is past: choose one that is still to come")]
    Past,
    /// It is too short or too long.
    #[error("a call takes 10 minutes to 8 hours")]
    Length,
    /// Nobody can be sent to that address.
    #[error("write the whole address of the call, from https:// on")]
    CallUrl,
}

/// A time as it is said to people of any zone: `4 March 2026, 19:00 UTC`.
pub fn utc(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// A call that was arranged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// UUID, also the UID of its event in calendars.
    pub id: String,
    /// What it is about.
    pub postmortem_id: String,
    /// What is agreed.
    pub plan: Plan,
    /// Whether it takes place.
    pub state: AppointmentState,
    /// Counts what calendars have to know of, from 0 (RFC 5545).
    pub sequence: i64,
    /// Id of the person who arranged it.
    pub created_by: String,
    /// When it was arranged.
    pub created_at: Timestamp,
    /// Counts changes, from 1.
    pub version: i64,
}

impl Appointment {
    /// Whether it takes place and is not over.
    pub fn lies_ahead(&self, now: Timestamp) -> bool {
        self.state == AppointmentState::Standing && now < self.plan.ends_at()
    }

    /// Why it can be neither changed nor answered any more; `None` while it can.
    pub fn settled(&self, now: Timestamp) -> Option<&'static str> {
        match self.state {
            AppointmentState::Cancelled => Some("this call was called off"),
            AppointmentState::Standing if now >= self.plan.ends_at() => Some("this call is over"),
            AppointmentState::Standing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan {
            starts_at: "2026-03-03T10:00:00.75Z".parse().unwrap(),
            minutes: 60,
            call_url: Some(" https://meet.example.org/a-b?c=d ".to_owned()),
            recorded: false,
        }
    }

    #[test]
    fn a_plan_is_kept_tidy() {
        let kept = plan().checked().unwrap();
        assert_eq!(kept.starts_at, "2026-03-03T10:00:00Z".parse().unwrap());
        assert_eq!(kept.ends_at(), "2026-03-03T11:00:00Z".parse().unwrap());
        assert_eq!(kept.call_url.as_deref(), Some("https://meet.example.org/a-b?c=d"));
        let nowhere = Plan { call_url: Some("  ".to_owned()), ..plan() };
        assert_eq!(nowhere.checked().unwrap().call_url, None);
    }

    #[test]
    fn nobody_is_sent_to_where_they_cannot_go() {
        for url in [
            "http://meet.example.org/a",
            "meet.example.org/a",
            "https://",
            "https:///a",
            "https://:443/a",
            "https://bank.example@evil.example/",
            "https://meet.example.org/a b",
            "https://meet.example.org/\"><script>",
            "javascript:alert(1)",
            "https://meet.example.org/a\r\nX: y",
        ] {
            let refused = Plan { call_url: Some(url.to_owned()), ..plan() }.checked();
            assert_eq!(refused, Err(PlanRefused::CallUrl), "{url}");
        }
        for minutes in [-60, 0, 9, 481, i64::MAX] {
            let refused = Plan { minutes, ..plan() }.checked();
            assert_eq!(refused, Err(PlanRefused::Length), "{minutes}");
        }
    }

    #[test]
    fn answers_and_states_are_read_as_they_were_stored() {
        for answer in Attending::ALL {
            assert_eq!(Attending::parse(answer.as_str()), Some(answer));
        }
        for state in [AppointmentState::Standing, AppointmentState::Cancelled] {
            assert_eq!(AppointmentState::parse(state.as_str()), Some(state));
        }
        assert_eq!(Attending::parse("open"), None);
    }

    #[test]
    fn what_is_over_or_called_off_says_so() {
        let call = Appointment {
            id: "a".to_owned(),
            postmortem_id: "p".to_owned(),
            plan: plan().checked().unwrap(),
            state: AppointmentState::Standing,
            sequence: 0,
            created_by: "ada".to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
            version: 1,
        };
        let end = call.plan.ends_at();
        let before = end.saturating_sub(SignedDuration::from_secs(1)).unwrap();
        assert!(call.lies_ahead(before) && call.settled(before).is_none());
        assert!(!call.lies_ahead(end) && call.settled(end).is_some());
        let off = Appointment { state: AppointmentState::Cancelled, ..call };
        assert!(!off.lies_ahead(before) && off.settled(before).is_some());
    }
}
