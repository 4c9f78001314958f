//! The steps by which somebody comes to lead.

use std::sync::Arc;

use afterword_app::{App, FacilitatorView};
use afterword_domain::roster::Step;
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// Note the step that is `next` for somebody: `shadowed` and `led` for myself, `graduated` for
/// somebody with whom I led.
#[utoipa::path(put, path = "/facilitators/{person}/steps/{step}", tag = "facilitators",
    operation_id = "noteTrainingStep", params(("person" = String, Path), ("step" = String, Path)),
    responses(
    (status = OK, body = FacilitatorView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn note_training_step(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((person, step)): Path<(String, Step)>,
) -> Result<Tagged<FacilitatorView>, ApiError> {
    let place = app.note_training_step(&caller, &person, step).await?;
    Ok(Tagged::ok(place.etag.clone(), place))
}
