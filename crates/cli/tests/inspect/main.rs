//! `polycord inspect` as its users run it.

#![allow(clippy::unwrap_used, reason = "what a test did not expect ends it")]
#![allow(clippy::format_collect, reason = "a test builds its input once")]

mod errors;
mod forms;
mod index;
mod machine;
mod people;
mod program;
mod recorded_faults;
mod recording;
mod streams;
