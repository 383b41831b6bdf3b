//! The facade, end to end on the simulator.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what helps the tests fails as they do"
)]

mod bot;
mod cache;
mod environment;
mod futures;
mod refusals;
mod restart;
mod sockets;
mod support;
