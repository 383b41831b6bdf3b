//! How long it takes from the frame of an event to the cache, in the midst of a day.

use std::time::Duration;

use polycord_cache_benches::{
    mix::Mix,
    peer::{Cache, Peer, Settings},
};

use super::{Times, filled};
use crate::options::Options;

/// Of twilight's time.
const BAR: f64 = 0.45;

pub fn run(options: &Options) {
    let settings = Settings::default();
    let mut caches: Vec<(Peer, Box<dyn Cache>, Times)> = options
        .peers
        .iter()
        .map(|peer| {
            let (cache, _) = filled(*peer, options.town, &settings).expect("a cache");
            (*peer, cache, Times::default())
        })
        .collect();

    // Frames that nobody saw before in every round: what comes twice changes nothing, and may cost less.
    let mut mix = Mix::new(options.town, options.town.seed);
    let mut now = Duration::ZERO;
    for _ in 0..options.rounds {
        let frames = mix.take(options.frames);
        now += Duration::from_secs(1);
        for (_, cache, times) in &mut caches {
            times.measure(|| {
                for frame in &frames {
                    cache.take(frame, now);
                }
            });
        }
    }

    println!(
        "\nmix, {} members in {} guilds: us of CPU an event from frame to cached, of {} rounds of {} frames; bar: {BAR} of \
         twilight's\n\n{:<10} {:>8} {:>8} {:>12} {:>8}",
        options.town.all_members(),
        options.town.guilds,
        options.rounds,
        options.frames,
        "",
        "fastest",
        "median",
        "ours of it",
        "median"
    );
    let us = |time: Duration| time.as_secs_f64() * 1e6 / options.frames as f64;
    let ours = caches.iter().find(|(peer, ..)| *peer == Peer::Ours);
    let ours = ours.map(|(_, _, times)| (us(times.fastest()), us(times.median())));
    for (peer, _, times) in &caches {
        let (fastest, median) = (us(times.fastest()), us(times.median()));
        println!(
            "{peer:<10} {fastest:>8.2} {median:>8.2} {:>12} {:>8}",
            super::ratio(ours.map(|ours| ours.0), Some(fastest)),
            super::ratio(ours.map(|ours| ours.1), Some(median)),
        );
    }
}
