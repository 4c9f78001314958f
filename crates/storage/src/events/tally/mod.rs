//! How many events there were, by the hour: counted when they arrive, so that a look-back over
//! months reads a row for each day of a thing, however often it came.
//!
//! The counts change in the transaction that stores, moves or forgets the events.

mod add;
mod read;

use std::collections::BTreeMap;

use afterword_domain::evidence::{Event, EventState};
use sqlx::{Any, Transaction};

pub(super) use add::{add_many, upsert};
pub(crate) use read::hour_of;
pub(super) use read::{Came, Span, Tallied, hour_at};

use crate::error::StorageError;

const MICROS_PER_HOUR: i64 = 3_600_000_000;
pub(super) const HOURS: i64 = 24;
pub(super) const KEY: &str = "service_key, kind, day, fingerprint, resolved";

/// Events that are counted together: of one thing, in one hour.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tally<'a> {
    pub(crate) service_key: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) day: i64,
    /// Empty where there is none.
    pub(crate) fingerprint: &'a str,
    pub(crate) resolved: bool,
    /// Of the day.
    pub(crate) hour: i64,
}

/// How many there are of each, in the order in which everybody locks them.
pub(crate) type Tallies<'a> = BTreeMap<Tally<'a>, i64>;

impl<'a> Tally<'a> {
    /// Where an event is counted.
    pub(crate) fn of(event: &'a Event, service_key: &'a str) -> Self {
        Self::at(
            hour_of(event.at()),
            (service_key, event.kind.as_str(), event.fingerprint.as_deref().unwrap_or_default()),
            event.state == Some(EventState::Resolved),
        )
    }

    /// Where something is counted in an hour since 1970.
    pub(crate) fn at(
        hour: i64,
        (service_key, kind, fingerprint): (&'a str, &'a str, &'a str),
        resolved: bool,
    ) -> Self {
        let (day, hour) = (hour.div_euclid(HOURS), hour.rem_euclid(HOURS));
        Self { service_key, kind, day, fingerprint, resolved, hour }
    }
}

/// The column of an hour of the day.
pub(super) fn hour_column(hour: i64) -> String {
    format!("h{hour:02}")
}

/// The sum of some hours of the day.
pub(super) fn sum(hours: std::ops::Range<i64>) -> String {
    if hours.is_empty() {
        "CAST(0 AS BIGINT)".to_owned()
    } else {
        hours.map(hour_column).collect::<Vec<_>>().join(" + ")
    }
}

/// Counts what is there no longer.
pub(crate) async fn subtract(
    transaction: &mut Transaction<'static, Any>,
    tallies: &Tallies<'_>,
) -> Result<(), StorageError> {
    for (tally, number) in tallies {
        add::add_one(transaction, tally, -number).await?;
        add::forget_if_empty(transaction, tally).await?;
    }
    Ok(())
}

/// Counts what is there now.
pub(crate) async fn add(
    transaction: &mut Transaction<'static, Any>,
    tallies: &Tallies<'_>,
) -> Result<(), StorageError> {
    for (tally, number) in tallies {
        add::add_one(transaction, tally, *number).await?;
    }
    Ok(())
}
