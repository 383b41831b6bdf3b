//! What readers hold stops nobody.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use polycord_cache::{
    Cache, CachedChannel, CachedGuild, CachedMember, CachedRole, CachedUser, Changes, GuildView,
    Store,
};
use polycord_types::id::{ChannelId, GuildId, RoleId, UserId};
use serde_json::json;

use crate::play::{Play, channel, guild, id};

/// The whole read API, by its types: no lifetime ties a result to the cache, so no guard can hide
/// in one.
#[test]
fn t61_no_read_gives_a_guard() {
    const fn owned<A, R: Send + Sync + 'static>(_: fn(&Cache, A) -> R) {}
    const fn listed<A, I>(_: fn(&Cache, A) -> I)
    where
        I: Iterator<Item: Send + Sync> + Send + Sync + 'static,
    {
    }
    const fn stored<R: 'static>(_: fn(&Store<u64, String>, &u64) -> R) {}
    const fn free<T: Send + Sync + 'static>() {}
    owned::<_, Option<CachedUser>>(|cache, (): ()| cache.current_user());
    owned::<GuildId, Option<CachedGuild>>(Cache::guild);
    owned::<ChannelId, Option<CachedChannel>>(Cache::channel);
    owned::<RoleId, Option<CachedRole>>(Cache::role);
    owned::<UserId, Option<CachedUser>>(Cache::user);
    owned::<(GuildId, UserId), Option<CachedMember>>(|cache, (g, u)| cache.member(g, u));
    owned::<GuildId, Option<GuildView>>(Cache::view);
    listed::<GuildId, _>(Cache::guild_channels);
    listed::<GuildId, _>(Cache::guild_threads);
    listed::<GuildId, _>(Cache::guild_roles);
    listed::<GuildId, _>(Cache::guild_members);
    listed::<GuildId, _>(Cache::guild_emojis);
    listed::<GuildId, _>(Cache::guild_stickers);
    listed::<GuildId, _>(Cache::guild_sounds);
    listed::<GuildId, _>(Cache::guild_stage_instances);
    listed::<GuildId, _>(Cache::guild_scheduled_events);
    listed::<GuildId, _>(Cache::guild_integrations);
    listed::<GuildId, _>(Cache::guild_auto_moderation_rules);
    listed::<(GuildId, UserId), _>(|cache, (g, u)| cache.member_roles(g, u));
    listed::<RoleId, _>(Cache::members_with_role);
    listed::<UserId, _>(Cache::mutual_guilds);
    listed::<(u32, u32), _>(|cache, (number, total)| cache.guilds_of_shard(number, total));
    listed::<(), _>(|cache, ()| cache.guilds());
    listed::<(), _>(|cache, ()| cache.views());
    owned::<GuildId, _>(Cache::guild_state);
    owned::<(), _>(|cache, ()| cache.guild_ids());
    owned::<(), _>(|cache, ()| cache.stats());
    owned::<(), _>(|cache, ()| cache.counts());
    stored::<Option<Arc<String>>>(Store::get);
    stored::<Option<Arc<String>>>(Store::peek);
    free::<Cache>();
    free::<Changes>();
}

#[test]
fn t61_a_guild_held_while_its_channels_change_stays_as_it_was() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let held = play.cache.view(id(1)).unwrap();
    let channels = play.cache.guild_channels(id(1));
    let cache = play.cache.clone();
    let mut guilds = cache.guilds();
    let mut new = channel(102);
    new["guild_id"] = json!("1");
    play.event("CHANNEL_CREATE", new);
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert_eq!(held.guild().unwrap().name(), "guild 1");
    assert_eq!((held.channels().count(), channels.count()), (2, 2));
    assert!(guilds.next().is_none(), "an iterator passes over what left");
}

#[test]
fn readers_find_a_guild_whole_while_it_comes_and_goes() {
    let cache = Cache::new();
    let (done, seen) = (AtomicBool::new(false), AtomicU32::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let _done = Done(&done);
            while !done.load(Ordering::Relaxed) {
                let before = cache.guild(id(1));
                let channels = cache.guild_channels(id(1));
                let after = cache.guild(id(1));
                if let (Some(before), Some(after)) = (before, after)
                    && before.name() == after.name()
                {
                    seen.fetch_add(1, Ordering::Relaxed);
                    assert_eq!(channels.count(), 2);
                }
            }
        });
        let _done = Done(&done);
        let mut play = Play::new(cache.clone());
        for round in 0..300 {
            let mut new = guild(1);
            new["name"] = json!(round.to_string());
            play.event("GUILD_CREATE", new);
            std::thread::yield_now();
            play.event("GUILD_DELETE", json!({"id": "1"}));
        }
        play.event("GUILD_CREATE", guild(1));
        while seen.load(Ordering::Relaxed) == 0 && !done.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
    });
}

#[test]
fn a_view_is_never_half_of_what_was_and_half_of_what_is() {
    let cache = Cache::new();
    let (done, seen) = (AtomicBool::new(false), AtomicU32::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let _done = Done(&done);
            while !done.load(Ordering::Relaxed) {
                let Some(view) = cache.view(id(1)) else {
                    continue;
                };
                let (guild, count) = (view.guild().unwrap(), view.channels().count());
                assert_eq!(guild.name(), count.to_string());
                assert_eq!(view.members_with_role(id(150)).count(), count % 2);
                seen.fetch_add(1, Ordering::Relaxed);
            }
        });
        let _done = Done(&done);
        let mut play = Play::new(cache.clone());
        let mut round = 0;
        while round < 300 || (seen.load(Ordering::Relaxed) == 0 && !done.load(Ordering::Relaxed)) {
            let count = round % 7;
            let mut new = guild(1);
            new["name"] = json!(count.to_string());
            new["channels"] = (0..count).map(|number| channel(100 + number)).collect();
            if count % 2 == 1 {
                new["members"][0]["roles"] = json!(["150"]);
            }
            play.event("GUILD_CREATE", new);
            round += 1;
        }
    });
}

/// Says that one side is done, also when it panics: the other must end.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
