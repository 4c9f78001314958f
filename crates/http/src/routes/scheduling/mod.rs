//! When a post-mortem meets.

mod availability;
mod calendars;
mod hours;
mod invitees;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(availability::read_availability, availability::set_availability))
        .routes(routes!(availability::list_countries))
        .routes(routes!(calendars::list_calendars, calendars::add_calendar))
        .routes(routes!(calendars::remove_calendar))
        .routes(routes!(invitees::list_invitees))
        .routes(routes!(invitees::invite_by_policy))
        .routes(routes!(invitees::set_invitee, invitees::remove_invitee))
        .routes(routes!(hours::list_hours))
        .routes(routes!(hours::say_hour_wish, hours::take_back_hour_wish))
}
