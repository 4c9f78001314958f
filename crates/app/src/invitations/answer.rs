//! Saying whether one comes by the link in an invitation, without a sign-in.

use afterword_domain::appointment::{Appointment, Attending};
use afterword_domain::chasing::Purpose;
use afterword_domain::people::Person;
use afterword_storage::Attendance;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::error::AppError;

/// What a link asks, and what was answered so far.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationView {
    /// Who is asked.
    pub person: String,
    /// The IANA name of their zone.
    pub time_zone: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
    /// When the call begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// Where it is.
    pub call_url: Option<String>,
    /// Whether it is to be recorded.
    pub recorded: bool,
    /// What they answered; null until they do.
    pub answer: Option<Attending>,
    /// What they said beside it; may be empty.
    pub note: String,
    /// Why there is nothing to answer any more.
    pub settled: Option<String>,
}

/// An answer by a link.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationAnswer {
    /// What stands behind `#` in the link.
    pub token: String,
    /// Whether they come.
    pub answer: Attending,
    /// A few words beside it.
    #[serde(default)]
    pub note: String,
    /// The hour that they were shown: a call that was moved meanwhile is another question.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
}

/// A link that works, and what it is about.
struct Invited {
    person: Person,
    call: Appointment,
    title: String,
    /// Absent for whoever is not asked to it any more.
    attendance: Option<Attendance>,
}

impl Invited {
    fn settled(&self, now: Timestamp) -> Option<String> {
        let over = self
            .call
            .settled(now)
            .map(|why| format!("{}. Nothing is left to answer.", capital(why)));
        let gone = || "You are not asked to this call any more: the hour is yours.".to_owned();
        over.or_else(|| self.attendance.is_none().then(gone))
    }

    fn view(self, now: Timestamp) -> InvitationView {
        let settled = self.settled(now);
        let attendance = self.attendance;
        InvitationView {
            person: self.person.name,
            time_zone: self.person.time_zone,
            postmortem: self.call.postmortem_id,
            title: self.title,
            starts_at: self.call.plan.starts_at,
            ends_at: self.call.plan.ends_at(),
            call_url: self.call.plan.call_url,
            recorded: self.call.plan.recorded,
            answer: attendance.as_ref().and_then(|it| it.answer),
            note: attendance.map(|it| it.note).unwrap_or_default(),
            settled,
        }
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl App {
    /// What a link asks. Changes nothing, however often it is asked.
    pub async fn read_invitation(&self, token: &str) -> Result<InvitationView, AppError> {
        Ok(self.guest_of(token).await?.view(self.clock.now()))
    }

    /// Gives an answer by a link; the last one counts.
    pub async fn answer_invitation(
        &self,
        given: InvitationAnswer,
    ) -> Result<InvitationView, AppError> {
        let invited = self.guest_of(&given.token).await?;
        if let Some(why) = invited.settled(self.clock.now()) {
            return Err(AppError::Conflict(why));
        }
        if given.starts_at != invited.call.plan.starts_at {
            return Err(AppError::Conflict(
                "the call was moved while you looked: load this page again".to_owned(),
            ));
        }
        let (call, person) = (&invited.call, &invited.person.id);
        self.store_answer(call, person, given.answer, &given.note).await?;
        self.read_invitation(&given.token).await
    }

    async fn guest_of(&self, token: &str) -> Result<Invited, AppError> {
        let claims = self.signer().await?.read(token, self.clock.now())?;
        if claims.purpose != Purpose::Attend {
            return Err(AppError::invalid(
                "token",
                "this link is good for something else: open it from the message again",
            ));
        }
        let person = self.storage.person(&claims.person).await?;
        let person = person.ok_or(AppError::NotFound("person"))?;
        let call = self.storage.appointment(&claims.action).await?;
        let call = call.ok_or(AppError::NotFound("appointment"))?;
        let postmortem = self.storage.postmortem(&call.postmortem_id).await?;
        let title = postmortem.ok_or(AppError::NotFound("post-mortem"))?.title;
        let attendances = self.storage.attendances(&call.id).await?;
        let attendance = attendances.into_iter().find(|it| it.person_id == person.id);
        Ok(Invited { person, call, title, attendance })
    }
}
