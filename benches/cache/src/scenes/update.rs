//! Whether an update of one member costs more where there are many.

use std::time::Duration;

use polycord_cache_benches::{
    mix::Mix,
    peer::{Cache as _, ours::Ours},
    town::Town,
};

use super::Times;
use crate::options::Options;

/// Of what it costs in the small guild.
const BAR: f64 = 2.0;
const SIZES: [u64; 2] = [50, 10_000];
const UPDATES: u64 = 2_000;

pub fn run(options: &Options) {
    let mut scenes = SIZES.map(|members| {
        let town = Town {
            guilds: 1,
            members,
            ..options.town
        };
        let cache = Ours::new();
        cache.take(&town.guild_create(0), Duration::ZERO);
        (town, cache, Mix::new(town, town.seed), Times::default())
    });
    for round in 0..options.rounds as u64 {
        for (town, cache, mix, times) in &mut scenes {
            // With a step that has no part in common with the size: everybody gets a turn.
            let members = (0..UPDATES).map(|step| (step * 7 + round) % town.members);
            let events: Vec<_> = members
                .map(|member| Ours::event(&mix.update_of(0, member)))
                .collect();
            times.measure(|| {
                for event in &events {
                    cache.apply(event, Duration::ZERO);
                }
            });
        }
    }

    println!(
        "\nGUILD_MEMBER_UPDATE, ours: us of CPU to apply it, decoded already, of {} rounds of {UPDATES}; bar: {BAR} times\n\n\
         {:<18} {:>8} {:>8}",
        options.rounds, "", "fastest", "median"
    );
    let us = |time: Duration| time.as_secs_f64() * 1e6 / UPDATES as f64;
    for (town, _, _, times) in &scenes {
        println!(
            "{:<18} {:>8.2} {:>8.2}",
            format!("guild of {}", town.members),
            us(times.fastest()),
            us(times.median())
        );
    }
    let [(_, _, _, small), (_, _, _, large)] = &scenes;
    println!(
        "{:<18} {:>8.2} {:>8.2}",
        "ratio",
        us(large.fastest()) / us(small.fastest()),
        us(large.median()) / us(small.median())
    );
}
