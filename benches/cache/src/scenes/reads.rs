//! Lookups beside a writer: how many, and how long somebody has to wait.

use std::{
    hint::black_box,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use polycord_cache_benches::{
    mix::Mix,
    peer::{Cache, Settings},
    town::Town,
};
use polycord_workload::random::Random;

use super::filled;
use crate::{
    options::Options,
    process::{preemptions, thread_time},
};

/// Lookups between two looks at the clock.
const BATCH: usize = 32;
/// From here on it is asked whether the thread had its core all the time.
const LONG: Duration = Duration::from_micros(50);
/// Nobody may wait longer.
const BAR: Duration = Duration::from_millis(1);
const FRAMES: usize = 50_000;
const MEMBERS: usize = 1 << 16;

/// What one reader saw.
#[derive(Default)]
struct Seen {
    lookups: u64,
    found: u64,
    cpu: Duration,
    /// The longest batch that nobody else's use of the core made longer.
    longest: Duration,
    /// How many of them were longer than the bar.
    late: u64,
    /// How many batches are not counted, because the system took the core away meanwhile.
    preempted: u64,
}

pub fn run(options: &Options) {
    println!(
        "\nmember() beside a writer of the mix, {} members in {} guilds, {} s each; bar: 5.0 million/s, nobody waits {} ms\n\n\
         {:<10} {:>7} {:>7} {:>11} {:>11} {:>7} {:>12} {:>10} {:>6} {:>10} {:>9}",
        options.town.all_members(),
        options.town.guilds,
        options.seconds,
        BAR.as_millis(),
        "",
        "readers",
        "writer",
        "million/s",
        "/s of CPU",
        "found",
        "events/s",
        "longest us",
        "late",
        "of batches",
        "preempted"
    );
    let frames = Mix::new(options.town, options.town.seed).take(FRAMES);
    let members = keys(options.town);
    for &peer in &options.peers {
        let (cache, _) = filled(peer, options.town, &Settings::default()).expect("a cache");
        for (readers, writes) in [(1, false), (1, true), (2, true)] {
            let (seen, events) = beside(
                cache.as_ref(),
                &frames,
                &members,
                readers,
                writes,
                Duration::from_secs(options.seconds),
            );
            let lookups: u64 = seen.iter().map(|seen| seen.lookups).sum();
            let cpu: Duration = seen.iter().map(|seen| seen.cpu).sum();
            let found: u64 = seen.iter().map(|seen| seen.found).sum();
            let longest = seen.iter().map(|seen| seen.longest).max();
            println!(
                "{peer:<10} {readers:>7} {:>7} {:>11.2} {:>11.2} {:>6.1}% {:>12.0} {:>10.0} {:>6} {:>10} {:>9}",
                if writes { "yes" } else { "no" },
                lookups as f64 / 1e6 / options.seconds as f64,
                lookups as f64 / 1e6 / cpu.as_secs_f64(),
                found as f64 * 100.0 / lookups as f64,
                events as f64 / options.seconds as f64,
                longest.unwrap_or_default().as_secs_f64() * 1e6,
                seen.iter().map(|seen| seen.late).sum::<u64>(),
                lookups / BATCH as u64,
                seen.iter().map(|seen| seen.preempted).sum::<u64>(),
            );
        }
    }
}

/// Members from everywhere, in no order.
fn keys(town: Town) -> Vec<(u64, u64)> {
    let mut random = Random::new(town.seed);
    let keys = (0..MEMBERS).map(|_| {
        let (guild, member) = (random.below(town.guilds), random.below(town.members));
        let user = town.user_id(town.person(guild, member));
        (town.guild_id(guild).0, user.0)
    });
    keys.collect()
}

/// What the readers saw, and how many events came meanwhile.
fn beside(
    cache: &dyn Cache,
    frames: &[String],
    members: &[(u64, u64)],
    readers: usize,
    writes: bool,
    time: Duration,
) -> (Vec<Seen>, u64) {
    let (ends, events) = (AtomicBool::new(false), AtomicU64::new(0));
    let (ends, events) = (&ends, &events);
    let seen = thread::scope(|scope| {
        let readers: Vec<_> = (0..readers)
            .map(|number| {
                let start = number * members.len() / readers;
                scope.spawn(move || read(cache, members, start, ends))
            })
            .collect();
        if writes {
            scope.spawn(move || {
                for frame in frames.iter().cycle() {
                    if ends.load(Ordering::Relaxed) {
                        return;
                    }
                    cache.take(frame, Duration::ZERO);
                    events.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        thread::sleep(time);
        ends.store(true, Ordering::Relaxed);
        let readers = readers.into_iter().map(|reader| reader.join());
        readers.collect::<Result<Vec<_>, _>>()
    });
    (seen.expect("readers"), events.load(Ordering::Relaxed))
}

fn read(cache: &dyn Cache, members: &[(u64, u64)], start: usize, ends: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    let (began, mut at) = (thread_time(), start);
    let mut last_preemptions = preemptions();
    let mut last = Instant::now();
    while !ends.load(Ordering::Relaxed) {
        for _ in 0..BATCH {
            let (guild, user) = members[at];
            at = if at + 1 == members.len() { 0 } else { at + 1 };
            if black_box(cache.roles_of(guild, user)).is_some() {
                seen.found += 1;
            }
        }
        seen.lookups += BATCH as u64;
        let now = Instant::now();
        let took = now - last;
        last = now;
        if took > LONG {
            let preemptions = preemptions();
            if preemptions == last_preemptions {
                seen.longest = seen.longest.max(took);
                seen.late += u64::from(took > BAR);
            } else {
                seen.preempted += 1;
            }
            last_preemptions = preemptions;
            last = Instant::now();
        } else {
            seen.longest = seen.longest.max(took);
        }
    }
    seen.cpu = thread_time() - began;
    seen
}
