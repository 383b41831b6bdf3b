//! Faults of one session, by number: the shard against the simulator, in memory and in virtual time.
//!
//! Assertions are made on the simulator's journal: what the server saw, not what the client says.

#![allow(
    clippy::unchecked_time_subtraction,
    clippy::unwrap_used,
    reason = "what fails here fails the test"
)]

mod connecting;
mod evidence;
mod fields;
mod frames;
mod hand_over;
mod liveness;
mod logs;
mod neighbours;
mod opcode;
mod permits;
mod presence;
mod recorder;
mod replaying;
mod requests;
mod resuming;
mod rig;
mod sending;
mod stopping;
mod streams;
