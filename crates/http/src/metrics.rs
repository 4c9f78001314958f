//! Figures for Prometheus: about requests and open records, never about people.

use std::sync::Arc;
use std::time::Instant;

use afterword_app::App;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Where the figures are kept.
#[derive(Clone)]
pub(crate) struct Figures {
    handle: PrometheusHandle,
    recorder: Arc<metrics_exporter_prometheus::PrometheusRecorder>,
}

impl Figures {
    pub(crate) fn new() -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        Self { handle: recorder.handle(), recorder: Arc::new(recorder) }
    }
}

/// Counts a request and how long its answer took, by its route and not by its address.
pub(crate) async fn count(
    State(figures): State<Figures>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|it| it.as_str().to_owned());
    let method = request.method().as_str().to_owned();
    let start = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    let labels = [
        ("method", method),
        ("route", route.unwrap_or_else(|| "web".to_owned())),
        ("status", status),
    ];
    let seconds = start.elapsed().as_secs_f64();
    metrics::with_local_recorder(figures.recorder.as_ref(), || {
        metrics::histogram!("afterword_http_request_seconds", &labels).record(seconds);
    });
    response
}

/// The figures in Prometheus' text form.
pub(crate) async fn show(State((app, figures)): State<(Arc<App>, Figures)>) -> String {
    metrics::with_local_recorder(figures.recorder.as_ref(), || {
        // Far below 2^52, so exact.
        #[expect(clippy::cast_precision_loss, reason = "nobody opens that many records")]
        metrics::gauge!("afterword_open_records").set(app.open_records() as f64);
    });
    figures.handle.render()
}
