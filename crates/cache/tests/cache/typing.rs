//! Who is typing.

use polycord_cache::{Cache, Change, Kind};
use serde_json::{Value, json};

use crate::play::{Play, channel, guild, id, member, secs, user};

fn starts(channel: u64, user: u64) -> Value {
    json!({"guild_id": "1", "channel_id": channel.to_string(), "user_id": user.to_string(),
        "timestamp": 0, "member": member(user)})
}

fn typing(play: &Play, channel: u64) -> Vec<u64> {
    let users = play.cache.typing(id(channel));
    users.iter().map(|user| user.get()).collect()
}

fn in_guild() -> Play {
    let mut play = Play::new(Cache::new());
    play.ready(&[]);
    play.event("GUILD_CREATE", guild(1));
    play
}

#[test]
fn somebody_stops_typing_ten_seconds_after_they_were_heard_of_last() {
    let mut play = in_guild();
    let changes = play.event("TYPING_START", starts(100, 7));
    assert!(
        matches!(
            &changes[..],
            [Change::TypingStarted {
                guild_id: Some(_),
                ..
            }]
        ),
        "{changes:?}"
    );
    play.now = secs(6);
    assert!(
        play.event("TYPING_START", starts(100, 7)).is_empty(),
        "they go on"
    );
    play.now = secs(8);
    play.event("TYPING_START", starts(100, 8));
    assert_eq!(typing(&play, 100), [7, 8]);
    let ticked = play.cache.tick(secs(15));
    assert!(ticked.changes.is_empty());
    assert_eq!(ticked.next, Some(secs(16)));
    let ticked = play.cache.tick(secs(16));
    let stopped: Vec<_> = ticked.changes.iter().collect();
    assert!(
        matches!(&stopped[..], [Change::TypingStopped { user_id, .. }] if user_id.get() == 7),
        "{stopped:?}"
    );
    assert_eq!(ticked.next, Some(secs(18)));
    play.now = secs(30);
    let changes = play.event(
        "PRESENCE_UPDATE",
        json!({"guild_id": "1", "user": {"id": "7"},
        "status": "online", "activities": [], "client_status": {}}),
    );
    assert!(
        matches!(changes[0], Change::TypingStopped { .. }),
        "an event lets time pass, too"
    );
    assert!(typing(&play, 100).is_empty());
    assert_eq!(play.cache.tick(secs(31)).next, None);
    assert_eq!(play.cache.counts().of(Kind::Typing), 0);
}

#[test]
fn a_message_ends_the_typing_of_its_author_in_its_channel() {
    let mut play = in_guild();
    for channel in [100, 101] {
        play.event("TYPING_START", starts(channel, 7));
        play.event("TYPING_START", starts(channel, 8));
    }
    let message = json!({"id": "500", "channel_id": "100", "guild_id": "1", "author": user(7),
        "content": "hello", "timestamp": "2026-01-01T00:00:00.000000+00:00", "member": {"roles": []}});
    let mut hook = message.clone();
    hook["id"] = json!("501");
    hook["webhook_id"] = json!("7");
    play.event("MESSAGE_CREATE", hook);
    assert_eq!(typing(&play, 100), [7, 8]);
    let changes = play.event("MESSAGE_CREATE", message);
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::TypingStopped { .. }))
    );
    assert_eq!(
        (typing(&play, 100), typing(&play, 101)),
        (vec![8], vec![7, 8])
    );
}

#[test]
fn typing_ends_with_the_member_the_channel_the_outage_and_the_session() {
    let mut play = in_guild();
    let begin = |play: &mut Play| {
        play.event("TYPING_START", starts(100, 8));
        play.event("TYPING_START", starts(101, 7));
        play.event("TYPING_START", starts(101, 8));
    };
    let ended = |changes: Vec<Change>| {
        let ends = |change: &&Change| matches!(change, Change::TypingStopped { .. });
        changes.iter().filter(ends).count()
    };
    begin(&mut play);
    assert_eq!(ended(play.leaves(1, 7)), 1);
    assert!(
        play.event("TYPING_START", starts(100, 7)).is_empty(),
        "late, after they left"
    );
    assert!(play.member(1, 7).is_none());
    play.joins(1, 7);
    let mut deleted = channel(100);
    deleted["guild_id"] = json!("1");
    assert_eq!(ended(play.event("CHANNEL_DELETE", deleted)), 1);
    begin(&mut play);
    let outage = play.event("GUILD_DELETE", json!({"id": "1", "unavailable": true}));
    assert_eq!(ended(outage), 3);
    play.event("GUILD_CREATE", guild(1));
    begin(&mut play);
    assert_eq!(ended(play.ready(&[1])), 3);
    begin(&mut play);
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert_eq!(play.cache.counts().of(Kind::Typing), 0);
    assert_eq!(play.cache.tick(secs(60)).next, None);
}

#[test]
fn nobody_is_told_of_their_own_typing_and_direct_messages_have_typing_too() {
    let mut play = in_guild();
    let own = play.event("TYPING_START", starts(100, 99));
    assert!(
        !own.iter()
            .any(|change| matches!(change, Change::TypingStarted { .. }))
    );
    assert!(typing(&play, 100).is_empty());
    let direct = json!({"channel_id": "700", "user_id": "50", "timestamp": 0});
    let changes = play.event("TYPING_START", direct);
    assert!(
        matches!(&changes[..], [Change::TypingStarted { guild_id: None, .. }]),
        "{changes:?}"
    );
    assert_eq!(typing(&play, 700), [50]);
    play.event(
        "MESSAGE_CREATE",
        json!({"id": "1", "channel_id": "700", "author": user(50), "content": "",
            "timestamp": "2026-01-01T00:00:00.000000+00:00"}),
    );
    assert!(typing(&play, 700).is_empty());

    let mut off = Play::new(Cache::builder().disable(Kind::Typing).build());
    off.event("GUILD_CREATE", guild(1));
    off.event("TYPING_START", starts(100, 7));
    assert!(typing(&off, 100).is_empty());
    assert_eq!(off.cache.tick(secs(60)).next, None);
}
