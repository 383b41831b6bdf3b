//! How long it takes from the frame of a guild to the cache.

use std::time::Duration;

use polycord_cache_benches::{
    peer::{Cache, Peer, Settings},
    town::Town,
};

use super::Times;
use crate::options::Options;

/// Of twilight's time.
const BAR: f64 = 0.4;

#[derive(Default)]
struct Costs {
    /// To the event, which is dropped.
    decode: Times,
    /// Into a cache that does not know the guild.
    new: Times,
    /// Into a cache that has it, as after a session was lost.
    again: Times,
}

pub fn run(options: &Options) {
    let town = Town {
        guilds: options.rounds as u64,
        ..options.town
    };
    let mut caches: Vec<(Peer, Box<dyn Cache>, Costs)> = options
        .peers
        .iter()
        .map(|peer| {
            let cache = peer.cache(&Settings::default()).expect("a cache");
            (*peer, cache, Costs::default())
        })
        .collect();
    let mut size = 0;
    for guild in 0..town.guilds {
        let frame = town.guild_create(guild);
        size += frame.len() as u64;
        for (_, cache, costs) in &mut caches {
            costs.decode.measure(|| cache.decode(&frame));
            costs.new.measure(|| cache.take(&frame, Duration::ZERO));
            costs.again.measure(|| cache.take(&frame, Duration::ZERO));
        }
    }

    println!(
        "\nGUILD_CREATE of {} members ({} bytes), ms of CPU from frame to cached: fastest, median of {}; bar: {BAR} of \
         twilight's\n\n{:<10} {:>16} {:>16} {:>16}",
        town.members,
        size / town.guilds,
        town.guilds,
        "",
        "new",
        "again",
        "decode alone"
    );
    let cell = |times: &Times| {
        format!(
            "{:.2}, {:.2}",
            times.fastest().as_secs_f64() * 1e3,
            times.median().as_secs_f64() * 1e3
        )
    };
    for (peer, _, costs) in &caches {
        println!(
            "{peer:<10} {:>16} {:>16} {:>16}",
            cell(&costs.new),
            cell(&costs.again),
            cell(&costs.decode)
        );
    }
    for peer in [Peer::Twilight, Peer::Serenity] {
        let of = |peer| caches.iter().find(|(other, ..)| *other == peer);
        let (Some((_, _, ours)), Some((_, _, theirs))) = (of(Peer::Ours), of(peer)) else {
            continue;
        };
        let cell = |ours: &Times, theirs: &Times| {
            let of = |ours: Duration, theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
            format!(
                "{:.2}, {:.2}",
                of(ours.fastest(), theirs.fastest()),
                of(ours.median(), theirs.median())
            )
        };
        println!(
            "{:<10} {:>16} {:>16} {:>16}",
            format!("of {peer}"),
            cell(&ours.new, &theirs.new),
            cell(&ours.again, &theirs.again),
            cell(&ours.decode, &theirs.decode)
        );
    }
}
