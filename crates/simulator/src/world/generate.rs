//! Large worlds that look like life.

mod names;
mod people;

use std::sync::Arc;

use fastrand::Rng;
use polycord_types::Permissions;
use serde_json::{Value, json};

use self::names::{BOTS, EMOJIS, PLACES, QUESTIONS, TAGS, THREADS, TOPICS};
use self::people::People;
use super::permissions as may;
use super::{GuildBuilder, World, objects};
use crate::ids::{created_ms, iso8601};

/// What moderators may do beyond others.
const MODERATE: u64 = may::EVERYONE
    | may::KICK_MEMBERS
    | may::BAN_MEMBERS
    | may::MODERATE_MEMBERS
    | may::MANAGE_MESSAGES
    | may::MANAGE_THREADS
    | may::MANAGE_NICKNAMES
    | may::MUTE_MEMBERS
    | may::MOVE_MEMBERS
    | may::VIEW_AUDIT_LOG;

impl World {
    /// A world of `guilds` guilds with `members` members each on average, so `guilds * members` in
    /// all; the bot and the owner, who are in every guild, are not counted. The same arguments give
    /// the same world.
    ///
    /// Few guilds are large and most are small: the largest of 1,000 has some 13 % of all members.
    /// A third of a guild's members are in other guilds, too. Names are in many scripts; guilds of
    /// some size have categories, a forum, a stage, threads, emojis, other bots, a staff with roles
    /// one above the other, and channels that only it sees. The first channel of every guild is
    /// `general`. Members have joined over four years, and about one in four is online, some doing
    /// something.
    ///
    /// Bots are members like others, and counted like others: a test that wants a person asks for one whose
    /// [`bot`](crate::MemberView::bot) is false.
    ///
    /// A million members in 1,000 guilds take some 300 MB, and seconds to make in a release build.
    pub fn generate(seed: u64, guilds: usize, members: usize) -> Self {
        let mut random = Rng::with_seed(seed);
        let mut sizes = sizes(guilds, members);
        random.shuffle(&mut sizes);
        let mut people = People::new(guilds.saturating_mul(members));
        let mut world = Self::new();
        for (number, size) in sizes.into_iter().enumerate() {
            let place = random.choice(PLACES).unwrap_or("place");
            world = world.guild(&format!("{place} {number}"), |guild| {
                let mut guild = furnish(guild, &mut random, size);
                let sets = role_sets(&guild);
                people.settle(&mut guild, &mut random, size, &sets);
                occupy_threads(&mut guild, &mut random);
                if let Some(found) = guild.guild_mut() {
                    found.count_boosts();
                }
                guild
            });
        }
        for (id, user) in people.into_users() {
            world.state.users.insert(id, user);
        }
        world
    }
}

/// How many members each guild has: falling as one over its place, with one at least.
fn sizes(guilds: usize, members: usize) -> Vec<usize> {
    if members == 0 {
        return vec![0; guilds];
    }
    let spread = guilds.saturating_mul(members - 1);
    let whole: f64 = (1..=guilds).map(|place| 1.0 / as_float(place)).sum();
    let mut sizes: Vec<usize> = (1..=guilds)
        .map(|place| {
            let share = as_float(spread) / as_float(place) / whole;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share is smaller than the whole, and no less than nothing"
            )]
            let share = share as usize;
            1 + share
        })
        .collect();
    let given: usize = sizes.iter().sum();
    if let Some(first) = sizes.first_mut() {
        *first += guilds.saturating_mul(members).saturating_sub(given);
    }
    sizes
}

#[expect(
    clippy::cast_precision_loss,
    reason = "of a size, the first digits count"
)]
fn as_float(number: usize) -> f64 {
    number as f64
}

/// Gives a guild its roles, channels and whatever else is there before anybody comes.
fn furnish(guild: GuildBuilder, random: &mut Rng, size: usize) -> GuildBuilder {
    let mut guild = guild.channel("general");
    if size < 5 {
        return guild.voice_channel("lounge");
    }
    guild = guild
        .role_with("newcomer", |role| role)
        .role_with("regular", |role| role.colour(0x34_98db))
        .role_with("artist 🎨", |role| role.colour(0xe9_1e63).mentionable())
        .role_with("moderator", |role| {
            role.permissions(Permissions::from_bits_retain(MODERATE))
                .colour(0x2e_cc71)
                .hoisted()
                .mentionable()
        })
        .role_with("admin", |role| {
            role.permissions(Permissions::ADMINISTRATOR)
                .colour(0xe7_4c3c)
                .hoisted()
        });
    let topics = random.usize(1..=(size / 10).clamp(1, TOPICS.len()));
    let first = random.usize(..TOPICS.len());
    for topic in TOPICS.iter().cycle().skip(first).take(topics) {
        guild = guild.channel(topic);
    }
    guild = guild.thread("general", random.choice(THREADS).unwrap_or("thread"));
    for emoji in EMOJIS
        .iter()
        .take(random.usize(..=(size / 5).min(EMOJIS.len())))
    {
        guild = if random.u8(..4) == 0 {
            guild.animated_emoji(emoji)
        } else {
            guild.emoji(emoji)
        };
    }
    guild = guild.category("voice").voice_channel("lounge");
    guild = staff(guild);
    if size >= 30 {
        guild = community(guild, random);
    }
    guild
}

/// A category that only the staff sees.
fn staff(guild: GuildBuilder) -> GuildBuilder {
    let mut guild = guild.category("staff 🔒");
    for channel in ["staff-chat", "mod-log"] {
        guild = guild.channel(channel);
    }
    for channel in ["staff 🔒", "staff-chat", "mod-log"] {
        guild = guild.only_for(channel, &["moderator"]);
    }
    guild
}

/// What larger guilds have: rules and news that only the staff writes, a forum, a stage, bots.
fn community(guild: GuildBuilder, random: &mut Rng) -> GuildBuilder {
    const WRITE: u64 =
        may::SEND_MESSAGES | may::CREATE_PUBLIC_THREADS | may::CREATE_PRIVATE_THREADS;
    let mut guild = guild
        .category("ℹ️ information")
        .channel("rules")
        .announcement_channel("announcements")
        .category("community")
        .forum_channel("help", &TAGS)
        .stage_channel("amphitheatre")
        .voice_channel("gaming 🎮")
        .sticker("wave")
        .sound("airhorn");
    for channel in ["rules", "announcements"] {
        guild = guild.overwrite(channel, "@everyone", 0, WRITE).overwrite(
            channel,
            "moderator",
            WRITE,
            0,
        );
    }
    for question in QUESTIONS.iter().take(random.usize(1..=QUESTIONS.len())) {
        guild = guild.thread("help", question);
    }
    guild = guild.private_thread("staff-chat", "appeals", &[]);
    for bot in BOTS.iter().take(random.usize(..=BOTS.len())) {
        guild = guild.bot(bot);
    }
    let named = |guild: &super::Guild, name: &str| {
        let mut channels = guild.channels.iter();
        let found = channels.find(|(_, channel)| channel["name"] == name);
        Value::from(found.map(|(id, _)| id.to_string()))
    };
    if let Some(found) = guild.guild_mut() {
        found.object["rules_channel_id"] = named(found, "rules");
        found.object["public_updates_channel_id"] = named(found, "mod-log");
        found.object["description"] = json!("A place to be.");
    }
    guild
}

/// The sets of roles that members have, each as often as it stands here.
fn role_sets(guild: &GuildBuilder) -> Vec<Arc<[u64]>> {
    const SETS: [(usize, &[&str]); 6] = [
        (60, &[]),
        (60, &["newcomer"]),
        (50, &["regular"]),
        (20, &["regular", "artist 🎨"]),
        (5, &["regular", "moderator"]),
        (1, &["admin"]),
    ];
    let sets = SETS.iter().flat_map(|(often, names)| {
        let roles = names.iter().filter_map(|name| guild.role_named(name));
        let roles: Arc<[u64]> = roles.collect();
        std::iter::repeat_n(roles, *often)
    });
    sets.collect()
}

/// Gives the threads to members who began them.
fn occupy_threads(guild: &mut GuildBuilder, random: &mut Rng) {
    let Some(found) = guild.guild_mut() else {
        return;
    };
    let members: Vec<u64> = found.members.keys().copied().take(1_000).collect();
    let public = found
        .threads
        .iter_mut()
        .filter(|(_, thread)| thread["type"] != 12);
    for (id, thread) in public {
        let Some(owner) = random.choice(&members) else {
            continue;
        };
        let at = iso8601(created_ms(*id));
        thread["owner_id"] = json!(owner.to_string());
        let inside = found.thread_members.entry(*id).or_default();
        inside.clear();
        inside.insert(*owner, objects::thread_member(*id, *owner, &at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::permissions::{MANAGE_MESSAGES, VIEW_CHANNEL};
    use crate::world::{OWNER, WorldState};

    fn sum(world: &WorldState) -> usize {
        let members = world.guilds.values().map(|guild| guild.members.len() - 2);
        members.sum()
    }

    #[test]
    fn a_generated_world_is_the_same_for_the_same_seed_and_full() {
        let world = World::generate(7, 20, 30).into_state();
        assert_eq!(world.guilds.len(), 20);
        assert_eq!(sum(&world), 600);
        let again = World::generate(7, 20, 30).into_state();
        assert_eq!(again.users, world.users);
        let objects = |world: &WorldState| -> Vec<Value> {
            let guilds = world.guilds.values();
            guilds
                .map(|guild| json!([guild.render(), guild.channels, guild.threads]))
                .collect()
        };
        assert_eq!(objects(&again), objects(&world));
        let other = World::generate(8, 20, 30).into_state();
        assert_ne!(other.users, world.users);
        let shards = world.guilds.keys().map(|id| objects::shard_of(*id, 2));
        let shards: Vec<u32> = shards.collect();
        assert!(shards.contains(&0) && shards.contains(&1));
    }

    #[test]
    fn few_guilds_are_large_and_none_is_empty() {
        for (guilds, members) in [(1, 0), (1, 1), (3, 1), (1, 2_500), (7, 100), (1_000, 10)] {
            let sizes = sizes(guilds, members);
            assert_eq!(sizes.iter().sum::<usize>(), guilds * members);
            assert!(sizes.iter().all(|size| *size >= 1) || members == 0);
        }
        let many = sizes(1_000, 100);
        assert!(
            many[0] > 10_000 && many[500] < 100,
            "{} {}",
            many[0],
            many[500]
        );
    }

    #[test]
    fn people_have_valid_unique_names_and_valid_display_names() {
        let world = World::generate(3, 4, 500).into_state();
        let mut seen = std::collections::BTreeSet::new();
        for user in world.users.values() {
            let name = user.username();
            assert!(seen.insert(name), "{name} is there twice");
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c);
            assert!(user.bot || name.chars().all(fits), "{name}");
            assert!(
                (2..=32).contains(&name.len()) && !name.contains(".."),
                "{name}"
            );
            let shown = user.global_name.as_deref().unwrap_or(name).chars().count();
            assert!((1..=32).contains(&shown));
        }
        let users = world.users.values();
        let other = users.filter(|user| {
            user.global_name
                .as_deref()
                .is_some_and(|name| !name.is_ascii())
        });
        assert!(other.count() > 300);
    }

    #[test]
    fn staff_channels_are_seen_by_the_staff_only() {
        let world = World::generate(3, 1, 2_000).into_state();
        let (id, guild) = world.guilds.first_key_value().unwrap();
        let secret = world.channel_named("mod-log").unwrap();
        let (mut inside, mut outside) = (0, 0);
        for user in guild.members.keys().copied() {
            let staff = world.permissions(*id, user) & MANAGE_MESSAGES != 0;
            let sees = world.permissions_in(secret, user) & VIEW_CHANNEL != 0;
            assert_eq!(staff, sees);
            *(if sees { &mut inside } else { &mut outside }) += 1;
        }
        assert!(inside > 10 && outside > 1_500, "{inside} {outside}");
        assert!(world.can_see(secret, OWNER) && world.can_see(secret, world.bot));
    }

    #[test]
    fn a_share_of_the_members_is_online_and_some_of_them_do_something() {
        let world = World::generate(9, 1, 2_000).into_state();
        let guild = world.guilds.values().next().unwrap();
        let online = guild.presences.len();
        assert!((300..800).contains(&online), "{online}");
        let active = guild.presences.values();
        let active = active
            .filter(|presence| !presence.activities.is_empty())
            .count();
        assert!(active > 50 && active < online, "{active}");
        assert!(
            guild
                .presences
                .keys()
                .all(|user| guild.members.contains_key(user))
        );
    }

    #[test]
    fn boosts_are_counted_and_given_after_joining() {
        let world = World::generate(5, 3, 400).into_state();
        for guild in world.guilds.values() {
            let boosts = guild.members.values().filter_map(|member| {
                let since = member.premium_since()?;
                assert!(since >= member.joined_at);
                Some(since)
            });
            assert_eq!(guild.object["premium_subscription_count"], boosts.count());
        }
        let tiers = world.guilds.values();
        let mut tiers = tiers.filter_map(|guild| guild.object["premium_tier"].as_u64());
        assert!(tiers.any(|tier| tier > 0));
    }

    #[test]
    fn people_are_in_several_guilds() {
        let world = World::generate(1, 10, 60).into_state();
        assert!(world.users.len() < 600 && world.users.len() > 300);
        let mut inside = world.guilds.values().flat_map(|guild| guild.members.keys());
        assert!(inside.all(|user| world.users.contains_key(user)));
    }
}
