//! Shards that are connected, and nothing more.

use std::{env, time::Duration};

use polycord_bench_process::resident_kib;
use tokio::process::Command;

use super::builder;
use crate::{
    options::Options,
    readers::{Order, Readers},
};

/// Connected before the others are counted: what a process needs in any case.
const FEW: u32 = 16;

/// Each in a process of its own: what another gave back is not always given back to the system.
pub async fn run(options: &Options) {
    println!("\nmemory of {} idle shards, KiB each", options.shards);
    for compress in ["none", "zlib-stream", "zstd-stream"] {
        let mut alone = Command::new(env::current_exe().expect("this program"));
        alone.args(["--only", compress]);
        for (name, value) in [
            ("--shards", u64::from(options.shards)),
            ("--core", options.core as u64),
            ("--readers-core", options.readers_core as u64),
        ] {
            alone.args([name, &value.to_string()]);
        }
        assert!(alone.status().await.expect("a process").success());
    }
}

/// With the transports that are asked for.
pub async fn alone(options: &Options) {
    for compress in ["none", "zlib-stream", "zstd-stream"] {
        if !options.names(compress) {
            continue;
        }
        let sim = builder(options.shards).start().await.expect("a simulator");
        let order = |connections| Order {
            address: sim.gateway_url().replace("ws://", ""),
            compress: compress.to_owned(),
            connections,
            core: options.readers_core,
            shards: options.shards,
            token: sim.token().to_owned(),
        };
        let few = Readers::start(&order(FEW)).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let before = resident_kib();
        let many = Readers::start(&order(options.shards)).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let after = resident_kib();
        println!(
            "  {compress:<12} {:>8.1}",
            f64::from(u32::try_from(after - before).unwrap_or(u32::MAX))
                / f64::from(options.shards)
        );
        few.end().await;
        many.end().await;
        sim.shutdown().await;
    }
}
