//! What is unread, and what was missed.

use polycord_cache::{Cache, Change, Delta, Kind, ReadState};
use serde_json::{Value, json};

use crate::messages::{direct, in_guild, message};
use crate::play::{Play, channel, guild, id, member, user};

const ME: u64 = 99;

fn state(play: &Play, channel: u64) -> Option<ReadState> {
    play.cache.read_state(id(channel))
}

/// Unread, mentions.
fn counts(play: &Play, channel: u64) -> (u32, u32) {
    state(play, channel).map_or((0, 0), |state| (state.unread, state.mentions))
}

fn with(mut message: Value, key: &str, value: Value) -> Value {
    message[key] = value;
    message
}

/// Guild 1, of which we are a member with role 150.
fn with_role(cache: Cache) -> Play {
    let mut play = in_guild(cache);
    let mut own = member(ME);
    own["roles"] = json!(["150"]);
    own["guild_id"] = json!("1");
    play.event("GUILD_MEMBER_UPDATE", own);
    play
}

#[test]
fn messages_of_others_are_unread_and_mentions_are_counted_by_the_apps_rules() {
    let mut play = with_role(Cache::new());
    let steps = [
        (message(100, 500, 7), (1, 0), "text"),
        (
            with(message(100, 501, 7), "mentions", json!([user(ME)])),
            (2, 1),
            "by name",
        ),
        (
            with(message(100, 502, 7), "mention_everyone", json!(true)),
            (3, 2),
            "everyone",
        ),
        (
            with(message(100, 503, 7), "mention_roles", json!(["150"])),
            (4, 3),
            "our role",
        ),
        (
            with(message(100, 504, 7), "mention_roles", json!(["1", "9"])),
            (5, 3),
            "not our role",
        ),
        (
            with(message(100, 505, 7), "mentions", json!([user(8)])),
            (6, 3),
            "somebody else",
        ),
        (
            with(message(100, 506, 7), "flags", json!(1 << 12)),
            (7, 3),
            "a silent one",
        ),
        (message(100, 506, 7), (7, 3), "told twice"),
        (
            with(message(100, 507, 7), "mentions", json!([user(ME), user(8)])),
            (8, 4),
            "both",
        ),
    ];
    for (message, expected, what) in steps {
        play.event("MESSAGE_CREATE", message);
        assert_eq!(counts(&play, 100), expected, "{what}");
    }
    play.event(
        "MESSAGE_UPDATE",
        with(message(100, 500, 7), "mentions", json!([user(ME)])),
    );
    assert_eq!(counts(&play, 100), (8, 4), "an edit pings nobody");
    play.event("MESSAGE_CREATE", message(100, 508, ME));
    assert_eq!(counts(&play, 100), (0, 0), "who writes has read");
    assert!(state(&play, 101).is_none());
}

#[test]
fn a_channel_that_is_viewed_is_read_until_it_is_left() {
    let mut play = in_guild(Cache::new());
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    let changes: Vec<_> = play.cache.view_channel(id(100)).into_iter().collect();
    let [Change::ReadState(Delta::Updated { old, new })] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!(
        (old.unread, new.unread, new.read_up_to),
        (1, 0, Some(id(500)))
    );
    play.event("MESSAGE_CREATE", message(100, 501, 7));
    play.event("MESSAGE_CREATE", message(101, 502, 7));
    assert_eq!((counts(&play, 100).0, counts(&play, 101).0), (0, 1));
    play.cache.leave_channel(id(100));
    play.event("MESSAGE_CREATE", message(100, 503, 7));
    assert_eq!(counts(&play, 100), (1, 0));
    assert!(
        play.cache.view_channel(id(4_444)).is_empty(),
        "nobody knows it"
    );
    assert!(state(&play, 4_444).is_none());
}

#[test]
fn what_is_newer_than_what_was_read_is_counted_anew() {
    let mut play = in_guild(Cache::new());
    for it in 500..505 {
        let mentions = if it == 503 {
            json!([user(ME)])
        } else {
            json!([])
        };
        play.event(
            "MESSAGE_CREATE",
            with(message(100, it, 7), "mentions", mentions),
        );
    }
    assert_eq!(counts(&play, 100), (5, 1));
    let _ = play.cache.mark_read(id(100), Some(id(502)));
    assert_eq!(counts(&play, 100), (2, 1));
    assert!(!state(&play, 100).unwrap().is_estimate);
    let _ = play.cache.mark_read(id(100), Some(id(500)));
    assert_eq!(counts(&play, 100), (2, 1), "what was read stays read");
    play.event("MESSAGE_CREATE", message(100, 501, 8));
    assert_eq!(counts(&play, 100), (2, 1), "a late one was read already");
    let _ = play.cache.mark_read(id(100), None);
    assert_eq!(counts(&play, 100), (0, 0));
    assert!(play.cache.mark_read(id(100), None).is_empty());
}

#[test]
fn a_deleted_message_counts_no_more_if_it_counted() {
    let mut play = in_guild(Cache::new());
    let delete = |id: u64| json!({"id": id.to_string(), "channel_id": "100", "guild_id": "1"});
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    let _ = play.cache.mark_read(id(100), None);
    play.event("MESSAGE_CREATE", message(100, 501, 7));
    play.event(
        "MESSAGE_CREATE",
        with(message(100, 502, 7), "mentions", json!([user(ME)])),
    );
    play.event("MESSAGE_CREATE", message(100, 503, 7));
    for (deleted, expected, what) in [
        (500, (3, 1), "it was read"),
        (444, (3, 1), "it is not cached"),
        (502, (2, 0), "a mention"),
        (502, (2, 0), "told twice"),
        (501, (1, 0), "another"),
    ] {
        play.event("MESSAGE_DELETE", delete(deleted));
        assert_eq!(counts(&play, 100), expected, "{what}");
    }
    let bulk = json!({"ids": ["503", "500"], "channel_id": "100", "guild_id": "1"});
    play.event("MESSAGE_DELETE_BULK", bulk);
    assert_eq!(counts(&play, 100), (0, 0));
}

#[test]
fn counters_need_no_messages_and_a_replay_counts_nothing() {
    let mut play = in_guild(Cache::builder().disable(Kind::Message).build());
    let replay = |play: &mut Play| {
        for it in 500..600 {
            play.event("MESSAGE_CREATE", message(100, it, 7));
        }
    };
    replay(&mut play);
    assert_eq!(counts(&play, 100), (100, 0));
    replay(&mut play);
    assert_eq!(counts(&play, 100), (100, 0));
    let _ = play.cache.mark_read(id(100), None);
    replay(&mut play);
    assert_eq!(counts(&play, 100), (0, 0));
    assert_eq!(play.cache.counts().of(Kind::Message), 0);
    play.event("MESSAGE_CREATE", message(100, 601, 7));
    let _ = play.cache.mark_read(id(100), Some(id(600)));
    assert!(
        state(&play, 100).unwrap().is_estimate,
        "nobody knows which of them are newer"
    );
}

#[test]
fn unread_can_be_off_and_then_nothing_is_told() {
    let mut play = in_guild(Cache::builder().disable(Kind::ReadState).build());
    let changes = play.event("MESSAGE_CREATE", message(100, 500, 7));
    assert!(matches!(changes[..], [Change::Message(_)]), "{changes:?}");
    assert!(play.cache.view_channel(id(100)).is_empty());
    assert!(state(&play, 100).is_none());
}

#[test]
fn what_was_said_while_no_session_was_there_is_a_gap() {
    let mut play = in_guild(Cache::builder().messages_per_channel(3).build());
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    let again = |last: u64| {
        let mut guild = guild(1);
        let mut channel = channel(100);
        channel["last_message_id"] = json!(last.to_string());
        guild["channels"] = json!([channel]);
        guild
    };
    play.event("GUILD_CREATE", again(500));
    assert!(play.cache.gap(id(100)).is_none(), "nothing was missed");
    play.ready(&[1]);
    play.event("GUILD_CREATE", again(600));
    let gap = play.cache.gap(id(100)).unwrap();
    assert_eq!((gap.after, gap.until), (id(500), id(600)));
    let read = state(&play, 100).unwrap();
    assert_eq!((read.unread, read.is_estimate), (1, true));
    play.event("GUILD_CREATE", again(700));
    let gap = play.cache.gap(id(100)).unwrap();
    assert_eq!((gap.after, gap.until), (id(500), id(700)));

    play.event("MESSAGE_CREATE", message(100, 701, 7));
    assert!(play.cache.gap(id(100)).is_some());
    for it in 702..704 {
        play.event("MESSAGE_CREATE", message(100, it, 7));
    }
    assert!(
        play.cache.gap(id(100)).is_none(),
        "what is cached is behind it"
    );
    let _ = play.cache.mark_read(id(100), None);
    assert!(!state(&play, 100).unwrap().is_estimate);

    play.event("GUILD_CREATE", again(800));
    play.cache.close_gap(id(100));
    assert!(play.cache.gap(id(100)).is_none());
}

#[test]
fn a_direct_message_makes_its_channel_known_and_mentions_us() {
    let mut play = in_guild(Cache::new());
    let changes = play.event("MESSAGE_CREATE", direct(900, 500, 55));
    let told = changes
        .iter()
        .any(|it| matches!(it, Change::DmChannel(Delta::Added(_))));
    assert!(told, "{changes:?}");
    let known = play.cache.dm_channel(id(900)).unwrap();
    assert_eq!(
        (known.recipient_id(), known.last_message_id()),
        (Some(id(55)), Some(id(500)))
    );
    assert_eq!(play.user(55).unwrap().name(), "user 55");
    assert_eq!(counts(&play, 900), (1, 1));
    let cached = play.cache.message(id(900), id(500)).unwrap();
    assert_eq!((cached.guild_id(), cached.content()), (None, "message 500"));

    play.event("MESSAGE_CREATE", direct(900, 501, ME));
    assert_eq!(counts(&play, 900), (0, 0));
    let known = play.cache.dm_channel(id(900)).unwrap();
    assert_eq!(
        (known.recipient_id(), known.last_message_id()),
        (Some(id(55)), Some(id(501)))
    );
    let pins = json!({"channel_id": "900", "last_pin_timestamp": "2026-01-01T00:00:00+00:00"});
    play.event("CHANNEL_PINS_UPDATE", pins);
    assert!(
        play.cache
            .dm_channel(id(900))
            .unwrap()
            .last_pin_timestamp()
            .is_some()
    );

    let reaction = json!({"user_id": "55", "channel_id": "900", "message_id": "501",
        "emoji": {"id": null, "name": "a"}, "burst": false, "type": 0});
    play.event("MESSAGE_REACTION_ADD", reaction);
    let cached = play.cache.message(id(900), id(501)).unwrap();
    assert_eq!(cached.reactions()[0].count(), 1);
    let edited = with(direct(900, 500, 55), "content", json!("edited"));
    play.event("MESSAGE_UPDATE", edited);
    assert_eq!(
        play.cache.message(id(900), id(500)).unwrap().content(),
        "edited"
    );
    play.event("MESSAGE_DELETE", json!({"id": "500", "channel_id": "900"}));
    assert!(play.cache.message(id(900), id(500)).is_none());
    assert_eq!(play.cache.dm_channels().count(), 1);
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert_eq!(
        play.cache.messages(id(900)).count(),
        1,
        "which is no guild's"
    );
    assert!(play.user(55).is_some());
}

#[test]
fn our_own_message_does_not_make_us_the_other_end() {
    let mut play = in_guild(Cache::new());
    play.event("MESSAGE_CREATE", direct(900, 500, ME));
    assert_eq!(play.cache.dm_channel(id(900)).unwrap().recipient_id(), None);
    play.event("MESSAGE_CREATE", direct(900, 501, 55));
    assert_eq!(
        play.cache.dm_channel(id(900)).unwrap().recipient_id(),
        Some(id(55))
    );
}

#[test]
fn direct_messages_are_bounded_and_take_their_users_along() {
    let mut play = in_guild(Cache::builder().max_entries(Kind::DmChannel, 10).build());
    for it in 0..1_000 {
        play.event(
            "MESSAGE_CREATE",
            direct(2_000 + it, 500_000 + it, 10_000 + it),
        );
        // Somebody who keeps writing stays.
        play.event("MESSAGE_CREATE", direct(900, 900_000 + it, 55));
    }
    let counts = play.cache.counts();
    assert_eq!(
        (counts.of(Kind::DmChannel), counts.of(Kind::ReadState)),
        (10, 10)
    );
    assert_eq!(counts.of(Kind::Message), 9 + 50);
    assert!(play.cache.dm_channel(id(900)).is_some());
    assert!(play.user(10_000).is_none());
    assert!(play.user(10_999).is_some());
    // Us, members 7 and 8, and those at the other ends.
    assert_eq!(counts.of(Kind::User), 3 + 10);
}

#[test]
fn without_channels_of_direct_messages_nothing_of_them_is_kept() {
    let mut play = in_guild(Cache::builder().disable(Kind::DmChannel).build());
    let changes = play.event("MESSAGE_CREATE", direct(900, 500, 55));
    assert!(changes.is_empty(), "{changes:?}");
    assert_eq!(play.cache.counts().of(Kind::Message), 0);
}
