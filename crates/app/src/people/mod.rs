//! Accounts.

mod accounts;
mod add;
mod change;
mod list;
mod set_password;

pub(crate) use accounts::Accounts;
pub use add::PersonToAdd;
pub use change::PersonPatch;

use crate::error::AppError;

const LONGEST_NAME: usize = 200;

/// An address as it is stored and looked for.
pub(crate) fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Refuses what cannot be an e-mail address.
pub(crate) fn check_email(email: &str) -> Result<(), AppError> {
    let (local, domain) = email.split_once('@').unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '@';
    let fits = !local.is_empty() && !domain.is_empty() && email.len() <= 254;
    if fits && !local.contains(odd) && !domain.contains(odd) {
        Ok(())
    } else {
        Err(AppError::invalid("email", "write an e-mail address such as robin@example.org"))
    }
}

/// A name without white space around it; refuses none and endless ones.
fn check_name(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    match name.chars().count() {
        1..=LONGEST_NAME => Ok(name.to_owned()),
        _ => Err(AppError::invalid("name", "write a name of 1 to 200 characters")),
    }
}

/// Refuses what is no IANA time zone.
pub(crate) fn check_time_zone(name: &str) -> Result<(), AppError> {
    jiff::tz::TimeZone::get(name).map(drop).map_err(|_| {
        AppError::invalid(
            "time_zone",
            format!("“{name}” is no time zone that we know; use a name such as Europe/Berlin"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for fine in ["robin@example.org", "r@localhost", "first.last+tag@sub.example.org"] {
            assert!(check_email(fine).is_ok(), "{fine}");
        }
        for odd in ["", "robin", "@example.org", "robin@", "a b@example.org", "a@b@c", "a@b\n"] {
            assert!(check_email(odd).is_err(), "{odd:?}");
        }
    }

    #[test]
    fn time_zones() {
        assert!(check_time_zone("Europe/Berlin").is_ok());
        assert!(check_time_zone("UTC").is_ok());
        assert!(check_time_zone("Middle/Earth").is_err());
    }
}
