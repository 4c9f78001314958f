//! Slows down whoever guesses, and whoever floods.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error::AppError;

/// Attempts to sign in, for each e-mail address: some at once, then one after each pause.
const SIGN_INS: NonZeroU32 = NonZeroU32::new(5).expect("five is not zero");
const PAUSE: Duration = Duration::from_secs(6);
/// Messages that are not believed and are noted, for each source: some at once, then one a second.
const REFUSALS: NonZeroU32 = NonZeroU32::new(20).expect("twenty is not zero");

/// Counts attempts by what they aim at.
pub(crate) struct Throttle {
    attempts: DefaultKeyedRateLimiter<String>,
}

impl Throttle {
    /// For attempts to sign in.
    pub(crate) fn of_sign_ins() -> Self {
        let quota = Quota::with_period(PAUSE).unwrap_or(Quota::per_minute(SIGN_INS));
        Self { attempts: RateLimiter::keyed(quota.allow_burst(SIGN_INS)) }
    }

    /// For notes of messages that are not believed.
    pub(crate) fn of_refusals() -> Self {
        let quota = Quota::per_second(NonZeroU32::MIN).allow_burst(REFUSALS);
        Self { attempts: RateLimiter::keyed(quota) }
    }

    /// Counts an attempt; refuses it if there were too many.
    pub(crate) fn attempt(&self, target: &str) -> Result<(), AppError> {
        // What was forgotten by time need not be kept.
        self.attempts.retain_recent();
        self.attempts.check_key(&target.to_owned()).map_err(|refused| {
            AppError::TooOften(refused.wait_time_from(DefaultClock::default().now()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_attempt_waits_and_others_do_not() {
        let throttle = Throttle::of_sign_ins();
        for _ in 0..5 {
            assert!(throttle.attempt("a@example.org").is_ok());
        }
        assert!(matches!(throttle.attempt("a@example.org"), Err(AppError::TooOften(_))));
        assert!(throttle.attempt("b@example.org").is_ok());
    }
}
