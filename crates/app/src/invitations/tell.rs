//! Tells whoever does not know how a call stands, each once.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::appointment::{Appointment, Attending, Known, Notice, notice};
use afterword_domain::people::Person;
use afterword_domain::postmortem::Postmortem;
use afterword_integrations::mail::{MailError, Mailer};
use afterword_storage::ToldOfCall;

use super::letter::Letter;
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};
use crate::links::Claims;

/// So many are told in one run, which has its time limit; the next run goes on.
const MOST_AT_ONCE: usize = 40;

/// A call and its post-mortem.
struct Call {
    it: Appointment,
    postmortem: Postmortem,
}

/// Somebody who is to be told.
struct Waiting {
    person: String,
    answer: Option<Attending>,
    notice: Notice,
}

impl App {
    /// The job. Whoever dies between a mail and its note sends it again: with the same number and
    /// the same Message-ID, so that it is known again.
    pub(crate) async fn tell_of_call(&self, id: &str) -> Result<Ended, Fault> {
        let (Some(mailer), Some(call)) = (&self.mailer, self.call_ahead(id).await?) else {
            return Ok(Ended::Done);
        };
        let mut waiting = self.who_waits(&call.it).await?;
        let more = waiting.len() > MOST_AT_ONCE;
        waiting.truncate(MOST_AT_ONCE);
        let mut fault = None;
        for it in &waiting {
            let stands = self.storage.appointment(id).await?;
            if stands.is_none_or(|stands| stands.version != call.it.version) {
                // Whoever changed it has asked for what is to be done.
                return Ok(Ended::Again(self.clock.now()));
            }
            match self.tell_one(mailer, &call, it).await {
                Ok(()) => self.note_told(&call.it, it).await?,
                // The others are told all the same; what may work later is tried again.
                Err(it) if matches!(fault, None | Some(Fault::Never(_))) => fault = Some(it),
                Err(_) => {}
            }
        }
        match fault {
            Some(fault) => Err(fault),
            None if more => Ok(Ended::Again(self.clock.now())),
            None => Ok(Ended::Done),
        }
    }

    /// A call that is not over; of one that is nobody has to be told any more.
    async fn call_ahead(&self, id: &str) -> Result<Option<Call>, AppError> {
        let Some(it) = self.storage.appointment(id).await? else { return Ok(None) };
        if self.clock.now() >= it.plan.ends_at() {
            return Ok(None);
        }
        let found = self.storage.postmortem(&it.postmortem_id).await?;
        Ok(found.map(|postmortem| Call { it, postmortem }))
    }

    async fn who_waits(&self, call: &Appointment) -> Result<Vec<Waiting>, AppError> {
        let asked = self.storage.attendances(&call.id).await?.into_iter();
        let asked: BTreeMap<_, _> = asked.map(|it| (it.person_id, it.answer)).collect();
        let told = self.storage.told_of_appointment(&call.id).await?.into_iter();
        let told: BTreeMap<_, _> = told.map(|it| (it.person_id, it.known)).collect();
        let everybody: BTreeSet<_> = asked.keys().chain(told.keys()).collect();
        let waiting = everybody.into_iter().filter_map(|person| {
            let notice = notice(call, asked.contains_key(person), told.get(person))?;
            let answer = asked.get(person).copied().flatten();
            Some(Waiting { person: person.clone(), answer, notice })
        });
        Ok(waiting.collect())
    }

    async fn tell_one(&self, mailer: &Mailer, call: &Call, it: &Waiting) -> Result<(), Fault> {
        let Some(person) = self.storage.person(&it.person).await? else { return Ok(()) };
        let letter = self.letter_about(mailer, call, it, &person).await?;
        match mailer.send_invitation(&letter.invitation()).await {
            Ok(()) => Ok(()),
            // Nobody can be written to at such an address; the others must not wait for it.
            Err(error @ MailError::Address(_)) => {
                tracing::warn!(%error, person = person.id, "somebody cannot be asked by mail");
                Ok(())
            }
            Err(error) if error.is_for_good() => Err(Fault::Never(error.to_string())),
            Err(error) => Err(Fault::Later(error.to_string())),
        }
    }

    async fn letter_about<'c>(
        &'c self,
        mailer: &Mailer,
        call: &'c Call,
        it: &'c Waiting,
        person: &'c Person,
    ) -> Result<Letter<'c>, AppError> {
        let now = self.clock.now();
        let token = self.signer().await?.sign(&Claims::attend(&call.it, &person.id, now));
        Ok(Letter {
            call: &call.it,
            title: &call.postmortem.title,
            person,
            answer: it.answer,
            notice: &it.notice,
            from: mailer.address(),
            now,
            public_url: &self.settings.public_url,
            token,
        })
    }

    async fn note_told(&self, call: &Appointment, it: &Waiting) -> Result<(), AppError> {
        let (kind, sequence, plan) = (it.notice.kind(), call.sequence, call.plan.clone());
        let known = Known { kind, sequence, plan };
        let told = ToldOfCall { person_id: it.person.clone(), known };
        Ok(self.storage.save_told_of_appointment(&call.id, &told, self.clock.now()).await?)
    }
}
