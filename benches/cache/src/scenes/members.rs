//! How many bytes a member takes, with everything that comes with it.

use std::time::Duration;

use polycord_cache_benches::peer::{Peer, Settings};

use super::{elsewhere, filled, resident};
use crate::options::Options;

/// Bytes of a member.
const BAR: f64 = 320.0;

pub fn run(options: &Options) {
    let count = options.town.all_members();
    println!(
        "\nmemory of {count} members in {} guilds, {}, all kinds on, bytes a member; bar: {BAR}\n\n{:<10} {:>10} {:>12} {:>10}",
        options.town.guilds, options.town.distribution, "", "live heap", "resident", "ours of it"
    );
    let mut ours = None;
    for &peer in &options.peers {
        let numbers = elsewhere("members", peer, options);
        let (heap, resident) = (numbers[0] / count as f64, numbers[1] / count as f64);
        if peer == Peer::Ours {
            ours = Some(heap);
        }
        let ratio = super::ratio(ours, Some(heap));
        println!("{peer:<10} {heap:>10.0} {resident:>12.0} {ratio:>10}");
    }
}

/// Live heap and resident memory, in bytes.
pub fn of(peer: Peer, options: &Options) -> Vec<f64> {
    // What generator, decoder and cache need in any case is there already.
    let warm = peer.cache(&Settings::default()).expect("a cache");
    warm.take(&options.town.guild_create(0), Duration::ZERO);
    drop(warm);

    let before = resident();
    let (cache, heap) = filled(peer, options.town, &Settings::default()).expect("a cache");
    let after = resident();
    // To give back all of it takes long, and this process ends anyway.
    std::mem::forget(cache);
    vec![heap, after - before]
}
