//! One small payload of each typed event, through the public API.

use polycord_types::{ChannelId, Event, EventKind, GuildId, UserId};
use serde_json::{Value, json};

/// Kind, payload, and the guild, channel and user that it belongs to.
type Case = (EventKind, Value, Option<u64>, Option<u64>, Option<u64>);

fn cases() -> Vec<Case> {
    use EventKind as K;
    let user = || json!({"id": "3", "username": "ann"});
    let emoji = || json!({"id": null, "name": "x"});
    vec![
        (
            K::Ready,
            json!({"user": user(), "session_id": "s"}),
            None,
            None,
            Some(3),
        ),
        (K::Resumed, json!({}), None, None, None),
        (
            K::RateLimited,
            json!({"opcode": 8, "meta": {"guild_id": "1"}}),
            Some(1),
            None,
            None,
        ),
        (
            K::ChannelCreate,
            json!({"id": "2", "guild_id": "1", "type": 0}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::ChannelUpdate,
            json!({"id": "2", "guild_id": "1"}),
            Some(1),
            Some(2),
            None,
        ),
        (K::ChannelDelete, json!({"id": "2"}), None, Some(2), None),
        (
            K::ChannelInfo,
            json!({"guild_id": "1", "channels": [{"id": "2"}]}),
            Some(1),
            None,
            None,
        ),
        (
            K::ChannelPinsUpdate,
            json!({"channel_id": "2"}),
            None,
            Some(2),
            None,
        ),
        (
            K::ThreadCreate,
            json!({"id": "2", "guild_id": "1"}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::ThreadUpdate,
            json!({"id": "2", "guild_id": "1"}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::ThreadDelete,
            json!({"id": "2", "guild_id": "1", "type": 11}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::ThreadListSync,
            json!({"guild_id": "1", "threads": []}),
            Some(1),
            None,
            None,
        ),
        (
            K::ThreadMemberUpdate,
            json!({"id": "2", "user_id": "3", "guild_id": "1"}),
            Some(1),
            Some(2),
            Some(3),
        ),
        (
            K::ThreadMembersUpdate,
            json!({"id": "2", "guild_id": "1", "added_members": [{"user_id": "3"}]}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::GuildCreate,
            json!({"id": "1", "unavailable": true}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildUpdate,
            json!({"id": "1", "name": "g"}),
            Some(1),
            None,
            None,
        ),
        (K::GuildDelete, json!({"id": "1"}), Some(1), None, None),
        (
            K::GuildBanAdd,
            json!({"guild_id": "1", "user": user()}),
            Some(1),
            None,
            Some(3),
        ),
        (
            K::GuildBanRemove,
            json!({"guild_id": "1", "user": user()}),
            Some(1),
            None,
            Some(3),
        ),
        (
            K::GuildEmojisUpdate,
            json!({"guild_id": "1", "emojis": [emoji()]}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildStickersUpdate,
            json!({"guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildIntegrationsUpdate,
            json!({"guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildMemberAdd,
            json!({"guild_id": "1", "user": user()}),
            Some(1),
            None,
            Some(3),
        ),
        (
            K::GuildMemberRemove,
            json!({"guild_id": "1", "user": user()}),
            Some(1),
            None,
            Some(3),
        ),
        (
            K::GuildMemberUpdate,
            json!({"guild_id": "1", "user": user()}),
            Some(1),
            None,
            Some(3),
        ),
        (
            K::GuildMembersChunk,
            json!({"guild_id": "1", "members": [{"user": user()}], "not_found": ["9", 0]}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildRoleCreate,
            json!({"guild_id": "1", "role": {"id": "4"}}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildRoleUpdate,
            json!({"guild_id": "1", "role": {"id": "4"}}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildRoleDelete,
            json!({"guild_id": "1", "role_id": "4"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildScheduledEventCreate,
            json!({"id": "5", "guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildScheduledEventUpdate,
            json!({"id": "5", "guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildScheduledEventDelete,
            json!({"id": "5", "guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildScheduledEventUserAdd,
            json!({"guild_scheduled_event_id": "5", "user_id": "3", "guild_id": "1"}),
            Some(1),
            None,
            Some(3),
        ),
        (
            K::GuildScheduledEventUserRemove,
            json!({"guild_scheduled_event_id": "5", "user_id": "3", "guild_id": "1"}),
            Some(1),
            None,
            Some(3),
        ),
        (
            K::GuildSoundboardSoundCreate,
            json!({"sound_id": "6", "guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildSoundboardSoundUpdate,
            json!({"sound_id": "6", "guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildSoundboardSoundDelete,
            json!({"sound_id": "6", "guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::GuildSoundboardSoundsUpdate,
            json!({"guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::SoundboardSounds,
            json!({"guild_id": "1"}),
            Some(1),
            None,
            None,
        ),
        (
            K::InviteCreate,
            json!({"channel_id": "2", "code": "c", "inviter": user()}),
            None,
            Some(2),
            Some(3),
        ),
        (
            K::InviteDelete,
            json!({"channel_id": "2", "code": "c"}),
            None,
            Some(2),
            None,
        ),
        (
            K::MessageDelete,
            json!({"id": "7", "channel_id": "2"}),
            None,
            Some(2),
            None,
        ),
        (
            K::MessageDeleteBulk,
            json!({"ids": ["7"], "channel_id": "2"}),
            None,
            Some(2),
            None,
        ),
        (
            K::MessageReactionAdd,
            json!({"user_id": "3", "channel_id": "2", "message_id": "7", "emoji": emoji()}),
            None,
            Some(2),
            Some(3),
        ),
        (
            K::MessageReactionRemove,
            json!({"user_id": "3", "channel_id": "2", "message_id": "7", "type": 1}),
            None,
            Some(2),
            Some(3),
        ),
        (
            K::MessageReactionRemoveAll,
            json!({"channel_id": "2", "message_id": "7"}),
            None,
            Some(2),
            None,
        ),
        (
            K::MessageReactionRemoveEmoji,
            json!({"channel_id": "2", "message_id": "7", "emoji": emoji()}),
            None,
            Some(2),
            None,
        ),
        (
            K::PresenceUpdate,
            json!({"user": {"id": "3"}, "guild_id": "1", "status": "dnd"}),
            Some(1),
            None,
            Some(3),
        ),
        (
            K::StageInstanceCreate,
            json!({"id": "8", "guild_id": "1", "channel_id": "2"}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::StageInstanceUpdate,
            json!({"id": "8", "guild_id": "1", "channel_id": "2"}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::StageInstanceDelete,
            json!({"id": "8", "guild_id": "1", "channel_id": "2"}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::TypingStart,
            json!({"channel_id": "2", "user_id": "3"}),
            None,
            Some(2),
            Some(3),
        ),
        (K::UserUpdate, user(), None, None, Some(3)),
        (
            K::VoiceChannelEffectSend,
            json!({"channel_id": "2", "guild_id": "1", "user_id": "3", "sound_id": 1}),
            Some(1),
            Some(2),
            Some(3),
        ),
        (
            K::VoiceChannelStartTimeUpdate,
            json!({"id": "2", "guild_id": "1"}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::VoiceChannelStatusUpdate,
            json!({"id": "2", "guild_id": "1"}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::VoiceStateUpdate,
            json!({"user_id": "3", "channel_id": "2"}),
            None,
            Some(2),
            Some(3),
        ),
        (
            K::VoiceServerUpdate,
            json!({"guild_id": "1", "endpoint": null}),
            Some(1),
            None,
            None,
        ),
        (
            K::WebhooksUpdate,
            json!({"guild_id": "1", "channel_id": "2"}),
            Some(1),
            Some(2),
            None,
        ),
        (
            K::MessagePollVoteAdd,
            json!({"user_id": "3", "channel_id": "2", "message_id": "7", "answer_id": 1}),
            None,
            Some(2),
            Some(3),
        ),
        (
            K::MessagePollVoteRemove,
            json!({"user_id": "3", "channel_id": "2", "message_id": "7", "answer_id": 1}),
            None,
            Some(2),
            Some(3),
        ),
    ]
}

#[test]
fn every_event_decodes_from_what_identifies_it_and_survives_writing() {
    for (kind, data, guild, channel, user) in cases() {
        let event = Event::decode(kind.name(), &data.to_string())
            .unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert!(!matches!(event, Event::Raw(_)), "{kind} is typed");
        assert_eq!((event.kind(), event.name()), (kind, kind.name()));
        assert_eq!(event.guild_id().map(GuildId::get), guild, "{kind}");
        assert_eq!(event.channel_id().map(ChannelId::get), channel, "{kind}");
        assert_eq!(event.user_id().map(UserId::get), user, "{kind}");
        let written = serde_json::to_string(&event).unwrap();
        let again = Event::decode(kind.name(), &written).unwrap();
        assert_eq!(again, event, "{kind}: {written}");
    }
}

#[test]
fn every_field_may_be_null_that_does_not_identify_the_event() {
    for (kind, data, ..) in cases() {
        let event = Event::decode(kind.name(), &data.to_string()).unwrap();
        let full = serde_json::to_value(&event).unwrap();
        let Value::Object(fields) = &full else {
            panic!("{kind} is an object")
        };
        for key in fields.keys().filter(|key| data.get(*key).is_none()) {
            let mut nulled = full.clone();
            nulled[key] = Value::Null;
            let decoded = Event::decode(kind.name(), &nulled.to_string());
            assert_eq!(decoded.unwrap(), event, "{kind}: {key}");
        }
    }
}

#[test]
fn every_kind_has_a_case_or_is_raw() {
    let cases = cases();
    for kind in EventKind::ALL {
        let typed = !matches!(Event::decode(kind.name(), "null"), Ok(Event::Raw(_)));
        let tested = cases.iter().any(|case| case.0 == *kind);
        assert_eq!(typed, tested, "{kind}");
    }
}

#[test]
fn an_event_points_at_the_object_that_lacks_its_id() {
    let data = r#"{"id":"1","members":[],"channels":[{"id":"2"},{"name":"x"}],"roles":[]}"#;
    let error = Event::decode("GUILD_CREATE", data).unwrap_err();
    assert_eq!(
        (error.event(), error.path()),
        ("GUILD_CREATE", "channels[1]")
    );
    assert!(
        error
            .to_string()
            .contains("`Channel` without its identifying field `id`"),
        "{error}"
    );
}
