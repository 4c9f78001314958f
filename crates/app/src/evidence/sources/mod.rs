//! Systems that evidence comes from: how they are set up and how they fare.

mod add;
mod change;
mod clock;
mod list;
mod page;
mod replay;
mod settings;

pub use add::SourceToAdd;
pub use change::SourcePatch;
pub use clock::ClockToCorrect;
pub use list::{SourceView, Vendor, vendors};
pub use page::source_page;
pub(crate) use settings::check_against;

use crate::error::AppError;

const LONGEST_NAME: usize = 200;
const SHORTEST_SECRET: usize = 16;
const LONGEST_SECRET: usize = 500;
const MOST_DAYS: i64 = 36_500;

pub(crate) fn check_name(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    match name.chars().count() {
        1..=LONGEST_NAME => Ok(name.to_owned()),
        _ => Err(AppError::invalid("name", "write a name of 1 to 200 characters")),
    }
}

pub(crate) fn check_secret(secret: &str) -> Result<(), AppError> {
    if (SHORTEST_SECRET..=LONGEST_SECRET).contains(&secret.len()) {
        return Ok(());
    }
    Err(AppError::invalid("secret", "give a secret of 16 to 500 characters"))
}

fn check_retention(days: Option<i64>) -> Result<(), AppError> {
    match days {
        Some(days) if !(1..=MOST_DAYS).contains(&days) => {
            Err(AppError::invalid("retention_days", "give a number of days from 1 on, or null"))
        }
        _ => Ok(()),
    }
}
