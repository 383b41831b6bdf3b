//! Users and members: who they are, and what of them each event tells.

use polycord_cache::{Cache, Change, Delta, Kind};
use serde_json::{Value, json};

use crate::play::{Play, guild, id, member, role, secs, user};

const ME: u64 = 99;

/// A guild whose member 7 is muted by the guild and has more to tell than others.
fn told_guild() -> Value {
    let mut whole = guild(1);
    whole["members"][0]["mute"] = json!(true);
    whole["members"][0]["nick"] = json!("seven");
    whole["members"][0]["flags"] = json!(2);
    whole["members"][0]["premium_since"] = json!("2026-02-01T00:00:00.000000+00:00");
    whole["members"][0]["avatar"] = json!("0123456789abcdef0123456789abcdef");
    whole["members"][0]["communication_disabled_until"] = json!("2026-03-01T00:00:00.000000+00:00");
    whole
}

fn message(author: u64, member: &Value) -> Value {
    json!({"id": "500", "channel_id": "100", "guild_id": "1", "author": user(author),
        "content": "hello", "timestamp": "2026-01-01T00:00:00.000000+00:00", "member": member})
}

fn count(play: &Play) -> Option<u64> {
    play.guild(1)?.member_count()
}

#[test]
fn a_member_who_is_muted_stays_so_when_they_use_a_command() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", told_guild());
    let mut who = told_guild()["members"][0].clone();
    for absent in ["deaf", "mute"] {
        who.as_object_mut().unwrap().remove(absent);
    }
    let interaction = json!({"id": "600", "application_id": "1", "type": 2, "token": "t",
        "version": 1, "guild_id": "1", "channel_id": "100", "member": who,
        "data": {"id": "700", "name": "ping", "type": 1}});
    let changes = play.event("INTERACTION_CREATE", interaction);
    assert!(changes.is_empty(), "{changes:?}");
    assert!(play.member(1, 7).unwrap().is_mute());
}

#[test]
fn what_the_member_of_a_message_leaves_out_is_kept() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", told_guild());
    let changes = play.event("MESSAGE_CREATE", message(7, &json!({"roles": []})));
    assert!(
        changes
            .iter()
            .all(|change| !matches!(change, Change::Member(_)))
    );
    let now = play.member(1, 7).unwrap();
    assert_eq!(now.nick(), Some("seven"));
    assert!(now.is_mute() && now.avatar().is_some() && now.premium_since().is_some());
    assert!(now.communication_disabled_until().is_some());

    play.event(
        "MESSAGE_CREATE",
        message(7, &json!({"roles": ["150"], "nick": "VII"})),
    );
    assert_eq!(play.member(1, 7).unwrap().nick(), Some("VII"));
}

#[test]
fn who_is_mentioned_is_a_member() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let mut data = message(7, &json!({"roles": []}));
    let mut mentioned = user(12);
    mentioned["member"] = json!({"roles": ["150"], "nick": "twelve"});
    data["mentions"] = json!([mentioned, user(13)]);
    play.event("MESSAGE_CREATE", data.clone());
    assert_eq!(play.member(1, 12).unwrap().nick(), Some("twelve"));
    assert!(play.user(12).is_some());
    assert!(
        play.member(1, 13).is_none(),
        "nobody says that they are a member"
    );
    assert_eq!(count(&play), Some(2));
    play.leaves(1, 12);
    play.event("MESSAGE_CREATE", data);
    assert!(play.member(1, 12).is_none(), "late, after they left");
}

#[test]
fn flags_follow_an_update_and_deaf_and_mute_survive_it() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", told_guild());
    let update = json!({"guild_id": "1", "user": user(7), "roles": ["150"], "nick": "seven"});
    play.event("GUILD_MEMBER_UPDATE", update.clone());
    let now = play.member(1, 7).unwrap();
    assert_eq!(now.flags().bits(), 2, "absent");
    assert!(now.is_mute() && now.joined_at().is_some());
    let mut flagged = update;
    flagged["flags"] = json!(0x1_0009_u64);
    play.event("GUILD_MEMBER_UPDATE", flagged);
    assert_eq!(play.member(1, 7).unwrap().flags().bits(), 0x1_0009);
}

#[test]
fn roles_in_another_order_are_no_change() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let update = |roles: Value| json!({"guild_id": "1", "user": user(7), "roles": roles});
    assert_eq!(
        play.event("GUILD_MEMBER_UPDATE", update(json!(["160", "150"])))
            .len(),
        1
    );
    assert!(
        play.event("GUILD_MEMBER_UPDATE", update(json!(["150", "160"])))
            .is_empty()
    );
}

#[test]
fn the_current_user_keeps_what_only_ready_tells_and_is_updated_once_per_event() {
    let mut play = Play::new(Cache::new());
    let mut me = user(ME);
    me["email"] = json!("me@example.com");
    me["verified"] = json!(true);
    me["mfa_enabled"] = json!(true);
    me["bot"] = json!(true);
    let ready =
        json!({"v": 10, "user": me, "guilds": [], "session_id": "s", "resume_gateway_url": ""});
    play.event("READY", ready);
    for number in [1, 2] {
        let mut whole = guild(number);
        whole["members"] = json!([member(ME)]);
        play.event("GUILD_CREATE", whole);
    }
    let own = play.cache.current_user().unwrap().to_user();
    assert_eq!(own.email.unwrap().as_str(), "me@example.com");
    assert_eq!((own.verified, own.mfa_enabled), (Some(true), Some(true)));
    let shared = play.user(ME).unwrap().to_user();
    assert!(
        shared.email.is_none() && shared.verified.is_none(),
        "nobody else is told"
    );
    assert_eq!(
        shared.bot,
        Some(true),
        "the thinner user of a member does not say so"
    );

    assert!(play.event("USER_UPDATE", me).is_empty());
    let mut thin = user(ME);
    thin["username"] = json!("renamed");
    let users = |changes: &[Change]| {
        let about = |change: &&Change| matches!(change, Change::User(_));
        changes.iter().filter(about).count()
    };
    let changes = play.event("USER_UPDATE", thin.clone());
    assert_eq!((users(&changes), changes.len()), (1, 2), "{changes:?}");
    assert_eq!(
        play.cache.current_user().unwrap().to_user().verified,
        Some(true)
    );
    for number in ["1", "2"] {
        let update = json!({"guild_id": number, "user": thin, "roles": []});
        let changes = play.event("GUILD_MEMBER_UPDATE", update);
        assert_eq!(users(&changes), 0, "told once for all guilds");
    }
}

#[test]
fn a_user_who_changes_and_leaves_one_guild_is_still_known_in_the_other() {
    let mut play = Play::new(Cache::new());
    for number in [1, 2] {
        play.event("GUILD_CREATE", guild(number));
    }
    let mut renamed = user(7);
    renamed["username"] = json!("renamed");
    play.event(
        "GUILD_MEMBER_UPDATE",
        json!({"guild_id": "1", "user": renamed, "roles": []}),
    );
    play.leaves(1, 7);
    assert_eq!(play.user(7).unwrap().name(), "renamed");
    assert!(play.member(2, 7).is_some());
    play.leaves(2, 7);
    assert!(play.user(7).is_none());
}

#[test]
fn a_member_who_comes_back_is_as_they_are_now() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", told_guild());
    play.leaves(1, 7);
    let mut back = member(7);
    back["guild_id"] = json!("1");
    back["user"]["avatar"] = json!("fedcba9876543210fedcba9876543210");
    play.event("GUILD_MEMBER_ADD", back);
    let now = play.member(1, 7).unwrap();
    assert_eq!(now.nick(), None);
    assert!(!now.is_mute() && now.roles().is_empty());
    assert!(play.user(7).unwrap().avatar().is_some());
    assert_eq!(play.cache.counts().of(Kind::User), 2);
}

#[test]
fn members_asked_for_do_not_bring_back_who_left_nor_change_the_count() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play.leaves(1, 7);
    let chunk = json!({"guild_id": "1", "members": [member(7), member(8), member(9)],
        "chunk_index": 0, "chunk_count": 1});
    play.event("GUILD_MEMBERS_CHUNK", chunk);
    assert_eq!(play.member_ids(1), [8, 9]);
    assert_eq!(count(&play), Some(1));
    play.joins(1, 7);
    assert_eq!(play.member_ids(1), [7, 8, 9]);
}

#[test]
fn a_departure_that_is_delivered_again_after_a_whole_guild_counts_once() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play.joins(1, 9);
    play.leaves(1, 9);
    play.event("GUILD_CREATE", guild(1));
    play.leaves(1, 9);
    assert_eq!(count(&play), Some(2));
    play.joins(1, 9);
    play.leaves(1, 9);
    assert_eq!(count(&play), Some(2));
}

#[test]
fn a_member_said_to_join_again_and_again_counts_once_and_joined_last() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let mut joined = member(9);
    joined["guild_id"] = json!("1");
    for second in 1..4 {
        joined["joined_at"] = json!(format!("2026-05-01T00:00:0{second}.000000+00:00"));
        play.event("GUILD_MEMBER_ADD", joined.clone());
    }
    assert_eq!(count(&play), Some(3));
    let at = play.member(1, 9).unwrap().joined_at().unwrap();
    assert_eq!(at.as_millis() % 60_000, 3_000);
}

#[test]
fn the_own_member_does_not_count_twice_and_stays_until_the_guild_goes() {
    let mut play = Play::new(Cache::new());
    play.ready(&[]);
    let mut whole = guild(1);
    whole["members"] = json!([member(7), member(ME)]);
    play.event("GUILD_CREATE", whole);
    play.joins(1, ME);
    assert_eq!(count(&play), Some(2));
    play.leaves(1, ME);
    assert!(
        play.member(1, ME).is_some(),
        "permissions need it as long as the guild is there"
    );
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert!(play.member(1, ME).is_none());
    assert_eq!(play.cache.counts().of(Kind::Member), 0);
}

#[test]
fn bounds_never_take_the_own_member_and_its_roles() {
    let cache = Cache::builder()
        .ttl(Kind::Member, secs(10))
        .max_entries(Kind::Member, 3)
        .max_entries(Kind::Role, 3)
        .ttl(Kind::Role, secs(10))
        .build();
    let mut play = Play::new(cache);
    play.ready(&[1]);
    let mut whole = guild(1);
    let mut me = member(ME);
    me["roles"] = json!(["150"]);
    whole["members"] = json!([me, member(7), member(8), member(9)]);
    play.event("GUILD_CREATE", whole);
    for new in 10..40 {
        play.now += secs(3);
        play.joins(1, new);
        play.event(
            "GUILD_ROLE_CREATE",
            json!({"guild_id": "1", "role": role(new + 200)}),
        );
        assert!(play.member(1, ME).is_some());
        assert!(play.role(1).is_some() && play.role(150).is_some());
        assert!(play.cache.counts().of(Kind::Member) <= 3);
    }
    play.cache.sweep(play.now + secs(100));
    assert_eq!(
        (play.member_ids(1), play.role_ids(1)),
        (vec![ME], vec![1, 150])
    );

    // A role that it does not have any more goes as any other.
    play.event(
        "GUILD_MEMBER_UPDATE",
        json!({"guild_id": "1", "user": user(ME), "roles": []}),
    );
    play.cache.sweep(play.now + secs(200));
    assert_eq!(play.role_ids(1), [1]);
    play.event("GUILD_DELETE", json!({"id": "1"}));
    let counts = play.cache.counts();
    assert_eq!((counts.of(Kind::Member), counts.of(Kind::Role)), (0, 0));
    assert!(play.cache.member(id(1), id(ME)).is_none());
}

#[test]
fn a_chunk_says_no_more_of_a_user_than_that_they_are_there() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let chunk = json!({"guild_id": "1", "members": [member(7), member(8)], "chunk_index": 0,
        "chunk_count": 1, "presences": []});
    assert!(play.event("GUILD_MEMBERS_CHUNK", chunk.clone()).is_empty());
    let mut more = chunk;
    more["members"] = json!([member(9)]);
    let changes = play.event("GUILD_MEMBERS_CHUNK", more);
    assert!(
        matches!(
            &changes[..],
            [
                Change::User(Delta::Added(_)),
                Change::Member(Delta::Added(_))
            ]
        ),
        "{changes:?}"
    );
}
