//! The facilitator's chase list.

use afterword_domain::chasing::{ChaseReason, friendly_message, reasons};
use afterword_domain::policy::Operation;
use afterword_domain::time::zone_named;
use afterword_storage::OpenAction;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// An action to ask about.
#[derive(Clone, Debug)]
pub struct ToChase {
    /// The action with its post-mortem.
    pub it: OpenAction,
    /// Who does it: a person's name, or what was written.
    pub owner: Option<String>,
    /// Why to ask.
    pub reasons: Vec<ChaseReason>,
    /// A friendly message, to be sent by whoever asks.
    pub message: String,
}

impl App {
    /// The actions to ask about of the post-mortems that the caller opened or led, or of all; those
    /// of the oldest incident first.
    pub async fn chase_list(&self, caller: &Caller, all: bool) -> Result<Vec<ToChase>, AppError> {
        caller.permit(Operation::ChaseActions)?;
        self.projector.project_due().await;
        let leader = (!all).then_some(caller.person.id.as_str());
        let open = self.storage.open_actions_led_by(leader).await?;
        let zone = zone_named(&caller.person.time_zone).unwrap_or(TimeZone::UTC);
        let today = self.clock.now().to_zoned(zone.clone()).date();
        Ok(open.into_iter().filter_map(|it| self.to_chase(it, &zone, today)).collect())
    }

    fn to_chase(&self, it: OpenAction, zone: &TimeZone, today: Date) -> Option<ToChase> {
        let touched = it.state_since.map_or(today, |at| at.to_zoned(zone.clone()).date());
        let reasons = reasons(&it.action, touched, today);
        if reasons.is_empty() {
            return None;
        }
        let written = it.action.owner.clone().filter(|owner| !owner.trim().is_empty());
        let owner = it.owner_name.clone().or(written);
        let link = self.place_of_action(&it.postmortem_id, &it.action.id);
        let message =
            friendly_message(&it.action, owner.as_deref(), &it.postmortem_title, &reasons, &link);
        Some(ToChase { it, owner, reasons, message })
    }
}
