//! What threads share. The tests in `tests/schedules` put loom's in its place, to play every order of steps.

pub(crate) use std::sync::atomic::{AtomicUsize, Ordering};
pub(crate) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
