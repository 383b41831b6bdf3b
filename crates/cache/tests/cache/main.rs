//! The Discord cache, event by event.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what a test did not expect ends it"
)]

mod admission;
mod admission_more;
mod asking;
mod bytes;
mod channels;
mod completeness;
mod concurrency;
mod diff;
mod fetch;
mod fetch_messages;
mod fetch_model;
mod in_guild;
mod insert;
mod leaving;
mod messages;
mod model;
mod model_gaps;
mod model_messages;
mod model_people;
mod model_things;
mod people;
mod permissions;
mod play;
mod presences;
mod read_states;
mod restart;
mod restart_again;
mod sight;
mod signals;
mod snapshots;
mod subscription;
mod threads;
mod truth;
mod typing;
mod voice;
