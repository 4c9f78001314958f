//! Tells somebody by mail which seats they are asked to take: all of it in one message.

use afterword_domain::chasing::Often;
use afterword_domain::people::Person;
use afterword_domain::roster::{Seat, SeatState};
use afterword_domain::time::zone_named;
use afterword_storage::StoredSeat;
use jiff::tz::TimeZone;

use crate::app::App;
use crate::jobs::queue::{Ended, Fault};

impl App {
    /// The job. Without mail, or for whoever wants none, what is asked stands in the app alone.
    pub(crate) async fn tell_of_seats(&self, person: &str) -> Result<Ended, Fault> {
        let (Some(mailer), Some(person)) = (&self.mailer, self.storage.person(person).await?)
        else {
            return Ok(Ended::Done);
        };
        let wanted = self.storage.reminder_preferences(&person.id).await?;
        let mut seats = self.storage.seats_ahead(Some(&person.id), self.clock.now()).await?;
        seats.retain(|it| it.state == SeatState::Asked && it.told_at.is_none());
        if seats.is_empty() || !wanted.mail || wanted.rhythm.often == Often::Off {
            return Ok(Ended::Done);
        }
        let text = self.seats_text(&person, &seats);
        mailer.send(&person.email, &subject(&seats), text).await.map_err(|error| {
            let why = error.to_string();
            if error.is_for_good() { Fault::Never(why) } else { Fault::Later(why) }
        })?;
        self.storage.note_told_of_seats(&seats, self.clock.now()).await?;
        Ok(Ended::Done)
    }

    fn seats_text(&self, person: &Person, seats: &[StoredSeat]) -> String {
        let url = &self.settings.public_url;
        let zone = zone_named(&person.time_zone).unwrap_or(TimeZone::UTC);
        let one = |it: &StoredSeat| {
            let when = it.starts_at.map_or_else(
                || "the call has no hour yet".to_owned(),
                |at| at.to_zoned(zone.clone()).strftime("%A %-d %B %Y, %H:%M %Z").to_string(),
            );
            let (asks, title, id) = (asks(it.seat), &it.title, &it.postmortem_id);
            format!("{title}\n  {asks} ({when})\n  {url}/postmortems/{id}")
        };
        let all: Vec<_> = seats.iter().map(one).collect();
        format!(
            "Hello {},\n\nyour help is asked for:\n\n{}\n\nYou were no part of what happened there, \
             which is why you can ask what others cannot. Nobody expects you to know the systems.\n\n\
             Not this time? Say so on that page: that is a good answer, and somebody else is \
             asked.\n\nWhen you take requests: {url}/facilitators\nWhen and whether you get such \
             mail: {url}/me#reminders\n",
            person.name,
            all.join("\n\n")
        )
    }
}

fn asks(seat: Seat) -> &'static str {
    match seat {
        Seat::Facilitator => "will you facilitate it?",
        Seat::CoFacilitator => "will you lead it together with its facilitator?",
        Seat::NoteTaker => "will you take notes for the room?",
        Seat::Shadow => "would you like to watch how it is led?",
    }
}

fn subject(seats: &[StoredSeat]) -> String {
    match seats {
        [only] => match only.seat {
            Seat::Facilitator => format!("Will you facilitate? {}", only.title),
            _ => format!("Will you help to lead? {}", only.title),
        },
        all => format!("Will you help to lead {} meetings?", all.len()),
    }
}
