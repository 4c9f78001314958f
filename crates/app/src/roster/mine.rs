//! What somebody is asked, what they took, and what they may watch.

use afterword_domain::policy::Operation;
use afterword_domain::roster::{Seat, SeatState};
use afterword_storage::{CallToShadow, StoredSeat};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What is ahead of the reader, as far as leading is concerned.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Facilitating {
    /// The seats that they are asked to take.
    pub asked: Vec<MySeat>,
    /// The seats that they took.
    pub ahead: Vec<MySeat>,
    /// The calls that they may watch, if they learn it.
    pub to_shadow: Vec<ToShadow>,
}

/// A seat of the reader's.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MySeat {
    /// Its id.
    pub id: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
    /// Which seat.
    pub seat: Seat,
    /// Id of who asked.
    pub asked_by: Option<String>,
    /// When the call begins, if it has an hour.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts_at: Option<Timestamp>,
    /// Its tag.
    pub etag: String,
}

/// A call that the reader may watch.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CallToShadow)]
pub struct ToShadow {
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
    /// Id of who facilitates it.
    pub facilitator: String,
    /// When the call begins, if it has an hour.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts_at: Option<Timestamp>,
}

impl From<StoredSeat> for MySeat {
    fn from(it: StoredSeat) -> Self {
        Self {
            id: it.id,
            postmortem: it.postmortem_id,
            title: it.title,
            seat: it.seat,
            asked_by: it.asked_by,
            starts_at: it.starts_at,
            etag: it.version.to_string(),
        }
    }
}

impl From<CallToShadow> for ToShadow {
    fn from(it: CallToShadow) -> Self {
        Self {
            postmortem: it.postmortem_id,
            title: it.title,
            facilitator: it.facilitator,
            starts_at: it.starts_at,
        }
    }
}

impl App {
    /// What is ahead of the caller.
    pub async fn facilitating(&self, caller: &Caller) -> Result<Facilitating, AppError> {
        caller.permit(Operation::EditSelf)?;
        let me = Some(&caller.person.id[..]);
        let seats = self.storage.seats_ahead(me, self.clock.now()).await?;
        let (asked, ahead): (Vec<_>, Vec<_>) =
            seats.into_iter().partition(|it| it.state == SeatState::Asked);
        let to_shadow = self.calls_to_shadow(caller).await?;
        Ok(Facilitating {
            asked: asked.into_iter().map(Into::into).collect(),
            ahead: ahead.into_iter().map(Into::into).collect(),
            to_shadow: to_shadow.into_iter().map(Into::into).collect(),
        })
    }
}
