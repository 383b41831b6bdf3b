//! What members may do, as far as the cache can tell.

use polycord_cache::{Cache, Kind};
use polycord_types::{Permissions, Timestamp};
use serde_json::{Value, json};

use crate::play::{Play, id, member, secs, user};

const EVERYONE: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::CONNECT);
const UNTIL: &str = "2026-06-01T12:00:00.000000+00:00";

fn role(id: u64, permissions: Permissions) -> Value {
    json!({"id": id.to_string(), "name": format!("role {id}"), "position": 1,
        "permissions": permissions.bits().to_string()})
}

fn overwrite(id: u64, is_member: bool, allow: Permissions, deny: Permissions) -> Value {
    json!({"id": id.to_string(), "type": u8::from(is_member),
        "allow": allow.bits().to_string(), "deny": deny.bits().to_string()})
}

fn channel(id: u64, kind: u8, overwrites: &[Value]) -> Value {
    json!({"id": id.to_string(), "type": kind, "name": format!("channel {id}"),
        "permission_overwrites": overwrites})
}

fn thread(id: u64, kind: u8, parent: u64) -> Value {
    json!({"id": id.to_string(), "type": kind, "parent_id": parent.to_string(), "name": "thread",
        "thread_metadata": {"archived": false, "auto_archive_duration": 60,
            "archive_timestamp": "2026-01-01T00:00:00.000000+00:00", "locked": false}})
}

fn hidden(id: u64, kind: u8, overwrites: Option<Value>) -> Value {
    let mut channel = json!({"id": id.to_string(), "type": kind, "name": "___hidden___",
        "flags": 1 << 17, "position": 3});
    if let Some(overwrites) = overwrites {
        channel["permission_overwrites"] = overwrites;
    }
    channel
}

fn carrying(id: u64, roles: &[u64]) -> Value {
    let mut member = member(id);
    member["roles"] = roles.iter().map(u64::to_string).collect();
    member
}

/// Guild 1, owned by 7. 8 carries nothing, 9 role 150, 10 the administrators' role 160; 99 is the current user.
fn guild() -> Value {
    let none = Permissions::empty();
    let fake = json!([overwrite(1, false, none, Permissions::VIEW_CHANNEL)]);
    json!({
        "id": "1", "name": "guild", "owner_id": "7", "member_count": 5,
        "roles": [role(1, EVERYONE), role(150, Permissions::MANAGE_MESSAGES),
            role(160, Permissions::ADMINISTRATOR), role(170, Permissions::MANAGE_THREADS)],
        "channels": [
            channel(100, 0, &[]),
            channel(101, 0, &[overwrite(1, false, none, Permissions::SEND_MESSAGES)]),
            channel(102, 0, &[
                overwrite(1, false, none, Permissions::VIEW_CHANNEL),
                overwrite(150, false, Permissions::VIEW_CHANNEL, none),
                overwrite(8, true, Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES),
            ]),
            channel(103, 15, &[overwrite(1, false, Permissions::SEND_MESSAGES_IN_THREADS, Permissions::SEND_MESSAGES)]),
            channel(104, 2, &[overwrite(1, false, none, Permissions::CONNECT)]),
            channel(105, 0, &[overwrite(666, false, none, Permissions::VIEW_CHANNEL)]),
            hidden(110, 0, Some(fake)),
            hidden(111, 0, None),
            hidden(112, 0, Some(Value::Null)),
        ],
        "threads": [thread(200, 11, 103), thread(201, 12, 100), thread(202, 11, 999),
            thread(203, 11, 110)],
        "members": [carrying(7, &[]), carrying(8, &[]), carrying(9, &[150, 666]), carrying(10, &[160]),
            carrying(11, &[170]), carrying(99, &[])],
        "emojis": [], "voice_states": [], "presences": [],
    })
}

fn played(cache: Cache) -> Play {
    let mut play = Play::new(cache);
    play.ready(&[1]);
    play.event("GUILD_CREATE", guild());
    play
}

impl Play {
    fn may(&self, user: u64) -> Option<Permissions> {
        self.cache.permissions(id(1), id(user))
    }

    fn may_in(&self, channel: u64, user: u64) -> Option<Permissions> {
        self.cache.permissions_in(id(channel), id(user))
    }

    fn has(&self, channel: u64, user: u64, permissions: Permissions) -> Option<bool> {
        Some(self.may_in(channel, user)?.contains(permissions))
    }
}

fn at(seconds: i64) -> Timestamp {
    let until: Timestamp = UNTIL.parse().unwrap();
    Timestamp::from_seconds(until.as_seconds() + seconds)
}

#[test]
fn roles_add_up_and_a_role_that_is_dead_adds_nothing() {
    let play = played(Cache::new());
    assert_eq!(play.may(8), Some(EVERYONE));
    assert_eq!(play.may(9), Some(EVERYONE | Permissions::MANAGE_MESSAGES));
    assert!(play.may(10).unwrap().contains(Permissions::all()));
}

#[test]
fn overwrites_count_in_their_order_and_by_their_kind() {
    let play = played(Cache::new());
    let send = Permissions::SEND_MESSAGES;
    assert_eq!(play.has(100, 8, send), Some(true));
    assert_eq!(play.has(101, 8, send), Some(false));
    // Everybody is shut out, a role is let in, and one member may look only.
    assert_eq!(play.may_in(102, 11), Some(Permissions::empty()));
    assert_eq!(play.has(102, 9, send), Some(true));
    assert_eq!(play.has(102, 8, Permissions::VIEW_CHANNEL), Some(true));
    assert_eq!(play.has(102, 8, send), Some(false));
    // The overwrite of a role that was deleted denies nobody anything, although 9 still carries it.
    assert_eq!(play.has(105, 9, Permissions::VIEW_CHANNEL), Some(true));
    // Without CONNECT there is nothing of voice, and VIEW_CHANNEL alone stays.
    assert_eq!(play.has(104, 8, Permissions::VIEW_CHANNEL), Some(true));
    assert_eq!(play.has(104, 8, Permissions::SPEAK), Some(false));
}

#[test]
fn the_owner_and_administrators_may_do_everything_in_every_channel() {
    let play = played(Cache::new());
    for user in [7, 10] {
        for channel in [100, 101, 102, 104, 110, 111, 112, 200, 201, 202, 203] {
            assert_eq!(
                play.has(channel, user, Permissions::VIEW_CHANNEL),
                Some(true),
                "{user} in {channel}"
            );
        }
    }
    // The owner without a member and without roles.
    let mut play = Play::new(
        Cache::builder()
            .disable(Kind::Member)
            .disable(Kind::Role)
            .build(),
    );
    play.event("GUILD_CREATE", guild());
    assert!(play.may(7).unwrap().contains(Permissions::all()));
    assert_eq!(play.may(8), None);
}

#[test]
fn a_new_owner_is_the_owner_at_once() {
    let mut play = played(Cache::new());
    play.event(
        "GUILD_UPDATE",
        json!({"id": "1", "name": "guild", "owner_id": "8", "roles": guild()["roles"], "emojis": []}),
    );
    assert!(play.may(8).unwrap().contains(Permissions::all()));
    assert_eq!(play.may(7), Some(EVERYONE));
}

#[test]
fn threads_go_by_their_channel_and_without_it_nothing_is_known() {
    let play = played(Cache::new());
    assert_eq!(
        play.has(200, 8, Permissions::SEND_MESSAGES_IN_THREADS),
        Some(true)
    );
    assert_eq!(play.has(200, 8, Permissions::SEND_MESSAGES), Some(false));
    assert_eq!(
        play.has(103, 8, Permissions::SEND_MESSAGES),
        Some(false),
        "no new post"
    );
    assert_eq!(play.may_in(202, 8), None, "its channel is not cached");
    assert_eq!(play.may_in(999, 8), None);
}

#[test]
fn a_private_thread_is_open_to_its_members_and_to_those_who_manage_threads() {
    let mut play = played(Cache::new());
    assert_eq!(
        play.has(201, 11, Permissions::VIEW_CHANNEL),
        Some(true),
        "manages threads"
    );
    assert_eq!(
        play.may_in(201, 99),
        Some(Permissions::empty()),
        "we were not added"
    );
    assert_eq!(play.may_in(201, 8), None, "nobody told");
    let mut added = thread(201, 12, 100);
    added["guild_id"] = json!("1");
    added["member"] = json!({"id": "201", "user_id": "99", "join_timestamp": UNTIL, "flags": 0});
    play.event("THREAD_CREATE", added);
    assert_eq!(play.has(201, 99, Permissions::VIEW_CHANNEL), Some(true));
    play.event(
        "THREAD_MEMBERS_UPDATE",
        json!({"id": "201", "guild_id": "1", "member_count": 2, "added_members":
            [{"id": "201", "user_id": "8", "join_timestamp": UNTIL, "flags": 0}]}),
    );
    assert_eq!(play.has(201, 8, Permissions::VIEW_CHANNEL), Some(true));
}

#[test]
fn overwrites_of_obfuscated_channels_are_not_believed() {
    let play = played(Cache::new());
    for channel in [110, 111, 112, 203] {
        assert_eq!(
            play.may_in(channel, 99),
            Some(Permissions::empty()),
            "we do not see {channel}"
        );
        assert_eq!(play.may_in(channel, 8), None, "others may see {channel}");
    }
}

#[test]
fn a_timeout_ends_by_itself_and_only_a_clock_can_tell() {
    let mut play = played(Cache::new());
    let mut muted = json!({"guild_id": "1", "user": user(9), "roles": ["150"],
        "communication_disabled_until": UNTIL});
    play.event("GUILD_MEMBER_UPDATE", muted.clone());
    let view = play.cache.view(id(1)).unwrap();
    assert_eq!(view.permissions(id(9)), None, "nobody told the time");
    let watching = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
    let all = EVERYONE | Permissions::MANAGE_MESSAGES;
    assert_eq!(view.clone().at(at(-1)).permissions(id(9)), Some(watching));
    assert_eq!(
        view.clone().at(at(-1)).permissions_in(id(100), id(9)),
        Some(watching)
    );
    assert_eq!(view.at(at(1)).permissions(id(9)), Some(all));

    play.cache.set_wall_clock(secs(1_000), at(-10));
    let _ = play.cache.tick(secs(1_009));
    assert_eq!(play.may(9), Some(watching));
    let _ = play.cache.tick(secs(1_011));
    assert_eq!(play.may(9), Some(all));

    // Neither the owner nor an administrator minds.
    let _ = play.cache.tick(secs(0));
    muted["user"] = user(10);
    muted["roles"] = json!(["160"]);
    muted["communication_disabled_until"] = json!("2036-01-01T00:00:00+00:00");
    play.event("GUILD_MEMBER_UPDATE", muted);
    assert!(play.may(10).unwrap().contains(Permissions::all()));
}

#[test]
fn what_is_missing_is_not_taken_for_nothing() {
    let play = played(Cache::new());
    assert_eq!(play.may(12), None, "no member of that id");
    assert_eq!(
        play.cache.permissions(id(2), id(8)),
        None,
        "no guild of that id"
    );

    let play = played(Cache::builder().disable(Kind::Role).build());
    assert_eq!(play.may(8), None, "what everybody may do is not known");
    let play = played(Cache::builder().disable(Kind::Guild).build());
    assert_eq!(play.may(8), None, "8 might own the guild");
    assert!(
        play.may(10).unwrap().contains(Permissions::all()),
        "an owner may do no more"
    );

    // A bound may have taken the role that 9 carries, and whose end nobody told.
    let play = played(Cache::builder().ttl(Kind::Role, secs(60)).build());
    assert_eq!(play.may(8), Some(EVERYONE));
    assert_eq!(play.may(9), None);
    let _ = play.cache.tick(secs(60));
    assert_eq!(
        play.may(99),
        Some(EVERYONE),
        "of ourselves it is always known"
    );
}

#[test]
fn a_guild_of_which_only_events_told_is_not_known_well_enough() {
    let mut play = Play::new(Cache::new());
    play.event(
        "GUILD_ROLE_UPDATE",
        json!({"guild_id": "1", "role": role(1, EVERYONE)}),
    );
    let mut ada = json!({"guild_id": "1", "user": user(8), "roles": ["150"]});
    play.event("GUILD_MEMBER_UPDATE", ada.clone());
    assert_eq!(play.may(8), None);
    ada["roles"] = json!([]);
    play.event("GUILD_MEMBER_UPDATE", ada);
    assert_eq!(play.may(8), None, "8 might own the guild");
}

#[test]
fn an_outage_changes_nothing_about_what_is_known() {
    let mut play = played(Cache::new());
    play.event("GUILD_DELETE", json!({"id": "1", "unavailable": true}));
    assert_eq!(play.may(8), Some(EVERYONE));
}
