//! Reading a record.

use std::sync::Arc;

use afterword_app::{
    App, AppError, Deleted, Moment, Projection, Prose, RecordView, Warning, tag_of,
};
use afterword_domain::action::Action;
use afterword_domain::analysis::{Node, Theme};
use afterword_domain::meeting::Meeting;
use afterword_domain::timeline::Entry;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{Path, Query};
use crate::problem::{ApiError, Problem};
use crate::routes::items::WithTag;

/// Which state of the record is wanted; the state now if neither is given.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// As it was at this time.
    #[param(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// As it was after this version.
    version: Option<i64>,
}

/// A record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Record)]
pub(crate) struct RecordDto {
    /// Grows with every edit; 0 for an empty record.
    version: i64,
    timeline: Vec<WithTag<Entry>>,
    analysis: Vec<WithTag<Node>>,
    themes: Vec<WithTag<Theme>>,
    actions: Vec<WithTag<Action>>,
    prose: Prose,
    meeting: Meeting,
    deleted: Vec<Deleted>,
    warnings: Vec<Warning>,
}

impl RecordDto {
    fn new(version: i64, record: Projection) -> Self {
        Self {
            version,
            timeline: record.timeline.into_iter().map(WithTag::new).collect(),
            analysis: record.analysis.into_iter().map(WithTag::new).collect(),
            themes: record.themes.into_iter().map(WithTag::new).collect(),
            actions: record.actions.into_iter().map(WithTag::new).collect(),
            prose: record.prose,
            meeting: record.meeting,
            deleted: record.deleted,
            warnings: record.warnings,
        }
    }
}

/// The record: as it is, or as it was.
#[utoipa::path(get, path = "/postmortems/{id}/record", tag = "record",
    operation_id = "readRecord", params(("id" = String, Path), Wanted), responses(
    (status = OK, body = RecordDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_record(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Tagged<RecordDto>, ApiError> {
    let moment = match (wanted.at, wanted.version) {
        (None, None) => Moment::Now,
        (Some(time), None) => Moment::Time(time),
        (None, Some(version)) => Moment::Version(version),
        (Some(_), Some(_)) => {
            return Err(AppError::invalid("at", "ask for a time or a version, not both").into());
        }
    };
    let RecordView { version, record } = app.record(&caller, &id, moment).await?;
    Ok(Tagged::ok(tag_of(&record), RecordDto::new(version, record)))
}
