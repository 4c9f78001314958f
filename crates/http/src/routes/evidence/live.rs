//! Hearing that something arrived.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use afterword_app::{App, Arrivals};
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// Somebody who watches asks anew after each word; no more often than this.
const AT_MOST_EVERY: Duration = Duration::from_secs(1);

/// A word for each time that something arrived about the post-mortem's services: server-sent
/// events named `arrived`, at most one a second. What arrived is asked for as always.
#[utoipa::path(get, path = "/postmortems/{id}/arrivals", tag = "evidence",
    operation_id = "watchEvidence", params(("id" = String, Path)), responses(
    (status = OK, body = String, content_type = "text/event-stream"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn watch_evidence(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let arrivals = app.watch_evidence(&caller, &id).await?;
    Ok(Sse::new(unfold((arrivals, false), next)).keep_alive(KeepAlive::default()))
}

type Watching = (Arrivals, bool);

async fn next((mut arrivals, told): Watching) -> Option<(Result<Event, Infallible>, Watching)> {
    if told {
        tokio::time::sleep(AT_MOST_EVERY).await;
    }
    arrivals.next().await?;
    // Browsers pass over an event without data.
    Some((Ok(Event::default().event("arrived").data("{}")), (arrivals, true)))
}
