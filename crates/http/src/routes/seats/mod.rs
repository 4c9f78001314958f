//! Who leads a post-mortem, writes for it and watches.

mod answer;
mod ask;
mod list;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_seats, ask::ask_seat))
        .routes(routes!(list::list_seat_suggestions))
        .routes(routes!(ask::withdraw_seat))
        .routes(routes!(answer::answer_seat))
        .routes(routes!(answer::hand_over_seat))
}
