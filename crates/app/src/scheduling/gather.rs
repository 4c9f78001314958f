//! What is known of the time of those who are asked.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::people::Person;
use afterword_domain::roster::{Seat, SeatState};
use afterword_domain::scheduling::{Attendee, LEDGER, PastHour, Wish, inconvenience};
use afterword_domain::time::zone_named;
use afterword_integrations::holidays::public_holidays;
use afterword_storage::{Availability, HourWish, Invitee, PastCall, WishKind};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::app::App;
use crate::error::AppError;

/// Everybody who is asked, and what is known of their time.
pub(super) struct Gathered {
    pub(super) people: Vec<Attendee>,
    /// Id of whoever said that they facilitate it.
    pub(super) leads: Option<String>,
    /// What was said of hours.
    pub(super) wishes: Vec<HourWish>,
}

impl App {
    /// What is known of the time of those who are asked, between two moments.
    pub(super) async fn gather(
        &self,
        postmortem: &str,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Gathered, AppError> {
        let invitees = self.storage.invitees(postmortem).await?;
        let ids: Vec<_> = invitees.iter().map(|it| it.person_id.clone()).collect();
        let all = self.storage.people().await?;
        let by_id: BTreeMap<_, _> = all.iter().map(|it| (&it.id[..], it)).collect();
        let mut availability = self.storage.availability_of(&ids).await?;
        let mut busy = self.storage.busy_times(&ids, from, until).await?;
        let wishes = self.storage.hour_wishes(postmortem).await?;
        let now = self.clock.now();
        let since = now.saturating_sub(LEDGER).unwrap_or(Timestamp::UNIX_EPOCH);
        let calls = self.storage.calls_of(&ids, postmortem, since, now).await?;
        let mut holidays = Holidays::between(from, until);
        let known = invitees.iter().filter_map(|it| Some((it, *by_id.get(&it.person_id[..])?)));
        let known: Vec<_> = known.collect();
        let attendee = |(invitee, person): &(&Invitee, &Person)| {
            let available = availability.remove(&person.id).unwrap_or_default();
            Attendee {
                id: person.id.clone(),
                name: person.name.clone(),
                needed: invitee.needed,
                zone: zone_named(&person.time_zone),
                hours: available.hours,
                holidays: holidays.of(&available),
                busy: busy.remove(&person.id).unwrap_or_default(),
                past: past_hours(person, &available, &calls),
                wishes: said(person, &wishes),
                days_off: available.days_off,
            }
        };
        let people = known.iter().map(attendee).collect();
        let seats = self.storage.seats_of(postmortem).await?;
        let leads = seats
            .into_iter()
            .find(|it| it.seat == Seat::Facilitator && it.state == SeatState::Accepted)
            .map(|it| it.person_id);
        Ok(Gathered { people, leads, wishes })
    }
}

fn past_hours(person: &Person, available: &Availability, calls: &[PastCall]) -> Vec<PastHour> {
    let own = calls.iter().filter(|it| it.person_id == person.id);
    let hour = |it: &PastCall| {
        let zone = zone_named(&it.time_zone)?;
        let strain = inconvenience(&zone, &available.hours, it.starts_at, it.minutes)?;
        Some(PastHour { at: it.starts_at, strain })
    };
    own.filter_map(hour).collect()
}

fn said(person: &Person, wishes: &[HourWish]) -> Vec<Wish> {
    let own = wishes.iter().filter(|it| it.person_id == person.id);
    let wish = |it: &HourWish| match it.wish {
        WishKind::Propose => Wish::Propose(it.starts_at),
        WishKind::Refuse => Wish::Refuse(it.starts_at, it.note.clone()),
    };
    own.map(wish).collect()
}

/// Public holidays within the time of the search, each country's read once.
struct Holidays {
    from: Date,
    until: Date,
    known: BTreeMap<(String, bool), BTreeSet<Date>>,
}

impl Holidays {
    fn between(from: Timestamp, until: Timestamp) -> Self {
        let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
        // By no clock is it another day than the one before or after.
        let (from, until) = (day(from).saturating_sub(1.day()), day(until).saturating_add(1.day()));
        Self { from, until, known: BTreeMap::new() }
    }

    fn of(&mut self, available: &Availability) -> BTreeSet<Date> {
        let Some(country) = available.country.clone() else { return BTreeSet::new() };
        let regional = available.regional;
        let read =
            || public_holidays(&country, regional, self.from, self.until).unwrap_or_default();
        self.known.entry((country.clone(), regional)).or_insert_with(read).clone()
    }
}
