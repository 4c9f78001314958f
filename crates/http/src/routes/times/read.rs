//! Reading the time at the beginning of what somebody types.

use std::sync::Arc;

use afterword_app::{App, TimeContext, TimeToRead};
use afterword_domain::time::{Question, Reading, Shown};
use afterword_domain::timeline::{Moment, Precision};
use axum::Json as Answer;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// What somebody types, and where.
#[derive(Deserialize, ToSchema)]
pub(crate) struct TypedText {
    text: String,
    /// Id of the post-mortem in whose record it stands.
    postmortem: Option<String>,
    /// The time of the row before.
    #[schema(value_type = Option<String>, format = DateTime)]
    near: Option<Timestamp>,
    /// The IANA zone of a time that names none; UTC if absent.
    zone: Option<String>,
}

/// A time as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimeRead {
    /// Whether the text begins with a time.
    found: bool,
    /// How much of the text is the time and what sets it apart, in UTF-16 units.
    length: usize,
    /// The words that follow.
    rest: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    precision: Precision,
    /// The time alone, as it was typed.
    typed: Option<String>,
    /// The time in UTC and on the reader's clock.
    shown: Option<ShownDto>,
    /// What has to be answered before the time can be read.
    question: Option<QuestionDto>,
}

/// A time in words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShownTime)]
pub(crate) struct ShownDto {
    /// In UTC: `18:43Z`.
    utc: String,
    /// On the reader's clock: `19:43 in Europe/Berlin`; null where that says the same.
    local: Option<String>,
}

impl From<Shown> for ShownDto {
    fn from(it: Shown) -> Self {
        Self { utc: it.utc, local: it.local }
    }
}

/// A question about a time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimeQuestion)]
pub(crate) struct QuestionDto {
    /// The question, in plain words.
    text: String,
    /// The moments that may be meant; there may be none.
    choices: Vec<ChoiceDto>,
}

/// A moment that may be meant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimeChoice)]
pub(crate) struct ChoiceDto {
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    precision: Precision,
}

impl From<Moment> for ChoiceDto {
    fn from(it: Moment) -> Self {
        Self { at: it.at(), until: it.until(), precision: it.precision() }
    }
}

impl From<Question> for QuestionDto {
    fn from(it: Question) -> Self {
        Self { text: it.text, choices: it.choices.into_iter().map(Into::into).collect() }
    }
}

impl TimeRead {
    pub(crate) fn new(reading: Reading, shown: Option<Shown>) -> Self {
        let moment = reading.time.as_ref().map_or(Moment::Unknown, |time| time.moment);
        let (typed, question) = reading.time.map(|it| (it.typed, it.question)).unzip();
        Self {
            found: typed.is_some(),
            length: reading.utf16,
            rest: reading.rest,
            at: moment.at(),
            until: moment.until(),
            precision: moment.precision(),
            typed,
            shown: shown.map(Into::into),
            question: question.flatten().map(Into::into),
        }
    }
}

/// Read the time at the beginning of a text; stores nothing.
#[utoipa::path(post, path = "/times", tag = "record", operation_id = "readTime",
    request_body = TypedText, responses(
    (status = OK, body = TimeRead),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_time(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<TypedText>,
) -> Result<Answer<TimeRead>, ApiError> {
    let context = TimeContext { postmortem: body.postmortem, near: body.near, zone: body.zone };
    let wanted = TimeToRead { text: body.text, context };
    let (reading, shown) = app.read_time(&caller, &wanted).await?;
    Ok(Answer(TimeRead::new(reading, shown)))
}
