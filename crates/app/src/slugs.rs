//! Names in addresses.

use crate::error::AppError;
use crate::secrets::new_id;

const LONGEST: usize = 60;

/// The name in addresses: as given, or made of the name for people.
pub(crate) fn checked_slug(given: Option<&str>, name: &str) -> Result<String, AppError> {
    let Some(given) = given else { return Ok(slug_of(name)) };
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if (1..=LONGEST).contains(&given.len()) && given.bytes().all(plain) {
        return Ok(given.to_owned());
    }
    Err(AppError::invalid("id", "use 1 to 60 lower-case letters, digits and hyphens"))
}

fn slug_of(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    slug.truncate(LONGEST);
    if slug.is_empty() { new_id() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_slug() {
        assert_eq!(slug_of("PagerDuty (EU)"), "pagerduty-eu");
        assert_eq!(slug_of("日本").len(), 36);
        assert!(checked_slug(Some("pager-1"), "x").is_ok());
        for odd in ["", "Pager", "a b", "ä", "a/b"] {
            assert!(checked_slug(Some(odd), "x").is_err(), "{odd}");
        }
    }
}
