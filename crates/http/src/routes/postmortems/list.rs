//! The list of post-mortems.

use std::sync::Arc;

use afterword_app::{App, PostmortemFilter};
use afterword_domain::stage::Stage;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::Query;
use crate::paging::{Listed, Paging};
use crate::problem::{ApiError, Problem};
use crate::routes::postmortems::ListedDto;

/// Which post-mortems are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those at this stage.
    stage: Option<Stage>,
    /// Only those whose title contains this.
    q: Option<String>,
}

/// Post-mortems, newest incident first.
#[utoipa::path(get, path = "/postmortems", tag = "post-mortems", operation_id = "listPostmortems",
    params(Wanted, Paging), responses(
    (status = OK, body = Listed<ListedDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_postmortems(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Json<Listed<ListedDto>>, ApiError> {
    let filter = PostmortemFilter { stage: wanted.stage, title: wanted.q };
    let page = app.postmortems(&caller, &filter, &paging.request()).await?;
    Ok(Json(Listed::from_page(page, ListedDto::from)))
}
