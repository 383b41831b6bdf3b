//! Random losses of sessions and of sight, and restarts, played to the cache and to a naive model: all messages that were
//! sent, and those that were told. What was not told is in a gap.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use polycord_cache::{Cache, CacheBuilder};
use serde_json::{Value, json};

use crate::messages::message;
use crate::play::{Play, guild, id};

const CHANNELS: [u64; 2] = [100, 101];

#[derive(Default)]
struct Channel {
    is_hidden: bool,
    last: u64,
    /// Those that were sent while nobody told.
    missed: BTreeSet<u64>,
}

fn shown(channel_id: u64, channel: &Channel) -> Value {
    if channel.is_hidden {
        return json!({"id": channel_id.to_string(), "guild_id": "1", "type": 0, "name": "___hidden___",
            "flags": 1 << 17});
    }
    json!({"id": channel_id.to_string(), "guild_id": "1", "type": 0, "name": "c",
        "last_message_id": channel.last.to_string(), "permission_overwrites": []})
}

fn builder() -> CacheBuilder {
    Cache::builder().messages_per_channel(100_000)
}

fn create(model: &BTreeMap<u64, Channel>) -> Value {
    let channels = model.iter().map(|(id, channel)| shown(*id, channel));
    let mut whole = guild(1);
    whole["channels"] = channels.collect();
    whole
}

#[test]
fn what_nobody_told_is_in_a_gap_whatever_was_lost_and_regained() {
    for seed in 0..40 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let mut model = BTreeMap::new();
        for channel in CHANNELS {
            let last = 500;
            model.insert(
                channel,
                Channel {
                    last,
                    ..Channel::default()
                },
            );
        }
        let mut play = Play::new(builder().build());
        play.ready(&[1]);
        play.event("GUILD_CREATE", create(&model));
        for number in 0..300 {
            let next = 1_000 + 10 * number;
            let chosen = *random.choice(CHANNELS.iter()).unwrap();
            match random.u8(..20) {
                0..3 => {
                    let channel = model.get_mut(&chosen).unwrap();
                    channel.is_hidden = !channel.is_hidden;
                    let told = shown(chosen, channel);
                    play.event("CHANNEL_UPDATE", told);
                }
                3 => {
                    // Sent while there is no session.
                    if random.bool() {
                        let channel = model.get_mut(&chosen).unwrap();
                        channel.missed.insert(next);
                        channel.last = next;
                    }
                    play.ready(&[1]);
                    play.event("GUILD_CREATE", create(&model));
                }
                4 => {
                    let mut file = Vec::new();
                    play.cache.snapshot([]).write_to(&mut file).unwrap();
                    play = Play::new(builder().restore(&file[..], &[]).unwrap());
                }
                _ => {
                    let channel = model.get_mut(&chosen).unwrap();
                    channel.last = next;
                    if channel.is_hidden {
                        channel.missed.insert(next);
                    } else {
                        play.event("MESSAGE_CREATE", message(chosen, next, 7));
                    }
                }
            }
            for (channel_id, channel) in model.iter().filter(|(_, it)| !it.is_hidden) {
                let gap = play.cache.gap(id(*channel_id));
                for missed in &channel.missed {
                    let is_told = gap.is_some_and(|gap| {
                        (gap.after.get() + 1..=gap.until.get()).contains(missed)
                    });
                    assert!(is_told, "{missed} in {channel_id}: {gap:?}, step {number}");
                }
                assert_eq!(gap.is_some(), !channel.missed.is_empty(), "{channel_id}");
            }
        }
        assert_eq!(play.cache.audit(), Vec::<String>::new());
    }
}
