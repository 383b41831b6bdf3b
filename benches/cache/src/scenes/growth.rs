//! Whether memory grows while events come without an end.

use std::time::Duration;

use polycord_cache_benches::{
    mix::Mix,
    peer::{Bounds, Peer, Settings},
};

use super::{elsewhere, filled, held, resident};
use crate::options::Options;

/// What passes between two events.
const PACE: Duration = Duration::from_millis(1);
const TTL: Duration = Duration::from_secs(60);
/// In a channel: so few that all channels are full at the first look.
const MESSAGES: usize = 5;
/// Frames made and taken in one go.
const FEW: u64 = 1_000;
/// How often it is looked at.
const LOOKS: u64 = 10;

pub fn run(options: &Options) {
    println!(
        "\ngrowth over {} events of the mix, {} ms apart, {} members in {} guilds, MB; {MESSAGES} messages a channel, and \
         where it can be said {} s and {} entries of each kind that grows\n",
        options.events,
        PACE.as_millis(),
        options.town.all_members(),
        options.town.guilds,
        TTL.as_secs(),
        max_entries(options),
    );
    println!(
        "{:<10} {:^35} {:^35} {:>9}",
        "", "live heap", "resident", "accounted"
    );
    let columns = format!("{:>8} {:>8} {:>8} {:>8}", "guilds", "10%", "end", "growth");
    println!("{:<10} {columns} {columns} {:>9}", "", "end");
    for &peer in &options.peers {
        let numbers = elsewhere("growth", peer, options);
        let looks: Vec<_> = numbers.chunks_exact(3).collect();
        let cells = |which: usize| {
            let all: Vec<f64> = looks.iter().map(|look| look[which] / 1e6).collect();
            let (guilds, first, end) = (all[0], all[1], all[all.len() - 1]);
            let most = all[1..].iter().copied().fold(0.0, f64::max);
            let growth = (most / first - 1.0) * 100.0;
            format!("{guilds:>8.1} {first:>8.1} {end:>8.1} {growth:>7.1}%")
        };
        let accounted = looks[looks.len() - 1][2] / 1e6;
        let accounted = if accounted > 0.0 {
            format!("{accounted:.1}")
        } else {
            "-".to_owned()
        };
        println!("{peer:<10} {} {} {accounted:>9}", cells(0), cells(1));
    }
    println!("\ngrowth: the most at any of {LOOKS} looks, beside the first");
}

fn max_entries(options: &Options) -> usize {
    options.town.all_members() as usize / 4
}

/// Live heap, resident memory, and what the cache says that it takes, in bytes: after the guilds came, and after each
/// tenth of the events.
pub fn of(peer: Peer, options: &Options) -> Vec<f64> {
    let settings = Settings {
        messages_per_channel: MESSAGES,
        bounds: Some(Bounds {
            ttl: TTL,
            max_entries: max_entries(options),
        }),
        ..Settings::default()
    };
    let before = resident();
    let (cache, mut heap) = filled(peer, options.town, &settings).expect("a cache");
    let look = |heap| {
        let accounted = cache.accounted().unwrap_or_default();
        [heap, resident() - before, accounted as f64]
    };
    let mut looks = look(heap).to_vec();

    let mut mix = Mix::new(options.town, options.town.seed);
    let mut now = Duration::ZERO;
    for tenth in 1..=LOOKS {
        for _ in 0..options.events.div_ceil(LOOKS * FEW) {
            let frames = mix.take(FEW as usize);
            heap += held(|| {
                for frame in &frames {
                    now += PACE;
                    cache.take(frame, now);
                }
            });
        }
        eprintln!("  {peer}: {tenth} of {LOOKS}: {:.1} MB live", heap / 1e6);
        looks.extend(look(heap));
    }
    looks
}
