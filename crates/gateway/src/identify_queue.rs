//! Who may IDENTIFY, and when.

use std::{
    error::Error,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Semaphore,
    time::{Instant, sleep_until},
};

use crate::{BoxFuture, ShardId};

/// Hands out permits to IDENTIFY, of which Discord allows `max_concurrency` in 5 seconds, over all
/// shards and processes of one application.
///
/// A [`Shard`](crate::Shard) asks for a permit when it is about to send IDENTIFY (after HELLO, so
/// that a connection that never gets there blocks nobody). RESUME needs none.
///
/// See <https://docs.discord.com/developers/events/gateway#session-start-limit-object>.
pub trait IdentifyQueue: Send + Sync + 'static {
    /// Resolves when `shard` may IDENTIFY, or as soon as it is certain that it may not for a long time.
    ///
    /// A shard that waits here keeps a connection open, so it should wait for its turn and not for
    /// the next day: that is what the error is for. The shard leaves the connection then, and asks again
    /// when the time is over or when it is woken.
    ///
    /// # Errors
    /// The session starts of the application are used up.
    ///
    /// # Cancel safety
    /// A future that is dropped before it resolves must give its place back.
    fn acquire(
        &self,
        shard: ShardId,
    ) -> BoxFuture<'static, Result<IdentifyPermit, BudgetExhausted>>;
}

impl<Q: IdentifyQueue + ?Sized> IdentifyQueue for Arc<Q> {
    fn acquire(
        &self,
        shard: ShardId,
    ) -> BoxFuture<'static, Result<IdentifyPermit, BudgetExhausted>> {
        (**self).acquire(shard)
    }
}

/// The application may begin no more sessions until its budget is reset.
///
/// See <https://docs.discord.com/developers/events/gateway#session-start-limit-object>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetExhausted {
    /// The time until the reset.
    pub reset_after: Duration,
}

impl fmt::Display for BudgetExhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the application's session starts are used up for the next {:.0?}: find out what restarts so often",
            self.reset_after
        )
    }
}

impl Error for BudgetExhausted {}

/// The right to send one IDENTIFY.
///
/// Dropping it without [`spend`](Self::spend) gives it back: nothing was sent, so no time needs to
/// pass before the next.
pub struct IdentifyPermit {
    ends: Option<Ends>,
}

struct Ends {
    spent: Box<dyn FnOnce() + Send>,
    returned: Box<dyn FnOnce() + Send>,
}

impl IdentifyPermit {
    /// A permit that calls one of the two, once: `on_spent` when IDENTIFY was sent, `on_returned`
    /// when it never will be.
    pub fn new(
        on_spent: impl FnOnce() + Send + 'static,
        on_returned: impl FnOnce() + Send + 'static,
    ) -> Self {
        Self {
            ends: Some(Ends {
                spent: Box::new(on_spent),
                returned: Box::new(on_returned),
            }),
        }
    }

    /// IDENTIFY was sent.
    pub fn spend(mut self) {
        if let Some(ends) = self.ends.take() {
            (ends.spent)();
        }
    }
}

impl Drop for IdentifyPermit {
    fn drop(&mut self) {
        if let Some(ends) = self.ends.take() {
            (ends.returned)();
        }
    }
}

impl fmt::Debug for IdentifyPermit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentifyPermit").finish_non_exhaustive()
    }
}

/// One IDENTIFY at a time, 5 seconds apart: what a bot with one process and `max_concurrency` 1 may
/// do.
///
/// Every [`ShardConfig`](crate::ShardConfig) starts with one of its own, which its clones share.
#[derive(Clone, Debug, Default)]
pub struct SerialIdentifyQueue {
    line: Arc<Line>,
}

#[derive(Debug)]
struct Line {
    turn: Arc<Semaphore>,
    /// When the next IDENTIFY may be sent.
    next: Mutex<Option<Instant>>,
}

impl SerialIdentifyQueue {
    /// Time between two IDENTIFYs: the 5 seconds of the protocol, and a little because the server counts
    /// from when it reads them, which may be later with one than with the next.
    pub const SPACING: Duration = Duration::from_millis(5_020);

    /// A queue that has let nobody through yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Default for Line {
    fn default() -> Self {
        Self {
            turn: Arc::new(Semaphore::new(1)),
            next: Mutex::default(),
        }
    }
}

impl IdentifyQueue for SerialIdentifyQueue {
    fn acquire(&self, _: ShardId) -> BoxFuture<'static, Result<IdentifyPermit, BudgetExhausted>> {
        let line = Arc::clone(&self.line);
        Box::pin(async move {
            // The semaphore is never closed, so there is always a turn; without one, spacing
            // alone still holds.
            let turn = Arc::clone(&line.turn).acquire_owned().await.ok();
            let next = *line.next.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = next {
                sleep_until(at).await;
            }
            let turn = Arc::new(Mutex::new(turn));
            let held = Arc::clone(&turn);
            Ok(IdentifyPermit::new(
                move || {
                    *line.next.lock().unwrap_or_else(PoisonError::into_inner) =
                        Some(Instant::now() + Self::SPACING);
                    drop(held.lock().unwrap_or_else(PoisonError::into_inner).take());
                },
                move || drop(turn.lock().unwrap_or_else(PoisonError::into_inner).take()),
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn spent_permits_are_five_seconds_and_a_little_apart() {
        let queue = SerialIdentifyQueue::new();
        let start = Instant::now();
        for _ in 0..3 {
            queue.acquire(ShardId::ONE).await.unwrap().spend();
        }
        let apart = start.elapsed() / 2;
        assert!(apart > Duration::from_secs(5), "{apart:?}");
        assert!(apart < Duration::from_millis(5_030), "{apart:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_permit_dropped_unspent_lets_the_next_through_at_once() {
        let queue = SerialIdentifyQueue::new();
        let start = Instant::now();
        drop(queue.acquire(ShardId::ONE).await.unwrap());
        queue.acquire(ShardId::ONE).await.unwrap().spend();
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiter_that_gives_up_blocks_nobody() {
        let queue = SerialIdentifyQueue::new();
        queue.acquire(ShardId::ONE).await.unwrap().spend();
        let waiter = tokio::time::timeout(Duration::from_secs(1), queue.acquire(ShardId::ONE));
        assert!(waiter.await.is_err());
        queue.acquire(ShardId::ONE).await.unwrap().spend();
    }
}
