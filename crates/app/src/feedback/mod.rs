//! What facilitators tell each other about how a meeting was led: given, answered, asked for by
//! rotation, and kept by whoever it is about.

mod answer;
mod change;
mod give;
mod growth;
mod list;
mod moment;
mod requests;
mod tell;
mod view;

pub use answer::FeedbackToAnswer;
pub use change::FeedbackPatch;
pub use give::FeedbackToGive;
pub use growth::{Growth, LessonToKeep, LessonView, Received};
pub use list::{FeedbackList, MeetingChapter};
pub use requests::{AskedOfMe, RequestAnswer};
pub use view::{FeedbackAnswerView, FeedbackView};

use afterword_domain::feedback::{LATEST_SECOND, LONGEST};

use crate::error::AppError;

/// Words as they are kept.
fn words(field: &'static str, text: &str, least: usize) -> Result<String, AppError> {
    let text = text.trim();
    match text.chars().count() {
        0 if least > 0 => Err(AppError::invalid(field, "write a few words")),
        count if count > LONGEST => {
            Err(AppError::invalid(field, format!("keep it below {LONGEST} characters")))
        }
        _ => Ok(text.to_owned()),
    }
}

/// Seconds as they are sent, in milliseconds as they are kept.
pub(crate) fn milliseconds(seconds: f64) -> Result<i64, AppError> {
    if !(0.0..=LATEST_SECOND).contains(&seconds) {
        return Err(AppError::invalid("at", "give seconds since the beginning, as a number"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "a week of milliseconds fits")]
    Ok((seconds * 1000.0).round() as i64)
}

/// Milliseconds as they are kept, in seconds as they are sent.
pub(crate) fn seconds(milliseconds: i64) -> f64 {
    let whole = i32::try_from(milliseconds / 1000).unwrap_or(i32::MAX);
    let rest = i32::try_from(milliseconds % 1000).unwrap_or_default();
    f64::from(whole) + f64::from(rest) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_kept_to_the_millisecond() {
        for sent in [0.0, 754.0, 754.25, 0.001, 86_399.999] {
            assert!((seconds(milliseconds(sent).unwrap()) - sent).abs() < 1e-9, "{sent}");
        }
        for wrong in [-0.1, f64::NAN, f64::INFINITY, 604_801.0] {
            assert!(milliseconds(wrong).is_err(), "{wrong}");
        }
    }
}
