//! The Discord cache, event by event.

mod model;
mod play;
mod snapshots;
mod truth;
