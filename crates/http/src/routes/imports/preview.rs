//! How a table would be read.

use std::collections::BTreeMap;
use std::sync::Arc;

use afterword_app::{App, PreviewedRow, TablePreview};
use axum::Json;
use axum::extract::State;
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;

use super::csv::HowToRead;
use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};
use crate::routes::events::EventDto;

/// How a table would be read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TablePreview)]
pub(crate) struct TablePreviewDto {
    /// The names of its columns.
    columns: Vec<String>,
    /// What stands between two cells.
    delimiter: String,
    /// Which field is which column: as it was asked, or by the columns' names. Constants are
    /// left out.
    mapping: BTreeMap<String, String>,
    /// What is missing in the mapping, if it cannot be used.
    missing: Option<String>,
    /// The first rows.
    rows: Vec<PreviewedRowDto>,
}

/// A row, as it stands there and as it would be read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PreviewedTableRow)]
pub(crate) struct PreviewedRowDto {
    /// Counted from 1.
    line: u64,
    cells: Vec<String>,
    /// What it would be.
    event: Option<EventDto>,
    /// Why it would be none.
    why: Option<String>,
}

impl From<PreviewedRow> for PreviewedRowDto {
    fn from(it: PreviewedRow) -> Self {
        let (event, why) = match it.read {
            Ok(event) => (Some(event.into()), None),
            Err(why) => (None, Some(why)),
        };
        Self { line: it.line, cells: it.cells, event, why }
    }
}

impl From<TablePreview> for TablePreviewDto {
    fn from(it: TablePreview) -> Self {
        Self {
            columns: it.columns,
            delimiter: it.delimiter,
            mapping: it.mapping,
            missing: it.missing,
            rows: it.rows.into_iter().map(Into::into).collect(),
        }
    }
}

/// Read the first rows of a table and store nothing. Its beginning, up to the end of some row, is
/// enough.
#[utoipa::path(post, path = "/import/csv/preview", tag = "evidence", operation_id = "previewCsv",
    params(HowToRead), request_body(content = String, content_type = "text/csv"), responses(
    (status = OK, body = TablePreviewDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn preview_csv(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(how): Query<HowToRead>,
    body: Bytes,
) -> Result<Json<TablePreviewDto>, ApiError> {
    Ok(Json(app.preview_csv(&caller, &how.into(), &body)?.into()))
}
