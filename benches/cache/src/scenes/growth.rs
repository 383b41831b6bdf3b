//! Whether memory grows while events come without an end.

use std::time::Duration;

use polycord_cache_benches::{
    mix::Mix,
    peer::{Peer, Settings},
};

use super::{elsewhere, filled, held};
use crate::{options::Options, process::resident};

/// What passes between two events.
const PACE: Duration = Duration::from_millis(1);
const TTL: Duration = Duration::from_secs(60);
/// Frames made and taken in one go.
const FEW: u64 = 1_000;
/// How often it is looked at.
const LOOKS: u64 = 10;

pub fn run(options: &Options) {
    println!(
        "\ngrowth over {} events of the mix, {} ms apart, {} members in {} guilds; members and users for {} s and at most \
         {} of each, where that can be said; MB\n",
        options.events,
        PACE.as_millis(),
        options.town.all_members(),
        options.town.guilds,
        TTL.as_secs(),
        bound(options),
    );
    println!(
        "{:<10} {:>28} {:>28} {:>17}\n{:>86}",
        "",
        "live heap: guilds, 10%, end",
        "resident: guilds, 10%, end",
        "most after 10%",
        "heap resident"
    );
    for &peer in &options.peers {
        let numbers = elsewhere("growth", peer, options);
        let looks: Vec<_> = numbers.chunks_exact(2).collect();
        let of = |which: usize| {
            let all: Vec<f64> = looks.iter().map(|look| look[which]).collect();
            let most = all[1..].iter().copied().fold(0.0, f64::max);
            (all[0], all[1], all[all.len() - 1], most / all[1] - 1.0)
        };
        let mb = |bytes: f64| bytes / 1e6;
        let ((guilds, early, late, most), (rss_guilds, rss_early, rss_late, rss_most)) =
            (of(0), of(1));
        println!(
            "{peer:<10} {:>9.1} {:>9.1} {:>8.1} {:>9.1} {:>9.1} {:>8.1} {:>7.1}% {:>7.1}%{}",
            mb(guilds),
            mb(early),
            mb(late),
            mb(rss_guilds),
            mb(rss_early),
            mb(rss_late),
            most * 100.0,
            rss_most * 100.0,
            if peer.has_bounds() {
                ""
            } else {
                "  (messages bounded, nothing else)"
            }
        );
    }
}

fn bound(options: &Options) -> usize {
    options.town.all_members() as usize / 2
}

/// Live heap and resident memory, in bytes: after the guilds came, and after each tenth of the events.
pub fn of(peer: Peer, options: &Options) -> Vec<f64> {
    let settings = Settings {
        bounds: Some((TTL, bound(options))),
        ..Settings::default()
    };
    let before = resident();
    let (cache, mut heap) = filled(peer, options.town, &settings).expect("a cache");
    let mut looks = vec![heap, resident() - before];

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
        looks.extend([heap, resident() - before]);
    }
    looks
}
