//! What the gateway benchmarks stand on: the frames of a whole connection, encoded before anybody
//! measures, a server that sends them, and what the clients measure of themselves.
//!
//! `cargo run --release --manifest-path benches/gateway/Cargo.toml --bin gateway -- --help`

pub mod encoding;
pub mod order;
pub mod recording;
pub mod server;
