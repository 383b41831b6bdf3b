//! The cache's promises about truth, one by one.

use polycord_cache::{Arrival, Cache, Change, Delta, Eviction, GuildState, Kind};
use polycord_types::gateway::EventKind;
use serde_json::json;

use crate::play::{Play, channel, guild, id, member, role, secs, thread, user};

#[test]
fn a_guild_named_by_ready_arrives_at_startup_and_one_not_named_was_joined() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    assert_eq!(play.state(1), Some(GuildState::Pending));
    assert!(play.guild(1).is_none());
    for (id, expected) in [(1, Arrival::Startup), (2, Arrival::Joined)] {
        let changes = play.event("GUILD_CREATE", guild(id));
        let [Change::GuildAdded { new, arrival }] = changes.as_slice() else {
            panic!("one change stands for the whole guild: {changes:?}")
        };
        assert_eq!((new.id().get(), *arrival), (id, expected));
        assert_eq!(play.state(id), Some(GuildState::Available));
        assert_eq!(new.state(), GuildState::Available);
    }
}

#[test]
fn what_a_guild_brings_is_found_by_id_and_by_guild() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    assert_eq!(play.guild(1).unwrap().name(), "guild 1");
    assert_eq!(play.guild(1).unwrap().member_count(), Some(2));
    assert_eq!(play.channel_ids(1), [100, 101]);
    assert_eq!(
        play.channel(100).unwrap().guild_id.unwrap().get(),
        1,
        "the payload leaves it out"
    );
    assert_eq!(play.role_ids(1), [1, 150]);
    assert_eq!(play.member_ids(1), [7, 8]);
    assert_eq!(play.user(7).unwrap().name(), "user 7");
    assert_eq!(play.member(1, 7).unwrap().user_id().get(), 7);
    let counts = play.cache.counts();
    assert_eq!(
        (
            counts.of(Kind::Guild),
            counts.of(Kind::Channel),
            counts.of(Kind::Role)
        ),
        (1, 2, 2)
    );
    assert_eq!((counts.of(Kind::Member), counts.of(Kind::User)), (2, 2));
}

#[test]
fn a_second_guild_create_leaves_no_ghosts() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let mut second = guild(1);
    second["channels"] = json!([channel(101)]);
    second["roles"] = json!([role(1)]);
    second["members"] = json!([member(8)]);
    second["member_count"] = json!(1);
    let changes = play.event("GUILD_CREATE", second);
    assert_eq!(play.channel_ids(1), [101]);
    assert_eq!(play.role_ids(1), [1]);
    assert_eq!(play.member_ids(1), [8]);
    assert!(play.user(7).is_none());
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::Channel(Delta::Removed(_))))
    );
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::Role(Delta::Removed(_))))
    );
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::Member(Delta::Removed(_))))
    );
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::User(Delta::Removed(_))))
    );
}

#[test]
fn members_that_a_large_guild_does_not_name_are_forgotten_without_a_claim_that_they_left() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let mut second = guild(1);
    second["members"] = json!([member(8)]);
    second["member_count"] = json!(500);
    let changes = play.event("GUILD_CREATE", second);
    assert_eq!(play.member_ids(1), [8]);
    assert!(play.user(7).is_none());
    assert!(changes.is_empty(), "{changes:?}");
    assert_eq!(play.guild(1).unwrap().member_count(), Some(500));
}

#[test]
fn t43_a_session_resumed_with_an_empty_cache_fills_it_as_events_come() {
    let mut play = Play::new(Cache::new());
    play.event("RESUMED", json!({}));
    let mut new = channel(100);
    new["guild_id"] = json!("1");
    play.event("CHANNEL_CREATE", new);
    assert_eq!(play.state(1), Some(GuildState::Cold));
    assert!(play.guild(1).is_none(), "nothing is made up");
    assert_eq!(play.channel_ids(1), [100]);

    let changes = play.event("GUILD_DELETE", json!({"id": "2", "unavailable": true}));
    assert!(matches!(
        changes[..],
        [Change::GuildUnavailable { guild: None, .. }]
    ));
    let changes = play.event("GUILD_CREATE", guild(2));
    assert!(
        matches!(changes[..], [Change::GuildAvailable { old: None, .. }]),
        "not a join"
    );

    let changes = play.event("GUILD_CREATE", guild(1));
    assert!(matches!(
        changes[..],
        [Change::GuildAdded {
            arrival: Arrival::Unclear,
            ..
        }]
    ));
    assert_eq!(play.state(1), Some(GuildState::Available));

    let changes = play.event("GUILD_DELETE", json!({"id": "3"}));
    assert!(changes.is_empty(), "a guild never heard of was not left");
}

#[test]
fn t43_a_new_session_marks_guilds_cold_and_reports_what_happened_meanwhile() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1, 2]);
    play.event("GUILD_CREATE", guild(1));
    play.event("GUILD_CREATE", guild(2));

    let changes = play.ready(&[1]);
    assert!(matches!(&changes[..], [Change::GuildRemoved { id, .. }] if id.get() == 2));
    assert_eq!(play.state(1), Some(GuildState::Cold));
    assert_eq!(play.guild(1).unwrap().state(), GuildState::Cold);
    assert_eq!(play.channel_ids(1), [100, 101], "cold is not wiped");
    assert!(play.user(7).is_some());

    let mut renamed = guild(1);
    renamed["name"] = json!("renamed");
    renamed["channels"] = json!([channel(100), channel(102)]);
    let changes = play.event("GUILD_CREATE", renamed);
    assert_eq!(changes.len(), 3, "{changes:?}");
    assert!(matches!(&changes[0], Change::Channel(Delta::Added(new)) if new.id.get() == 102));
    assert!(matches!(&changes[1], Change::Channel(Delta::Removed(old)) if old.id.get() == 101));
    assert!(matches!(&changes[2], Change::GuildUpdated { new, .. } if new.name() == "renamed"));
}

#[test]
fn ready_of_one_shard_says_nothing_about_the_guilds_of_another() {
    let mut play = Play::new(Cache::new());
    let other = 1 << 22;
    play.event("GUILD_CREATE", guild(1));
    play.event("GUILD_CREATE", guild(other));
    play.event(
        "READY",
        json!({
            "v": 10, "user": user(99), "session_id": "s", "resume_gateway_url": "", "shard": [0, 2],
            "guilds": [{"id": "1", "unavailable": true}],
        }),
    );
    assert_eq!(play.state(1), Some(GuildState::Cold));
    assert_eq!(play.state(other), Some(GuildState::Available));
}

#[test]
fn t49_an_outage_keeps_the_guild_and_is_reported_once() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    play.event("GUILD_CREATE", guild(1));
    let outage = json!({"id": "1", "unavailable": true});
    let changes = play.event("GUILD_DELETE", outage.clone());
    assert!(matches!(
        &changes[..],
        [Change::GuildUnavailable { guild: Some(_), .. }]
    ));
    assert!(play.event("GUILD_DELETE", outage).is_empty());
    assert_eq!(play.guild(1).unwrap().state(), GuildState::Unavailable);
    assert_eq!(play.channel_ids(1), [100, 101]);
    assert_eq!(play.member_ids(1), [7, 8]);
    assert_eq!(play.cache.counts().unavailable_guilds(), 1);

    let changes = play.event("GUILD_CREATE", guild(1));
    assert!(
        matches!(&changes[..], [Change::GuildAvailable { old: Some(_), .. }]),
        "{changes:?}"
    );
    assert_eq!(play.state(1), Some(GuildState::Available));
}

#[test]
fn t49_an_outage_repeated_at_start_is_no_leave_and_its_end_no_join() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    let outage = json!({"id": "1", "unavailable": true});
    assert_eq!(play.event("GUILD_DELETE", outage.clone()).len(), 1);
    assert!(play.event("GUILD_DELETE", outage.clone()).is_empty());
    assert!(play.event("GUILD_CREATE", outage).is_empty());
    assert_eq!(play.state(1), Some(GuildState::Unavailable));
    let changes = play.event("GUILD_CREATE", guild(1));
    assert!(matches!(
        &changes[..],
        [Change::GuildAvailable { old: None, .. }]
    ));
}

#[test]
fn t49_leaving_removes_everything_but_what_another_guild_shares() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1, 2]);
    play.event("GUILD_CREATE", guild(1));
    let mut second = guild(2);
    second["members"] = json!([member(8), member(99)]);
    play.event("GUILD_CREATE", second);

    let changes = play.event("GUILD_DELETE", json!({"id": "1"}));
    assert!(matches!(
        &changes[..],
        [Change::GuildRemoved { old: Some(_), .. }]
    ));
    assert_eq!(play.state(1), None);
    assert!(play.guild(1).is_none() && play.channel(100).is_none() && play.role(150).is_none());
    assert!(play.member(1, 7).is_none() && play.member(1, 8).is_none());
    assert!(play.user(7).is_none());
    assert!(play.user(8).is_some(), "still in guild 2");
    let counts = play.cache.counts();
    assert_eq!((counts.of(Kind::Guild), counts.of(Kind::Member)), (1, 2));

    let mut late = channel(100);
    late["guild_id"] = json!("1");
    assert!(play.event("CHANNEL_UPDATE", late).is_empty());
    assert_eq!(play.state(1), None, "a late event brings nothing back");

    play.event("GUILD_DELETE", json!({"id": "2"}));
    assert!(play.user(8).is_none());
    assert!(play.user(99).is_some(), "the current user stays");
}

#[test]
fn member_count_follows_and_never_falls_below_zero() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let count = |play: &Play| play.guild(1).unwrap().member_count();
    play.joins(1, 9);
    assert_eq!(count(&play), Some(3));
    play.joins(1, 9);
    assert_eq!(count(&play), Some(3), "the same event twice");
    play.leaves(1, 9);
    play.leaves(1, 9);
    assert_eq!(count(&play), Some(2));
    play.leaves(1, 5);
    assert_eq!(count(&play), Some(1), "a member the cache did not know");
    play.leaves(1, 7);
    play.leaves(1, 8);
    assert_eq!(count(&play), Some(0));
    play.leaves(1, 6);
    assert_eq!(count(&play), Some(0));
}

#[test]
fn a_duplicate_changes_nothing() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    let mut new = channel(110);
    new["guild_id"] = json!("1");
    let mut joined = member(9);
    joined["guild_id"] = json!("1");
    for (name, data) in [
        ("GUILD_CREATE", guild(1)),
        ("CHANNEL_CREATE", new.clone()),
        (
            "GUILD_ROLE_CREATE",
            json!({"guild_id": "1", "role": role(160)}),
        ),
        ("GUILD_MEMBER_ADD", joined),
        (
            "GUILD_MEMBER_UPDATE",
            json!({"guild_id": "1", "user": user(9), "roles": ["160"]}),
        ),
        (
            "GUILD_ROLE_DELETE",
            json!({"guild_id": "1", "role_id": "160"}),
        ),
        (
            "GUILD_MEMBER_REMOVE",
            json!({"guild_id": "1", "user": user(9)}),
        ),
        ("CHANNEL_DELETE", new),
        ("USER_UPDATE", user(99)),
        ("GUILD_DELETE", json!({"id": "1", "unavailable": true})),
        ("GUILD_DELETE", json!({"id": "1"})),
    ] {
        play.event(name, data.clone());
        let before = play.cache.counts();
        assert!(play.event(name, data).is_empty(), "{name}");
        assert_eq!(play.cache.counts(), before, "{name}");
    }
}

#[test]
fn a_deleted_role_leaves_its_members() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play.event(
        "GUILD_MEMBER_UPDATE",
        json!({"guild_id": "1", "user": user(7), "roles": ["150"]}),
    );
    assert_eq!(play.cache.member_roles(id(1), id(7)).count(), 1);
    play.event(
        "GUILD_ROLE_DELETE",
        json!({"guild_id": "1", "role_id": "150"}),
    );
    assert!(play.role(150).is_none());
    assert!(play.member(1, 7).unwrap().roles().is_empty());
}

#[test]
fn a_partial_member_update_keeps_what_it_does_not_mention() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["members"][0]["deaf"] = json!(true);
    whole["members"][0]["nick"] = json!("seven");
    play.event("GUILD_CREATE", whole);
    let changes = play.event(
        "GUILD_MEMBER_UPDATE",
        json!({"guild_id": "1", "user": user(7), "roles": [], "nick": null, "mute": true}),
    );
    assert_eq!(changes.len(), 1);
    let Change::Member(Delta::Updated { old, new }) = &changes[0] else {
        panic!("{changes:?}")
    };
    assert_eq!((old.nick(), new.nick()), (Some("seven"), None));
    assert!(new.is_deaf() && new.is_mute());
    assert_eq!(new.joined_at(), old.joined_at());
    assert!(new.joined_at().is_some());
}

#[test]
fn a_message_and_an_interaction_tell_who_wrote_them() {
    let cache = Cache::builder()
        .disable(Kind::Message)
        .disable(Kind::ReadState);
    let mut play = Play::new(cache.build());
    play.event("GUILD_CREATE", guild(1));
    let message = |author: u64, nick: &str| {
        json!({"id": "500", "channel_id": "100", "guild_id": "1", "author": user(author),
            "content": "hello", "timestamp": "2026-01-01T00:00:00.000000+00:00",
            "member": {"roles": ["150"], "nick": nick, "joined_at": "2026-01-01T00:00:00+00:00"}})
    };
    assert_eq!(play.event("MESSAGE_CREATE", message(9, "nine")).len(), 2);
    assert_eq!(play.member(1, 9).unwrap().nick(), Some("nine"));
    assert_eq!(play.user(9).unwrap().name(), "user 9");
    assert!(play.event("MESSAGE_CREATE", message(9, "nine")).is_empty());
    assert_eq!(
        play.guild(1).unwrap().member_count(),
        Some(2),
        "nobody joined"
    );

    let mut hook = message(10, "hook");
    hook["webhook_id"] = json!("10");
    assert!(
        play.event("MESSAGE_CREATE", hook).is_empty(),
        "a webhook is no member"
    );
    play.leaves(1, 9);
    assert!(
        play.event("MESSAGE_CREATE", message(9, "nine")).is_empty(),
        "late, after they left"
    );

    let mut interaction = json!({"id": "600", "application_id": "1", "type": 2, "token": "t",
        "version": 1, "guild_id": "1", "channel_id": "100", "member": member(11),
        "data": {"id": "700", "name": "ping", "type": 1}});
    assert_eq!(
        play.event("INTERACTION_CREATE", interaction.clone()).len(),
        2
    );
    assert!(play.member(1, 11).is_some());
    interaction["guild_id"] = json!("5");
    assert!(play.event("INTERACTION_CREATE", interaction).is_empty());
    assert_eq!(
        play.state(5),
        None,
        "a user-installed application is not in the guild"
    );
}

#[test]
fn a_user_changes_once_for_all_guilds() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play.event("GUILD_CREATE", guild(2));
    let mut renamed = user(7);
    renamed["global_name"] = json!("Seven");
    let changes = play.event(
        "GUILD_MEMBER_UPDATE",
        json!({"guild_id": "2", "user": renamed, "roles": []}),
    );
    assert!(matches!(
        &changes[..],
        [Change::User(Delta::Updated { .. })]
    ));
    assert_eq!(play.user(7).unwrap().display_name(), "Seven");
    play.leaves(2, 7);
    assert!(play.user(7).is_some(), "still in guild 1");
    let changes = play.leaves(1, 7);
    assert!(matches!(
        &changes[..],
        [
            Change::Member(Delta::Removed(_)),
            Change::User(Delta::Removed(_))
        ]
    ));
}

#[test]
fn a_deleted_channel_takes_its_threads_and_an_archived_thread_goes() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["threads"] = json!([thread(200, 100, false), thread(201, 101, false)]);
    play.event("GUILD_CREATE", whole);
    assert_eq!(play.channel_ids(1), [100, 101, 200, 201]);

    let mut archived = thread(201, 101, true);
    archived["guild_id"] = json!("1");
    let changes = play.event("THREAD_UPDATE", archived.clone());
    assert!(matches!(
        &changes[..],
        [Change::Thread(Delta::Updated { .. })]
    ));
    assert!(play.event("THREAD_UPDATE", archived).is_empty());
    assert!(play.channel(201).is_none());

    let mut deleted = channel(100);
    deleted["guild_id"] = json!("1");
    assert_eq!(play.event("CHANNEL_DELETE", deleted).len(), 2);
    assert_eq!(play.channel_ids(1), [101]);
}

#[test]
fn a_thread_list_replaces_the_threads_of_its_channels_only() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["threads"] = json!([thread(200, 100, false), thread(201, 101, false)]);
    play.event("GUILD_CREATE", whole);
    play.event(
        "THREAD_LIST_SYNC",
        json!({
            "guild_id": "1", "channel_ids": ["100"], "threads": [thread(202, 100, false)],
            "members": [],
        }),
    );
    assert_eq!(play.channel_ids(1), [100, 101, 201, 202]);
    play.event(
        "THREAD_LIST_SYNC",
        json!({"guild_id": "1", "threads": [], "members": []}),
    );
    assert_eq!(play.channel_ids(1), [100, 101]);
}

#[test]
fn a_guild_update_keeps_what_it_does_not_carry() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let update = json!({"id": "1", "name": "new name", "owner_id": "8", "roles": [role(1)]});
    let changes = play.event("GUILD_UPDATE", update);
    assert_eq!(changes.len(), 2, "{changes:?}");
    let now = play.guild(1).unwrap();
    assert_eq!((now.name(), now.owner_id().unwrap().get()), ("new name", 8));
    assert_eq!(now.member_count(), Some(2));
    assert!(now.joined_at().is_some());
    assert_eq!(play.role_ids(1), [1]);
    assert_eq!(play.channel_ids(1), [100, 101]);
}

#[test]
fn with_ttl_forgets_members_and_users_and_never_structure() {
    let mut play = Play::new(Cache::with_ttl(secs(60)));
    play.ready(&[1]);
    play.event("GUILD_CREATE", guild(1));
    play.now = secs(30);
    play.event(
        "GUILD_MEMBER_UPDATE",
        json!({"guild_id": "1", "user": user(7), "roles": []}),
    );
    play.now = secs(60);
    let _ = play.cache.tick(play.now);
    assert_eq!(play.member_ids(1), [7], "heard of again at 30 s");
    assert!(play.user(8).is_none());
    assert!(play.user(7).is_some());
    play.now = secs(90);
    play.cache.sweep(play.now);
    let counts = play.cache.counts();
    assert_eq!((counts.of(Kind::Member), counts.of(Kind::User)), (0, 0));
    assert_eq!(
        (
            counts.of(Kind::Guild),
            counts.of(Kind::Channel),
            counts.of(Kind::Role)
        ),
        (1, 2, 2)
    );
    assert_eq!(
        play.guild(1).unwrap().member_count(),
        Some(2),
        "forgotten, not gone"
    );
}

#[test]
fn pressure_forgets_members_and_what_only_they_needed() {
    let cache = Cache::builder()
        .max_entries(Kind::Member, 3)
        .eviction(Kind::Member, Eviction::LeastRecentlyUsed)
        .build();
    let mut play = Play::new(cache);
    play.event("GUILD_CREATE", guild(1));
    for id in 10..20 {
        assert!(play.member(1, 7).is_some());
        let changes = play.joins(1, id);
        assert_eq!(changes.len(), 2, "an eviction is no change: {changes:?}");
    }
    let counts = play.cache.counts();
    assert_eq!((counts.of(Kind::Member), counts.of(Kind::User)), (3, 3));
    assert_eq!(play.member_ids(1).len(), 3);
    assert!(play.user(7).is_some(), "it was read all the time");
    assert_eq!(play.guild(1).unwrap().member_count(), Some(12));
}

#[test]
fn a_kind_that_is_off_or_has_room_for_none_keeps_none() {
    let cache = Cache::builder()
        .disable(Kind::Role)
        .max_entries(Kind::User, 0)
        .build();
    assert!(!cache.is_enabled(Kind::User));
    assert!(!cache.wants(EventKind::GuildRoleUpdate) && cache.wants(EventKind::GuildMemberAdd));
    let mut play = Play::new(cache);
    play.event("GUILD_CREATE", guild(1));
    let counts = play.cache.counts();
    assert_eq!((counts.of(Kind::Role), counts.of(Kind::User)), (0, 0));
    assert_eq!((counts.of(Kind::Channel), counts.of(Kind::Member)), (2, 2));
    let changes = play.event(
        "GUILD_ROLE_CREATE",
        json!({"guild_id": "1", "role": role(9)}),
    );
    assert!(changes.is_empty());
    assert_eq!(play.cache.stats().of(Kind::Role).inserts, 0);
}

#[test]
fn a_cache_without_members_knows_users_by_the_guilds_they_share() {
    let mut play = Play::new(Cache::builder().disable(Kind::Member).build());
    play.event("GUILD_CREATE", guild(1));
    assert!(play.user(7).is_some());
    assert_eq!(play.cache.counts().of(Kind::Member), 0);
    play.leaves(1, 7);
    assert!(play.user(7).is_none());
    assert_eq!(play.guild(1).unwrap().member_count(), Some(1));
}

#[test]
fn only_the_users_own_lookups_count() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play.event("GUILD_CREATE", guild(1));
    play.joins(1, 9);
    play.event(
        "GUILD_ROLE_DELETE",
        json!({"guild_id": "1", "role_id": "150"}),
    );
    assert_eq!(play.cache.stats().hit_rate(), None);
    play.guild(1);
    play.channel(100);
    play.channel(999);
    play.member(1, 7);
    let stats = play.cache.stats();
    assert_eq!(
        (stats.of(Kind::Channel).hits, stats.of(Kind::Channel).misses),
        (1, 1)
    );
    assert_eq!(stats.hit_rate(), Some(0.75));
    assert_eq!(stats.of(Kind::Member).hits, 1);
    assert_eq!(
        stats.total().entries,
        stats.iter().map(|(_, stats)| stats.entries).sum::<u64>()
    );
}

#[test]
fn emojis_and_stickers_follow_their_own_events() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let emojis = json!({"guild_id": "1", "emojis": [{"id": "300", "name": "ferris"}]});
    let changes = play.event("GUILD_EMOJIS_UPDATE", emojis.clone());
    assert!(matches!(&changes[..], [Change::Emoji(Delta::Added(_))]));
    assert!(play.event("GUILD_EMOJIS_UPDATE", emojis).is_empty());
    let now = play.cache.emoji(id(1), id(300)).unwrap();
    assert_eq!(now.name.as_deref(), Some("ferris"));

    let stickers = json!([{"id": "400", "name": "crab", "type": 2, "format_type": 1}]);
    play.event(
        "GUILD_STICKERS_UPDATE",
        json!({"guild_id": "1", "stickers": stickers}),
    );
    assert_eq!(play.cache.sticker(id(1), id(400)).unwrap().name, "crab");
    assert_eq!(play.cache.guild_emojis(id(1)).count(), 1);
}

#[test]
fn the_current_user_is_known_from_ready_on() {
    let mut play = Play::new(Cache::new());
    assert!(play.cache.current_user().is_none());
    play.ready(&[]);
    assert_eq!(play.cache.current_user().unwrap().id().get(), 99);
    let mut renamed = user(99);
    renamed["username"] = json!("new name");
    let changes = play.event("USER_UPDATE", renamed);
    assert!(matches!(
        &changes[..],
        [
            Change::CurrentUser(Delta::Updated { .. }),
            Change::User(Delta::Updated { .. })
        ]
    ));
    assert_eq!(play.cache.current_user().unwrap().name(), "new name");
    assert_eq!(play.user(99).unwrap().name(), "new name");
}

#[test]
fn a_member_who_does_something_before_they_are_said_to_join_counts_once() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    // The message that greets a newcomer may come before the event that tells of them.
    play.event(
        "MESSAGE_CREATE",
        json!({"id": "1", "channel_id": "100", "guild_id": "1", "author": user(9), "type": 7,
            "content": "", "timestamp": "2026-01-01T00:00:00.000000+00:00", "member": {"roles": []}}),
    );
    assert!(play.member(1, 9).is_some());
    for count in [3, 3] {
        play.joins(1, 9);
        assert_eq!(play.guild(1).unwrap().member_count(), Some(count));
    }
    play.leaves(1, 9);
    assert_eq!(play.guild(1).unwrap().member_count(), Some(2));
    play.joins(1, 8);
    assert_eq!(
        play.guild(1).unwrap().member_count(),
        Some(2),
        "GUILD_CREATE has counted them"
    );
}
