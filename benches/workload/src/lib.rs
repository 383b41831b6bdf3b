//! Frames as a gateway sends them, from a seed: the same in every run and on every machine.

pub mod json;

mod guild;
mod random;
mod workload;
mod world;

pub use workload::Workload;
