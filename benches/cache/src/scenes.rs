//! What is measured.

mod growth;
mod guild;
mod kinds;
mod members;
mod messages;
mod mix;
mod reads;
mod update;

use std::{
    env,
    process::{Command, Stdio},
    time::Duration,
};

use polycord_bench_process::{resident_kib, thread_time};
use polycord_cache_benches::{
    peer::{Cache, Peer, Settings},
    town::Town,
};

use crate::options::Options;

type Scene = fn(&Options);

pub fn run(options: &Options) {
    let scenes: [(&str, Scene); 8] = [
        ("members", members::run),
        ("kinds", kinds::run),
        ("messages", messages::run),
        ("guild", guild::run),
        ("mix", mix::run),
        ("update", update::run),
        ("reads", reads::run),
        ("growth", growth::run),
    ];
    for (name, run) in scenes {
        if options.does(name) {
            eprintln!("{name}");
            run(options);
        }
    }
}

/// What a process does that [`elsewhere`] started.
pub fn part(part: &str, options: &Options) {
    let peer = options.peers[0];
    let numbers = match part {
        "members" => members::of(peer, options),
        "growth" => growth::of(peer, options),
        _ => panic!("no such part: {part}"),
    };
    let numbers: Vec<_> = numbers.iter().map(f64::to_string).collect();
    println!("{}", numbers.join(" "));
}

/// Has another process do a part with one cache; the numbers that it came to.
fn elsewhere(part: &str, peer: Peer, options: &Options) -> Vec<f64> {
    let output = Command::new(env::current_exe().expect("this program"))
        .args(options.arguments(part, peer))
        .stderr(Stdio::inherit())
        .output()
        .expect("a process");
    assert!(output.status.success(), "{part} of {peer} failed");
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Result<_, _> = text.split_whitespace().map(str::parse).collect();
    numbers.expect("numbers")
}

/// The cache after the guilds of a town came, and the bytes that it has of them.
fn filled(peer: Peer, town: Town, settings: &Settings) -> Option<(Box<dyn Cache>, f64)> {
    let mut cache = None;
    let mut heap = held(|| cache = peer.cache(settings));
    let cache = cache?;
    for guild in 0..town.guilds {
        let frame = town.guild_create(guild);
        heap += held(|| cache.take(&frame, Duration::ZERO));
        if town.guilds >= 10 && (guild + 1).is_multiple_of(town.guilds / 10) {
            eprintln!("  {peer}: {} of {} guilds", guild + 1, town.guilds);
        }
    }
    if settings.without.is_none() && settings.bounds.is_none() {
        assert_eq!(cache.members() as u64, town.all_members(), "{peer}");
    }
    Some((cache, heap))
}

/// Memory of this process that is in use and not swapped out, in bytes.
fn resident() -> f64 {
    resident_kib() as f64 * 1024.0
}

/// The bytes that were allocated meanwhile and are not given back, without those that were allocated before and are.
fn held(work: impl FnOnce()) -> f64 {
    allocation_counter::measure(work).bytes_current as f64
}

/// CPU times of the same work in several rounds, of this thread.
#[derive(Clone, Debug, Default)]
struct Times(Vec<Duration>);

impl Times {
    fn measure(&mut self, work: impl FnOnce()) {
        let start = thread_time();
        work();
        self.0.push(thread_time() - start);
    }

    fn fastest(&self) -> Duration {
        self.0.iter().min().copied().unwrap_or_default()
    }

    fn median(&self) -> Duration {
        let mut times = self.0.clone();
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    }
}

/// Ours as a part of theirs, where there are both.
fn ratio(ours: Option<f64>, theirs: Option<f64>) -> String {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => format!("{:.2}", ours / theirs),
        _ => "-".to_owned(),
    }
}
