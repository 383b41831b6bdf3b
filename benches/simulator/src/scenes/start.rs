//! How long a test waits for its simulator.

use std::time::{Duration, Instant};

use polycord_simulator::Simulator;

use crate::options::Options;

pub async fn run(options: &Options) {
    println!("\nstart and end of {} simulators, ms", options.starts);
    println!("  {:<12} {:>8} {:>8}", "", "mean", "longest");
    for (name, tls) in [("plain", false), ("tls", true)] {
        let mut took: Vec<Duration> = Vec::new();
        for _ in 0..options.starts {
            let start = Instant::now();
            let sim = Simulator::builder().tls(tls).start().await;
            let sim = sim.expect("a simulator");
            took.push(start.elapsed());
            sim.shutdown().await;
        }
        let mean = took.iter().sum::<Duration>() / options.starts;
        let longest = took.iter().max().copied().unwrap_or_default();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!("  {name:<12} {:>8.3} {:>8.3}", ms(mean), ms(longest));
    }
}
