//! Lookups beside a writer: how many, and how long somebody has to wait.

use std::{
    fmt,
    hint::black_box,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use polycord_bench_process::{stay_on_core, thread_time, waits};
use polycord_cache_benches::{
    mix::Mix,
    peer::{Cache, Settings},
    town::Town,
};
use polycord_workload::random::Random;

use super::filled;
use crate::options::Options;

/// Lookups between two looks at the clock.
const BATCH: usize = 32;
/// From here on it is asked what a thread waited for.
const LONG: Duration = Duration::from_micros(50);
/// Nobody may wait longer.
const BAR: Duration = Duration::from_millis(1);
const FRAMES: usize = 50_000;
/// How many lookups there are before they begin anew.
const LOOKUPS: usize = 1 << 16;
/// Those who are asked for again and again, such as who is active.
const ACTIVE: u64 = 1_000;

/// Where the writer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writer {
    Nowhere,
    /// Where the system puts it.
    Beside,
    /// On another core than the readers, who are on one.
    Apart,
}

const COMPANIES: [(usize, Writer); 4] = [
    (1, Writer::Nowhere),
    (1, Writer::Beside),
    (2, Writer::Beside),
    (2, Writer::Apart),
];

/// What one reader saw.
#[derive(Default)]
struct Seen {
    lookups: u64,
    found: u64,
    cpu: Duration,
    /// How many batches were long because the thread waited for another to let it go on.
    waits: u64,
    longest_wait: Duration,
    /// How many of them were longer than the bar.
    late: u64,
    /// How many were longer than the bar because the core was taken away, by the system or by whoever lends the machine.
    taken: u64,
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Nowhere => "no",
            Self::Beside => "yes",
            Self::Apart => "apart",
        })
    }
}

pub fn run(options: &Options) {
    println!(
        "\nmember() beside a writer of the mix, {} members in {} guilds, {} s each\n\
         bar: 5.0 million/s of two readers on one core and the writer on another, nobody waits {} ms\n\n\
         {:<10} {:>8} {:>7} {:>7} {:>11} {:>11} {:>7} {:>12} {:>7} {:>10} {:>6} {:>10} {:>6}",
        options.town.all_members(),
        options.town.guilds,
        options.seconds,
        BAR.as_millis(),
        "",
        "among",
        "readers",
        "writer",
        "million/s",
        "/s of CPU",
        "found",
        "events/s",
        "waits",
        "longest us",
        "late",
        "of batches",
        "taken"
    );
    let frames = Mix::new(options.town, options.town.seed).take(FRAMES);
    let all = options.town.all_members();
    let asked_for = [all, ACTIVE.min(all)].map(|among| (among, keys(options.town, among)));
    for &peer in &options.peers {
        let (cache, _) = filled(peer, options.town, &Settings::default()).expect("a cache");
        for (among, members) in &asked_for {
            for (readers, writer) in COMPANIES {
                let time = Duration::from_secs(options.seconds);
                let (seen, events) =
                    beside(cache.as_ref(), &frames, members, readers, writer, time);
                let sum = |count: fn(&Seen) -> u64| seen.iter().map(count).sum::<u64>();
                let lookups = sum(|seen| seen.lookups);
                let cpu: Duration = seen.iter().map(|seen| seen.cpu).sum();
                let longest = seen.iter().map(|seen| seen.longest_wait).max();
                println!(
                    "{peer:<10} {among:>8} {readers:>7} {writer:>7} {:>11.2} {:>11.2} {:>6.1}% {:>12.0} {:>7} {:>10.0} {:>6} {:>10} {:>6}",
                    lookups as f64 / 1e6 / time.as_secs_f64(),
                    lookups as f64 / 1e6 / cpu.as_secs_f64(),
                    sum(|seen| seen.found) as f64 * 100.0 / lookups as f64,
                    events as f64 / time.as_secs_f64(),
                    sum(|seen| seen.waits),
                    longest.unwrap_or_default().as_secs_f64() * 1e6,
                    sum(|seen| seen.late),
                    lookups / BATCH as u64,
                    sum(|seen| seen.taken),
                );
            }
        }
    }
}

/// So many members from everywhere, again and again, in no order.
fn keys(town: Town, among: u64) -> Vec<(u64, u64)> {
    let mut random = Random::new(town.seed);
    let mut anybody = || {
        let (guild, member) = (random.below(town.guilds), random.below(town.members));
        let user = town.user_id(town.person(guild, member));
        (town.guild_id(guild).0, user.0)
    };
    if among >= town.all_members() {
        return (0..LOOKUPS).map(|_| anybody()).collect();
    }
    let some: Vec<_> = (0..among).map(|_| anybody()).collect();
    let mut random = Random::new(town.seed);
    let places = (0..LOOKUPS).map(|_| random.below(among) as usize);
    places.map(|place| some[place]).collect()
}

/// What the readers saw, and how many events came meanwhile.
fn beside(
    cache: &dyn Cache,
    frames: &[String],
    members: &[(u64, u64)],
    readers: usize,
    writer: Writer,
    time: Duration,
) -> (Vec<Seen>, u64) {
    let (ends, events) = (AtomicBool::new(false), AtomicU64::new(0));
    let (ends, events) = (&ends, &events);
    let stay = move |core| {
        if writer == Writer::Apart {
            stay_on_core(core);
        }
    };
    let seen = thread::scope(|scope| {
        let readers: Vec<_> = (0..readers)
            .map(|number| {
                let start = number * members.len() / readers;
                scope.spawn(move || {
                    stay(0);
                    read(cache, members, start, ends)
                })
            })
            .collect();
        if writer != Writer::Nowhere {
            scope.spawn(move || {
                stay(1);
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
    let mut before = waits();
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
            let after = waits();
            let has_waited = after > before;
            let is_late = took > BAR;
            if has_waited {
                seen.waits += 1;
                seen.longest_wait = seen.longest_wait.max(took);
                seen.late += u64::from(is_late);
            } else {
                seen.taken += u64::from(is_late);
            }
            before = after;
            last = Instant::now();
        }
    }
    seen.cpu = thread_time() - began;
    seen
}
