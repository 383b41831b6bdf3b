//! What is left of a guild that was left, kind by kind, and what a guild's own events tell of it.

use fastrand::Rng;
use polycord_cache::{Arrival, Cache, Change, GuildState, Kind};
use polycord_types::gateway::Event;
use polycord_types::guild::Guild;
use serde_json::{Value, json};

use crate::in_guild::{ban, integration, invite, rule, scheduled, sound, stage};
use crate::play::{Play, guild, id, member, thread, user};

/// A guild with something of every kind that a guild has.
pub(crate) fn full() -> Value {
    let mut whole = guild(1);
    whole["members"] = json!([member(7), member(8), member(99)]);
    whole["member_count"] = json!(3);
    whole["emojis"] = json!([{"id": "300", "name": "ferris"}]);
    whole["stickers"] = json!([{"id": "400", "name": "crab", "type": 2, "format_type": 1}]);
    let mut joined = thread(200, 100, false);
    joined["member"] = json!({"join_timestamp": "2026-01-01T00:00:00+00:00", "flags": 0});
    whole["threads"] = json!([joined]);
    whole["soundboard_sounds"] = json!([sound(500)]);
    whole["stage_instances"] = json!([stage(600, 100)]);
    whole["guild_scheduled_events"] = json!([scheduled(700)]);
    whole["presences"] = json!([{"user": {"id": "7"}, "status": "online", "activities": [],
        "client_status": {"desktop": "online"}}]);
    whole["voice_states"] = json!([{"channel_id": "101", "user_id": "8", "session_id": "s",
        "deaf": false, "mute": false, "self_deaf": false, "self_mute": false,
        "self_video": false, "suppress": false, "request_to_speak_timestamp": null}]);
    whole
}

pub(crate) fn filled() -> Play {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    play.event("GUILD_CREATE", full());
    play.event("INTEGRATION_CREATE", integration(800));
    play.event("AUTO_MODERATION_RULE_CREATE", rule(900));
    play.event("INVITE_CREATE", invite("rust", 100));
    play.event("GUILD_BAN_ADD", ban(50));
    play.event(
        "MESSAGE_CREATE",
        json!({"id": "1000", "channel_id": "100", "guild_id": "1", "author": user(7),
            "content": "hello", "timestamp": "2026-01-01T00:00:00.000000+00:00",
            "member": {"roles": []}}),
    );
    play.event(
        "TYPING_START",
        json!({"channel_id": "100", "guild_id": "1", "user_id": "8", "timestamp": 0,
            "member": member(8)}),
    );
    play.event(
        "VOICE_SERVER_UPDATE",
        json!({"token": "t", "guild_id": "1", "endpoint": "voice.invalid"}),
    );
    let counts = play.cache.counts();
    for kind in [
        Kind::Guild,
        Kind::Channel,
        Kind::Thread,
        Kind::ThreadMember,
        Kind::Role,
        Kind::Emoji,
        Kind::Sticker,
        Kind::Sound,
        Kind::Member,
        Kind::User,
        Kind::Presence,
        Kind::StageInstance,
        Kind::ScheduledEvent,
        Kind::Integration,
        Kind::Invite,
        Kind::Ban,
        Kind::AutoModerationRule,
        Kind::VoiceState,
        Kind::VoiceServer,
        Kind::Message,
        Kind::ReadState,
        Kind::Typing,
    ] {
        assert!(counts.of(kind) > 0, "{kind:?} is there");
    }
    play
}

#[test]
fn nothing_of_any_kind_is_left_of_a_guild_that_was_left() {
    let mut play = filled();
    let changes = play.event("GUILD_DELETE", json!({"id": "1"}));
    assert!(matches!(
        &changes[..],
        [Change::GuildRemoved { old: Some(_), .. }]
    ));
    for (kind, entries) in play.cache.counts().iter() {
        // The current user belongs to no guild.
        let expected = usize::from(matches!(kind, Kind::User | Kind::CurrentUser));
        assert_eq!(entries, expected, "{kind:?}");
    }
    let cache = &play.cache;
    assert!(cache.guild(id(1)).is_none() && cache.view(id(1)).is_none());
    assert!(cache.channel(id(100)).is_none() && cache.thread(id(200)).is_none());
    assert!(cache.thread_member(id(200), id(99)).is_none() && cache.role(id(150)).is_none());
    assert!(cache.emoji(id(1), id(300)).is_none() && cache.sticker(id(1), id(400)).is_none());
    assert!(cache.sound(id(1), id(500)).is_none());
    assert!(cache.stage_instance(id(1), id(100)).is_none());
    assert!(cache.scheduled_event(id(1), id(700)).is_none());
    assert!(cache.integration(id(1), id(800)).is_none());
    assert!(cache.auto_moderation_rule(id(1), id(900)).is_none());
    assert!(cache.invite("rust").is_none() && cache.ban(id(1), id(50)).is_none());
    assert!(cache.member(id(1), id(7)).is_none() && cache.user(id(7)).is_none());
    assert!(cache.user(id(99)).is_some());
}

#[test]
fn coming_and_going_a_hundred_times_ends_where_it_began() {
    let mut play = filled();
    play.event("GUILD_DELETE", json!({"id": "1"}));
    let start = play.cache.counts();
    for _ in 0..100 {
        play.event("GUILD_CREATE", full());
        play.event("INVITE_CREATE", invite("rust", 100));
        play.event("GUILD_DELETE", json!({"id": "1"}));
    }
    assert_eq!(play.cache.counts(), start);
}

#[test]
fn two_equal_guild_creates_leave_everything_and_an_empty_one_nothing_but_what_it_cannot_tell() {
    let mut play = filled();
    let before = play.cache.counts();
    play.event("GUILD_CREATE", full());
    for (kind, entries) in before.iter() {
        // Who was typing before a guild is told anew may have stopped, and who is in no voice channel has no server.
        let ends = matches!(kind, Kind::Typing | Kind::VoiceServer);
        let expected = if ends { 0 } else { entries };
        assert_eq!(play.cache.counts().of(kind), expected, "{kind:?}");
    }
    let members: Vec<_> = play.member_ids(1);
    assert_eq!(members, [7, 8, 99]);

    let empty = json!({"id": "1", "name": "guild 1", "owner_id": "7", "member_count": 0,
        "joined_at": "2026-01-01T00:00:00+00:00", "large": false});
    play.event("GUILD_CREATE", empty);
    for kind in [
        Kind::Channel,
        Kind::Thread,
        Kind::ThreadMember,
        Kind::Role,
        Kind::Emoji,
        Kind::Sticker,
        Kind::Sound,
        Kind::Member,
        Kind::Presence,
        Kind::VoiceState,
        Kind::StageInstance,
        Kind::ScheduledEvent,
    ] {
        assert_eq!(play.cache.counts().of(kind), 0, "{kind:?}");
    }
    for kind in [Kind::Integration, Kind::Ban, Kind::AutoModerationRule] {
        assert_eq!(play.cache.counts().of(kind), 1, "{kind:?} is not in it");
    }
}

#[test]
fn t49_a_guild_joined_during_an_outage_is_joined_when_it_comes() {
    let mut play = Play::new(Cache::new());
    play.ready(&[]);
    let stub = json!({"id": "1", "unavailable": true});
    let changes = play.event("GUILD_CREATE", stub.clone());
    assert!(matches!(
        &changes[..],
        [Change::GuildUnavailable { guild: None, .. }]
    ));
    assert_eq!(play.state(1), Some(GuildState::Unavailable));
    assert!(play.event("GUILD_CREATE", stub).is_empty());
    let changes = play.event("GUILD_CREATE", guild(1));
    assert!(
        matches!(
            &changes[..],
            [Change::GuildAdded {
                arrival: Arrival::Joined,
                ..
            }]
        ),
        "{changes:?}"
    );
    play.event("GUILD_DELETE", json!({"id": "1"}));
    play.event("GUILD_CREATE", json!({"id": "1", "unavailable": true}));
    assert_eq!(
        play.state(1),
        Some(GuildState::Unavailable),
        "joined again, in an outage"
    );
}

#[test]
fn a_guild_update_leaves_no_field_behind() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let mut random = Rng::with_seed(43);
    for _ in 0..200 {
        let mut maybe = |value: Value| if random.bool() { value } else { json!(null) };
        let hash = "0123456789abcdef0123456789abcdef";
        let mut data = json!({
            "icon": maybe(json!(hash)), "splash": maybe(json!(hash)),
            "discovery_splash": maybe(json!(hash)), "banner": maybe(json!(hash)),
            "afk_channel_id": maybe(json!("100")), "widget_channel_id": maybe(json!("100")),
            "application_id": maybe(json!("5")), "system_channel_id": maybe(json!("101")),
            "rules_channel_id": maybe(json!("100")), "vanity_url_code": maybe(json!("rust")),
            "description": maybe(json!("a guild")), "max_presences": maybe(json!(9)),
            "public_updates_channel_id": maybe(json!("101")),
            "safety_alerts_channel_id": maybe(json!("101")),
            "incidents_data": maybe(json!({"invites_disabled_until": null,
                "dms_disabled_until": "2026-01-01T00:00:00+00:00"})),
        });
        for (key, most) in [
            ("verification_level", 5),
            ("default_message_notifications", 2),
            ("explicit_content_filter", 3),
            ("mfa_level", 2),
            ("premium_tier", 4),
            ("nsfw_level", 4),
            ("system_channel_flags", 64),
            ("afk_timeout", 3_600),
            ("premium_subscription_count", 100),
            ("max_video_channel_users", 100),
            ("max_stage_video_channel_users", 100),
            ("max_members", 500_000),
        ] {
            data[key] = json!(random.u32(..most));
        }
        data["id"] = json!("1");
        data["name"] = json!(format!("name {}", random.u8(..)));
        data["owner_id"] = json!(random.u64(1..9).to_string());
        data["preferred_locale"] = json!(if random.bool() { "de" } else { "en-US" });
        data["widget_enabled"] = json!(random.bool());
        data["premium_progress_bar_enabled"] = json!(random.bool());
        data["features"] = json!(["COMMUNITY", "NEWS"][random.usize(..2)..]);
        data["roles"] = guild(1)["roles"].clone();
        let event = Event::decode("GUILD_UPDATE", &data.to_string()).unwrap();
        let Event::GuildUpdate(told) = &event else {
            panic!("{event:?}")
        };
        let expected = Guild {
            roles: Vec::new(),
            ..(**told).clone()
        };
        play.event("GUILD_UPDATE", data);
        let now = play.guild(1).unwrap();
        assert_eq!(now.model(), &expected);
        assert_eq!(now.member_count(), Some(2));
        assert!(now.joined_at().is_some());
    }
}
