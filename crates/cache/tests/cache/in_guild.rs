//! What belongs to a guild, from its events to what readers see of it.

use polycord_cache::{Cache, Change, Delta, Kind};
use polycord_types::{Timestamp, gateway::EventKind};
use serde_json::{Value, json};

use crate::play::{Play, guild, id, secs, user};

pub(crate) fn sound(id: u64) -> Value {
    json!({"name": format!("sound {id}"), "sound_id": id.to_string(), "volume": 1.0,
        "emoji_id": null, "emoji_name": null, "available": true})
}

pub(crate) fn stage(id: u64, channel: u64) -> Value {
    json!({"id": id.to_string(), "guild_id": "1", "channel_id": channel.to_string(),
        "topic": format!("stage {id}"), "privacy_level": 2, "discoverable_disabled": true,
        "guild_scheduled_event_id": null})
}

pub(crate) fn scheduled(id: u64) -> Value {
    json!({"id": id.to_string(), "guild_id": "1", "channel_id": null, "creator_id": "7",
        "name": format!("event {id}"), "scheduled_start_time": "2027-01-01T00:00:00+00:00",
        "scheduled_end_time": null, "privacy_level": 2, "status": 1, "entity_type": 3,
        "entity_id": null, "entity_metadata": {"location": "here"}, "image": null,
        "recurrence_rule": null})
}

pub(crate) fn integration(id: u64) -> Value {
    json!({"id": id.to_string(), "guild_id": "1", "name": format!("integration {id}"),
        "type": "discord", "enabled": true, "account": {"id": "1", "name": "account"}})
}

pub(crate) fn rule(id: u64) -> Value {
    json!({"id": id.to_string(), "guild_id": "1", "name": format!("rule {id}"),
        "creator_id": "7", "event_type": 1, "trigger_type": 1, "trigger_metadata": {},
        "actions": [{"type": 1}], "enabled": true, "exempt_roles": [], "exempt_channels": []})
}

pub(crate) fn invite(code: &str, channel: u64) -> Value {
    json!({"channel_id": channel.to_string(), "code": code, "guild_id": "1",
        "created_at": "2026-01-01T00:00:00+00:00", "max_age": 0, "max_uses": 0,
        "temporary": false, "uses": 0, "expires_at": null})
}

pub(crate) fn ban(id: u64) -> Value {
    json!({"guild_id": "1", "user": user(id)})
}

fn in_one_guild() -> Play {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play
}

fn with(mut value: Value, key: &str, to: Value) -> Value {
    value[key] = to;
    value
}

/// Creates, repeats, updates and deletes something; each must be told once, and `entries` follow.
#[track_caller]
fn lives(kind: Kind, events: [&str; 3], first: &Value, second: &Value) -> Vec<Change> {
    let mut play = in_one_guild();
    let mut told = Vec::new();
    let steps = [
        (events[0], first, 1),
        (events[1], second, 1),
        (events[2], second, 0),
    ];
    for (event, data, entries) in steps {
        let changes = play.event(event, data.clone());
        assert_eq!(changes.len(), 1, "{event}: {changes:?}");
        assert_eq!(play.cache.counts().of(kind), entries, "{event}");
        assert!(
            play.event(event, data.clone()).is_empty(),
            "{event}, told twice"
        );
        told.extend(changes);
    }
    told
}

#[test]
fn sounds_are_followed_by_their_own_events() {
    let events = [
        "GUILD_SOUNDBOARD_SOUND_CREATE",
        "GUILD_SOUNDBOARD_SOUND_UPDATE",
        "GUILD_SOUNDBOARD_SOUND_DELETE",
    ];
    let first = with(sound(500), "guild_id", json!("1"));
    let second = with(first.clone(), "volume", json!(0.5));
    let told = lives(Kind::Sound, events, &first, &second);
    let [
        Change::Sound(Delta::Added(_)),
        Change::Sound(Delta::Updated { old, new }),
        Change::Sound(Delta::Removed(_)),
    ] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert!(old.volume > new.volume);
}

#[test]
fn a_list_of_sounds_that_changed_takes_none_away_and_the_answer_to_a_request_does() {
    let mut play = in_one_guild();
    let list = |ids: &[u64]| json!({"guild_id": "1", "soundboard_sounds": ids.iter().map(|id| sound(*id)).collect::<Vec<_>>()});
    let ids = |play: &Play| -> Vec<u64> {
        let sounds = play.cache.guild_sounds(id(1));
        sounds.map(|sound| sound.sound_id.get()).collect()
    };
    play.event("GUILD_SOUNDBOARD_SOUNDS_UPDATE", list(&[500, 501]));
    play.event("GUILD_SOUNDBOARD_SOUNDS_UPDATE", list(&[502]));
    assert_eq!(ids(&play), [500, 501, 502]);
    play.event("SOUNDBOARD_SOUNDS", list(&[501]));
    assert_eq!(ids(&play), [501]);
}

#[test]
fn a_sound_whose_guild_is_left_out_is_found_by_its_id() {
    let mut play = in_one_guild();
    play.event(
        "GUILD_SOUNDBOARD_SOUND_CREATE",
        with(sound(500), "guild_id", json!("1")),
    );
    let renamed = with(sound(500), "name", json!("new name"));
    assert_eq!(
        play.event("GUILD_SOUNDBOARD_SOUND_UPDATE", renamed).len(),
        1
    );
    let now = play.cache.sound(id(1), id(500)).unwrap();
    assert_eq!((now.name.as_str(), now.guild_id), ("new name", Some(id(1))));
    assert!(
        play.event("GUILD_SOUNDBOARD_SOUND_UPDATE", sound(501))
            .is_empty(),
        "of no guild that is known"
    );
}

#[test]
fn who_made_an_expression_stays_known_when_an_update_leaves_it_out() {
    let mut play = in_one_guild();
    let mut emoji = json!({"id": "300", "name": "ferris", "user": user(7)});
    let mut sticker =
        json!({"id": "400", "name": "crab", "type": 2, "format_type": 1, "user": user(7)});
    let mut sound = with(sound(500), "guild_id", json!("1"));
    sound["user"] = user(7);
    for name in ["first", "second"] {
        for model in [&mut emoji, &mut sticker, &mut sound] {
            model["name"] = json!(name);
        }
        play.event(
            "GUILD_EMOJIS_UPDATE",
            json!({"guild_id": "1", "emojis": [emoji]}),
        );
        play.event(
            "GUILD_STICKERS_UPDATE",
            json!({"guild_id": "1", "stickers": [sticker]}),
        );
        play.event("GUILD_SOUNDBOARD_SOUND_UPDATE", sound.clone());
        for model in [&mut emoji, &mut sticker, &mut sound] {
            model.as_object_mut().unwrap().remove("user");
        }
    }
    let emoji = play.cache.emoji(id(1), id(300)).unwrap();
    let sticker = play.cache.sticker(id(1), id(400)).unwrap();
    let sound = play.cache.sound(id(1), id(500)).unwrap();
    assert_eq!(emoji.name.as_deref(), Some("second"));
    for user in [&emoji.user, &sticker.user, &sound.user] {
        assert_eq!(user.as_ref().unwrap().id.get(), 7);
    }
}

#[test]
fn a_stage_is_found_by_its_channel_and_the_end_of_an_earlier_one_does_not_end_it() {
    let events = [
        "STAGE_INSTANCE_CREATE",
        "STAGE_INSTANCE_UPDATE",
        "STAGE_INSTANCE_DELETE",
    ];
    let second = with(stage(600, 100), "topic", json!("new topic"));
    lives(Kind::StageInstance, events, &stage(600, 100), &second);

    let mut play = in_one_guild();
    play.event("STAGE_INSTANCE_CREATE", stage(600, 100));
    play.event("STAGE_INSTANCE_CREATE", stage(601, 100));
    assert!(
        play.event("STAGE_INSTANCE_DELETE", stage(600, 100))
            .is_empty()
    );
    let now = play.cache.stage_instance(id(1), id(100)).unwrap();
    assert_eq!(now.id.get(), 601);
    assert_eq!(play.cache.guild_stage_instances(id(1)).count(), 1);
}

#[test]
fn a_scheduled_event_that_is_over_goes_and_its_deletion_is_no_news() {
    let events = [
        "GUILD_SCHEDULED_EVENT_CREATE",
        "GUILD_SCHEDULED_EVENT_UPDATE",
        "GUILD_SCHEDULED_EVENT_DELETE",
    ];
    let active = with(scheduled(700), "status", json!(2));
    lives(Kind::ScheduledEvent, events, &scheduled(700), &active);

    for over in [3, 4] {
        let mut play = in_one_guild();
        play.event(events[0], scheduled(700));
        let over = with(scheduled(700), "status", json!(over));
        let changes = play.event(events[1], over.clone());
        let [
            Change::ScheduledEvent(Delta::Updated { new, .. }),
            Change::ScheduledEvent(Delta::Removed(old)),
        ] = &changes[..]
        else {
            panic!("{changes:?}")
        };
        assert_eq!(new, old);
        assert!(play.cache.scheduled_event(id(1), id(700)).is_none());
        assert!(play.event(events[1], over.clone()).is_empty());
        assert!(play.event(events[2], over).is_empty());
    }
}

#[test]
fn who_is_interested_is_counted_from_a_known_number_and_nobody_twice() {
    let mut play = in_one_guild();
    let count = |play: &Play| {
        let event = play.cache.scheduled_event(id(1), id(700)).unwrap();
        event.user_count
    };
    let interest = |user: u64| json!({"guild_scheduled_event_id": "700", "user_id": user.to_string(), "guild_id": "1"});
    play.event("GUILD_SCHEDULED_EVENT_CREATE", scheduled(700));
    play.event("GUILD_SCHEDULED_EVENT_USER_ADD", interest(7));
    assert_eq!(count(&play), None, "unknown and one more is unknown");

    let counted = with(scheduled(700), "user_count", json!(1));
    play.event("GUILD_SCHEDULED_EVENT_UPDATE", counted);
    for (event, user, expected) in [
        ("GUILD_SCHEDULED_EVENT_USER_ADD", 8, 2),
        ("GUILD_SCHEDULED_EVENT_USER_ADD", 8, 2),
        ("GUILD_SCHEDULED_EVENT_USER_REMOVE", 8, 1),
        ("GUILD_SCHEDULED_EVENT_USER_REMOVE", 8, 1),
        ("GUILD_SCHEDULED_EVENT_USER_ADD", 8, 2),
        ("GUILD_SCHEDULED_EVENT_USER_REMOVE", 7, 1),
        ("GUILD_SCHEDULED_EVENT_USER_REMOVE", 8, 0),
        ("GUILD_SCHEDULED_EVENT_USER_REMOVE", 9, 0),
    ] {
        play.event(event, interest(user));
        assert_eq!(count(&play), Some(expected), "{event} {user}");
    }
    let renamed = with(scheduled(700), "name", json!("renamed"));
    play.event("GUILD_SCHEDULED_EVENT_UPDATE", renamed);
    assert_eq!(count(&play), Some(0), "kept by an update without it");
}

#[test]
fn integrations_rules_invites_and_bans_are_known_as_far_as_seen() {
    let renamed = |value: Value| with(value, "name", json!("new name"));
    let names = |what: &str| {
        [
            format!("{what}_CREATE"),
            format!("{what}_UPDATE"),
            format!("{what}_DELETE"),
        ]
    };
    let integrations = names("INTEGRATION");
    let events = [0, 1, 2].map(|place: usize| integrations[place].as_str());
    let new = renamed(integration(800));
    lives(Kind::Integration, events, &integration(800), &new);

    let rules = names("AUTO_MODERATION_RULE");
    let events = [0, 1, 2].map(|place: usize| rules[place].as_str());
    lives(
        Kind::AutoModerationRule,
        events,
        &rule(900),
        &renamed(rule(900)),
    );

    let events = ["INVITE_CREATE", "INVITE_CREATE", "INVITE_DELETE"];
    let other = with(invite("rust", 100), "max_uses", json!(5));
    lives(Kind::Invite, events, &invite("rust", 100), &other);

    let events = ["GUILD_BAN_ADD", "GUILD_BAN_ADD", "GUILD_BAN_REMOVE"];
    let mut other = ban(50);
    other["user"]["username"] = json!("new name");
    lives(Kind::Ban, events, &ban(50), &other);
}

#[test]
fn a_ban_is_no_leave_and_knows_the_user_by_itself() {
    let mut play = in_one_guild();
    play.event("GUILD_BAN_ADD", ban(7));
    assert!(
        play.member(1, 7).is_some(),
        "another event says that they left"
    );
    assert_eq!(play.guild(1).unwrap().member_count(), Some(2));
    play.leaves(1, 7);
    assert!(play.user(7).is_none());
    let known = play.cache.ban(id(1), id(7)).unwrap();
    assert_eq!((known.user().name(), known.reason()), ("user 7", None));
    assert_eq!(known.guild_id(), id(1));
    assert_eq!(play.cache.guild_bans(id(1)).count(), 1);
}

#[test]
fn an_invite_is_found_by_its_code_alone_and_by_its_guild() {
    let mut play = in_one_guild();
    play.event("INVITE_CREATE", invite("rust", 100));
    let mut second = invite("ferris", 101);
    second.as_object_mut().unwrap().remove("guild_id");
    play.event("INVITE_CREATE", second);
    assert_eq!(play.cache.guild_invites(id(1)).count(), 2);
    let known = play.cache.invite("ferris").unwrap();
    assert_eq!((known.guild_id(), known.guild_id), (id(1), Some(id(1))));
    let deleted = json!({"channel_id": "101", "code": "ferris"});
    assert_eq!(play.event("INVITE_DELETE", deleted).len(), 1);
    assert!(play.cache.invite("ferris").is_none());
    assert!(play.cache.invite("").is_none());

    let long = "x".repeat(1_000);
    assert!(play.event("INVITE_CREATE", invite(&long, 100)).is_empty());
    assert!(play.cache.invite(&long).is_none());
}

#[test]
fn an_invite_ends_by_the_clock_once_that_is_known() {
    let mut play = in_one_guild();
    let created = Timestamp::from_seconds(1_767_225_600);
    let by_date = with(
        invite("date", 100),
        "expires_at",
        json!("2026-01-01T00:01:00+00:00"),
    );
    let by_age = with(invite("age", 100), "max_age", json!(120));
    for invite in [by_date, by_age.clone(), invite("for-ever", 100)] {
        play.event("INVITE_CREATE", invite);
    }
    assert_eq!(play.cache.tick(secs(1_000_000)).next, None);
    play.cache.set_wall_clock(secs(1_000_000), created);
    let ticked = play.cache.tick(secs(1_000_059));
    assert!(ticked.changes.is_empty());
    assert_eq!(ticked.next, Some(secs(1_000_060)));

    let ticked = play.cache.tick(secs(1_000_060));
    let changes: Vec<_> = ticked.changes.iter().collect();
    assert!(
        matches!(changes[..], [Change::Invite(Delta::Removed(old))] if old.code == "date"),
        "{changes:?}"
    );
    assert!(play.cache.invite("date").is_none());
    assert_eq!(ticked.next, Some(secs(1_000_120)));

    play.event("INVITE_DELETE", by_age);
    assert_eq!(
        play.cache.tick(secs(1_000_060)).next,
        None,
        "nobody waits for it"
    );
    assert!(play.cache.invite("for-ever").is_some());
}

#[test]
fn an_integration_keeps_who_added_it() {
    let mut play = in_one_guild();
    play.event(
        "INTEGRATION_CREATE",
        with(integration(800), "user", user(7)),
    );
    play.event(
        "INTEGRATION_UPDATE",
        with(integration(800), "enabled", json!(false)),
    );
    let known = play.cache.integration(id(1), id(800)).unwrap();
    assert!(!known.enabled);
    assert_eq!(known.user.as_ref().unwrap().id.get(), 7);
}

#[test]
fn a_new_session_forgets_what_only_the_last_one_would_have_taken_back() {
    let mut play = in_one_guild();
    play.event("GUILD_CREATE", guild(2));
    play.event("GUILD_BAN_ADD", ban(50));
    play.event("GUILD_BAN_ADD", ban(51));
    play.event("INVITE_CREATE", invite("rust", 100));
    play.event("INTEGRATION_CREATE", integration(800));
    play.event("AUTO_MODERATION_RULE_CREATE", rule(900));
    play.event("RESUMED", json!({}));
    assert_eq!(
        play.cache.guild_bans(id(1)).count(),
        2,
        "a resumed session misses nothing"
    );

    let changes = play.ready(&[1, 2]);
    let forgotten: Vec<_> = changes
        .iter()
        .map(|change| match change {
            Change::Forgotten { guild, kind } => (guild.get(), *kind),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(forgotten.len(), 4);
    for kind in [
        Kind::Ban,
        Kind::Invite,
        Kind::Integration,
        Kind::AutoModerationRule,
    ] {
        assert!(forgotten.contains(&(1, kind)), "{kind:?}");
        assert_eq!(play.cache.counts().of(kind), 0);
    }
    assert!(play.cache.invite("rust").is_none());
    assert!(play.ready(&[1, 2]).is_empty());
}

#[test]
fn a_guild_brings_its_sounds_stages_and_scheduled_events_and_a_second_one_takes_them() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["soundboard_sounds"] = json!([sound(500), sound(501)]);
    whole["stage_instances"] = json!([stage(600, 100), stage(601, 101)]);
    whole["guild_scheduled_events"] = json!([scheduled(700), scheduled(701)]);
    play.event("GUILD_CREATE", whole.clone());
    assert!(play.event("GUILD_CREATE", whole.clone()).is_empty());
    for list in [
        "soundboard_sounds",
        "stage_instances",
        "guild_scheduled_events",
    ] {
        whole[list].as_array_mut().unwrap().remove(0);
    }
    let changes = play.event("GUILD_CREATE", whole);
    assert!(
        matches!(
            &changes[..],
            [
                Change::Sound(Delta::Removed(_)),
                Change::StageInstance(Delta::Removed(_)),
                Change::ScheduledEvent(Delta::Removed(_)),
            ]
        ),
        "{changes:?}"
    );
    assert!(play.cache.sound(id(1), id(500)).is_none());
    assert!(play.cache.stage_instance(id(1), id(100)).is_none());
    assert!(play.cache.scheduled_event(id(1), id(700)).is_none());
    assert!(play.cache.sound(id(1), id(501)).is_some());
    assert_eq!(play.cache.guild_scheduled_events(id(1)).count(), 1);
}

#[test]
fn events_of_kinds_that_are_off_are_not_wanted() {
    for (kind, event) in [
        (Kind::Sound, EventKind::SoundboardSounds),
        (Kind::StageInstance, EventKind::StageInstanceUpdate),
        (Kind::ScheduledEvent, EventKind::GuildScheduledEventUserAdd),
        (Kind::Integration, EventKind::IntegrationDelete),
        (
            Kind::AutoModerationRule,
            EventKind::AutoModerationRuleCreate,
        ),
        (Kind::Invite, EventKind::InviteCreate),
        (Kind::Ban, EventKind::GuildBanAdd),
    ] {
        assert!(Cache::new().wants(event), "{event:?}");
        let cache = Cache::builder().disable(kind).build();
        assert!(!cache.wants(event), "{event:?}");
    }
    let mut play = Play::new(Cache::builder().disable(Kind::Ban).build());
    play.event("GUILD_CREATE", guild(1));
    assert!(play.event("GUILD_BAN_ADD", ban(50)).is_empty());
    assert_eq!(play.cache.counts().of(Kind::Ban), 0);
}
