//! When and where I am told.

use std::sync::Arc;

use afterword_app::{App, AppError, ReminderWishes, RemindersView};
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

fn tagged(view: RemindersView) -> Tagged<RemindersView> {
    Tagged::ok(view.etag.clone(), view)
}

/// When and where I am told of my actions.
#[utoipa::path(get, path = "/people/{id}/reminders", tag = "people",
    operation_id = "readReminders", params(("id" = String, Path)), responses(
    (status = OK, body = RemindersView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_reminders(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Tagged<RemindersView>, ApiError> {
    Ok(tagged(app.reminders(&caller, &id).await?))
}

/// Change when and where I am told of my actions.
#[utoipa::path(put, path = "/people/{id}/reminders", tag = "people",
    operation_id = "setReminders",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = ReminderWishes, responses(
    (status = OK, body = RemindersView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_reminders(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<ReminderWishes>,
) -> Result<Tagged<RemindersView>, ApiError> {
    match app.change_reminders(&caller, &id, if_match.version(), body).await {
        Err(AppError::Stale { .. }) => Err(stale(&app.reminders(&caller, &id).await?)),
        changed => Ok(tagged(changed?)),
    }
}
