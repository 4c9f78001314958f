//! Sends people what they are asked, and before the call one reminder.

use afterword_domain::chasing::{Often, Purpose};
use afterword_domain::input::{Message, REQUESTS_LAST, Told, next_message};
use afterword_domain::people::Person;
use afterword_integrations::mail::{MailError, Mailer};
use afterword_storage::{InputRequest, InputState};
use jiff::{SignedDuration, Timestamp};

use super::Inquiry;
use super::letter::Words;
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};
use crate::links::Claims;

/// So many are written to in one run, which has its time limit; the next run goes on.
const MOST_AT_ONCE: usize = 40;
/// A call may be arranged, moved or cancelled meanwhile, and somebody may set up a mail server.
const LOOK_EVERY: SignedDuration = SignedDuration::from_hours(1);

impl App {
    /// The job: writes to whom it is time to write to, until the call is over.
    pub(crate) async fn send_input_requests(&self, id: &str) -> Result<Ended, Fault> {
        let Some(postmortem) = self.storage.postmortem(id).await? else { return Ok(Ended::Done) };
        let inquiry = self.inquiry(postmortem).await?;
        let now = self.clock.now();
        let mut waiting = self.storage.input_requests(id).await?;
        waiting.retain(|it| waits(it, now));
        if inquiry.over.is_some() || waiting.is_empty() {
            return Ok(Ended::Done);
        }
        let later = now.saturating_add(LOOK_EVERY).unwrap_or(Timestamp::MAX);
        let Some(mailer) = &self.mailer else { return Ok(Ended::Again(later)) };
        let call = inquiry.call_at(now);
        let next = |it: &InputRequest| next_message(&it.told, call, now);
        let again = waiting.iter().filter_map(next).map(|(_, at)| at).filter(|at| *at > now).min();
        let due = waiting.iter().filter_map(|it| {
            let (message, at) = next(it)?;
            (at <= now).then_some((it, message))
        });
        let due: Vec<_> = due.collect();
        let mut fault = None;
        for (request, message) in due.iter().take(MOST_AT_ONCE) {
            let sent = self.send_input_message(mailer, &inquiry, request, *message).await;
            // The others are told all the same; what may work later is tried again.
            if matches!(fault, None | Some(Fault::Never(_))) {
                fault = sent.err().or(fault);
            }
        }
        match fault {
            Some(fault) => Err(fault),
            None if due.len() > MOST_AT_ONCE => Ok(Ended::Again(now)),
            None => Ok(Ended::Again(again.map_or(later, |at| at.min(later)))),
        }
    }

    async fn send_input_message(
        &self,
        mailer: &Mailer,
        inquiry: &Inquiry,
        request: &InputRequest,
        message: Message,
    ) -> Result<(), Fault> {
        let now = self.clock.now();
        // Whoever answered while others were written to is not written to.
        let stands = self.storage.input_request(&request.id).await?;
        let person = self.storage.person(&request.person_id).await?;
        if let Some(person) = person
            && stands.is_some_and(|it| waits(&it, now))
            && self.wants(&person, message).await?
        {
            let words = self.words(inquiry, request, &person).await?;
            match mailer.send_letter(&words.letter(message)).await {
                Ok(()) => {}
                // Nobody can be written to at such an address; the others must not wait for it.
                Err(error @ MailError::Address(_)) => {
                    tracing::warn!(%error, person = person.id, "somebody cannot be asked by mail");
                }
                Err(error) if error.is_for_good() => return Err(Fault::Never(error.to_string())),
                Err(error) => return Err(Fault::Later(error.to_string())),
            }
        }
        // Noted at once: whoever dies in between sends it again, with the same id.
        let told = match message {
            Message::Request => Told { mailed_at: Some(now), ..request.told },
            Message::Reminder => Told { reminded_at: Some(now), ..request.told },
        };
        Ok(self.storage.note_told_of_input(&request.id, &told).await?)
    }

    /// A colleague's request comes to everybody, a reminder not to those who want none.
    async fn wants(&self, person: &Person, message: Message) -> Result<bool, AppError> {
        if message == Message::Request {
            return Ok(true);
        }
        let wanted = self.storage.reminder_preferences(&person.id).await?;
        Ok(wanted.mail && wanted.rhythm.often != Often::Off)
    }

    async fn words(
        &self,
        inquiry: &Inquiry,
        request: &InputRequest,
        person: &Person,
    ) -> Result<Words, AppError> {
        let (now, signer) = (self.clock.now(), self.signer().await?);
        let (id, url) = (&inquiry.postmortem.id, &self.settings.public_url);
        let token =
            |purpose| signer.sign(&Claims::input(purpose, id, &request.id, &person.id, now));
        let off = token(Purpose::InputOff);
        let asker = self.storage.person(&request.asked_by).await?;
        Ok(Words {
            to: person.email.clone(),
            name: person.name.clone(),
            time_zone: person.time_zone.clone(),
            asked_by: asker.map(|it| it.name).unwrap_or_default(),
            title: inquiry.postmortem.title.clone(),
            started_at: inquiry.postmortem.incident.started_at,
            questions: request.questions.iter().map(|it| it.text.clone()).collect(),
            call_at: inquiry.call_at(now),
            // Behind `#`, so that it stays out of logs and of the addresses that scanners fetch.
            answer: format!("{url}/input#{}", token(Purpose::Input)),
            off: format!("{url}/input/off#{off}"),
            one_click: format!("{url}/api/v1/input/off?token={off}"),
            request: request.id.clone(),
        })
    }
}

/// Whether something may still be sent to somebody.
fn waits(request: &InputRequest, now: Timestamp) -> bool {
    let until = request.told.asked_at.saturating_add(REQUESTS_LAST);
    request.state == InputState::Waiting
        && request.told.reminded_at.is_none()
        && until.is_ok_and(|until| now < until)
}
