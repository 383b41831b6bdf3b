//! What happens in a world: through the functions by which actors act, with the state kept.

use std::collections::BTreeSet;

use fastrand::Rng;
use polycord_simulator::{MemberView, Simulator, World, WorldView};
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
/// Messages to react to.
const RECENT: usize = 64;

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
    let start = Start::now();
    people(&sim, &view, (options.events / copies).max(1)).await;
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

async fn people(sim: &Simulator, view: &WorldView, acts: u64) {
    let mut random = Rng::with_seed(7);
    let mut recent = Vec::with_capacity(RECENT);
    for act in 0..acts {
        if act % u64::from(BATCH) == 0 {
            tokio::task::yield_now().await;
            while sim.backlog() > BEHIND {
                tokio::task::yield_now().await;
            }
        }
        let number = random.usize(..view.guilds.len());
        let guild = &view.guilds[number];
        let channel = guild.channel("general").expect("every guild has it");
        let member = somebody(&mut random, view, number);
        let user = member.id;
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
            let message = (number, channel, sim.say(channel, user, text));
            if recent.len() == RECENT {
                recent[random.usize(..RECENT)] = message;
            } else {
                recent.push(message);
            }
        } else if falls(TYPING) {
            sim.typing(channel, user);
        } else if falls(REACTIONS) {
            if let Some((number, channel, message)) = random.choice(&recent).copied() {
                let user = somebody(&mut random, view, number).id;
                sim.react(channel, message, user, "👍");
            }
        } else if falls(MEMBERS) {
            sim.leave(guild.id, user);
            sim.join(guild.id, &member.name);
        } else {
            sim.voice(guild.id, user, None);
        }
    }
}

/// A member of the guild of that number who is neither the bot nor the owner.
fn somebody<'a>(random: &mut Rng, view: &'a WorldView, number: usize) -> &'a MemberView {
    let guild = &view.guilds[number];
    loop {
        let member = &guild.members[random.usize(..guild.members.len())];
        if member.id != view.bot && member.id != guild.owner {
            return member;
        }
    }
}
