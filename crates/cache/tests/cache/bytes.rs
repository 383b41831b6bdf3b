//! Bytes are accounted, and bounded.

use polycord_cache::{Cache, Eviction, Kind};
use serde_json::json;

use crate::in_guild::scheduled;
use crate::messages::message;
use crate::play::{Play, channel, guild, id, member};

/// A guild with `count` members besides those that every guild of the tests has.
fn crowded(count: u64) -> serde_json::Value {
    let mut guild = guild(1);
    let mut members = vec![member(7), member(8)];
    for id in 0..count {
        let mut member = member(1_000 + id);
        member["nick"] = json!(format!("a name that does not fit beside the others, {id}"));
        member["roles"] = json!([(id % 5 + 200).to_string(), "150"]);
        members.push(member);
    }
    guild["member_count"] = json!(members.len());
    guild["members"] = json!(members);
    guild
}

#[test]
fn bytes_grow_with_what_is_kept_and_return_to_what_they_were() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(2));
    let before = play.cache.counts();
    play.event("GUILD_CREATE", crowded(500));
    let with = play.cache.counts();
    for kind in [
        Kind::Guild,
        Kind::Channel,
        Kind::Role,
        Kind::Member,
        Kind::User,
    ] {
        assert!(with.bytes(kind) > before.bytes(kind), "{kind:?}");
        let of_stats = play.cache.stats().of(kind).bytes;
        assert_eq!(of_stats, with.bytes(kind) as u64, "{kind:?}");
    }
    let each = (with.bytes(Kind::Member) - before.bytes(Kind::Member)) / 500;
    assert!((60..400).contains(&each), "{each} bytes a member");
    assert_eq!(play.cache.audit(), Vec::<String>::new());

    play.event("GUILD_DELETE", json!({"id": "1"}));
    let after = play.cache.counts();
    assert_eq!(after.bytes(Kind::Member), before.bytes(Kind::Member));
    assert_eq!(play.cache.audit(), Vec::<String>::new());
    play.event("GUILD_DELETE", json!({"id": "2"}));
    let gone = play.cache.counts();
    assert_eq!(gone.bytes(Kind::Member), 0, "sets of roles, too");
    assert_eq!(gone.bytes(Kind::User), 0);
}

#[test]
fn what_is_behind_a_row_counts_and_what_is_replaced_does_not() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let before = play.cache.counts().bytes(Kind::Channel);
    let mut long = channel(100);
    long["guild_id"] = json!("1");
    long["topic"] = json!("x".repeat(1_000));
    play.event("CHANNEL_UPDATE", long.clone());
    let with = play.cache.counts().bytes(Kind::Channel);
    assert!((1_000..1_100).contains(&(with - before)), "{before} {with}");
    long["topic"] = json!(null);
    play.event("CHANNEL_UPDATE", long);
    assert_eq!(play.cache.counts().bytes(Kind::Channel), before);
}

#[test]
fn a_snapshot_that_is_held_does_not_make_the_count_wrong() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", crowded(300));
    let held = play.cache.view(id(1)).unwrap();
    play.leaves(1, 1_005);
    play.event(
        "GUILD_ROLE_DELETE",
        json!({"guild_id": "1", "role_id": "150"}),
    );
    play.event("GUILD_CREATE", crowded(280));
    assert_eq!(play.cache.audit(), Vec::<String>::new());
    assert_eq!(held.members().count(), 302);
}

#[test]
fn a_kind_that_takes_too_many_bytes_gives_up_its_oldest_entries() {
    const MAX: usize = 20_000;
    for eviction in [Eviction::Oldest, Eviction::LeastRecentlyUsed] {
        let cache = Cache::builder()
            .max_bytes(Kind::Member, MAX)
            .eviction(Kind::Member, eviction)
            .build();
        let mut play = Play::new(cache);
        play.event("GUILD_CREATE", guild(1));
        for id in 1_000..2_000 {
            play.joins(1, id);
            let bytes = play.cache.counts().bytes(Kind::Member);
            assert!(bytes <= MAX, "{bytes} bytes with {id}");
        }
        let kept = play.cache.counts().of(Kind::Member);
        assert!(kept > 50, "{kept} members fit");
        assert!(play.member(1, 1_999).is_some(), "the last one stays");
        assert!(play.member(1, 1_000).is_none());
        assert_eq!(play.cache.counts().of(Kind::Role), 2, "no other kind paid");
        let evictions = play.cache.stats().of(Kind::Member).evictions;
        assert_eq!((evictions.capacity, evictions.admission), (0, 0));
        assert_eq!(evictions.bytes, evictions.total());
        assert_eq!(evictions.bytes, 1_002 - kept as u64);
        assert_eq!(play.cache.audit(), Vec::<String>::new());
    }
}

#[test]
fn zero_bytes_turn_a_kind_off() {
    let cache = Cache::builder().max_bytes(Kind::Member, 0).build();
    assert!(!cache.is_enabled(Kind::Member));
}

#[test]
fn what_is_remembered_to_tell_news_from_repeats_does_not_grow() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    let mut whole = guild(1);
    whole["guild_scheduled_events"] = json!([scheduled(700)]);
    play.event("GUILD_CREATE", whole);
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    let mut taken = Vec::new();
    for round in 0..3 {
        for n in 0..500 {
            let who = (10_000 + round * 500 + n).to_string();
            play.event(
                "GUILD_SCHEDULED_EVENT_USER_ADD",
                json!({"guild_id": "1", "guild_scheduled_event_id": "700", "user_id": who}),
            );
            for name in ["MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"] {
                let reaction = json!({"user_id": who, "channel_id": "100", "message_id": "500",
                    "guild_id": "1", "emoji": {"id": null, "name": "a"}, "burst": false, "type": 0});
                play.event(name, reaction);
            }
            play.event(
                "MESSAGE_DELETE",
                json!({"id": who, "channel_id": "100", "guild_id": "1"}),
            );
            play.leaves(1, 10_000 + round * 500 + n);
        }
        let counts = play.cache.counts();
        taken.push((counts.total_bytes(), counts.bytes(Kind::Message)));
    }
    assert_eq!(taken[0], taken[1]);
    assert_eq!(taken[1], taken[2]);
}
