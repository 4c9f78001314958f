//! Which hours suit those who are asked.

use afterword_domain::policy::Operation;
use afterword_domain::scheduling::{
    Attendee, Bounds, Candidate, DayHours, Found, LocalHour, Offer, Search, Session, Strain, find,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::wishes::HourWishView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

const SHORTEST: u16 = 15;
const LONGEST: u16 = 240;
const DAYS: u8 = 10;

/// Which hours suit those who are asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Hours)]
pub struct HoursView {
    /// How long the call takes.
    pub minutes: u16,
    /// The first moment at which it may be; null while the incident goes on.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub opens_at: Option<Timestamp>,
    /// Whether there is an hour inside the day of everybody who is needed.
    pub humane: bool,
    /// The best hours, of different days, and those that people proposed; the best first.
    pub candidates: Vec<CandidateView>,
    /// What to do where no hour suits all who are needed.
    pub offer: Option<OfferView>,
    /// What should be known of all of it, in sentences.
    pub notes: Vec<String>,
    /// What people said of hours.
    pub wishes: Vec<HourWishView>,
}

/// An hour to choose.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = HourCandidate)]
pub struct CandidateView {
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// What stands against it: the less, the better.
    pub cost: i64,
    /// Whether it is inside the day of everybody who is needed.
    pub humane: bool,
    /// The hour as each person has it.
    pub people: Vec<LocalHourView>,
    /// What should be thought of, in sentences.
    pub warnings: Vec<String>,
    /// Why this hour, in sentences.
    pub reasons: Vec<String>,
    /// Ids of those who proposed it.
    pub proposed_by: Vec<String>,
}

/// An hour as somebody has it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LocalHour)]
pub struct LocalHourView {
    /// Id of the person.
    pub person: String,
    /// As the person wants to be called.
    pub name: String,
    /// Whether the hour has to suit them.
    pub needed: bool,
    /// An IANA time zone name; null where no usable one is known.
    pub zone: Option<String>,
    /// By their clock; null where their zone is not known.
    pub local: Option<LocalTime>,
    /// Their working hours on that day.
    pub hours: Option<DayHours>,
    /// What stands against it most.
    pub strain: Option<Strain>,
    /// What stands against it, in sentences.
    pub why: Vec<String>,
}

/// A time by somebody's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LocalTime {
    /// The day on which it begins.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// The name of that day: `Monday`.
    pub weekday: String,
    /// When it begins: `07:00`.
    pub from: String,
    /// When it ends: `08:00`.
    pub until: String,
}

/// What to do where no hour suits all who are needed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = HourOffer)]
pub struct OfferView {
    /// One or two hours, in their order.
    pub sessions: Vec<SessionView>,
    /// Ids of those who can give their input in writing.
    pub in_writing: Vec<String>,
}

/// One of the hours.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = HourSession)]
pub struct SessionView {
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// Who comes to it, with their hour.
    pub people: Vec<LocalHourView>,
}

impl App {
    /// Which hours suit those who are asked to a post-mortem.
    pub async fn hours(
        &self,
        caller: &Caller,
        id: &str,
        minutes: u16,
    ) -> Result<HoursView, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        if !(SHORTEST..=LONGEST).contains(&minutes) {
            let words = format!("a call takes {SHORTEST} to {LONGEST} minutes");
            return Err(AppError::invalid("minutes", words));
        }
        let now = self.clock.now();
        let bounds = Bounds::from(self.pace_of(&postmortem).await?);
        let end = postmortem.incident.end();
        let opens = end.map(|it| bounds.opens(it).max(now));
        let horizon = SignedDuration::from_hours(24 * (i64::from(DAYS) + 1));
        let from = opens.unwrap_or(now);
        let until = from.saturating_add(horizon).unwrap_or(Timestamp::MAX);
        let gathered = self.gather(id, from, until).await?;
        let people = &gathered.people[..];
        let found = end.map(|end| {
            let leads = gathered.leads.as_deref();
            find(&Search { end, now, bounds, minutes, days: DAYS, people, leads })
        });
        let found = found.unwrap_or_else(still_going_on);
        Ok(HoursView {
            minutes,
            opens_at: opens,
            humane: found.humane,
            candidates: found.candidates.into_iter().map(|it| candidate(it, people)).collect(),
            offer: found.offer.map(|it| offer(it, people)),
            notes: found.notes,
            wishes: gathered.wishes.into_iter().map(Into::into).collect(),
        })
    }
}

fn still_going_on() -> Found {
    let note = "The incident goes on, and production comes first: hours are looked for once it is \
         stabilised.";
    Found { humane: false, candidates: Vec::new(), offer: None, notes: vec![note.to_owned()] }
}

fn candidate(it: Candidate, people: &[Attendee]) -> CandidateView {
    CandidateView {
        starts_at: it.starts_at,
        cost: it.cost,
        humane: it.humane,
        people: local_hours(it.people, people),
        warnings: it.warnings,
        reasons: it.reasons,
        proposed_by: it.proposed_by,
    }
}

fn offer(it: Offer, people: &[Attendee]) -> OfferView {
    let session = |it: Session| SessionView {
        starts_at: it.starts_at,
        people: local_hours(it.people, people),
    };
    OfferView {
        sessions: it.sessions.into_iter().map(session).collect(),
        in_writing: it.in_writing,
    }
}

fn local_hours(hours: Vec<LocalHour>, people: &[Attendee]) -> Vec<LocalHourView> {
    let name = |id: &str| people.iter().find(|it| it.id == id).map(|it| it.name.clone());
    let view = |it: LocalHour| LocalHourView {
        name: name(&it.person).unwrap_or_default(),
        person: it.person,
        needed: it.needed,
        zone: it.zone,
        local: it.local.map(|(from, until)| LocalTime {
            date: from.date(),
            weekday: from.strftime("%A").to_string(),
            from: from.strftime("%H:%M").to_string(),
            until: until.strftime("%H:%M").to_string(),
        }),
        hours: it.hours,
        strain: it.strain,
        why: it.why,
    };
    hours.into_iter().map(view).collect()
}
