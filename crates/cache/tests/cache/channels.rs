//! What is true of channels, from their events to what readers see.

use polycord_cache::{Cache, Change, Delta, Kind};
use polycord_types::Timestamp;
use serde_json::{Value, json};

use crate::in_guild::{invite, stage};
use crate::play::{Play, channel, guild, id, member, role, thread};

const VIEW_CHANNEL: u64 = 1 << 10;

fn of_guild(mut value: Value) -> Value {
    value["guild_id"] = json!("1");
    value
}

fn in_one_guild() -> Play {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play
}

fn obfuscated(id: u64) -> Value {
    of_guild(
        json!({"id": id.to_string(), "type": 0, "name": "___hidden___", "position": 0,
        "flags": 1 << 17, "permission_overwrites":
            [{"id": "1", "type": 0, "allow": "0", "deny": VIEW_CHANNEL.to_string()}]}),
    )
}

#[test]
fn the_last_message_and_the_last_pin_of_a_channel_never_go_back() {
    let mut play = in_one_guild();
    let mut told = of_guild(channel(100));
    told["last_message_id"] = json!("500");
    told["last_pin_timestamp"] = json!("2026-02-01T00:00:00+00:00");
    play.event("CHANNEL_UPDATE", told.clone());
    for (message, pin) in [
        (json!("400"), json!("2026-01-01T00:00:00+00:00")),
        (json!(null), json!(null)),
    ] {
        told["last_message_id"] = message;
        told["last_pin_timestamp"] = pin;
        assert!(play.event("CHANNEL_UPDATE", told.clone()).is_empty());
    }
    let now = play.channel(100).unwrap();
    assert_eq!(now.last_message_id, Some(id(500)));
    assert!(now.last_pin_timestamp.is_some());
}

#[test]
fn pins_of_channels_and_threads_are_told_and_none_are_left() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["threads"] = json!([thread(200, 100, false)]);
    play.event("GUILD_CREATE", whole);
    for channel in [100, 200] {
        let at = "2026-02-01T00:00:00+00:00";
        let mut pins = json!({"guild_id": "1", "channel_id": channel.to_string(),
            "last_pin_timestamp": at});
        assert_eq!(play.event("CHANNEL_PINS_UPDATE", pins.clone()).len(), 1);
        assert!(play.event("CHANNEL_PINS_UPDATE", pins.clone()).is_empty());
        assert_eq!(
            play.channel(channel).unwrap().last_pin_timestamp,
            Some(at.parse().unwrap())
        );
        pins["last_pin_timestamp"] = json!(null);
        assert_eq!(play.event("CHANNEL_PINS_UPDATE", pins).len(), 1);
        assert!(play.channel(channel).unwrap().last_pin_timestamp.is_none());
    }
    let unknown = json!({"guild_id": "1", "channel_id": "999", "last_pin_timestamp": null});
    assert!(play.event("CHANNEL_PINS_UPDATE", unknown).is_empty());
    assert!(play.channel(999).is_none());
}

#[test]
fn what_goes_on_in_a_voice_channel_stands_beside_it_and_survives_its_updates() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["channels"][0]["type"] = json!(2);
    play.event("GUILD_CREATE", whole.clone());
    let status = |status: Value| json!({"id": "100", "guild_id": "1", "status": status});
    let start = |at: Value| json!({"id": "100", "guild_id": "1", "voice_start_time": at});
    assert_eq!(
        play.event("VOICE_CHANNEL_STATUS_UPDATE", status(json!("chess")))
            .len(),
        1
    );
    play.event(
        "VOICE_CHANNEL_START_TIME_UPDATE",
        start(json!(1_700_000_000)),
    );
    let shown = |play: &Play| {
        let channel = play.channel(100).unwrap();
        let status = channel.voice_status().map(str::to_owned);
        (status, channel.voice_start_time())
    };
    let both = (
        Some("chess".to_owned()),
        Some(Timestamp::from_seconds(1_700_000_000)),
    );
    assert_eq!(shown(&play), both);

    let mut renamed = of_guild(whole["channels"][0].clone());
    renamed["name"] = json!("renamed");
    play.event("CHANNEL_UPDATE", renamed);
    assert_eq!(shown(&play), both);
    play.event("GUILD_CREATE", whole);
    assert_eq!(shown(&play), both, "a guild does not tell it either");
    let info = |fields: Value| json!({"guild_id": "1", "channels": [fields]});
    play.event("CHANNEL_INFO", info(json!({"id": "100", "status": "go"})));
    assert_eq!(shown(&play), (Some("go".to_owned()), both.1));

    play.event("VOICE_CHANNEL_STATUS_UPDATE", status(json!(null)));
    play.event("VOICE_CHANNEL_START_TIME_UPDATE", start(json!(null)));
    assert_eq!(shown(&play), (None, None));
}

#[test]
fn a_channel_that_is_hidden_takes_its_contents_and_comes_back_without_them() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["threads"] = json!([thread(200, 100, false), thread(201, 101, false)]);
    play.event("GUILD_CREATE", whole);
    play.event("INVITE_CREATE", invite("rust", 100));
    play.event("INVITE_CREATE", invite("ferris", 101));

    let changes = play.event("CHANNEL_UPDATE", obfuscated(100));
    let Change::Channel(Delta::Updated { old, new }) = &changes[0] else {
        panic!("{changes:?}")
    };
    assert!(!old.is_obfuscated() && new.is_obfuscated());
    assert_eq!(changes.len(), 3, "{changes:?}");
    assert_eq!(play.channel_ids(1), [100, 101, 201]);
    assert!(play.cache.invite("rust").is_none());
    assert!(play.cache.invite("ferris").is_some());
    assert!(play.event("CHANNEL_UPDATE", obfuscated(100)).is_empty());

    let changes = play.event("CHANNEL_UPDATE", of_guild(channel(100)));
    assert!(
        matches!(&changes[..], [Change::Channel(Delta::Updated { new, .. })] if !new.is_obfuscated())
    );
    let sync = json!({"guild_id": "1", "channel_ids": ["100"], "members": [],
        "threads": [thread(200, 100, false)]});
    play.event("THREAD_LIST_SYNC", sync);
    assert_eq!(play.channel_ids(1), [100, 101, 200, 201]);
}

#[test]
fn what_the_current_user_may_not_view_any_more_is_forgotten() {
    let overwritten = |deny: u64| {
        let mut channel = of_guild(channel(100));
        channel["permission_overwrites"] =
            json!([{"id": "1", "type": 0, "allow": "0", "deny": deny.to_string()}]);
        channel
    };
    let start = || {
        let mut play = Play::new(Cache::new());
        play.ready(&[1]);
        let mut whole = guild(1);
        whole["roles"][0]["permissions"] = json!("0");
        let mut me = member(99);
        me["roles"] = json!(["150"]);
        whole["members"] = json!([me]);
        whole["channels"] = json!([overwritten(0)]);
        whole["threads"] = json!([thread(200, 100, false)]);
        play.event("GUILD_CREATE", whole);
        play.event("INVITE_CREATE", invite("rust", 100));
        assert_eq!(play.channel_ids(1), [100, 200]);
        play
    };
    let mut powerless = role(150);
    powerless["permissions"] = json!("0");
    let mut me = of_guild(member(99));
    me["roles"] = json!([]);
    let events = [
        ("CHANNEL_UPDATE", {
            let mut denied = overwritten(0);
            denied["permission_overwrites"] = json!([{"id": "150", "type": 0, "allow": "0",
                "deny": VIEW_CHANNEL.to_string()}]);
            denied
        }),
        (
            "GUILD_ROLE_UPDATE",
            json!({"guild_id": "1", "role": powerless}),
        ),
        (
            "GUILD_ROLE_DELETE",
            json!({"guild_id": "1", "role_id": "150"}),
        ),
        ("GUILD_MEMBER_UPDATE", me),
    ];
    for (name, data) in events {
        let mut play = start();
        play.event(name, data);
        assert_eq!(play.channel_ids(1), [100], "{name}");
        assert!(play.cache.invite("rust").is_none(), "{name}");
    }
    let mut play = start();
    play.event("CHANNEL_UPDATE", overwritten(1 << 11));
    assert_eq!(play.channel_ids(1), [100, 200], "it may still be viewed");
}

#[test]
fn a_deleted_channel_takes_its_stage_and_its_invites() {
    let mut play = in_one_guild();
    for channel in [100, 101] {
        play.event("STAGE_INSTANCE_CREATE", stage(500 + channel, channel));
        play.event("INVITE_CREATE", invite(&channel.to_string(), channel));
    }
    let changes = play.event("CHANNEL_DELETE", of_guild(channel(100)));
    assert_eq!(changes.len(), 3, "{changes:?}");
    let counts = play.cache.counts();
    assert_eq!(
        (counts.of(Kind::StageInstance), counts.of(Kind::Invite)),
        (1, 1)
    );
    assert!(play.cache.invite("101").is_some());
    assert!(play.cache.stage_instance(id(1), id(101)).is_some());
}

#[test]
fn a_deleted_category_leaves_its_channels_as_they_are_told() {
    let mut play = in_one_guild();
    let mut category = of_guild(channel(102));
    category["type"] = json!(4);
    play.event("CHANNEL_CREATE", category.clone());
    let mut child = of_guild(channel(100));
    child["parent_id"] = json!("102");
    play.event("CHANNEL_UPDATE", child.clone());
    play.event("CHANNEL_DELETE", category);
    assert_eq!(play.channel_ids(1), [100, 101]);
    assert_eq!(play.channel(100).unwrap().parent_id, Some(id(102)));
    child["parent_id"] = json!(null);
    assert_eq!(play.event("CHANNEL_UPDATE", child).len(), 1);
}

#[test]
fn a_role_lost_by_ten_thousand_members_is_two_changes() {
    let mut play = in_one_guild();
    let count = 10_000;
    for some in (1_000..1_000 + count).collect::<Vec<_>>().chunks(1_000) {
        let members: Vec<_> = some
            .iter()
            .map(|user| {
                let mut member = member(*user);
                member["roles"] = json!(["150"]);
                member
            })
            .collect();
        play.event(
            "GUILD_MEMBERS_CHUNK",
            json!({"guild_id": "1", "members": members, "chunk_index": 0, "chunk_count": 1}),
        );
    }
    let deleted = json!({"guild_id": "1", "role_id": "150"});
    let changes = play.event("GUILD_ROLE_DELETE", deleted.clone());
    let [
        Change::Role(Delta::Removed(old)),
        Change::RoleLost {
            guild,
            role,
            members,
        },
    ] = &changes[..]
    else {
        panic!("{} changes", changes.len())
    };
    assert_eq!((old.id, *role, guild.get()), (id(150), id(150), 1));
    assert_eq!(*members as u64, count);
    assert!(play.member(1, 1_000).unwrap().roles().is_empty());
    assert!(play.event("GUILD_ROLE_DELETE", deleted).is_empty());
}
