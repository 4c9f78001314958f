//! Slows down whoever guesses.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error::AppError;

/// Five attempts at once, then one every six seconds, for each e-mail address.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(5).expect("five is not zero");
const EVERY: Duration = Duration::from_secs(6);

/// Counts attempts by what they aim at.
pub(crate) struct Throttle {
    attempts: DefaultKeyedRateLimiter<String>,
}

impl Default for Throttle {
    fn default() -> Self {
        let quota = Quota::with_period(EVERY).unwrap_or(Quota::per_minute(AT_ONCE));
        Self { attempts: RateLimiter::keyed(quota.allow_burst(AT_ONCE)) }
    }
}

impl Throttle {
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
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert!(throttle.attempt("a@example.org").is_ok());
        }
        assert!(matches!(throttle.attempt("a@example.org"), Err(AppError::TooOften(_))));
        assert!(throttle.attempt("b@example.org").is_ok());
    }
}
