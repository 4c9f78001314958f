//! A source's clock that was wrong for a while.

use afterword_domain::policy::Operation;
use afterword_storage::{ClockCorrection, StorageError};
use jiff::{SignedDuration, Timestamp};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// What was wrong with a clock.
#[derive(Clone, Debug)]
pub struct ClockToCorrect {
    /// From this time on, as the clock said.
    pub from: Timestamp,
    /// Before this time, as the clock said.
    pub until: Timestamp,
    /// What has to be added to what the clock said.
    pub seconds: i64,
    /// How it is known.
    pub reason: String,
}

/// A clock that is wrong by more than this is read wrong rather than set wrong.
const MOST_SECONDS: i64 = 24 * 60 * 60;
/// For longer it is the source that has to be mended.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 90);

impl App {
    /// Corrects a source's clock; answers how many events moved. The clock's own time is kept.
    pub async fn correct_clock(
        &self,
        caller: &Caller,
        source: &str,
        new: ClockToCorrect,
    ) -> Result<(ClockCorrection, u64), AppError> {
        caller.permit(Operation::ManageSources)?;
        check(&new)?;
        let correction = ClockCorrection {
            id: new_id(),
            source: source.to_owned(),
            from: new.from,
            until: new.until,
            correction: SignedDuration::from_secs(new.seconds),
            reason: new.reason.trim().to_owned(),
            made_by: Some(caller.person.id.clone()),
            made_at: self.clock.now(),
        };
        let moved = self.storage.correct_clock(&correction).await.map_err(overlapping)?;
        self.learn_clock_corrections().await?;
        Ok((correction, moved))
    }

    /// Takes a correction back; answers how many events moved.
    pub async fn remove_clock_correction(
        &self,
        caller: &Caller,
        source: &str,
        id: &str,
    ) -> Result<u64, AppError> {
        caller.permit(Operation::ManageSources)?;
        let moved = self.storage.remove_clock_correction(source, id).await?;
        self.learn_clock_corrections().await?;
        moved.ok_or(AppError::NotFound("correction"))
    }

    /// A source's corrections, newest first; for everybody who reads its events.
    pub async fn clock_corrections(
        &self,
        caller: &Caller,
        source: &str,
    ) -> Result<Vec<ClockCorrection>, AppError> {
        caller.permit(Operation::ReadEvents)?;
        let mut all = self.storage.clock_corrections().await?;
        all.retain(|correction| correction.source == source);
        Ok(all)
    }

    /// What arrives from now on is corrected, too.
    pub(crate) async fn learn_clock_corrections(&self) -> Result<(), AppError> {
        self.intake.correct(self.storage.clock_corrections().await?);
        Ok(())
    }
}

fn overlapping(error: StorageError) -> AppError {
    match error {
        StorageError::Exists => AppError::Conflict(
            "this clock is corrected for a part of that time already: take that back first"
                .to_owned(),
        ),
        other => other.into(),
    }
}

fn check(new: &ClockToCorrect) -> Result<(), AppError> {
    if new.until <= new.from || new.until.duration_since(new.from) > LONGEST {
        return Err(AppError::invalid("until", "give an end after the beginning, within 90 days"));
    }
    if new.seconds == 0 || new.seconds.abs() > MOST_SECONDS {
        return Err(AppError::invalid("seconds", "give a number of seconds within a day, not 0"));
    }
    match new.reason.trim().chars().count() {
        1..=500 => Ok(()),
        _ => Err(AppError::invalid("reason", "write in a sentence how it is known")),
    }
}
