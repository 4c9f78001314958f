//! What whoever leads a meeting wants to know beforehand. Nothing of it is stored, and nobody else
//! gets it, whatever their role.

use afterword_domain::evidence::{Event, EventKind};
use afterword_domain::policy::{Operation, may_prepare};
use afterword_domain::postmortem::Postmortem;
use afterword_domain::roster::{Did, Trace, private_words};
use afterword_domain::timeline::{Entry, EntryKind};
use jiff::SignedDuration;
use serde::Serialize;
use utoipa::ToSchema;

use super::NotesView;
use super::seats::accepted;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::people::Accounts;

/// What went out in the evening shows in the morning.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);

/// What whoever leads a meeting wants to know beforehand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Preparation {
    /// With whom they may want a private word.
    pub private_words: Vec<PrivateWordView>,
    /// Ids of those who are invited or take part, and were never in a post-mortem.
    pub first_time: Vec<String>,
    /// What the reader noted for themselves.
    pub notes: NotesView,
}

/// Somebody with whom the reader may want a private word.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PrivateWord)]
pub struct PrivateWordView {
    /// Id of the person.
    pub person: String,
    /// Why, in words that follow "since".
    pub because: Vec<String>,
}

impl App {
    /// What whoever leads a meeting wants to know beforehand.
    pub async fn preparation(&self, caller: &Caller, id: &str) -> Result<Preparation, AppError> {
        let postmortem = self.prepared_by(caller, id).await?;
        let me = &caller.person.id;
        let mut first_time = self.storage.never_in_another(id).await?;
        first_time.retain(|it| it != me);
        Ok(Preparation {
            private_words: self.private_words(&postmortem, me).await?,
            first_time,
            notes: self.storage.preparation_notes(id, me).await?.into(),
        })
    }

    /// The post-mortem, if the caller leads its meeting.
    pub(super) async fn prepared_by(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Postmortem, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        let me = &caller.person.id;
        let seat = accepted(&self.storage.seats_of(id).await?, me);
        let leads = self.current_meeting(id).await?.is_led_by(me);
        if may_prepare(caller.person.role, seat, leads) {
            return Ok(postmortem);
        }
        Err(AppError::Forbidden(
            "this page is for those who lead this meeting, and for nobody else",
        ))
    }

    async fn private_words(
        &self,
        postmortem: &Postmortem,
        me: &str,
    ) -> Result<Vec<PrivateWordView>, AppError> {
        let record = self.current_record(&postmortem.id).await?.record;
        let events = self.evidence_of(postmortem, &record, BEFORE).await?;
        let accounts = self.accounts().await?;
        let told = events.iter().filter_map(|it| told_by(it, &accounts));
        let written = record.timeline.iter().filter_map(|it| written_of(it, &accounts));
        let traces: Vec<_> = told.chain(written).collect();
        let words = private_words(&traces, postmortem.incident.started_at);
        let others = words.into_iter().filter(|it| it.person != me);
        Ok(others
            .map(|it| PrivateWordView {
                person: it.person,
                because: it.because.into_iter().map(str::to_owned).collect(),
            })
            .collect())
    }
}

/// What a tool says that somebody did.
fn told_by(event: &Event, accounts: &Accounts) -> Option<Trace> {
    let did = match event.kind {
        EventKind::Change => Did::Changed,
        EventKind::Page => Did::Called,
        _ => return None,
    };
    let person = accounts.find(event.actor.as_deref()?)?.id.clone();
    Some(Trace { person, at: event.at(), did })
}

/// What the record says that somebody did.
fn written_of(entry: &Entry, accounts: &Accounts) -> Option<Trace> {
    let did = match entry.kind {
        EntryKind::Change => Did::Changed,
        EntryKind::Did => Did::Acted,
        _ => return None,
    };
    let person = accounts.find(entry.who.as_deref()?)?.id.clone();
    Some(Trace { person, at: entry.at?, did })
}
