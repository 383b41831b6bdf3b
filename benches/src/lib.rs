//! What the benchmarks stand on: frames from a seed, and one way per crate to decode them and to read
//! every field of what was decoded.

pub mod decoders;
pub mod measure;
pub mod reading;
pub mod workload;

mod guild;
mod json;
mod random;
mod world;
