//! What happens in a world: through the functions by which actors act, with the state kept.

use std::collections::BTreeSet;

use fastrand::Rng;
use polycord_simulator::{GuildView, Simulator, World};
use polycord_types::id::{ChannelId, GuildId, MessageId, UserId};
use serde_json::Value;

use super::{Start, builder, head, readers};
use crate::{options::Options, readers::LAST};

/// As in the workload of the other benchmarks: of 100 events so many are of each kind.
const PRESENCES: u32 = 55;
const MESSAGES: u32 = 18;
const TYPING: u32 = 8;
const REACTIONS: u32 = 6;
const MEMBERS: u32 = 5;
/// Acts before others have their turn.
const BATCH: u32 = 64;
/// Events that a reader may be behind before the people wait for it.
const BEHIND: u64 = 1_024;
/// A channel for text, as Discord numbers them.
const TEXT: u8 = 0;
/// To view a channel, to write and to react in it, and to read what was written.
const TALK: u64 = 1 << 10 | 1 << 11 | 1 << 6 | 1 << 16;
/// How many of the messages of a guild are reacted to.
const RECENT: usize = 16;

pub async fn run(options: &Options) {
    head("events of a generated world");
    for &connections in &options.connections {
        of(options, connections, connections, "  each shard its own").await;
    }
    for &connections in options.connections.iter().filter(|number| **number > 1) {
        of(options, connections, 1, "  all of them to all").await;
    }
}

async fn of(options: &Options, connections: u32, shards: u32, what: &str) {
    let guilds = 100;
    let sim = builder(shards.max(connections))
        .world(World::generate(1, guilds, 100))
        .start()
        .await
        .expect("a simulator");
    let mut readers = readers(&sim, options, connections, shards).await;
    let copies = u64::from(connections / shards);
    let view = sim.world();
    let mut places: Vec<_> = view
        .guilds
        .iter()
        .map(|guild| Place::of(&sim, guild))
        .collect();
    let start = Start::now();
    let acts = (options.events / copies).max(2);
    let mut random = Rng::with_seed(7);
    people(&sim, &mut places, &mut random, acts / 2).await;
    start.half().is_done();
    people(&sim, &mut places, &mut random, acts / 2).await;
    let mut told = BTreeSet::new();
    for guild in &view.guilds {
        if told.insert(guild.shard(shards)) {
            sim.emit(LAST, Value::Null, Some(guild.id));
        }
    }
    let (seen, bytes) = readers.seen().await;
    start.tell(what, connections, seen, bytes);
    readers.end().await;
    sim.shutdown().await;
}

/// A guild, and who is busy where in it.
struct Place {
    guild: GuildId,
    channels: Vec<ChannelId>,
    people: Vec<(UserId, String)>,
    /// Messages to react to.
    recent: Vec<(ChannelId, MessageId)>,
}

impl Place {
    fn of(sim: &Simulator, guild: &GuildView) -> Self {
        // Neither bots nor the owner: who leaves is to come back.
        let people = guild.members.iter();
        let people = people.filter(|member| !member.bot && member.id != guild.owner);
        let people: Vec<_> = people
            .map(|member| (member.id, member.name.clone()))
            .collect();
        let channels = guild.channels.iter().filter(|channel| {
            let may = |user| sim.permissions(channel.id, user).bits() & TALK == TALK;
            channel.kind == TEXT && people.iter().all(|(user, _)| may(*user))
        });
        Self {
            guild: guild.id,
            channels: channels.map(|channel| channel.id).collect(),
            people,
            recent: Vec::new(),
        }
    }
}

async fn people(sim: &Simulator, places: &mut [Place], random: &mut Rng, acts: u64) {
    for act in 0..acts {
        if act % u64::from(BATCH) == 0 {
            tokio::task::yield_now().await;
            while sim.backlog() > BEHIND {
                tokio::task::yield_now().await;
            }
        }
        let place = &mut places[random.usize(..places.len())];
        let recent = &mut place.recent;
        let Some(channel) = random.choice(&place.channels).copied() else {
            continue;
        };
        let Some((user, name)) = random.choice(&place.people) else {
            continue;
        };
        let user = *user;
        let mut die = random.u32(..100);
        let mut falls = |share: u32| {
            let hit = die < share;
            die = die.wrapping_sub(share);
            hit
        };
        if falls(PRESENCES) {
            sim.presence(
                user,
                random.choice(["online", "idle", "dnd"]).unwrap_or("online"),
            );
        } else if falls(MESSAGES) {
            let text = "a message as long as most of them are, with a word or two more";
            let message = (channel, sim.say(channel, user, text));
            if recent.len() == RECENT {
                recent[random.usize(..RECENT)] = message;
            } else {
                recent.push(message);
            }
        } else if falls(TYPING) {
            sim.typing(channel, user);
        } else if falls(REACTIONS) {
            if let Some((channel, message)) = random.choice(&*recent) {
                sim.react(*channel, *message, user, "👍");
            }
        } else if falls(MEMBERS) {
            sim.leave(place.guild, user);
            sim.join(place.guild, name);
        } else {
            sim.voice(place.guild, user, None);
        }
    }
}
