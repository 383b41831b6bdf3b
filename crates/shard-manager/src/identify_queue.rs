//! Who may IDENTIFY when, within one process.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use polycord_gateway::{
    BoxFuture, BudgetExhausted, IdentifyPermit, IdentifyQueue, SerialIdentifyQueue, ShardId,
};
use polycord_types::gateway::SessionStartLimit;
use tokio::time::Instant;

/// Lets `max_concurrency` shards IDENTIFY in 5 seconds, and no more in a day than Discord allows.
///
/// A shard belongs to the bucket `number % max_concurrency`; within a bucket, IDENTIFYs are 5 seconds
/// apart, in the order of asking. When the daily budget is used up, permits are denied until it is reset.
/// Clones share the buckets and the budget.
///
/// See <https://docs.discord.com/developers/events/gateway#session-start-limit-object>.
#[derive(Clone, Debug)]
pub struct LocalIdentifyQueue {
    buckets: Arc<[SerialIdentifyQueue]>,
    budget: Option<Arc<Budget>>,
}

/// What is left of the day's session starts.
#[derive(Debug)]
struct Budget {
    total: u32,
    today: Mutex<Today>,
}

#[derive(Debug)]
struct Today {
    remaining: u32,
    ends_at: Instant,
}

impl LocalIdentifyQueue {
    /// How long Discord counts session starts.
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    /// A queue with this many buckets (at least one) and no daily budget.
    #[must_use]
    pub fn new(max_concurrency: u32) -> Self {
        Self {
            buckets: (0..max_concurrency.max(1))
                .map(|_| SerialIdentifyQueue::new())
                .collect(),
            budget: None,
        }
    }

    /// A queue that keeps what `GET /gateway/bot` says, from now on.
    #[must_use]
    pub fn with_limit(limit: &SessionStartLimit) -> Self {
        Self {
            budget: Some(Arc::new(Budget {
                total: limit.total,
                today: Mutex::new(Today {
                    remaining: limit.remaining,
                    ends_at: Instant::now()
                        + Duration::from_millis(limit.reset_after).min(Self::DAY),
                }),
            })),
            ..Self::new(limit.max_concurrency)
        }
    }
}

impl IdentifyQueue for LocalIdentifyQueue {
    fn acquire(
        &self,
        shard: ShardId,
    ) -> BoxFuture<'static, Result<IdentifyPermit, BudgetExhausted>> {
        // There is at least one bucket, and the remainder is smaller than their number.
        let count = self.buckets.len().max(1);
        let bucket = self
            .buckets
            .get(shard.number as usize % count)
            .cloned()
            .unwrap_or_default();
        let budget = self.budget.clone();
        Box::pin(async move {
            let turn = bucket.acquire(shard).await?;
            let Some(budget) = budget else {
                return Ok(turn);
            };
            budget.take(Instant::now())?;
            // One of the two ends takes it.
            let spent = Arc::new(Mutex::new(Some(turn)));
            let returned = Arc::clone(&spent);
            Ok(IdentifyPermit::new(
                move || {
                    if let Some(turn) = lock(&spent).take() {
                        turn.spend();
                    }
                },
                move || {
                    budget.give_back();
                    drop(lock(&returned).take());
                },
            ))
        })
    }
}

impl Budget {
    /// Takes one session start, or says when there will be more.
    fn take(&self, now: Instant) -> Result<(), BudgetExhausted> {
        let mut today = lock(&self.today);
        // Days may have gone by in which none was taken; they leave nothing behind.
        while today.ends_at <= now {
            today.ends_at += LocalIdentifyQueue::DAY;
            today.remaining = self.total;
        }
        let exhausted = BudgetExhausted {
            reset_after: today.ends_at - now,
        };
        today.remaining = today.remaining.checked_sub(1).ok_or(exhausted)?;
        Ok(())
    }

    /// Gives one back that was not used.
    fn give_back(&self) {
        let mut today = lock(&self.today);
        today.remaining = today.remaining.saturating_add(1).min(self.total.max(1));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(remaining: u32) -> SessionStartLimit {
        SessionStartLimit {
            total: 1000,
            remaining,
            reset_after: 3 * 60 * 60 * 1000,
            max_concurrency: 2,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn shards_of_one_bucket_are_five_seconds_apart_and_buckets_independent() {
        let queue = LocalIdentifyQueue::new(2);
        let start = Instant::now();
        let mut at = Vec::new();
        for number in 0..4 {
            queue
                .acquire(ShardId::new(number, 4))
                .await
                .unwrap()
                .spend();
            at.push(start.elapsed().as_secs());
        }
        assert_eq!(at, [0, 0, 5, 5]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_returned_permit_frees_its_bucket_and_budget_at_once() {
        let queue = LocalIdentifyQueue::with_limit(&limit(1));
        let start = Instant::now();
        drop(queue.acquire(ShardId::ONE).await.unwrap());
        queue.acquire(ShardId::ONE).await.unwrap().spend();
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn t12_without_remaining_session_starts_permits_are_denied_until_the_reset() {
        let queue = LocalIdentifyQueue::with_limit(&limit(1));
        let start = Instant::now();
        queue.acquire(ShardId::ONE).await.unwrap().spend();
        let denied = queue.acquire(ShardId::ONE).await.unwrap_err();
        let reset = Duration::from_secs(3 * 60 * 60);
        assert_eq!(denied.reset_after + start.elapsed(), reset);
        // Whoever was denied kept nobody's place, and is denied again until it is time.
        assert!(queue.acquire(ShardId::ONE).await.is_err());
        tokio::time::advance(denied.reset_after).await;
        queue.acquire(ShardId::ONE).await.unwrap().spend();
    }

    #[tokio::test(start_paused = true)]
    async fn days_that_went_by_add_no_session_starts() {
        let queue = LocalIdentifyQueue::with_limit(&SessionStartLimit {
            total: 1,
            ..limit(0)
        });
        tokio::time::advance(LocalIdentifyQueue::DAY * 10).await;
        queue.acquire(ShardId::new(0, 2)).await.unwrap().spend();
        let denied = queue.acquire(ShardId::new(1, 2)).await.unwrap_err();
        assert_eq!(denied.reset_after, Duration::from_secs(3 * 60 * 60));
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiter_that_gives_up_keeps_nothing() {
        let queue = LocalIdentifyQueue::with_limit(&limit(2));
        queue.acquire(ShardId::ONE).await.unwrap().spend();
        let waiting = tokio::time::timeout(Duration::from_secs(1), queue.acquire(ShardId::ONE));
        assert!(waiting.await.is_err());
        queue.acquire(ShardId::ONE).await.unwrap().spend();
    }
}
