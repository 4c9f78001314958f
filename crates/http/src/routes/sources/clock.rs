//! A source's clock that was wrong for a while.

use std::sync::Arc;

use afterword_app::{App, ClockCorrection, ClockToCorrect};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// A correction of a source's clock.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClockCorrection)]
pub(crate) struct CorrectionDto {
    id: String,
    /// From this time on, as the clock said.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Before this time, as the clock said.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// What is added to what the clock said.
    seconds: i64,
    reason: String,
    made_by: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
}

impl From<ClockCorrection> for CorrectionDto {
    fn from(it: ClockCorrection) -> Self {
        Self {
            id: it.id,
            from: it.from,
            until: it.until,
            seconds: it.correction.as_secs(),
            reason: it.reason,
            made_by: it.made_by,
            made_at: it.made_at,
        }
    }
}

/// What was wrong with a clock.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewCorrection {
    /// From this time on, as the clock said.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Before this time, as the clock said.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// What has to be added to what the clock said; within a day.
    seconds: i64,
    /// How it is known.
    reason: String,
}

/// How far a correction reached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Corrected {
    correction: CorrectionDto,
    /// How many events moved.
    moved: u64,
}

/// The corrections of a source's clock, newest first.
#[utoipa::path(get, path = "/sources/{id}/clock-corrections", tag = "evidence",
    operation_id = "listClockCorrections", params(("id" = String, Path)), responses(
    (status = OK, body = [CorrectionDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_clock_corrections(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Answer<Vec<CorrectionDto>>, ApiError> {
    let corrections = app.clock_corrections(&caller, &id).await?;
    Ok(Answer(corrections.into_iter().map(Into::into).collect()))
}

/// Correct a source's clock for a while: its events move, what the clock said is kept, and entries
/// of records stay where they are. For administrators.
#[utoipa::path(post, path = "/sources/{id}/clock-corrections", tag = "evidence",
    operation_id = "correctClock", params(("id" = String, Path)),
    request_body = NewCorrection, responses(
    (status = CREATED, body = Corrected),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn correct_clock(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<NewCorrection>,
) -> Result<(StatusCode, Answer<Corrected>), ApiError> {
    let new = ClockToCorrect {
        from: body.from,
        until: body.until,
        seconds: body.seconds,
        reason: body.reason,
    };
    let (correction, moved) = app.correct_clock(&caller, &id, new).await?;
    Ok((StatusCode::CREATED, Answer(Corrected { correction: correction.into(), moved })))
}

/// Take a correction back: the events stand again where their clock said. For administrators.
#[utoipa::path(delete, path = "/sources/{id}/clock-corrections/{correction}", tag = "evidence",
    operation_id = "removeClockCorrection",
    params(("id" = String, Path), ("correction" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_clock_correction(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, correction)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    app.remove_clock_correction(&caller, &id, &correction).await?;
    Ok(StatusCode::NO_CONTENT)
}
