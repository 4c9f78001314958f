//! Times in entries: RFC 3339, or anything that people type.

use afterword_app::{App, AppError, Caller, TimeContext, TimeToRead};
use afterword_domain::time::ReadTime;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::problem::ApiError;
use crate::routes::times::QuestionDto;

/// Turns a typed `at` into `at`, `until`, `precision` and `typed`; what the body says itself of
/// the last three stays.
pub(crate) async fn read(
    app: &App,
    caller: &Caller,
    id: &str,
    mut body: Map<String, Value>,
) -> Result<Map<String, Value>, ApiError> {
    let Some(typed) = body.get("at").and_then(Value::as_str).map(ToOwned::to_owned) else {
        return Ok(body);
    };
    if typed.parse::<Timestamp>().is_ok() {
        return Ok(body);
    }
    let time = read_whole(app, caller, id, typed).await?;
    body.insert("at".to_owned(), json!(time.moment.at()));
    let read = [
        ("until", json!(time.moment.until())),
        ("precision", json!(time.moment.precision())),
        ("typed", json!(time.typed)),
    ];
    for (key, value) in read {
        body.entry(key).or_insert(value);
    }
    Ok(body)
}

async fn read_whole(
    app: &App,
    caller: &Caller,
    id: &str,
    text: String,
) -> Result<ReadTime, ApiError> {
    let context = TimeContext { postmortem: Some(id.to_owned()), ..TimeContext::default() };
    let (reading, _) = app.read_time(caller, &TimeToRead { text, context }).await?;
    let Some(time) = reading.time.filter(|_| reading.rest.trim().is_empty()) else {
        let detail = "write a time, such as 2026-03-01T18:43:00Z, 18:43 or 1:42 PM PDT";
        return Err(AppError::invalid("at", detail).into());
    };
    match time.question {
        Some(question) => Err(AppError::Invalid {
            field: "at",
            detail: question.text.clone(),
            question: Some(json!(QuestionDto::from(question))),
        }
        .into()),
        None => Ok(time),
    }
}
