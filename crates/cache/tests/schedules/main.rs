//! What several threads do at once: loom plays every order of their steps that the memory model allows, with up to
//! three places where one thread has to wait for another in the middle of something.
//!
//! The modules under test are those of the crate, compiled here with loom's locks and atomics.

#![allow(clippy::unwrap_used, reason = "what a test did not expect ends it")]

#[path = "../../src/tasks/broadcast.rs"]
mod broadcast;
#[path = "../../src/tasks/flights.rs"]
mod flights;

mod fetching;
mod listeners;

/// In the place of `src/sync.rs`.
mod sync {
    pub(crate) use std::sync::PoisonError;

    pub(crate) use loom::sync::atomic::{AtomicUsize, Ordering};
    pub(crate) use loom::sync::{Arc, Mutex, MutexGuard};
}

fn every_order(play: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(play);
}
