//! What is written by hand goes the way of events.

use polycord_cache::{Cache, Change, Changes, Delta, GuildState, Kind};
use polycord_types::{
    channel::Channel,
    decode::{Decode, from_str},
    guild::Guild,
    member::Member,
    role::Role,
    user::User,
};
use serde_json::{Value, json};

use crate::play::{Play, channel, guild, id, member, role, secs, thread, user};

fn model<T: Decode>(value: &Value) -> T {
    from_str(&value.to_string()).unwrap()
}

fn list(changes: Changes) -> Vec<Change> {
    changes.into_iter().collect()
}

fn playing() -> Play {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play
}

#[test]
fn what_is_inserted_is_found_and_told_as_what_an_event_brings() {
    let play = playing();
    let (cache, now) = (&play.cache, secs(1));

    let mut new = channel(107);
    new["guild_id"] = json!("1");
    let changes = list(cache.insert_channel(&model::<Channel>(&new), now));
    assert!(matches!(
        changes.as_slice(),
        [Change::Channel(Delta::Added(_))]
    ));
    assert!(play.channel(107).is_some());

    let changes = list(cache.insert_role(id(1), &model::<Role>(&role(160)), now));
    assert!(matches!(
        changes.as_slice(),
        [Change::Role(Delta::Added(_))]
    ));
    assert_eq!(play.role_ids(1), [1, 150, 160]);

    let new = model::<Member>(&member(9));
    let changes = list(cache.insert_member(id(1), &new, now));
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::Member(Delta::Added(_)))),
        "{changes:?}"
    );
    assert!(play.user(9).is_some());
    assert_eq!(
        play.guild(1).unwrap().member_count(),
        Some(2),
        "it counts them already"
    );
    assert!(
        cache.insert_member(id(1), &new, now).is_empty(),
        "twice is once"
    );
}

#[test]
fn a_user_who_came_with_a_member_goes_with_the_member() {
    let mut play = playing();
    let new = model::<Member>(&member(9));
    let _ = play.cache.insert_member(id(1), &new, secs(1));
    play.leaves(1, 9);
    assert!(play.member(1, 9).is_none() && play.user(9).is_none());
    assert_eq!(play.guild(1).unwrap().member_count(), Some(1));
}

#[test]
fn a_guild_inserted_is_cold_until_its_event_comes_and_no_event_wipes_what_it_does_not_tell() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["approximate_member_count"] = json!(40);
    let changes = list(play.cache.insert_guild(&model::<Guild>(&whole), secs(1)));
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::GuildAdded { .. })),
        "{changes:?}"
    );
    assert_eq!(play.state(1), Some(GuildState::Cold));
    assert_eq!(play.role_ids(1), [1, 150]);
    play.event("GUILD_CREATE", guild(1));
    play.event("GUILD_UPDATE", guild(1));
    assert_eq!(play.state(1), Some(GuildState::Available));
    let known = play.guild(1).unwrap();
    assert_eq!(known.model().approximate_member_count, Some(40));
    assert_eq!(known.member_count(), Some(2));

    let mut fewer = whole;
    fewer["roles"] = json!([role(1)]);
    let changes = list(play.cache.insert_guild(&model::<Guild>(&fewer), secs(2)));
    assert!(
        matches!(changes.as_slice(), [Change::Role(Delta::Removed(_))]),
        "{changes:?}"
    );
}

#[test]
fn nothing_is_kept_of_a_guild_that_the_current_user_is_not_in() {
    let mut play = playing();
    play.ready(&[1]);
    let (cache, now) = (&play.cache, secs(1));
    let mut new = channel(900);
    new["guild_id"] = json!("5");
    assert!(
        cache
            .insert_channel(&model::<Channel>(&new), now)
            .is_empty()
    );
    assert!(
        cache
            .insert_role(id(5), &model::<Role>(&role(5)), now)
            .is_empty()
    );
    assert!(
        cache
            .insert_member(id(5), &model::<Member>(&member(9)), now)
            .is_empty()
    );
    assert!(cache.guild_state(id(5)).is_none() && play.user(9).is_none());
}

#[test]
fn a_member_inserted_after_they_left_is_back_and_counted_by_the_event_that_says_so() {
    let mut play = playing();
    play.leaves(1, 8);
    let new = model::<Member>(&member(8));
    let _ = play.cache.insert_member(id(1), &new, secs(1));
    assert!(play.member(1, 8).is_some());
    assert_eq!(play.guild(1).unwrap().member_count(), Some(1));
    play.joins(1, 8);
    assert_eq!(play.guild(1).unwrap().member_count(), Some(2));
}

#[test]
fn a_thread_inserted_is_kept_while_it_is_active() {
    let play = playing();
    for archived in [false, true] {
        let mut new = thread(170, 100, archived);
        new["guild_id"] = json!("1");
        let _ = play.cache.insert_channel(&model::<Channel>(&new), secs(1));
        assert_eq!(play.channel(170).is_some(), !archived);
    }
}

#[test]
fn users_whom_nothing_needs_stay_up_to_a_number_and_the_first_goes_first() {
    let mut play = playing();
    for number in 1..=1_024 {
        let _ = play
            .cache
            .insert_user(&model::<User>(&user(1_000 + number)), secs(1));
    }
    let _ = play.cache.insert_user(&model::<User>(&user(7)), secs(1));
    assert!(play.user(1_001).is_some(), "a member needs no place");
    play.joins(1, 1_002);
    for number in 1_025..=1_026 {
        let changes = list(
            play.cache
                .insert_user(&model::<User>(&user(1_000 + number)), secs(1)),
        );
        assert!(
            matches!(changes.last(), Some(Change::User(Delta::Added(_)))),
            "{changes:?}"
        );
    }
    assert!(play.user(1_001).is_none());
    assert!(play.user(1_002).is_some(), "a guild needs them now");
    assert!(play.user(1_003).is_some() && play.user(2_026).is_some());
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert!(play.user(1_002).is_none(), "no more");
    assert_eq!(play.cache.counts().of(Kind::User), 1_024);
}

#[test]
fn a_kind_that_is_off_takes_in_nothing() {
    let mut play = Play::new(
        Cache::builder()
            .disable(Kind::User)
            .disable(Kind::Role)
            .build(),
    );
    play.event("GUILD_CREATE", guild(1));
    assert!(
        play.cache
            .insert_user(&model::<User>(&user(9)), secs(1))
            .is_empty()
    );
    assert!(
        play.cache
            .insert_role(id(1), &model::<Role>(&role(160)), secs(1))
            .is_empty()
    );
    assert!(play.user(9).is_none() && play.role(160).is_none());
}

#[test]
fn everything_of_a_guild_can_be_inserted_and_events_keep_what_they_do_not_tell() {
    let mut play = playing();
    let cache = play.cache.clone();
    let time = "2026-01-01T00:00:00.000000+00:00";
    let emoji = json!({"id": "200", "name": "ferris", "user": user(9)});
    let sticker =
        json!({"id": "201", "name": "crab", "type": 2, "format_type": 1, "user": user(9)});
    let sound = json!({"sound_id": "202", "name": "click", "volume": 1, "available": true});
    let stage = json!({"id": "203", "guild_id": "1", "channel_id": "100", "topic": "talk"});
    let event = json!({"id": "204", "guild_id": "1", "name": "meeting", "status": 1, "user_count": 5,
        "scheduled_start_time": time, "privacy_level": 2, "entity_type": 3});
    let integration = json!({"id": "205", "name": "bot", "type": "discord", "enabled": true,
        "account": {"id": "1", "name": "bot"}});
    let rule = json!({"id": "206", "guild_id": "1", "name": "no spam", "creator_id": "7",
        "event_type": 1, "trigger_type": 3, "enabled": true});
    let ban = json!({"reason": "spam", "user": user(9)});
    let invite = json!({"type": 0, "code": "abc", "channel": {"id": "100", "type": 0}, "uses": 3,
        "max_uses": 0, "max_age": 0, "temporary": false, "created_at": time});

    let insert_all = |guild: u64, now| {
        let guild = id(guild);
        [
            cache.insert_emoji(guild, &model(&emoji), now),
            cache.insert_sticker(guild, &model(&sticker), now),
            cache.insert_sound(guild, &model(&sound), now),
            cache.insert_stage_instance(guild, &model(&stage), now),
            cache.insert_scheduled_event(guild, &model(&event), now),
            cache.insert_integration(guild, &model(&integration), now),
            cache.insert_auto_moderation_rule(guild, &model(&rule), now),
            cache.insert_ban(guild, &model(&ban), now),
            cache.insert_invite(guild, &model(&invite), now),
        ]
    };
    play.ready(&[1]);
    play.event("GUILD_CREATE", guild(1));
    for changes in insert_all(5, secs(1)) {
        assert!(changes.is_empty(), "not our guild");
    }
    for changes in insert_all(1, secs(1)) {
        assert_eq!(changes.len(), 1, "{changes:?}");
    }
    for changes in insert_all(1, secs(2)) {
        assert!(changes.is_empty(), "twice is once: {changes:?}");
    }
    assert_eq!(cache.invite("abc").unwrap().uses, 3);
    assert!(cache.sound(id(1), id(202)).is_some() && cache.integration(id(1), id(205)).is_some());
    assert!(cache.auto_moderation_rule(id(1), id(206)).is_some());
    assert!(cache.guild_stage_instances(id(1)).count() == 1);

    let emojis = json!([{"id": "200", "name": "ferris the crab"}]);
    play.event(
        "GUILD_EMOJIS_UPDATE",
        json!({"guild_id": "1", "emojis": emojis}),
    );
    let emoji = cache.emoji(id(1), id(200)).unwrap();
    assert_eq!(emoji.name.as_deref(), Some("ferris the crab"));
    assert_eq!(emoji.user.as_ref().unwrap().id.get(), 9);
    let mut renamed = event.clone();
    renamed["name"] = json!("party");
    renamed.as_object_mut().unwrap().remove("user_count");
    play.event("GUILD_SCHEDULED_EVENT_UPDATE", renamed);
    let event = cache.scheduled_event(id(1), id(204)).unwrap();
    assert_eq!((event.name.as_str(), event.user_count), ("party", Some(5)));
    play.event("GUILD_BAN_ADD", json!({"guild_id": "1", "user": user(9)}));
    let ban = cache.ban(id(1), id(9)).unwrap();
    assert_eq!(ban.reason(), Some("spam"));
}

#[test]
fn a_channel_of_direct_messages_inserted_is_known_with_who_is_at_the_other_end() {
    let mut play = playing();
    play.ready(&[1]);
    let cache = play.cache.clone();
    let mut told = json!({"id": "900", "type": 1, "last_message_id": "500",
        "recipients": [user(99), user(60)]});
    let changes = list(cache.insert_dm_channel(&model(&told), secs(1)));
    assert!(
        matches!(
            changes.as_slice(),
            [
                Change::DmChannel(Delta::Added(_)),
                Change::User(Delta::Added(_))
            ]
        ),
        "{changes:?}"
    );
    assert!(cache.insert_dm_channel(&model(&told), secs(2)).is_empty());
    let known = cache.dm_channel(id(900)).unwrap();
    assert_eq!(known.recipient_id(), Some(id(60)), "not ourselves");
    assert_eq!(known.last_message_id(), Some(id(500)));
    assert!(play.user(60).is_some());
    assert!(
        cache.read_state(id(900)).is_none(),
        "nothing was heard in it"
    );

    // An answer that is older than what was said meanwhile.
    play.event("MESSAGE_CREATE", crate::messages::direct(900, 501, 60));
    told["last_pin_timestamp"] = json!("2026-01-01T00:00:00.000000+00:00");
    let _ = cache.insert_dm_channel(&model(&told), secs(3));
    let known = cache.dm_channel(id(900)).unwrap();
    assert_eq!(known.last_message_id(), Some(id(501)));
    assert!(known.last_pin_timestamp().is_some());
    assert_eq!(cache.read_state(id(900)).unwrap().unread, 1);
    assert!(cache.message(id(900), id(501)).is_some());
    assert_eq!(cache.audit(), Vec::<String>::new());
}

#[test]
fn a_channel_inserted_as_one_of_direct_messages_that_is_none_is_left_out() {
    let play = playing();
    let (cache, now) = (&play.cache, secs(1));
    let group = json!({"id": "900", "type": 3, "recipients": [user(60), user(61)]});
    let mut of_guild = channel(107);
    of_guild["guild_id"] = json!("1");
    for told in [group, of_guild] {
        assert!(cache.insert_dm_channel(&model(&told), now).is_empty());
    }
    assert_eq!(cache.dm_channels().count(), 0);
    let off = Cache::builder().disable(Kind::DmChannel).build();
    let told = json!({"id": "900", "type": 1, "recipients": [user(60)]});
    assert!(off.insert_dm_channel(&model(&told), now).is_empty());
    assert!(off.user(id(60)).is_none());
}

#[test]
fn an_entitlement_inserted_is_held_until_it_is_taken_back() {
    let mut play = playing();
    let (cache, now) = (play.cache.clone(), secs(1));
    let mut told = json!({"id": "700", "sku_id": "701", "application_id": "702", "user_id": "60",
        "type": 8, "deleted": false, "consumed": false, "starts_at": null, "ends_at": null});
    let changes = list(cache.insert_entitlement(&model(&told), now));
    assert!(
        matches!(changes.as_slice(), [Change::Entitlement(Delta::Added(_))]),
        "{changes:?}"
    );
    assert!(cache.insert_entitlement(&model(&told), now).is_empty());
    assert!(
        play.event("ENTITLEMENT_CREATE", told.clone()).is_empty(),
        "no news"
    );
    assert_eq!(cache.entitlement(id(700)).unwrap().sku_id.get(), 701);
    told["deleted"] = json!(true);
    let changes = list(cache.insert_entitlement(&model(&told), now));
    assert!(
        matches!(changes.as_slice(), [Change::Entitlement(Delta::Removed(_))]),
        "{changes:?}"
    );
    assert!(cache.entitlements().is_empty());
    assert!(cache.insert_entitlement(&model(&told), now).is_empty());
    assert_eq!(cache.audit(), Vec::<String>::new());
}

#[test]
fn who_is_in_a_thread_is_inserted_with_the_member_if_the_thread_is_known() {
    let mut play = playing();
    play.ready(&[1]);
    let mut whole = guild(1);
    whole["threads"] = json!([thread(170, 100, false)]);
    play.event("GUILD_CREATE", whole);
    let cache = play.cache.clone();
    let told = |thread: u64, who: u64| {
        json!({"id": thread.to_string(), "user_id": who.to_string(), "flags": 0,
            "join_timestamp": "2026-01-01T00:00:00.000000+00:00", "member": member(who)})
    };
    let insert = |told: &Value| list(cache.insert_thread_member(&model(told), secs(1)));
    let changes = insert(&told(170, 60));
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::ThreadMember(Delta::Added(_)))),
        "{changes:?}"
    );
    assert!(insert(&told(170, 60)).is_empty());
    assert!(play.member(1, 60).is_some() && play.user(60).is_some());
    assert!(cache.thread_member(id(170), id(60)).is_some());
    assert!(insert(&told(171, 61)).is_empty(), "no such thread");
    assert!(insert(&told(100, 61)).is_empty(), "no thread");
    assert!(play.member(1, 61).is_none());

    // Ourselves: the thread says so, too.
    insert(&told(170, 99));
    let own = play.channel(170).unwrap().member.clone();
    assert_eq!(own.unwrap().user_id, Some(id(99)));
    assert_eq!(cache.audit(), Vec::<String>::new());
}

#[test]
fn voice_states_and_presences_inserted_go_the_way_of_their_events() {
    let play = Play::new(Cache::builder().admit_members(|it| it.is_in_voice).build());
    let mut play = play;
    play.ready(&[1]);
    play.event("GUILD_CREATE", guild(1));
    let cache = play.cache.clone();
    let state = |channel: Option<&str>| {
        json!({"channel_id": channel, "user_id": "8", "session_id": "s", "deaf": false,
            "mute": false, "self_deaf": false, "self_mute": false, "self_video": false,
            "suppress": false, "request_to_speak_timestamp": null, "member": member(8)})
    };
    let online = json!({"user": {"id": "8"}, "status": "online", "activities": [],
        "client_status": {}});
    let _ = cache.insert_presence(id(1), &model(&online), secs(1));
    assert!(cache.presence(id(1), id(8)).is_none(), "of nobody known");
    let changes = list(cache.insert_voice_state(id(1), &model(&state(Some("100"))), secs(1)));
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::Voice(Delta::Added(_)))),
        "{changes:?}"
    );
    assert_eq!(cache.voice_members(id(100)).len(), 1);
    assert_eq!(play.member_ids(1), [8], "they are in voice");
    let _ = cache.insert_presence(id(1), &model(&online), secs(1));
    assert!(cache.presence(id(1), id(8)).is_some());

    let changes = list(cache.insert_voice_state(id(1), &model(&state(None)), secs(2)));
    assert!(
        matches!(changes.as_slice(), [Change::Voice(Delta::Removed(_))]),
        "{changes:?}"
    );
    assert!(play.member_ids(1).is_empty());
    let changes = cache.insert_voice_state(id(5), &model(&state(Some("500"))), secs(2));
    assert!(
        changes.is_empty() && cache.guild_state(id(5)).is_none(),
        "not ours"
    );
    assert_eq!(cache.audit(), Vec::<String>::new());
}

#[test]
fn the_current_user_can_be_told_by_hand() {
    let cache = Cache::new();
    let changes = list(cache.insert_current_user(&model(&user(99)), secs(1)));
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::CurrentUser(Delta::Added(_)))),
        "{changes:?}"
    );
    assert_eq!(cache.current_user().unwrap().id().get(), 99);
    let mut play = Play::new(cache);
    play.event("GUILD_CREATE", guild(1));
    play.event("MESSAGE_CREATE", crate::messages::message(100, 500, 99));
    assert_eq!(play.cache.read_state(id(100)).unwrap().unread, 0, "our own");
}
