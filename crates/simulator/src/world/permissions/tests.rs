use serde_json::{Value, json};

use super::{Place, Verdict};
use crate::ids::Clock;
use crate::world::permissions as may;
use crate::world::{World, WorldState, objects};

/// A guild with one role and one member who has it.
struct Scene {
    world: WorldState,
    guild: u64,
    channel: u64,
    voice: u64,
    role: u64,
    ada: u64,
}

impl Scene {
    /// `@everyone` and the role may do exactly this.
    fn new(everyone: u64, role: u64) -> Self {
        let world = World::new().guild("house", |g| {
            g.channel("hall")
                .voice_channel("kitchen")
                .role("cook")
                .member_with_roles("ada", &["cook"])
        });
        let world = world.into_state();
        let (guild, found) = world.guilds.first_key_value().unwrap();
        let named = |objects: &std::collections::BTreeMap<u64, Value>, name: &str| {
            let mut objects = objects.iter();
            *objects.find(|(_, it)| it["name"] == name).unwrap().0
        };
        let mut scene = Self {
            guild: *guild,
            channel: named(&found.channels, "hall"),
            voice: named(&found.channels, "kitchen"),
            role: named(&found.roles, "cook"),
            ada: world.user_named("ada").unwrap(),
            world,
        };
        scene.allow(scene.guild, everyone);
        scene.allow(scene.role, role);
        scene
    }

    fn allow(&mut self, role: u64, permissions: u64) {
        let found = self.world.guilds.get_mut(&self.guild).unwrap();
        found.roles.get_mut(&role).unwrap()["permissions"] = json!(permissions.to_string());
    }

    /// Overwrites of the two channels: id, type, deny, allow.
    fn overwrite(&mut self, overwrites: &[(u64, u8, u64, u64)]) {
        let written: Value = overwrites
            .iter()
            .map(|(id, kind, deny, allow)| {
                json!({
                    "id": id.to_string(),
                    "type": kind,
                    "deny": deny.to_string(),
                    "allow": allow.to_string(),
                })
            })
            .collect();
        for channel in [self.channel, self.voice] {
            self.world.channel_mut(channel).unwrap()["permission_overwrites"] = written.clone();
        }
    }

    /// A thread below the text channel.
    fn thread(&mut self, kind: u8) -> u64 {
        let id = self.channel + 1;
        let mut thread = objects::channel(id, self.guild, "thread", kind, 0);
        thread["parent_id"] = json!(self.channel.to_string());
        self.world.put_thread(self.guild, thread);
        id
    }

    fn here(&self) -> u64 {
        self.world.permissions_in(self.channel, self.ada)
    }
}

const TALK: u64 = may::VIEW_CHANNEL | may::SEND_MESSAGES;

#[test]
fn permissions_of_everyone_and_of_the_roles_add_up() {
    let scene = Scene::new(may::VIEW_CHANNEL, may::SEND_MESSAGES);
    assert_eq!(scene.world.permissions(scene.guild, scene.ada), TALK);
    assert_eq!(scene.here(), TALK);
}

#[test]
fn the_owner_and_administrators_may_do_everything_whatever_the_overwrites() {
    let mut scene = Scene::new(0, may::ADMINISTRATOR);
    scene.overwrite(&[(scene.guild, 0, u64::MAX, 0), (scene.ada, 1, u64::MAX, 0)]);
    for user in [scene.ada, crate::world::OWNER, scene.world.bot] {
        assert_eq!(scene.world.permissions(scene.guild, user), may::ALL);
        assert_eq!(scene.world.permissions_in(scene.channel, user), may::ALL);
    }
}

#[test]
fn who_is_no_member_may_do_nothing() {
    let scene = Scene::new(may::ALL, 0);
    let stranger = 77;
    assert_eq!(scene.world.permissions(scene.guild, stranger), 0);
    assert_eq!(scene.world.permissions_in(scene.channel, stranger), 0);
    let place = Place::Guild(scene.guild);
    assert_eq!(scene.world.verdict(place, stranger, 0), Verdict::NoAccess);
}

#[test]
fn overwrites_count_for_everyone_then_for_roles_then_for_the_member() {
    let mut scene = Scene::new(TALK, 0);
    let (guild, role, ada) = (scene.guild, scene.role, scene.ada);
    scene.overwrite(&[(guild, 0, may::SEND_MESSAGES, 0)]);
    assert_eq!(scene.here(), may::VIEW_CHANNEL);
    scene.overwrite(&[
        (guild, 0, may::SEND_MESSAGES, 0),
        (role, 0, 0, may::SEND_MESSAGES),
    ]);
    assert_eq!(scene.here(), TALK);
    // In whatever order they stand there.
    scene.overwrite(&[
        (ada, 1, may::SEND_MESSAGES, 0),
        (role, 0, 0, may::SEND_MESSAGES),
        (guild, 0, 0, may::SEND_MESSAGES),
    ]);
    assert_eq!(scene.here(), may::VIEW_CHANNEL);
}

#[test]
fn what_one_role_allows_wins_over_what_another_denies() {
    let mut scene = Scene::new(may::VIEW_CHANNEL, may::SEND_MESSAGES);
    let second = scene.role + 1;
    let found = scene.world.guilds.get_mut(&scene.guild).unwrap();
    found
        .roles
        .insert(second, objects::role(second, "guest", 2, 0));
    let (guild, ada) = (scene.guild, scene.ada);
    scene
        .world
        .update_member(guild, ada, |m| m.add_role(second));
    scene.overwrite(&[
        (scene.role, 0, 0, may::SEND_MESSAGES),
        (second, 0, may::SEND_MESSAGES, 0),
    ]);
    assert_eq!(scene.here(), TALK);
}

#[test]
fn overwrites_of_others_do_not_count() {
    let mut scene = Scene::new(TALK, 0);
    let bot = scene.world.bot;
    scene.overwrite(&[(bot, 1, TALK, 0), (scene.ada, 0, TALK, 0), (5, 0, TALK, 0)]);
    assert_eq!(scene.here(), TALK);
}

#[test]
fn who_does_not_see_a_channel_may_do_nothing_in_it() {
    let mut scene = Scene::new(may::EVERYONE, 0);
    scene.overwrite(&[(scene.guild, 0, may::VIEW_CHANNEL, 0)]);
    assert_eq!(scene.here(), 0);
    let place = Place::Channel(scene.channel);
    let verdict = scene.world.verdict(place, scene.ada, may::SEND_MESSAGES);
    assert_eq!(verdict, Verdict::NoAccess);
}

#[test]
fn who_may_not_send_may_neither_mention_all_nor_embed_nor_attach_nor_be_read_out() {
    let extras =
        may::MENTION_EVERYONE | may::SEND_TTS_MESSAGES | may::ATTACH_FILES | may::EMBED_LINKS;
    let mut scene = Scene::new(TALK | extras | may::ADD_REACTIONS, 0);
    assert_eq!(scene.here() & extras, extras);
    scene.overwrite(&[(scene.guild, 0, may::SEND_MESSAGES, 0)]);
    assert_eq!(scene.here(), may::VIEW_CHANNEL | may::ADD_REACTIONS);
    let place = Place::Channel(scene.channel);
    let verdict = scene.world.verdict(place, scene.ada, may::SEND_MESSAGES);
    assert_eq!(verdict, Verdict::Denied);
}

#[test]
fn who_may_not_connect_may_do_nothing_in_a_voice_channel_but_see_it() {
    let mut scene = Scene::new(TALK | may::CONNECT | may::SPEAK | may::MANAGE_CHANNELS, 0);
    scene.overwrite(&[(scene.guild, 0, may::CONNECT, 0)]);
    let there = scene.world.permissions_in(scene.voice, scene.ada);
    assert_eq!(there, may::VIEW_CHANNEL);
    assert_eq!(scene.here() & TALK, TALK);
}

#[test]
fn a_timeout_leaves_seeing_and_reading_until_it_ends() {
    let mut scene = Scene::new(may::EVERYONE, 0);
    let (guild, ada) = (scene.guild, scene.ada);
    let clock = Clock::start();
    scene.world.clock = Some(clock);
    let mut until = |ms| {
        scene
            .world
            .update_member(guild, ada, |m| m.set_timeout(Some(ms)))
    };
    until(clock.now_ms() + 60_000);
    assert_eq!(scene.world.permissions(guild, ada), may::TIMED_OUT);
    assert_eq!(scene.here(), may::TIMED_OUT);
    let mut until = |ms| {
        scene
            .world
            .update_member(guild, ada, |m| m.set_timeout(Some(ms)))
    };
    until(clock.now_ms() - 60_000);
    assert_eq!(scene.here(), may::EVERYONE);
}

#[test]
fn a_timeout_does_not_bind_administrators() {
    let mut scene = Scene::new(0, may::ADMINISTRATOR);
    let (guild, ada) = (scene.guild, scene.ada);
    let clock = Clock::start();
    scene.world.clock = Some(clock);
    let until = Some(clock.now_ms() + 60_000);
    scene
        .world
        .update_member(guild, ada, |m| m.set_timeout(until));
    assert_eq!(scene.here(), may::ALL);
}

#[test]
fn a_thread_has_the_permissions_of_its_parent_and_its_own_for_sending() {
    let threads = may::SEND_MESSAGES_IN_THREADS | may::EMBED_LINKS;
    let mut scene = Scene::new(may::VIEW_CHANNEL | threads, 0);
    let thread = scene.thread(11);
    let verdict = |scene: &Scene, id| {
        let place = Place::Channel(id);
        scene.world.verdict(place, scene.ada, may::SEND_MESSAGES)
    };
    assert_eq!(verdict(&scene, scene.channel), Verdict::Denied);
    assert_eq!(verdict(&scene, thread), Verdict::Allowed);
    // Embeds go with sending there, not with sending in the parent.
    let there = scene.world.permissions_in(thread, scene.ada);
    assert_eq!(there, may::VIEW_CHANNEL | threads);
    scene.overwrite(&[(scene.guild, 0, may::SEND_MESSAGES_IN_THREADS, 0)]);
    assert_eq!(verdict(&scene, thread), Verdict::Denied);
    scene.overwrite(&[(scene.guild, 0, may::VIEW_CHANNEL, 0)]);
    assert_eq!(verdict(&scene, thread), Verdict::NoAccess);
}

#[test]
fn a_private_thread_is_for_its_members_and_for_who_manages_threads() {
    let mut scene = Scene::new(may::EVERYONE, 0);
    let thread = scene.thread(12);
    assert!(!scene.world.can_see(thread, scene.ada));
    let found = scene.world.guilds.get_mut(&scene.guild).unwrap();
    let members = found.thread_members.entry(thread).or_default();
    members.insert(scene.ada, json!({}));
    assert!(scene.world.can_see(thread, scene.ada));
    let found = scene.world.guilds.get_mut(&scene.guild).unwrap();
    found.thread_members.clear();
    scene.allow(scene.role, may::MANAGE_THREADS);
    assert!(scene.world.can_see(thread, scene.ada));
}

#[test]
fn members_stand_as_high_as_their_highest_role_and_the_owner_above_all() {
    let scene = Scene::new(0, 0);
    let (guild, owner, bot) = (scene.guild, crate::world::OWNER, scene.world.bot);
    assert!(scene.world.outranks(guild, owner, bot));
    assert!(!scene.world.outranks(guild, bot, owner));
    assert!(scene.world.outranks(guild, bot, scene.ada));
    assert!(!scene.world.outranks(guild, scene.ada, scene.ada));
    assert!(!scene.world.outranks_role(guild, scene.ada, scene.role));
    assert!(scene.world.outranks_role(guild, bot, scene.role));
    assert!(scene.world.outranks_role(guild, scene.ada, guild));
}

#[test]
fn among_roles_of_one_position_the_older_stands_higher() {
    let mut scene = Scene::new(0, 0);
    let (guild, younger) = (scene.guild, scene.role + 1);
    let found = scene.world.guilds.get_mut(&guild).unwrap();
    let position = found.roles[&scene.role]["position"].as_u64().unwrap();
    let position = usize::try_from(position).unwrap();
    found
        .roles
        .insert(younger, objects::role(younger, "guest", position, 0));
    assert!(scene.world.outranks_role(guild, scene.ada, younger));
    assert!(!scene.world.outranks_role(guild, scene.ada, scene.role));
}

#[test]
fn a_direct_message_is_for_the_two_of_it() {
    let mut scene = Scene::new(0, 0);
    let object = objects::direct(9, &json!({}));
    let user = scene.ada;
    scene
        .world
        .directs
        .insert(9, crate::world::Direct { user, object });
    assert!(scene.world.can_see(9, scene.ada));
    assert!(scene.world.can_see(9, scene.world.bot));
    assert!(!scene.world.can_see(9, crate::world::OWNER));
}
