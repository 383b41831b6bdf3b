//! What the tests of the whole house share.

#![allow(
    clippy::must_use_candidate,
    reason = "what is not used here is a test that proves less"
)]

mod connector;

pub use connector::connector;

/// The examples of the front page compile and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct FrontPage;
