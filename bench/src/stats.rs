//! The arithmetic of the figures.

/// Measured durations in microseconds.
#[derive(Debug, Default)]
pub(crate) struct Samples(Vec<u32>);

impl Samples {
    pub(crate) fn add(&mut self, duration: std::time::Duration) {
        self.0.push(u32::try_from(duration.as_micros()).unwrap_or(u32::MAX));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The smallest sample that `percent` of all samples do not exceed (nearest rank), in
    /// milliseconds.
    pub(crate) fn percentile_ms(&mut self, percent: usize) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let rank = (self.0.len() * percent).div_ceil(100).saturating_sub(1).min(last);
        let (_, sample, _) = self.0.select_nth_unstable(rank);
        Some(f64::from(*sample) / 1000.0)
    }
}

/// The middle value, or the mean of the two in the middle.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get(sorted.len().checked_sub(1)? / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn samples(milliseconds: impl IntoIterator<Item = u64>) -> Samples {
        let mut samples = Samples::default();
        for value in milliseconds {
            samples.add(Duration::from_millis(value));
        }
        samples
    }

    #[test]
    fn percentiles_are_nearest_ranks() {
        let mut hundred = samples((1..=100).rev());
        assert_eq!(hundred.percentile_ms(50), Some(50.0));
        assert_eq!(hundred.percentile_ms(99), Some(99.0));
        assert_eq!(hundred.percentile_ms(100), Some(100.0));
        assert_eq!(hundred.percentile_ms(0), Some(1.0));
    }

    #[test]
    fn a_single_sample_is_every_percentile() {
        let mut one = samples([7]);
        assert_eq!(one.percentile_ms(50), Some(7.0));
        assert_eq!(one.percentile_ms(99), Some(7.0));
    }

    #[test]
    fn a_rare_slow_sample_shows_from_its_rank_on() {
        let mut mostly_fast = samples(std::iter::repeat_n(1, 98).chain([500, 500]));
        assert_eq!(mostly_fast.percentile_ms(98), Some(1.0));
        assert_eq!(mostly_fast.percentile_ms(99), Some(500.0));
    }

    #[test]
    fn nothing_measured_has_no_percentile() {
        assert_eq!(Samples::default().percentile_ms(50), None);
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn the_median_of_an_even_count_is_between_the_two_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }
}
