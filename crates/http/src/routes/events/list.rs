//! The list of events.

use std::sync::Arc;

use afterword_app::{App, EventFilter};
use afterword_domain::evidence::EventKind;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use super::EventDto;
use crate::auth::Signed;
use crate::extract::Query;
use crate::paging::{Listed, Paging};
use crate::problem::{ApiError, Problem};

/// Which events are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// From this time on.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// Only about this service, however it is spelled.
    service: Option<String>,
    /// Only from this source.
    source: Option<String>,
    /// Only of this kind.
    kind: Option<EventKind>,
    /// Only those whose title or text contains this.
    q: Option<String>,
}

/// Events, newest first.
#[utoipa::path(get, path = "/events", tag = "evidence", operation_id = "listEvents",
    params(Wanted, Paging), responses(
    (status = OK, body = Listed<EventDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_events(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Json<Listed<EventDto>>, ApiError> {
    let filter = EventFilter {
        from: wanted.from,
        to: wanted.to,
        service: wanted.service,
        source: wanted.source,
        kind: wanted.kind,
        words: wanted.q,
    };
    let page = app.events(&caller, &filter, &paging.request()).await?;
    Ok(Json(Listed::from_page(page, EventDto::from)))
}
