//! What the simulator costs: frames and events per second of one core, memory of an idle shard, time to start.
//!
//! `cargo run --release --manifest-path benches/simulator/Cargo.toml -- --help`

mod options;
mod readers;
mod scenes;

use tokio::runtime;

use crate::options::Options;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    polycord_bench_process::raise_socket_limit();
    if let Some(order) = readers::Order::parse(&arguments) {
        return readers::read(&order);
    }
    let options = Options::parse(arguments.into_iter());
    polycord_bench_process::stay_on_core(options.core);
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(scenes::run(&options));
}
