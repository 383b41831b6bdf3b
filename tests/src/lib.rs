//! What the tests of the whole house share: a shard on the simulator, in memory and in virtual time.

#![allow(
    clippy::must_use_candidate,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "what panics here is a test that has failed"
)]

pub mod opcode;
mod recorder;
mod rig;

pub use recorder::{Handled, Recorder};
pub use rig::{Rig, connector};

/// The examples of the front page compile and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct FrontPage;
