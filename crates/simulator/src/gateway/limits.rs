//! How often a client may IDENTIFY.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::builder::Options;

/// Two IDENTIFYs of one bucket are at least this far apart.
const WINDOW: Duration = Duration::from_secs(5);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// `max_concurrency` buckets and the session budget of a day.
#[derive(Debug)]
pub(crate) struct IdentifyLimits {
    buckets: HashMap<u32, Instant>,
    max_concurrency: u32,
    total: u32,
    used: u32,
    /// When the budget is full again.
    until: Instant,
}

/// What an IDENTIFY met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Fine,
    TooSoon,
    BudgetSpent,
}

impl IdentifyLimits {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            buckets: HashMap::new(),
            max_concurrency: options.max_concurrency.max(1),
            total: options.session_limit,
            used: 0,
            until: Instant::now() + DAY,
        }
    }

    /// Counts an IDENTIFY of this shard.
    pub(crate) fn identify(&mut self, shard: u32) -> Verdict {
        self.turn_day();
        let (bucket, now) = (shard % self.max_concurrency, Instant::now());
        if self
            .buckets
            .get(&bucket)
            .is_some_and(|last| now.duration_since(*last) < WINDOW)
        {
            return Verdict::TooSoon;
        }
        if self.used >= self.total {
            return Verdict::BudgetSpent;
        }
        self.buckets.insert(bucket, now);
        self.used += 1;
        Verdict::Fine
    }

    /// `session_start_limit` of `GET /gateway/bot`.
    pub(crate) fn describe(&mut self) -> serde_json::Value {
        self.turn_day();
        let left = if self.used == 0 {
            Duration::ZERO
        } else {
            self.until.saturating_duration_since(Instant::now())
        };
        serde_json::json!({
            "total": self.total,
            "remaining": self.total.saturating_sub(self.used),
            "reset_after": u64::try_from(left.as_millis()).unwrap_or(0),
            "max_concurrency": self.max_concurrency,
        })
    }

    /// Says that so many starts are left until the day is over.
    pub(crate) fn set_remaining(&mut self, remaining: u32) {
        self.turn_day();
        self.used = self.total.saturating_sub(remaining);
    }

    /// Says when the day is over.
    pub(crate) fn set_reset_after(&mut self, time: Duration) {
        self.until = Instant::now() + time.min(DAY);
    }

    fn turn_day(&mut self) {
        if Instant::now() >= self.until {
            self.used = 0;
            self.until = Instant::now() + DAY;
        }
    }
}
