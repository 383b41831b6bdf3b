//! Random events, sensible or not, played to the cache and to a naive model of what it should show.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use polycord_cache::{Cache, CachedMember, Change, Delta, Eviction, Expiry, GuildState, Kind};
use polycord_types::id::{ChannelId, GuildId};
use serde_json::{Value, json};

use crate::play::{self, Play, channel, id, member, role, secs, thread, user};

const ME: u64 = 99;

/// What the cache should show, by the plainest means.
#[derive(Default)]
struct Model {
    guilds: BTreeMap<u64, Guild>,
    users: BTreeMap<u64, String>,
    left: BTreeSet<u64>,
    saw_ready: bool,
}

struct Guild {
    state: GuildState,
    name: Option<String>,
    member_count: Option<u64>,
    channels: BTreeMap<u64, Channel>,
    roles: BTreeMap<u64, String>,
    members: BTreeMap<u64, Member>,
    moves: BTreeMap<u64, bool>,
}

#[derive(Clone, PartialEq, Debug)]
struct Channel {
    name: String,
    /// Of a thread.
    parent: Option<u64>,
}

#[derive(Clone, PartialEq, Debug, Default)]
struct Member {
    nick: Option<String>,
    roles: Vec<u64>,
    deaf: bool,
}

impl Guild {
    const fn new(state: GuildState) -> Self {
        Self {
            state,
            name: None,
            member_count: None,
            channels: BTreeMap::new(),
            roles: BTreeMap::new(),
            members: BTreeMap::new(),
            moves: BTreeMap::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.channels.is_empty()
            && self.roles.is_empty()
            && self.members.is_empty()
    }

    fn remove_role(&mut self, role: u64) {
        self.roles.remove(&role);
        for member in self.members.values_mut() {
            member.roles.retain(|has| *has != role);
        }
    }

    fn has_left(&self, user: u64) -> bool {
        !self.members.contains_key(&user) && self.moves.get(&user) == Some(&false)
    }

    fn moved(&mut self, user: u64, came: bool, saw_ready: bool) {
        if came && user == ME && saw_ready {
            return;
        }
        let duplicate = self.moves.insert(user, came) == Some(came);
        if !(duplicate || came && self.members.contains_key(&user)) {
            self.member_count = self.member_count.map(|count| {
                if came {
                    count + 1
                } else {
                    count.saturating_sub(1)
                }
            });
        }
    }
}

impl Model {
    /// The guild that an event is about, unless the event is to be ignored.
    fn about(&mut self, guild: u64) -> Option<&mut Guild> {
        if !self.guilds.contains_key(&guild) && (self.saw_ready || self.left.contains(&guild)) {
            return None;
        }
        Some(
            self.guilds
                .entry(guild)
                .or_insert_with(|| Guild::new(GuildState::Cold)),
        )
    }

    fn leave(&mut self, guild: u64) {
        self.guilds.remove(&guild);
        self.left.insert(guild);
    }

    /// Drops the users that nothing needs any more.
    fn prune(&mut self) {
        let (guilds, saw_ready) = (&self.guilds, self.saw_ready);
        self.users.retain(|user, _| {
            (saw_ready && *user == ME)
                || guilds
                    .values()
                    .any(|guild| guild.members.contains_key(user))
        });
    }
}

/// Makes one random event and tells the model about it.
#[expect(clippy::too_many_lines, reason = "one arm per event")]
fn step(random: &mut Rng, model: &mut Model) -> (&'static str, Value) {
    let guild = random.u64(1..=4);
    let own = guild * 1_000;
    let channel_id = own + 100 + random.u64(..6);
    let thread_id = own + 200 + random.u64(..6);
    let role_id = own + 150 + random.u64(..5);
    let user_id = if random.u8(..10) == 0 {
        ME
    } else {
        random.u64(7..17)
    };
    let name = format!("name {}", random.u8(..3));
    let text = |id: u64| json!(id.to_string());
    let named_user = |id: u64, name: &str| {
        let mut user = user(id);
        user["username"] = json!(name);
        user
    };
    match random.u8(..100) {
        0..2 => {
            let named: BTreeSet<u64> = (1..=4).filter(|_| random.u8(..4) > 0).collect();
            model.saw_ready = true;
            model.users.insert(ME, "me".to_owned());
            for guild in &named {
                model.left.remove(guild);
                let known = model.guilds.entry(*guild);
                let known = known.or_insert_with(|| Guild::new(GuildState::Pending));
                known.state = if known.is_empty() {
                    GuildState::Pending
                } else {
                    GuildState::Cold
                };
            }
            let gone: Vec<_> = model
                .guilds
                .keys()
                .copied()
                .filter(|guild| !named.contains(guild))
                .collect();
            for guild in gone {
                model.leave(guild);
            }
            let guilds: Vec<_> = named
                .iter()
                .map(|id| json!({"id": text(*id), "unavailable": true}))
                .collect();
            (
                "READY",
                json!({"v": 10, "user": named_user(ME, "me"), "guilds": guilds,
                "session_id": "s", "resume_gateway_url": ""}),
            )
        }
        2..8 => {
            model.left.remove(&guild);
            let state = GuildState::Available;
            let mut whole = Guild {
                name: Some(name.clone()),
                ..Guild::new(state)
            };
            let mut data = play::guild(guild);
            data["name"] = json!(name);
            for list in ["channels", "threads", "roles", "members"] {
                data[list] = json!([]);
            }
            let mut push = |list: &str, item: Value| {
                if let Some(list) = data[list].as_array_mut() {
                    list.push(item);
                }
            };
            for id in (0..6).filter(|_| random.bool()) {
                push("channels", channel(own + 100 + id));
                let name = format!("channel {}", own + 100 + id);
                whole
                    .channels
                    .insert(own + 100 + id, Channel { name, parent: None });
            }
            for id in (0..6).filter(|_| random.u8(..3) == 0) {
                let mut active = thread(own + 200 + id, channel_id, false);
                active["name"] = json!("thread");
                push("threads", active);
                let thread = Channel {
                    name: "thread".to_owned(),
                    parent: Some(channel_id),
                };
                whole.channels.insert(own + 200 + id, thread);
            }
            for id in (0..5).filter(|_| random.bool()) {
                push("roles", role(own + 150 + id));
                whole
                    .roles
                    .insert(own + 150 + id, format!("role {}", own + 150 + id));
            }
            for user in (7..17).chain([ME]).filter(|_| random.u8(..3) == 0) {
                push("members", member(user));
                whole.members.insert(user, Member::default());
                model.users.insert(user, format!("user {user}"));
            }
            let unnamed = if random.bool() { 0 } else { random.u64(1..100) };
            let count = whole.members.len() as u64 + unnamed;
            whole.member_count = Some(count);
            if let Some(known) = model.guilds.get(&guild).filter(|_| unnamed == 0) {
                let left = known
                    .moves
                    .iter()
                    .filter(|(user, came)| !**came && !whole.members.contains_key(user));
                whole.moves = left.map(|(user, came)| (*user, *came)).collect();
            }
            data["member_count"] = json!(count);
            model.guilds.insert(guild, whole);
            ("GUILD_CREATE", data)
        }
        8..11 => {
            if !model.left.contains(&guild) {
                let known = model.guilds.entry(guild);
                known.or_insert_with(|| Guild::new(GuildState::Cold)).state =
                    GuildState::Unavailable;
            }
            (
                "GUILD_DELETE",
                json!({"id": text(guild), "unavailable": true}),
            )
        }
        11..13 => {
            model.leave(guild);
            ("GUILD_DELETE", json!({"id": text(guild)}))
        }
        13..17 => {
            let roles: Vec<_> = (0..5)
                .filter(|_| random.bool())
                .map(|id| own + 150 + id)
                .collect();
            if let Some(guild) = model.about(guild) {
                guild.name = Some(name.clone());
                if !roles.is_empty() {
                    let known: Vec<_> = guild.roles.keys().copied().collect();
                    for id in known.into_iter().filter(|id| !roles.contains(id)) {
                        guild.remove_role(id);
                    }
                    guild.roles = roles.iter().map(|id| (*id, format!("role {id}"))).collect();
                }
            }
            let roles: Vec<_> = roles.into_iter().map(role).collect();
            (
                "GUILD_UPDATE",
                json!({"id": text(guild), "name": name, "owner_id": "7",
                "roles": roles}),
            )
        }
        17..30 => {
            let event = if random.bool() {
                "CHANNEL_CREATE"
            } else {
                "CHANNEL_UPDATE"
            };
            if let Some(guild) = model.about(guild) {
                guild.channels.insert(
                    channel_id,
                    Channel {
                        name: name.clone(),
                        parent: None,
                    },
                );
            }
            (
                event,
                json!({"id": text(channel_id), "type": 0, "guild_id": text(guild),
                "name": name}),
            )
        }
        30..34 => {
            if let Some(guild) = model.about(guild) {
                guild
                    .channels
                    .retain(|id, channel| *id != channel_id && channel.parent != Some(channel_id));
            }
            (
                "CHANNEL_DELETE",
                json!({"id": text(channel_id), "type": 0, "guild_id": text(guild)}),
            )
        }
        34..42 => {
            let event = if random.bool() {
                "THREAD_CREATE"
            } else {
                "THREAD_UPDATE"
            };
            let archived = random.u8(..3) == 0;
            if let Some(guild) = model.about(guild) {
                // Where all channels are known, a thread that is new must belong to one.
                let has_parent = guild.state != GuildState::Available
                    || guild.channels.contains_key(&channel_id)
                    || guild.channels.contains_key(&thread_id);
                if archived {
                    guild.channels.remove(&thread_id);
                } else if has_parent {
                    let thread = Channel {
                        name: name.clone(),
                        parent: Some(channel_id),
                    };
                    guild.channels.insert(thread_id, thread);
                }
            }
            let mut data = thread(thread_id, channel_id, archived);
            data["guild_id"] = text(guild);
            data["name"] = json!(name);
            (event, data)
        }
        42..44 => {
            let all = random.bool();
            if let Some(guild) = model.about(guild) {
                guild.channels.retain(|_, channel| {
                    channel.parent.is_none() || (!all && channel.parent != Some(channel_id))
                });
                let thread = Channel {
                    name: "synced".to_owned(),
                    parent: Some(channel_id),
                };
                guild.channels.insert(thread_id, thread);
            }
            let mut listed = thread(thread_id, channel_id, false);
            listed["name"] = json!("synced");
            let mut data = json!({"guild_id": text(guild), "threads": [listed], "members": []});
            if !all {
                data["channel_ids"] = json!([text(channel_id)]);
            }
            ("THREAD_LIST_SYNC", data)
        }
        44..46 => {
            if let Some(guild) = model.about(guild) {
                guild.channels.remove(&thread_id);
            }
            (
                "THREAD_DELETE",
                json!({"id": text(thread_id), "guild_id": text(guild),
                "parent_id": text(channel_id), "type": 11}),
            )
        }
        46..52 => {
            let event = if random.bool() {
                "GUILD_ROLE_CREATE"
            } else {
                "GUILD_ROLE_UPDATE"
            };
            if let Some(guild) = model.about(guild) {
                guild.roles.insert(role_id, name.clone());
            }
            let mut new = role(role_id);
            new["name"] = json!(name);
            (event, json!({"guild_id": text(guild), "role": new}))
        }
        52..56 => {
            if let Some(guild) = model.about(guild) {
                guild.remove_role(role_id);
            }
            (
                "GUILD_ROLE_DELETE",
                json!({"guild_id": text(guild), "role_id": text(role_id)}),
            )
        }
        56..66 => {
            let saw_ready = model.saw_ready;
            if let Some(guild) = model.about(guild) {
                guild.moved(user_id, true, saw_ready);
                guild.members.insert(user_id, Member::default());
                model.users.insert(user_id, name.clone());
            }
            let mut data = member(user_id);
            data["user"] = named_user(user_id, &name);
            data["guild_id"] = text(guild);
            ("GUILD_MEMBER_ADD", data)
        }
        66..76 => {
            let saw_ready = model.saw_ready;
            if let Some(guild) = model.about(guild) {
                guild.moved(user_id, false, saw_ready);
                if user_id != ME || !saw_ready {
                    guild.members.remove(&user_id);
                }
            }
            (
                "GUILD_MEMBER_REMOVE",
                json!({"guild_id": text(guild), "user": user(user_id)}),
            )
        }
        76..88 => {
            let nick = random.bool().then(|| format!("nick {}", random.u8(..3)));
            let deaf = random.bool().then(|| random.bool());
            let roles = vec![role_id];
            if let Some(guild) = model.about(guild) {
                let member = guild.members.entry(user_id).or_default();
                member.nick.clone_from(&nick);
                member.roles.clone_from(&roles);
                member.deaf = deaf.unwrap_or(member.deaf);
                model.users.insert(user_id, name.clone());
            }
            let mut data = json!({"guild_id": text(guild), "user": named_user(user_id, &name),
                "nick": nick, "roles": [text(role_id)]});
            if let Some(deaf) = deaf {
                data["deaf"] = json!(deaf);
            }
            ("GUILD_MEMBER_UPDATE", data)
        }
        _ => {
            let found: Vec<_> = (7..17).filter(|_| random.u8(..4) == 0).collect();
            if let Some(guild) = model.about(guild) {
                let told = found.iter().filter(|user| !guild.has_left(**user));
                let told: Vec<_> = told.copied().collect();
                let members = told.iter().map(|user| (*user, Member::default()));
                guild.members.extend(members);
                let users = told.iter().map(|user| (*user, format!("user {user}")));
                model.users.extend(users);
            }
            let members: Vec<_> = found.into_iter().map(member).collect();
            (
                "GUILD_MEMBERS_CHUNK",
                json!({"guild_id": text(guild), "members": members,
                "chunk_index": 0, "chunk_count": 1}),
            )
        }
    }
}

fn seen(member: &CachedMember) -> Member {
    Member {
        nick: member.nick().map(str::to_owned),
        roles: member.roles().iter().map(|role| role.get()).collect(),
        deaf: member.is_deaf(),
    }
}

/// Every answer of an unbounded cache equals the model's.
fn assert_equal(play: &Play, model: &Model) {
    let cache = &play.cache;
    let ids: Vec<_> = cache.guild_ids().iter().map(|id| id.get()).collect();
    assert_eq!(ids, model.guilds.keys().copied().collect::<Vec<_>>());
    for number in 1..=4 {
        let guild = model.guilds.get(&number);
        assert_eq!(play.state(number), guild.map(|guild| guild.state));
        let cached = play.guild(number);
        assert_eq!(
            cached.as_ref().map(|guild| guild.name().to_owned()),
            guild.and_then(|guild| guild.name.clone()),
        );
        if let (Some(cached), Some(guild)) = (&cached, guild) {
            assert_eq!(cached.state(), guild.state);
            assert_eq!(cached.member_count(), guild.member_count);
        }
        let empty = Guild::new(GuildState::Cold);
        let guild = guild.unwrap_or(&empty);
        let channels: BTreeMap<_, _> = cache
            .guild_channels(id(number))
            .chain(cache.guild_threads(id(number)))
            .map(|channel| {
                let parent = channel.parent_id.map(ChannelId::get);
                let name = channel.name.clone().unwrap_or_default().into();
                (channel.id.get(), Channel { name, parent })
            })
            .collect();
        assert_eq!(channels, guild.channels);
        let roles: BTreeMap<_, _> = cache
            .guild_roles(id(number))
            .map(|role| (role.id.get(), role.name.clone().into()))
            .collect();
        assert_eq!(roles, guild.roles);
        let members: BTreeMap<_, _> = cache
            .guild_members(id(number))
            .map(|member| (member.user_id().get(), seen(&member)))
            .collect();
        assert_eq!(members, guild.members);
        for id in 0..6 {
            for id in [number * 1_000 + 100 + id, number * 1_000 + 200 + id] {
                assert_eq!(play.channel(id).is_some(), guild.channels.contains_key(&id));
            }
            let id = number * 1_000 + 150 + id;
            assert_eq!(play.role(id).is_some(), guild.roles.contains_key(&id));
        }
        for user in (7..17).chain([ME]) {
            let member = play.member(number, user).as_ref().map(seen);
            assert_eq!(member.as_ref(), guild.members.get(&user));
        }
    }
    for number in (7..17).chain([ME]) {
        let name = play.user(number).map(|user| user.name().to_owned());
        assert_eq!(name.as_ref(), model.users.get(&number), "user {number}");
    }
    let sum = |of: fn(&Guild) -> usize| model.guilds.values().map(of).sum::<usize>();
    let counts = cache.counts();
    assert_eq!(
        counts.of(Kind::Guild),
        sum(|guild| usize::from(guild.name.is_some()))
    );
    let channels = counts.of(Kind::Channel) + counts.of(Kind::Thread);
    assert_eq!(channels, sum(|guild| guild.channels.len()));
    assert_eq!(counts.of(Kind::Role), sum(|guild| guild.roles.len()));
    assert_eq!(counts.of(Kind::Member), sum(|guild| guild.members.len()));
    assert_eq!(counts.of(Kind::User), model.users.len());
    assert_answers_fit(cache, model);
}

/// What is asked about several things at once is what they say one by one.
fn assert_answers_fit(cache: &Cache, model: &Model) {
    for (number, guild) in &model.guilds {
        let view = cache.view(id(*number)).unwrap();
        let members = view.members();
        let members = members.map(|member| (member.user_id().get(), seen(&member)));
        assert!(members.eq(guild.members.clone()));
        for role in guild.roles.keys().filter(|role| *role != number) {
            let having = view.members_with_role(id(*role));
            let having: Vec<_> = having.map(|member| member.user_id().get()).collect();
            let expected = guild.members.iter();
            let expected = expected.filter(|(_, member)| member.roles.contains(role));
            assert!(having.iter().eq(expected.map(|(user, _)| user)));
        }
        for (user, member) in &guild.members {
            let name = member.nick.as_ref().or_else(|| model.users.get(user));
            assert_eq!(
                view.display_name(id(*user)).as_deref(),
                name.map(String::as_str)
            );
        }
    }
    for user in (7..17).chain([ME]) {
        let shared = model.guilds.iter();
        let shared = shared.filter(|(_, guild)| guild.members.contains_key(&user));
        let mutual = cache.mutual_guilds(id(user)).map(GuildId::get);
        assert!(mutual.eq(shared.map(|(number, _)| *number)));
    }
}

/// What a bounded cache shows is part of what an unbounded one does, and nothing in it is an orphan.
fn assert_part(play: &Play, model: &Model) {
    let mut needed = BTreeSet::from([ME]);
    let mut members = 0;
    for (number, guild) in &model.guilds {
        for member in play.cache.guild_members(id(*number)) {
            let user = member.user_id().get();
            assert!(play.member(*number, user).is_some());
            assert!(guild.members.contains_key(&user), "a ghost");
            needed.insert(user);
            members += 1;
        }
        for channel in play.cache.guild_channels(id(*number)) {
            assert!(guild.channels.contains_key(&channel.id.get()), "a ghost");
        }
    }
    for user in (7..17).chain([ME]) {
        if let Some(cached) = play.user(user) {
            assert_eq!(
                Some(cached.name()),
                model.users.get(&user).map(String::as_str)
            );
        }
    }
    let counts = play.cache.counts();
    assert_eq!(
        counts.of(Kind::Member),
        members,
        "no member without its guild"
    );
    assert!(
        counts.of(Kind::User) <= needed.len(),
        "no user without a member"
    );
}

fn assert_true(change: &Change) {
    let differ = match change {
        Change::GuildUpdated { old, new } => old != new,
        Change::Channel(Delta::Updated { old, new }) => old != new,
        Change::Role(Delta::Updated { old, new }) => old != new,
        Change::Member(Delta::Updated { old, new }) => old != new,
        Change::User(Delta::Updated { old, new }) => old != new,
        _ => true,
    };
    assert!(differ, "a change changes something: {change:?}");
}

#[test]
fn every_answer_equals_the_naive_model_after_every_event() {
    for seed in 0..20 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let mut play = Play::new(Cache::new());
        let mut model = Model::default();
        for _ in 0..600 {
            let (name, data) = step(&mut random, &mut model);
            model.prune();
            let changes = play.event(name, data.clone());
            changes.iter().for_each(assert_true);
            assert_equal(&play, &model);
            assert_eq!(play.cache.audit(), Vec::<String>::new());
            if random.u8(..4) == 0 {
                let changes = play.event(name, data);
                assert!(changes.is_empty(), "{name} twice: {changes:?}");
                assert_equal(&play, &model);
            }
        }
    }
}

#[test]
fn a_bounded_cache_shows_a_part_of_the_truth_and_nothing_else() {
    for seed in 0..12 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let cache = Cache::builder()
            .max_entries(Kind::Member, 6)
            .eviction(Kind::Member, Eviction::LeastRecentlyUsed)
            .ttl(Kind::Member, secs(40))
            .ttl(Kind::User, secs(30))
            .expiry(Kind::User, Expiry::AfterRead)
            .max_entries(Kind::Channel, 10)
            .max_bytes(Kind::Role, 2_000)
            .build();
        let mut play = Play::new(cache);
        let mut model = Model::default();
        for _ in 0..600 {
            let (name, data) = step(&mut random, &mut model);
            model.prune();
            play.now += secs(random.u64(..4));
            play.event(name, data);
            if random.u8(..5) == 0 {
                play.cache.sweep(play.now);
                assert_part(&play, &model);
            }
            let counts = play.cache.counts();
            assert!(counts.of(Kind::Member) <= 6 && counts.of(Kind::Channel) <= 10);
            assert_eq!(play.cache.audit(), Vec::<String>::new());
        }
    }
}
