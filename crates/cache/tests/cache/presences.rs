//! How members are seen.

use polycord_cache::{Cache, Change, Delta, Kind};
use polycord_types::presence::Status;
use serde_json::{Value, json};

use crate::play::{Play, guild, id, member, secs, user};

fn presence(user: u64, status: &str) -> Value {
    let activities = if status == "offline" {
        json!([])
    } else {
        json!([{"name": "Custom Status", "type": 4, "state": format!("busy {user}"), "created_at": 5}])
    };
    json!({"user": {"id": user.to_string()}, "status": status, "activities": activities,
        "client_status": if status == "offline" { json!({}) } else { json!({"desktop": status}) }})
}

fn update(guild: u64, user: u64, status: &str) -> Value {
    let mut update = presence(user, status);
    update["guild_id"] = json!(guild.to_string());
    update
}

fn status(play: &Play, guild: u64, user: u64) -> Option<Status> {
    let presence = play.cache.presence(id(guild), id(user));
    presence.map(|presence| presence.status())
}

fn guild_with(presences: Value) -> Value {
    let mut whole = guild(1);
    whole["presences"] = presences;
    whole
}

#[test]
fn presences_of_a_whole_guild_are_known_at_once() {
    let mut play = Play::new(Cache::new());
    play.event(
        "GUILD_CREATE",
        guild_with(json!([presence(7, "idle"), presence(5, "dnd")])),
    );
    let seen = play.cache.presence(id(1), id(7)).unwrap();
    assert_eq!((seen.guild_id().get(), seen.user_id().get()), (1, 7));
    assert_eq!(seen.status(), Status::Idle);
    assert_eq!(seen.client_status().desktop, Some(Status::Idle));
    assert_eq!(seen.client_status().mobile, None);
    assert_eq!(seen.activities()[0].state.as_deref(), Some("busy 7"));
    assert_eq!(seen.to_presence().activities, seen.activities());
    assert_eq!(status(&play, 1, 8), None, "nobody told");
    assert_eq!(status(&play, 1, 5), None, "no member");
    assert_eq!(play.cache.guild_presences(id(1)).count(), 1);
    assert_eq!(play.cache.counts().of(Kind::Presence), 1);
}

#[test]
fn a_presence_comes_changes_and_goes_and_the_same_again_is_no_change() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let changes = play.event("PRESENCE_UPDATE", update(1, 7, "online"));
    assert!(
        matches!(&changes[..], [Change::Presence(Delta::Added(_))]),
        "{changes:?}"
    );
    assert!(
        play.event("PRESENCE_UPDATE", update(1, 7, "online"))
            .is_empty()
    );

    let changes = play.event("PRESENCE_UPDATE", update(1, 7, "dnd"));
    let [Change::Presence(Delta::Updated { old, new })] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!((old.status(), new.status()), (Status::Online, Status::Dnd));
    let mut busy = update(1, 7, "dnd");
    busy["activities"][0]["state"] = json!("busier");
    assert_eq!(play.event("PRESENCE_UPDATE", busy).len(), 1);
    let mut nothing = update(1, 7, "dnd");
    nothing["activities"] = json!([]);
    play.event("PRESENCE_UPDATE", nothing);
    assert!(!play.cache.presence(id(1), id(7)).unwrap().has_activities());

    let changes = play.event("PRESENCE_UPDATE", update(1, 7, "offline"));
    assert!(
        matches!(&changes[..], [Change::Presence(Delta::Removed(_))]),
        "{changes:?}"
    );
    assert_eq!(
        status(&play, 1, 7),
        Some(Status::Offline),
        "known, unlike that of 8"
    );
    assert_eq!(status(&play, 1, 8), None);
    assert!(
        play.event("PRESENCE_UPDATE", update(1, 7, "offline"))
            .is_empty()
    );
    assert_eq!(play.cache.counts().of(Kind::Presence), 0);
    assert_eq!(play.member_ids(1), [7, 8]);
}

#[test]
fn a_presence_brings_back_nobody_who_left() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild_with(json!([presence(7, "online")])));
    play.leaves(1, 7);
    assert_eq!(status(&play, 1, 7), None);
    for told in ["offline", "online"] {
        let mut late = update(1, 7, told);
        late["user"] = user(7);
        assert!(play.event("PRESENCE_UPDATE", late).is_empty());
    }
    assert!(play.member(1, 7).is_none() && play.user(7).is_none());
    assert_eq!(status(&play, 1, 7), None);
    assert_eq!(play.cache.counts().of(Kind::Presence), 0);
}

#[test]
fn a_whole_guild_again_leaves_the_presences_that_it_tells() {
    let mut play = Play::new(Cache::new());
    play.event(
        "GUILD_CREATE",
        guild_with(json!([presence(7, "online"), presence(8, "idle")])),
    );
    play.event("PRESENCE_UPDATE", update(1, 7, "offline"));
    let changes = play.event("GUILD_CREATE", guild_with(json!([presence(7, "dnd")])));
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert_eq!(status(&play, 1, 7), Some(Status::Dnd));
    assert_eq!(status(&play, 1, 8), None);
    play.event("GUILD_DELETE", json!({"id": "1", "unavailable": true}));
    assert_eq!(
        status(&play, 1, 7),
        Some(Status::Dnd),
        "the state of the guild says how old that is"
    );
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert_eq!(play.cache.counts().of(Kind::Presence), 0);
}

#[test]
fn members_asked_for_with_presences_are_offline_without_one() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let mut chunk = json!({"guild_id": "1", "members": [member(7), member(9)], "chunk_index": 0, "chunk_count": 1});
    play.event("GUILD_MEMBERS_CHUNK", chunk.clone());
    assert_eq!(status(&play, 1, 7), None, "not asked for");
    chunk["presences"] = json!([presence(9, "idle")]);
    play.event("GUILD_MEMBERS_CHUNK", chunk);
    assert_eq!(status(&play, 1, 9), Some(Status::Idle));
    assert_eq!(status(&play, 1, 7), Some(Status::Offline));
    assert_eq!(status(&play, 1, 8), None);
}

#[test]
fn the_user_of_a_presence_updates_what_it_tells_and_nothing_else() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["members"][0]["user"]["global_name"] = json!("Seven");
    play.event("GUILD_CREATE", whole);
    let mut told = update(1, 7, "online");
    told["user"]["username"] = json!("renamed");
    let changes = play.event("PRESENCE_UPDATE", told.clone());
    assert!(
        matches!(
            &changes[..],
            [Change::User(Delta::Updated { .. }), Change::Presence(_)]
        ),
        "{changes:?}"
    );
    let now = play.user(7).unwrap();
    assert_eq!((now.name(), now.global_name()), ("renamed", Some("Seven")));
    assert!(play.event("PRESENCE_UPDATE", told).is_empty());
    let mut unknown = update(1, 55, "online");
    unknown["user"] = user(55);
    assert!(play.event("PRESENCE_UPDATE", unknown).is_empty());
    assert!(play.user(55).is_none());
}

#[test]
fn a_member_forgotten_for_room_takes_the_presence_along() {
    let mut play = Play::new(Cache::builder().max_entries(Kind::Member, 2).build());
    play.event(
        "GUILD_CREATE",
        guild_with(json!([presence(7, "online"), presence(8, "online")])),
    );
    for new in 10..15 {
        play.joins(1, new);
        play.event("PRESENCE_UPDATE", update(1, new, "online"));
        assert_eq!(
            play.cache.counts().of(Kind::Presence),
            2.min(play.member_ids(1).len())
        );
    }
    assert_eq!(play.cache.guild_presences(id(1)).count(), 2);
}

#[test]
fn presences_are_bounded_and_expire_by_themselves() {
    let cache = Cache::builder()
        .ttl(Kind::Presence, secs(60))
        .max_entries(Kind::Presence, 3)
        .build();
    let mut play = Play::new(cache);
    play.event("GUILD_CREATE", guild(1));
    for new in 10..20 {
        play.joins(1, new);
        play.event("PRESENCE_UPDATE", update(1, new, "online"));
    }
    assert_eq!(play.cache.counts().of(Kind::Presence), 3);
    play.now = secs(61);
    let _ = play.cache.tick(play.now);
    assert_eq!(play.cache.guild_presences(id(1)).count(), 0);
    assert_eq!(play.member_ids(1).len(), 12);
}

#[test]
fn presences_alone_are_kept_of_everybody_but_those_who_left() {
    let cache = Cache::builder()
        .disable(Kind::Member)
        .disable(Kind::User)
        .build();
    let mut play = Play::new(cache);
    play.event("GUILD_CREATE", guild_with(json!([presence(7, "online")])));
    play.event("PRESENCE_UPDATE", update(1, 50, "online"));
    assert_eq!(status(&play, 1, 50), Some(Status::Online));
    play.leaves(1, 50);
    play.event("PRESENCE_UPDATE", update(1, 50, "offline"));
    assert_eq!(status(&play, 1, 50), None);

    let mut off = Play::new(Cache::builder().disable(Kind::Presence).build());
    off.event("GUILD_CREATE", guild_with(json!([presence(7, "online")])));
    assert!(off.event("PRESENCE_UPDATE", update(1, 7, "dnd")).is_empty());
    assert_eq!(status(&off, 1, 7), None);
}
