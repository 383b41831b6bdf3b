use std::time::Duration;

use fastrand::Rng;

/// How long to wait after failures in a row: full jitter, so that many clients that fell together do
/// not come back together.
#[derive(Clone, Debug)]
pub(crate) struct Backoff {
    base: Duration,
    cap: Duration,
    failures: u32,
}

impl Backoff {
    pub(crate) const fn new(base: Duration, cap: Duration) -> Self {
        Self {
            base,
            cap,
            failures: 0,
        }
    }

    /// Counts a failure and draws the wait before the next attempt.
    pub(crate) fn fail(&mut self, rng: &mut Rng) -> Duration {
        self.failures = self.failures.saturating_add(1);
        let doublings = (self.failures - 1).min(31);
        let ceiling = self.base.saturating_mul(1 << doublings).min(self.cap);
        up_to(ceiling, rng)
    }

    /// Forgets the failures. Only a session that has been stable may ask for it: an open socket, a
    /// HELLO or a READY that is followed by a close each prove nothing.
    pub(crate) const fn reset(&mut self) {
        self.failures = 0;
    }

    pub(crate) const fn failures(&self) -> u32 {
        self.failures
    }
}

/// A time between zero and `most`, drawn evenly.
pub(crate) fn up_to(most: Duration, rng: &mut Rng) -> Duration {
    let nanos = u64::try_from(most.as_nanos()).unwrap_or(u64::MAX);
    Duration::from_nanos(rng.u64(0..=nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn waits_stay_under_a_ceiling_that_doubles_up_to_the_cap() {
        for seed in 0..200 {
            let mut rng = Rng::with_seed(seed);
            let mut backoff = Backoff::new(SECOND, 60 * SECOND);
            for ceiling in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
                assert!(backoff.fail(&mut rng) <= ceiling * SECOND, "seed {seed}");
            }
            backoff.reset();
            assert!(backoff.fail(&mut rng) <= SECOND);
        }
    }

    #[test]
    fn at_the_cap_the_average_wait_is_half_of_it() {
        let mut rng = Rng::with_seed(1);
        let mut backoff = Backoff::new(SECOND, 60 * SECOND);
        let total: Duration = (0..10_000).map(|_| backoff.fail(&mut rng)).sum();
        let average = total / 10_000;
        assert!((29 * SECOND..31 * SECOND).contains(&average), "{average:?}");
    }
}
