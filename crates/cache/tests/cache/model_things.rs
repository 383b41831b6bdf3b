//! Random events about what belongs to a guild, besides its channels, roles and members, played to the cache and to a
//! naive model: a name for each thing that there is.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use polycord_cache::{Cache, Change};
use serde_json::{Value, json};

use crate::in_guild::{ban, integration, invite, rule, scheduled, sound, stage};
use crate::play::{Play, channel, guild, id};

/// A kind of thing, and how events tell of it.
struct Kind {
    name: &'static str,
    /// An event about one thing, or about all that there are.
    told: Told,
    /// Where `GUILD_CREATE` lists all that there are. Without it what is known ends with the session.
    list: Option<&'static str>,
    /// A thing of a guild by its number.
    make: fn(u64, u64) -> Value,
    /// In a channel: it goes with the channel.
    in_channel: bool,
    /// What the cache shows, the number and the name of each.
    shown: fn(&Cache, u64) -> BTreeMap<u64, String>,
}

enum Told {
    OneByOne([&'static str; 3]),
    AllTogether(&'static str),
}

const KINDS: [Kind; 9] = [
    Kind {
        name: "emojis",
        told: Told::AllTogether("GUILD_EMOJIS_UPDATE"),
        list: Some("emojis"),
        make: |_, number| json!({"id": number.to_string(), "name": "e"}),
        in_channel: false,
        shown: |cache, guild| {
            let all = cache.guild_emojis(id(guild));
            all.map(|it| (it.id.unwrap().get(), it.name.clone().unwrap().into()))
                .collect()
        },
    },
    Kind {
        name: "stickers",
        told: Told::AllTogether("GUILD_STICKERS_UPDATE"),
        list: Some("stickers"),
        make: |_, number| json!({"id": number.to_string(), "name": "s", "type": 2, "format_type": 1}),
        in_channel: false,
        shown: |cache, guild| {
            let all = cache.guild_stickers(id(guild));
            all.map(|it| (it.id.get(), it.name.clone().into()))
                .collect()
        },
    },
    Kind {
        name: "sounds",
        told: Told::OneByOne([
            "GUILD_SOUNDBOARD_SOUND_CREATE",
            "GUILD_SOUNDBOARD_SOUND_UPDATE",
            "GUILD_SOUNDBOARD_SOUND_DELETE",
        ]),
        list: Some("soundboard_sounds"),
        make: |_, number| sound(number),
        in_channel: false,
        shown: |cache, guild| {
            let all = cache.guild_sounds(id(guild));
            all.map(|it| (it.sound_id.get(), it.name.clone().into()))
                .collect()
        },
    },
    Kind {
        name: "stages",
        told: Told::OneByOne([
            "STAGE_INSTANCE_CREATE",
            "STAGE_INSTANCE_UPDATE",
            "STAGE_INSTANCE_DELETE",
        ]),
        list: Some("stage_instances"),
        make: |_, number| stage(number + 50_000, number),
        in_channel: true,
        shown: |cache, guild| {
            let all = cache.guild_stage_instances(id(guild));
            all.map(|it| (it.channel_id.get(), it.topic.clone().into()))
                .collect()
        },
    },
    Kind {
        name: "scheduled events",
        told: Told::OneByOne([
            "GUILD_SCHEDULED_EVENT_CREATE",
            "GUILD_SCHEDULED_EVENT_UPDATE",
            "GUILD_SCHEDULED_EVENT_DELETE",
        ]),
        list: Some("guild_scheduled_events"),
        make: |_, number| scheduled(number),
        in_channel: false,
        shown: |cache, guild| {
            let all = cache.guild_scheduled_events(id(guild));
            all.map(|it| (it.id.get(), it.name.clone().into()))
                .collect()
        },
    },
    Kind {
        name: "integrations",
        told: Told::OneByOne([
            "INTEGRATION_CREATE",
            "INTEGRATION_UPDATE",
            "INTEGRATION_DELETE",
        ]),
        list: None,
        make: |_, number| integration(number),
        in_channel: false,
        shown: |cache, guild| {
            let all = cache.guild_integrations(id(guild));
            all.map(|it| (it.id.get(), it.name.clone().unwrap().into()))
                .collect()
        },
    },
    Kind {
        name: "rules",
        told: Told::OneByOne([
            "AUTO_MODERATION_RULE_CREATE",
            "AUTO_MODERATION_RULE_UPDATE",
            "AUTO_MODERATION_RULE_DELETE",
        ]),
        list: None,
        make: |_, number| rule(number),
        in_channel: false,
        shown: |cache, guild| {
            let all = cache.guild_auto_moderation_rules(id(guild));
            all.map(|it| (it.id.get(), it.name.clone().into()))
                .collect()
        },
    },
    Kind {
        name: "invites",
        told: Told::OneByOne(["INVITE_CREATE", "INVITE_CREATE", "INVITE_DELETE"]),
        list: None,
        make: |_, number| invite(&number.to_string(), number),
        in_channel: true,
        shown: |cache, guild| {
            let all = cache.guild_invites(id(guild));
            all.map(|it| (it.code.parse().unwrap(), it.max_uses.to_string()))
                .collect()
        },
    },
    Kind {
        name: "bans",
        told: Told::OneByOne(["GUILD_BAN_ADD", "GUILD_BAN_ADD", "GUILD_BAN_REMOVE"]),
        list: None,
        make: |_, number| ban(number),
        in_channel: false,
        shown: |cache, guild| {
            let all = cache.guild_bans(id(guild));
            all.map(|it| (it.user_id().get(), it.user().name().to_owned()))
                .collect()
        },
    },
];

/// A thing of a guild with a name.
fn made(kind: &Kind, guild: u64, number: u64, name: &str) -> Value {
    let mut thing = (kind.make)(guild, number);
    thing["guild_id"] = json!(guild.to_string());
    match kind.name {
        "stages" => thing["topic"] = json!(name),
        "invites" => thing["max_uses"] = name.parse::<u64>().unwrap().into(),
        "bans" => thing["user"]["username"] = json!(name),
        _ => thing["name"] = json!(name),
    }
    thing
}

/// What there is in a guild: for each kind, the name of each thing.
type Things = [BTreeMap<u64, String>; KINDS.len()];

#[derive(Default)]
struct Model {
    guilds: BTreeMap<u64, Things>,
    saw_ready: bool,
    left: BTreeSet<u64>,
}

impl Model {
    /// The guild that an event is about, unless the event is to be ignored.
    fn about(&mut self, guild: u64) -> Option<&mut Things> {
        let unknown = !self.guilds.contains_key(&guild);
        if unknown && (self.saw_ready || self.left.contains(&guild)) {
            return None;
        }
        Some(self.guilds.entry(guild).or_default())
    }
}

/// Makes one random event and tells the model about it.
fn step(random: &mut Rng, model: &mut Model) -> (&'static str, Value) {
    let guild_id = random.u64(1..=3);
    match random.u8(..100) {
        0..2 => ready(random, model),
        2..7 => guild_create(random, model, guild_id),
        7..9 => {
            model.guilds.remove(&guild_id);
            model.left.insert(guild_id);
            ("GUILD_DELETE", json!({"id": guild_id.to_string()}))
        }
        9..11 => {
            // An outage takes nothing away.
            if !model.left.contains(&guild_id) {
                model.guilds.entry(guild_id).or_default();
            }
            let data = json!({"id": guild_id.to_string(), "unavailable": true});
            ("GUILD_DELETE", data)
        }
        11..16 => {
            let number = numbered(random, guild_id);
            if let Some(things) = model.about(guild_id) {
                for (kind, things) in KINDS.iter().zip(things) {
                    if kind.in_channel {
                        things.remove(&number);
                    }
                }
            }
            let mut deleted = channel(number);
            deleted["guild_id"] = json!(guild_id.to_string());
            ("CHANNEL_DELETE", deleted)
        }
        _ => thing(random, model, guild_id),
    }
}

/// The number of a thing: none is in two guilds.
fn numbered(random: &mut Rng, guild: u64) -> u64 {
    guild * 1_000 + random.u64(..4)
}

fn ready(random: &mut Rng, model: &mut Model) -> (&'static str, Value) {
    let named: BTreeSet<u64> = (1..=3).filter(|_| random.u8(..4) > 0).collect();
    model.saw_ready = true;
    let known: Vec<_> = model.guilds.keys().copied().collect();
    for guild in known {
        if !named.contains(&guild) {
            model.guilds.remove(&guild);
            model.left.insert(guild);
        }
    }
    for guild in &named {
        model.left.remove(guild);
        let things = model.guilds.entry(*guild).or_default();
        for (kind, things) in KINDS.iter().zip(things) {
            if kind.list.is_none() {
                things.clear();
            }
        }
    }
    let guilds: Vec<_> = named
        .iter()
        .map(|id| json!({"id": id.to_string(), "unavailable": true}))
        .collect();
    let data = json!({"v": 10, "user": crate::play::user(99), "guilds": guilds,
        "session_id": "s", "resume_gateway_url": "wss://gateway.invalid"});
    ("READY", data)
}

fn guild_create(random: &mut Rng, model: &mut Model, guild_id: u64) -> (&'static str, Value) {
    let mut whole = guild(guild_id);
    model.left.remove(&guild_id);
    let things = model.guilds.entry(guild_id).or_default();
    for (kind, things) in KINDS.iter().zip(things) {
        let Some(list) = kind.list else { continue };
        things.clear();
        for _ in 0..random.u8(..3) {
            things.insert(numbered(random, guild_id), random.u8(..3).to_string());
        }
        whole[list] = all(kind, guild_id, things);
    }
    ("GUILD_CREATE", whole)
}

fn thing(random: &mut Rng, model: &mut Model, guild_id: u64) -> (&'static str, Value) {
    let which = random.usize(..KINDS.len());
    let kind = &KINDS[which];
    let (number, name) = (numbered(random, guild_id), random.u8(..3).to_string());
    let known = model.about(guild_id);
    let things = known.map(|things| &mut things[which]);
    let data = made(kind, guild_id, number, &name);
    match kind.told {
        Told::OneByOne([created, updated, deleted]) => {
            let event = *random.choice([created, updated, deleted].iter()).unwrap();
            if let Some(things) = things {
                if event == deleted {
                    things.remove(&number);
                } else {
                    things.insert(number, name);
                }
            }
            (event, data)
        }
        Told::AllTogether(event) => {
            let mut listed = BTreeMap::from([(number, name)]);
            if random.bool() {
                listed.insert(numbered(random, guild_id), "other".to_owned());
            }
            let list = all(kind, guild_id, &listed);
            if let Some(things) = things {
                *things = listed;
            }
            let data = json!({"guild_id": guild_id.to_string(), kind.list.unwrap(): list});
            (event, data)
        }
    }
}

/// The list of all things of a kind.
fn all(kind: &Kind, guild: u64, things: &BTreeMap<u64, String>) -> Value {
    let things = things.iter();
    let made = things.map(|(number, name)| made(kind, guild, *number, name));
    made.collect()
}

#[track_caller]
fn assert_equal(play: &Play, model: &Model) {
    let nothing = Things::default();
    for guild in 1..=3 {
        let things = model.guilds.get(&guild).unwrap_or(&nothing);
        for (kind, things) in KINDS.iter().zip(things) {
            let shown = (kind.shown)(&play.cache, guild);
            assert_eq!(&shown, things, "{} of guild {guild}", kind.name);
        }
    }
    assert_eq!(play.cache.audit(), Vec::<String>::new());
}

#[test]
fn what_belongs_to_guilds_equals_the_naive_model_after_every_event() {
    for seed in 0..20 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let mut play = Play::new(Cache::new());
        let mut model = Model::default();
        for _ in 0..600 {
            let (name, data) = step(&mut random, &mut model);
            play.event(name, data.clone());
            assert_equal(&play, &model);
            if random.u8(..4) == 0 {
                let changes: Vec<Change> = play.event(name, data);
                assert!(changes.is_empty(), "{name} twice: {changes:?}");
                assert_equal(&play, &model);
            }
            if random.u8(..50) == 0 {
                // As after a restart in the middle of a session.
                let mut file = Vec::new();
                play.cache.snapshot([]).write_to(&mut file).unwrap();
                let again = Cache::builder().restore(&file[..], &[]).unwrap();
                assert_equal(&Play::new(again), &model);
            }
        }
    }
}
