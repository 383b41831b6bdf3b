//! What is measured.

mod bare;
mod events;
mod frames;
mod idle;
mod start;

use std::time::{Duration, Instant};

use polycord_simulator::{Builder, Simulator};

use crate::{
    options::Options,
    process::{cpu_time, resident_kib},
    readers::{Order, Readers},
};

pub async fn run(options: &Options) {
    // First, as long as no memory was used and given back.
    if options.does("idle") {
        idle::run(options).await;
    }
    if options.does("frames") {
        frames::run(options).await;
    }
    if options.does("events") {
        events::run(options).await;
    }
    if options.does("start") {
        start::run(options).await;
    }
}

/// For load: shards come as they like, and no heartbeat disturbs.
fn builder(shards: u32) -> Builder {
    Simulator::builder()
        .shards(shards)
        .max_concurrency(shards)
        .session_limit(u32::MAX)
        .heartbeat_interval(Duration::from_secs(600))
}

/// So many readers, each of a shard of its own or all of one.
async fn readers(sim: &Simulator, options: &Options, connections: u32, shards: u32) -> Readers {
    let order = Order {
        address: sim.gateway_url().replace("ws://", ""),
        compress: "none".to_owned(),
        connections,
        core: options.readers_core,
        shards,
        token: sim.token().to_owned(),
    };
    Readers::start(&order).await
}

/// Since when something is measured.
struct Start {
    clock: Instant,
    cpu: Duration,
    memory: u64,
}

impl Start {
    fn now() -> Self {
        Self {
            clock: Instant::now(),
            cpu: cpu_time(),
            memory: resident_kib(),
        }
    }

    /// Prints what so many took.
    fn tell(&self, what: &str, connections: u32, count: u64, bytes: u64) {
        let (cpu, clock) = (cpu_time() - self.cpu, self.clock.elapsed());
        #[expect(clippy::cast_precision_loss, reason = "numbers for people")]
        let (count, bytes) = (count as f64, bytes as f64);
        println!(
            "{what:<34} {connections:>5} {:>11.0} {:>11.0} {:>8.3} {:>7.0} {:>9} {:>9}",
            count / cpu.as_secs_f64(),
            count / clock.as_secs_f64(),
            cpu.as_secs_f64() * 1e6 / count,
            bytes / count,
            self.memory,
            resident_kib(),
        );
    }
}

fn head(title: &str) {
    println!(
        "\n{title:<34} {:>5} {:>11} {:>11} {:>8} {:>7} {:>9} {:>9}",
        "conns", "/s of CPU", "/s", "us CPU", "bytes", "RSS KiB", "after"
    );
}
