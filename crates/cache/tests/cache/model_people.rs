//! Random events about people, played to the cache and to a naive model of who is online, in voice, or typing.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use polycord_cache::Cache;
use polycord_types::presence::Status;
use serde_json::{Value, json};

use crate::play::{Play, channel, guild, id, member, secs, user};

const ME: u64 = 99;
pub(crate) const GUILDS: [u64; 2] = [1, 2];
pub(crate) const USERS: [u64; 6] = [7, 8, 9, 10, 11, ME];
const STATUSES: [(&str, Status); 3] = [
    ("online", Status::Online),
    ("idle", Status::Idle),
    ("offline", Status::Offline),
];

/// What is known of the people of a guild.
#[derive(Default)]
struct People {
    /// The channels that were not deleted: of another nobody knows whose it is.
    channels: BTreeSet<u64>,
    members: BTreeSet<u64>,
    /// Of whom a late event must not make a member again.
    left: BTreeSet<u64>,
    presences: BTreeMap<u64, Status>,
    /// In which channel each user is.
    voice: BTreeMap<u64, u64>,
    /// In which channel who is typing, and until when, in seconds.
    typing: BTreeMap<(u64, u64), u64>,
}

impl People {
    /// Something that only members do.
    fn did(&mut self, user: u64) {
        if !self.has_left(user) {
            self.members.insert(user);
        }
    }

    fn has_left(&self, user: u64) -> bool {
        !self.members.contains(&user) && self.left.contains(&user)
    }
}

/// The guilds that the current user is in, or was.
#[derive(Default)]
pub(crate) struct Model {
    guilds: BTreeMap<u64, People>,
    left: BTreeSet<u64>,
}

/// Guilds have channels of their own.
fn a_channel(random: &mut Rng, guild: u64) -> u64 {
    (guild - 1) * 1_000 + 100 + random.u64(..2)
}

fn presence(user: u64, status: &str) -> Value {
    let platforms = if status == "offline" {
        json!({})
    } else {
        json!({"desktop": status})
    };
    json!({"user": {"id": user.to_string()}, "status": status, "activities": [],
        "client_status": platforms})
}

fn voice_state(user: u64, channel: Option<u64>) -> Value {
    json!({"channel_id": channel.map(|channel| channel.to_string()), "user_id": user.to_string(),
        "session_id": "s", "deaf": false, "mute": false, "self_deaf": false, "self_mute": false,
        "self_video": false, "suppress": false, "request_to_speak_timestamp": null})
}

fn in_guild(guild: u64, mut data: Value) -> Value {
    data["guild_id"] = json!(guild.to_string());
    data
}

/// Makes one random event and tells the model about it.
pub(crate) fn step(
    random: &mut Rng,
    model: &mut Model,
    now: u64,
    number: u64,
) -> (&'static str, Value) {
    let guild_id = *random.choice(GUILDS.iter()).unwrap();
    let user_id = *random.choice(USERS.iter()).unwrap();
    let channel_id = a_channel(random, guild_id);
    let mut nobody = People::default();
    let kind = random.u8(..100);
    if kind < 6 {
        return guild_create(random, model, guild_id);
    }
    if kind < 8 {
        model.guilds.remove(&guild_id);
        model.left.insert(guild_id);
        return ("GUILD_DELETE", json!({"id": guild_id.to_string()}));
    }
    let is_outage = (8..10).contains(&kind);
    if is_outage && !model.left.contains(&guild_id) {
        // A guild may be heard of first by its outage.
        model.guilds.entry(guild_id).or_default();
    }
    let people = model.guilds.get_mut(&guild_id).unwrap_or(&mut nobody);
    match kind {
        8..10 => {
            people.typing.clear();
            let data = json!({"id": guild_id.to_string(), "unavailable": true});
            ("GUILD_DELETE", data)
        }
        10..13 => {
            people.channels.remove(&channel_id);
            people.voice.retain(|_, place| *place != channel_id);
            people.typing.retain(|(place, _), _| *place != channel_id);
            let mut deleted = channel(channel_id);
            deleted["guild_id"] = json!(guild_id.to_string());
            ("CHANNEL_DELETE", deleted)
        }
        13..23 => {
            people.members.insert(user_id);
            people.left.remove(&user_id);
            ("GUILD_MEMBER_ADD", in_guild(guild_id, member(user_id)))
        }
        23..31 => {
            if user_id != ME {
                people.members.remove(&user_id);
                people.presences.remove(&user_id);
                people.voice.remove(&user_id);
                people.typing.retain(|(_, who), _| *who != user_id);
                people.left.insert(user_id);
            }
            let who = if user_id == ME { 1_234 } else { user_id };
            let data = json!({"user": user(who)});
            ("GUILD_MEMBER_REMOVE", in_guild(guild_id, data))
        }
        31..52 => {
            let (name, status) = random.choice(STATUSES.iter()).unwrap();
            if people.members.contains(&user_id) {
                people.presences.insert(user_id, status.clone());
            }
            (
                "PRESENCE_UPDATE",
                in_guild(guild_id, presence(user_id, name)),
            )
        }
        52..72 => {
            let to = (random.u8(..3) > 0).then_some(channel_id);
            let mut state = voice_state(user_id, to);
            let has_left = people.has_left(user_id);
            if random.bool() {
                state["member"] = member(user_id);
                people.did(user_id);
            }
            match to.filter(|_| !has_left) {
                Some(channel) => people.voice.insert(user_id, channel),
                None => people.voice.remove(&user_id),
            };
            ("VOICE_STATE_UPDATE", in_guild(guild_id, state))
        }
        72..88 => {
            people.did(user_id);
            if user_id != ME && !people.has_left(user_id) {
                people.typing.insert((channel_id, user_id), now + 10);
            }
            let data = json!({"channel_id": channel_id.to_string(), "user_id": user_id.to_string(),
                "timestamp": 0, "member": member(user_id)});
            ("TYPING_START", in_guild(guild_id, data))
        }
        _ => {
            people.did(user_id);
            people.typing.remove(&(channel_id, user_id));
            let data = json!({"id": (5_000 + number).to_string(), "author": user(user_id),
                "channel_id": channel_id.to_string(), "content": "hello",
                "timestamp": "2026-01-01T00:00:00.000000+00:00", "member": {"roles": []}});
            ("MESSAGE_CREATE", in_guild(guild_id, data))
        }
    }
}

fn guild_create(random: &mut Rng, model: &mut Model, guild_id: u64) -> (&'static str, Value) {
    model.left.remove(&guild_id);
    let people = model.guilds.entry(guild_id).or_default();
    let others = USERS.into_iter().filter(|_| random.bool());
    people.members = others.chain([ME]).collect();
    people.left.retain(|user| !people.members.contains(user));
    people.channels = [100, 101]
        .map(|number| (guild_id - 1) * 1_000 + number)
        .into();
    people.typing.clear();
    people.presences.clear();
    people.voice.clear();
    let mut whole = guild(guild_id);
    let (mut presences, mut voice_states) = (Vec::new(), Vec::new());
    for user in &people.members {
        if random.bool() {
            let (name, status) = random.choice(STATUSES.iter()).unwrap();
            people.presences.insert(*user, status.clone());
            presences.push(presence(*user, name));
        }
        if random.u8(..3) == 0 {
            let channel = a_channel(random, guild_id);
            people.voice.insert(*user, channel);
            voice_states.push(voice_state(*user, Some(channel)));
        }
    }
    whole["members"] = people.members.iter().map(|user| member(*user)).collect();
    whole["member_count"] = json!(people.members.len());
    whole["presences"] = json!(presences);
    whole["voice_states"] = json!(voice_states);
    ("GUILD_CREATE", whole)
}

#[track_caller]
fn assert_equal(cache: &Cache, model: &Model) {
    let nobody = People::default();
    for guild in GUILDS {
        let people = model.guilds.get(&guild).unwrap_or(&nobody);
        for user in USERS {
            let place = (id(guild), id(user));
            let known = cache.member(place.0, place.1);
            assert_eq!(
                known.is_some(),
                people.members.contains(&user),
                "member {user}"
            );
            let status = cache.presence(place.0, place.1).map(|seen| seen.status());
            assert_eq!(
                status,
                people.presences.get(&user).cloned(),
                "status of {user}"
            );
            let voice = cache.voice_state(place.0, place.1);
            let voice = voice.map(|state| state.channel_id().get());
            assert_eq!(voice, people.voice.get(&user).copied(), "voice of {user}");
        }
        for number in 0..2 {
            let channel = (guild - 1) * 1_000 + 100 + number;
            let there = people.voice.values().filter(|place| **place == channel);
            assert_eq!(cache.voice_users(id(channel)), there.count());
            let typing = people.typing.keys();
            let typing =
                typing.filter(|(place, _)| *place == channel && people.channels.contains(place));
            let typing: Vec<_> = typing.map(|(_, user)| *user).collect();
            let shown: Vec<_> = cache
                .typing(id(channel))
                .iter()
                .map(|user| user.get())
                .collect();
            assert_eq!(shown, typing, "typing in {channel}");
        }
    }
    assert_eq!(cache.audit(), Vec::<String>::new());
}

#[test]
fn who_is_online_in_voice_or_typing_equals_the_naive_model_after_every_event() {
    for seed in 0..20 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let mut play = Play::new(Cache::new());
        let mut model = Model::default();
        play.ready(&[]);
        let mut now = 0;
        for number in 0..600 {
            now += random.u64(..4);
            play.now = secs(now);
            for people in model.guilds.values_mut() {
                people.typing.retain(|_, until| *until > now);
            }
            let (name, data) = step(&mut random, &mut model, now, number);
            play.event(name, data.clone());
            assert_equal(&play.cache, &model);
            if random.u8(..4) == 0 {
                let changes = play.event(name, data);
                assert!(changes.is_empty(), "{name} twice: {changes:?}");
                assert_equal(&play.cache, &model);
            }
        }
    }
}
