//! The calls about a post-mortem.

use afterword_domain::policy::{Operation, may};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::AppointmentView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// The calls about a post-mortem, and whether another can be arranged.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Appointments)]
pub struct AppointmentList {
    /// By when they begin; those that were called off among them.
    pub items: Vec<AppointmentView>,
    /// From when on people meet; null while the incident goes on.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub earliest_at: Option<Timestamp>,
    /// Whether the reader may arrange one.
    pub may_arrange: bool,
}

impl App {
    /// The calls about a post-mortem, to those of its room and to whoever is asked to one.
    pub async fn appointments(
        &self,
        caller: &Caller,
        postmortem: &str,
    ) -> Result<AppointmentList, AppError> {
        let postmortem = self.permitted(caller, postmortem, Operation::Browse).await?;
        let standing = self.standing(caller, &postmortem).await?;
        let of_the_room = may(caller.person.role, standing, Operation::ReadRecord);
        let mut items = Vec::new();
        for call in self.storage.appointments_of(&postmortem.id).await? {
            let view = self.appointment_view(caller, &call, &postmortem).await?;
            if of_the_room || view.attendances.iter().any(|it| it.person == caller.person.id) {
                items.push(view);
            }
        }
        Ok(AppointmentList {
            items,
            earliest_at: self.pace_of(&postmortem).await?.earliest(&postmortem.incident),
            may_arrange: may(caller.person.role, standing, Operation::ArrangeCalls),
        })
    }
}
