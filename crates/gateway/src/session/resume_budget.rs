use std::time::Duration;

use crate::session::Moment;

/// How many RESUMEs, and for how long, before a session is given up.
///
/// Only RESUMEs that were sent count. A dial that never reaches HELLO says nothing about the session,
/// which may outlive the outage: the time of such dials does not count either.
#[derive(Clone, Debug)]
pub(crate) struct ResumeBudget {
    limit: u32,
    timeout: Duration,
    frames: u32,
    since: Option<Moment>,
    outage: Option<Moment>,
}

impl ResumeBudget {
    pub(crate) const fn new(limit: u32, timeout: Duration) -> Self {
        Self {
            limit,
            timeout,
            frames: 0,
            since: None,
            outage: None,
        }
    }

    /// A RESUME was sent.
    pub(crate) fn sent(&mut self, now: Moment) {
        self.frames += 1;
        self.since.get_or_insert(now);
    }

    /// The replay has begun, or goes on: whatever was unanswered is being answered.
    pub(crate) const fn progressed(&mut self, now: Moment) {
        self.since = Some(now);
    }

    /// A dial that began at `started` did not reach HELLO.
    pub(crate) fn dial_failed(&mut self, started: Moment) {
        self.outage.get_or_insert(started);
    }

    /// A dial reached HELLO.
    pub(crate) fn reached_hello(&mut self, now: Moment) {
        if let (Some(outage), Some(since)) = (self.outage.take(), self.since) {
            self.since = Some(since + (now - outage));
        }
    }

    /// RESUMED, or a new session.
    pub(crate) const fn reset(&mut self) {
        self.frames = 0;
        self.since = None;
        self.outage = None;
    }

    pub(crate) fn is_spent(&self, now: Moment) -> bool {
        let now = self.outage.unwrap_or(now);
        self.frames >= self.limit || self.since.is_some_and(|since| now - since >= self.timeout)
    }

    /// When an unanswered RESUME is given up.
    pub(crate) fn deadline(&self) -> Option<Moment> {
        self.since.map(|since| since + self.timeout)
    }

    pub(crate) const fn frames(&self) -> u32 {
        self.frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::new(Duration::from_secs(seconds))
    }

    fn budget() -> ResumeBudget {
        ResumeBudget::new(3, Duration::from_secs(120))
    }

    #[test]
    fn three_frames_spend_it_and_a_reset_restores_it() {
        let mut budget = budget();
        for second in 0..3 {
            assert!(!budget.is_spent(at(second)));
            budget.sent(at(second));
        }
        assert!(budget.is_spent(at(3)));
        budget.reset();
        assert!(!budget.is_spent(at(1000)));
    }

    #[test]
    fn time_counts_from_the_first_frame() {
        let mut budget = budget();
        budget.sent(at(10));
        budget.sent(at(100));
        assert!(!budget.is_spent(at(129)));
        assert!(budget.is_spent(at(130)));
    }

    #[test]
    fn an_outage_does_not_count() {
        let mut budget = budget();
        budget.sent(at(10));
        budget.dial_failed(at(20));
        budget.dial_failed(at(60));
        assert!(!budget.is_spent(at(2000)));
        budget.reached_hello(at(2300));
        assert!(!budget.is_spent(at(2300)));
        assert!(budget.is_spent(at(2300 + 110)));
    }
}
