//! An identify queue that nobody tends.

use std::{
    future::{pending, ready},
    sync::atomic::{AtomicBool, Ordering},
};

use polycord_gateway::{BoxFuture, BudgetExhausted, IdentifyPermit, IdentifyQueue, ShardId};

/// Grants one permit, and no second.
#[derive(Default)]
pub(crate) struct OnePermit(AtomicBool);

impl IdentifyQueue for OnePermit {
    fn acquire(&self, _: ShardId) -> BoxFuture<'static, Result<IdentifyPermit, BudgetExhausted>> {
        if self.0.swap(true, Ordering::Relaxed) {
            return Box::pin(pending());
        }
        Box::pin(ready(Ok(IdentifyPermit::new(|| (), || ()))))
    }
}
