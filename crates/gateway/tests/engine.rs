//! The session engine against a model server, both ends driven in one thread over virtual time.
#![cfg(feature = "discord")]
#![allow(
    clippy::expect_used,
    reason = "clippy knows functions marked as tests, not those that tests are made of"
)]

#[path = "engine/accord.rs"]
mod accord;
#[path = "engine/budget.rs"]
mod budget;
#[path = "engine/dialect.rs"]
mod dialect;
#[path = "engine/hand_over.rs"]
mod hand_over;
#[path = "engine/journal.rs"]
mod journal;
#[path = "engine/liveness.rs"]
mod liveness;
#[path = "engine/outages.rs"]
mod outages;
#[path = "engine/peer.rs"]
mod peer;
#[path = "engine/resuming.rs"]
mod resuming;
#[path = "engine/rig.rs"]
mod rig;
#[path = "engine/schedules.rs"]
mod schedules;
#[path = "engine/sending.rs"]
mod sending;
#[path = "engine/starting.rs"]
mod starting;
#[path = "engine/stopping.rs"]
mod stopping;
#[path = "engine/streaming.rs"]
mod streaming;
