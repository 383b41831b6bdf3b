//! Who may IDENTIFY when, within one process.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use polycord_gateway::{BoxFuture, IdentifyPermit, IdentifyQueue, SerialIdentifyQueue, ShardId};
use polycord_types::gateway::SessionStartLimit;
use tokio::time::{Instant, sleep_until};

/// Lets `max_concurrency` shards IDENTIFY in 5 seconds, and no more in a day than Discord allows.
///
/// A shard belongs to the bucket `number % max_concurrency`; within a bucket, IDENTIFYs are 5 seconds
/// apart, in the order of asking. When the daily budget is used up, permits wait until it is reset.
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
    remaining: AtomicU32,
    resets_at: Mutex<Instant>,
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
                remaining: AtomicU32::new(limit.remaining),
                resets_at: Mutex::new(Instant::now() + Duration::from_millis(limit.reset_after)),
            })),
            ..Self::new(limit.max_concurrency)
        }
    }
}

impl IdentifyQueue for LocalIdentifyQueue {
    fn acquire(&self, shard: ShardId) -> BoxFuture<'static, IdentifyPermit> {
        // There is at least one bucket, and the remainder is smaller than their number.
        let count = self.buckets.len().max(1);
        let bucket = self
            .buckets
            .get(shard.number as usize % count)
            .cloned()
            .unwrap_or_default();
        let budget = self.budget.clone();
        Box::pin(async move {
            let turn = bucket.acquire(shard).await;
            let Some(budget) = budget else { return turn };
            budget.take(shard).await;
            // One of the two ends takes it.
            let spent = Arc::new(Mutex::new(Some(turn)));
            let returned = Arc::clone(&spent);
            IdentifyPermit::new(
                move || {
                    if let Some(turn) = lock(&spent).take() {
                        turn.spend();
                    }
                },
                move || {
                    budget.remaining.fetch_add(1, Ordering::Relaxed);
                    drop(lock(&returned).take());
                },
            )
        })
    }
}

impl Budget {
    /// Takes one session start, waiting for the next day's if there is none left.
    async fn take(&self, shard: ShardId) {
        loop {
            let taken = self
                .remaining
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    left.checked_sub(1)
                });
            if taken.is_ok() {
                return;
            }
            let resets_at = *lock(&self.resets_at);
            tracing::warn!(
                shard.id = %shard,
                wait_s = resets_at.duration_since(Instant::now()).as_secs(),
                "the day's session starts are used up: IDENTIFY waits for the reset, RESUME goes on",
            );
            sleep_until(resets_at).await;
            let mut next = lock(&self.resets_at);
            if *next == resets_at {
                *next = resets_at + LocalIdentifyQueue::DAY;
                self.remaining.store(self.total, Ordering::Relaxed);
            }
        }
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
            queue.acquire(ShardId::new(number, 4)).await.spend();
            at.push(start.elapsed().as_secs());
        }
        assert_eq!(at, [0, 0, 5, 5]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_returned_permit_frees_its_bucket_and_budget_at_once() {
        let queue = LocalIdentifyQueue::with_limit(&limit(1));
        let start = Instant::now();
        drop(queue.acquire(ShardId::ONE).await);
        queue.acquire(ShardId::ONE).await.spend();
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn t12_without_remaining_session_starts_identify_waits_for_the_reset() {
        let queue = LocalIdentifyQueue::with_limit(&limit(0));
        let start = Instant::now();
        queue.acquire(ShardId::ONE).await.spend();
        assert_eq!(start.elapsed(), Duration::from_secs(3 * 60 * 60));
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiter_that_gives_up_keeps_nothing() {
        let queue = LocalIdentifyQueue::with_limit(&limit(2));
        queue.acquire(ShardId::ONE).await.spend();
        let waiting = tokio::time::timeout(Duration::from_secs(1), queue.acquire(ShardId::ONE));
        assert!(waiting.await.is_err());
        queue.acquire(ShardId::ONE).await.spend();
    }
}
