//! How many bytes a cached message takes.

use std::time::Duration;

use polycord_cache_benches::{
    mix::Mix,
    peer::{Peer, Settings},
    town::Town,
};

use super::{filled, held};
use crate::options::Options;

/// Bytes of a message.
const BAR: f64 = 500.0;
const CHANNELS: usize = 100;
const MESSAGES: usize = 10_000;

pub fn run(options: &Options) {
    println!(
        "\nmemory of {MESSAGES} messages in {CHANNELS} channels, {}, bytes a message; bar: {BAR}\n\n{:<10} {:>14} {:>10}",
        options.town.distribution, "", "live heap", "ours of it"
    );
    let mut ours = None;
    for &peer in &options.peers {
        let bytes = of(peer, options.town);
        if peer == Peer::Ours {
            ours = bytes;
        }
        let ratio = super::ratio(ours, bytes);
        match bytes {
            Some(bytes) => println!("{peer:<10} {bytes:>14.0} {ratio:>10}"),
            None => println!("{peer:<10} {:>14}", "not there yet"),
        }
    }
}

/// The authors are members already, so that what comes is the messages' alone.
fn of(peer: Peer, town: Town) -> Option<f64> {
    let town = Town {
        guilds: 4,
        members: 200,
        ..town
    };
    let channels: Vec<_> = (0..town.guilds)
        .flat_map(|guild| town.channel_ids(guild))
        .map(|id| id.0)
        .collect();
    let settings = Settings {
        messages_per_channel: MESSAGES / CHANNELS,
        ..Settings::default()
    };
    let (cache, _) = filled(peer, town, &settings)?;
    cache.messages(&channels)?;

    let mut mix = Mix::new(town, town.seed);
    let mut heap = 0.0;
    for number in 0..MESSAGES {
        let message = mix.message_in(number % CHANNELS);
        heap += held(|| cache.take(&message, Duration::ZERO));
        // A quarter has reactions, of one to four.
        let reactions = if number.is_multiple_of(4) {
            1 + number / 4 % 4
        } else {
            0
        };
        for _ in 0..reactions {
            let reaction = mix.reaction_to_newest().expect("a message");
            heap += held(|| cache.take(&reaction, Duration::ZERO));
        }
    }
    assert_eq!(cache.messages(&channels), Some(MESSAGES), "{peer}");
    Some(heap / MESSAGES as f64)
}
