//! Fields as programs write them, and errors that name the field.

use std::fmt;

use afterword_domain::evidence::ReportedTime;
use jiff::{SignedDuration, Timestamp, TimestampRound, Unit};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// Reads JSON; the error names the field and what is expected there.
pub(super) fn typed<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, String> {
    // Following the path costs time, and only an error needs it.
    serde_json::from_str(json).map_err(|error| {
        let mut again = serde_json::Deserializer::from_str(json);
        match serde_path_to_error::deserialize::<_, T>(&mut again) {
            Err(found) if found.path().iter().next().is_some() => {
                format!("`{}`: {}", found.path(), without_position(found.inner()))
            }
            _ => without_position(&error),
        }
    })
}

/// The position within the event's own JSON would be mistaken for one in the whole body.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(before, _)| before.to_owned())
}

/// Text, or what can be written as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scalar(pub(super) String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, true or false")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar(text.to_owned()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar(value.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar(number.to_string()))
    }
}

/// A time: RFC 3339, the same without a zone, or a number since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At(pub(super) ReportedTime);

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AtVisitor)
    }
}

struct AtVisitor;

impl AtVisitor {
    fn known<E: Error>(self, at: ReportedTime, given: Unexpected<'_>) -> Result<At, E> {
        match at {
            ReportedTime::Missing => Err(E::invalid_value(given, &self)),
            at => Ok(At(at)),
        }
    }
}

impl Visitor<'_> for AtVisitor {
    type Value = At;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time such as 2026-03-01T18:43:00Z, or the seconds since 1970")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<At, E> {
        let at = match text.trim().parse::<i64>() {
            // Shorter numbers are dates: 20260301.
            Ok(number) if number.unsigned_abs() > 99_999_999 => ReportedTime::from_epoch(number),
            _ => ReportedTime::parse(text),
        };
        self.known(at, Unexpected::Str(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<At, E> {
        self.known(ReportedTime::from_epoch(number), Unexpected::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<At, E> {
        let at = i64::try_from(number).map_or(ReportedTime::Missing, ReportedTime::from_epoch);
        self.known(at, Unexpected::Unsigned(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<At, E> {
        self.known(from_fraction(number), Unexpected::Float(number))
    }
}

/// Seconds with a fraction, as `time.time()` gives them, or milliseconds where seconds would lie
/// beyond the year 5138.
fn from_fraction(number: f64) -> ReportedTime {
    let seconds = if number.abs() < 1e11 { number } else { number / 1_000.0 };
    let at = SignedDuration::try_from_secs_f64(seconds).and_then(Timestamp::from_duration);
    // A number of this form has no more than microseconds; the rest is noise.
    at.and_then(|at| at.round(TimestampRound::new().smallest(Unit::Microsecond)))
        .map_or(ReportedTime::Missing, ReportedTime::At)
}
