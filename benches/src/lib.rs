//! What the benchmarks of the models stand on: one way per crate to decode a frame and to read every field of
//! what was decoded.

pub mod decoders;
pub mod measure;
pub mod reading;
