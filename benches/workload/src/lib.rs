//! Frames as a gateway sends them, from a seed: the same in every run and on every machine.

pub mod guild;
pub mod json;
pub mod random;
pub mod world;

mod workload;

pub use workload::Workload;
