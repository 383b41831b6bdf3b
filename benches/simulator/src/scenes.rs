//! What is measured.

mod bare;
mod events;
mod frames;
mod idle;
mod start;
mod suite;

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use polycord_bench_process::{CpuTime, resident_kib};
use polycord_simulator::{Builder, Simulator};

use crate::{
    options::Options,
    readers::{Order, Readers},
};

pub async fn run(options: &Options) {
    if options.does("idle") {
        idle::run(options).await;
    }
    idle::alone(options).await;
    if options.does("frames") {
        frames::run(options).await;
    }
    if options.does("events") {
        events::run(options).await;
    }
    if options.does("start") {
        start::run(options).await;
    }
    if options.does("suite") {
        suite::run(options).await;
    }
}

/// Entries that a journal keeps under load.
const JOURNAL: usize = 100_000;

/// Events that a session keeps for a RESUME: more than a reader is behind.
const REPLAY: usize = 4_096;

/// For load: shards come as they like, and no heartbeat disturbs.
fn builder(shards: u32) -> Builder {
    Simulator::builder()
        .shards(shards)
        .max_concurrency(shards)
        .session_limit(u32::MAX)
        .journal_limit(JOURNAL)
        .replay_limit(REPLAY)
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
    cpu: CpuTime,
    memory: u64,
    /// As much again, when half of it was done.
    halfway: Arc<OnceLock<u64>>,
}

impl Start {
    fn now() -> Self {
        Self {
            clock: Instant::now(),
            cpu: CpuTime::now(),
            memory: resident_kib(),
            halfway: Arc::default(),
        }
    }

    /// To be told when half of it is done: by then, what is kept for a while is kept.
    fn half(&self) -> Half {
        Half(Arc::clone(&self.halfway))
    }

    /// Prints what so many took.
    fn tell(&self, what: &str, connections: u32, count: u64, bytes: u64) {
        let (cpu, clock) = (CpuTime::now().since(self.cpu).total(), self.clock.elapsed());
        #[expect(clippy::cast_precision_loss, reason = "numbers for people")]
        let (count, bytes) = (count as f64, bytes as f64);
        println!(
            "{what:<34} {connections:>5} {:>11.0} {:>11.0} {:>8.3} {:>7.0} {:>9} {:>9} {:>9}",
            count / cpu.as_secs_f64(),
            count / clock.as_secs_f64(),
            cpu.as_secs_f64() * 1e6 / count,
            bytes / count,
            self.memory,
            self.halfway.get().copied().unwrap_or(self.memory),
            resident_kib(),
        );
    }
}

/// Who notes the memory when half is done.
#[derive(Clone)]
struct Half(Arc<OnceLock<u64>>);

impl Half {
    fn is_done(&self) {
        self.0.get_or_init(resident_kib);
    }
}

fn head(title: &str) {
    println!(
        "\n{title:<34} {:>5} {:>11} {:>11} {:>8} {:>7} {:>9} {:>9} {:>9}",
        "conns", "/s of CPU", "/s", "us CPU", "bytes", "RSS KiB", "halfway", "after"
    );
}
