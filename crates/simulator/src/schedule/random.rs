//! Schedules from a seed.

use std::time::Duration;

use super::{Schedule, Step};
use crate::scenario::Scenario;

impl Schedule {
    /// So many scenarios at random times of a span, each for one of the first `shards` shards; only
    /// such as [pass](Scenario::passes), so that a client that copes has everything at the end. The
    /// same arguments give the same schedule, in this version of the crate.
    pub fn random(seed: u64, shards: u32, span: Duration, scenarios: usize) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let passing = Scenario::all().iter().filter(|scenario| scenario.passes());
        let passing: Vec<Scenario> = passing.copied().collect();
        let span = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
        let mut schedule = Self::new();
        for _ in 0..scenarios {
            let Some(scenario) = random.choice(&passing) else {
                break;
            };
            schedule.put(Step {
                at: Duration::from_micros(random.u64(0..=span)),
                shard: random.u32(0..shards.max(1)),
                what: (*scenario).into(),
            });
        }
        schedule
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_schedule_within_its_span_in_order() {
        let hour = Duration::from_secs(3_600);
        let one = Schedule::random(7, 4, hour, 50);
        assert_eq!(one, Schedule::random(7, 4, hour, 50));
        assert_ne!(one, Schedule::random(8, 4, hour, 50));
        assert_eq!(one.steps().len(), 50);
        assert!(one.steps().is_sorted_by_key(|step| step.at));
        assert!(
            one.steps()
                .iter()
                .all(|step| step.shard < 4 && step.at <= hour)
        );
    }
}
