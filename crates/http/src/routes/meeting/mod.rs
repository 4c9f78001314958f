//! The meeting: leading it, voting, writing in silence, who is here, the survey.

mod ask;
mod ballots;
mod input;
mod notes;
mod people;
mod read;
mod survey;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read_meeting, ask::ask_meeting))
        .routes(routes!(people::list_people_here))
        .routes(routes!(ballots::list_ballots))
        .routes(routes!(ballots::vote))
        .routes(routes!(notes::list_my_notes))
        .routes(routes!(notes::keep_note))
        .routes(routes!(input::say_without_a_name))
        .routes(routes!(survey::read_survey, survey::answer_survey))
}
