//! How meetings fared before and after a version of a handbook.

use std::sync::Arc;

use afterword_app::{App, FiguresWanted, ProcessFigures};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// Which figures are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProcessFiguresWanted {
    /// Id of the handbook; that which comes first if absent.
    handbook: Option<String>,
    /// Around which version; the newest if absent.
    version: Option<i64>,
}

/// How meetings fared before and after a version of a handbook: each case for itself, nothing by
/// person, and a caution where there are few.
#[utoipa::path(get, path = "/process/figures", tag = "process",
    operation_id = "readProcessFigures", params(ProcessFiguresWanted), responses(
    (status = OK, body = ProcessFigures),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_figures(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<ProcessFiguresWanted>,
) -> Result<Json<ProcessFigures>, ApiError> {
    let wanted = FiguresWanted { handbook: wanted.handbook, version: wanted.version };
    Ok(Json(app.process_figures(&caller, wanted).await?))
}
