//! polycord-cache beside its peers.
//!
//! `cargo run --release --manifest-path benches/cache/Cargo.toml -- --help`

mod options;
mod scenes;

use crate::options::Options;

fn main() {
    let options = Options::parse();
    match &options.part {
        Some(part) => scenes::part(part, &options),
        None => scenes::run(&options),
    }
}
