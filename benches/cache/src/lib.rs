//! What the benchmarks of the cache stand on: towns of guilds and what happens in them, from a seed, and one way per
//! crate from a frame to what it caches.
//!
//! `cargo run --release --manifest-path benches/cache/Cargo.toml -- --help`

pub mod distribution;
pub mod mix;
pub mod peer;
pub mod people;
pub mod town;
