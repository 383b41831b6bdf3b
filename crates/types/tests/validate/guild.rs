use polycord_types::{
    application::EditApplication,
    auto_moderation::{CreateAutoModerationRule, ModifyAutoModerationRule},
    ban::{BulkBan, CreateBan},
    channel::{
        CreateChannel, CreateChannelInvite, ModifyChannel, ModifyGroupDm, SetVoiceChannelStatus,
    },
    guild::{BeginPrune, ModifyGuild, ModifyWelcomeScreen},
    lobby::{AddLobbyMember, CreateLobby, JoinLobby, ModifyLobby, SendLobbyMessage},
    member::{AddMember, ModifyCurrentMember, ModifyMember},
    role::{CreateRole, ModifyRole},
    role_connection::RoleConnectionMetadata,
    scheduled_event::{CreateScheduledEvent, ModifyScheduledEvent},
    soundboard::{CreateSoundboardSound, ModifySoundboardSound},
    stage::CreateStageInstance,
    sticker::{CreateSticker, ModifySticker},
    template::{CreateTemplate, ModifyTemplate},
    thread::{ModifyThread, StartForumThread, StartThread, StartThreadFromMessage},
    user::{ModifyCurrentUser, UpdateApplicationRoleConnection},
};
use serde_json::{Value, json};

use super::{accepted, edge, faults, letters, list, merge, refused, text};

#[test]
fn a_channel_keeps_to_its_limits() {
    edge::<CreateChannel>("name", 1..=100, |n| json!({"name": text(n)}));
    edge::<CreateChannel>(
        "topic",
        0..=1024,
        |n| json!({"name": "n", "topic": text(n)}),
    );
    for kind in [15, 16] {
        edge::<CreateChannel>(
            "topic",
            0..=4096,
            |n| json!({"name": "n", "type": kind, "topic": text(n)}),
        );
    }
    edge::<CreateChannel>(
        "bitrate",
        8000..=384_000,
        |n| json!({"name": "n", "type": 2, "bitrate": n}),
    );
    edge::<CreateChannel>(
        "user_limit",
        0..=99,
        |n| json!({"name": "n", "type": 2, "user_limit": n}),
    );
    edge::<CreateChannel>(
        "user_limit",
        0..=10_000,
        |n| json!({"name": "n", "type": 13, "user_limit": n}),
    );
    edge::<CreateChannel>(
        "rate_limit_per_user",
        0..=21_600,
        |n| json!({"name": "n", "rate_limit_per_user": n}),
    );
    edge::<CreateChannel>(
        "default_thread_rate_limit_per_user",
        0..=21_600,
        |n| json!({"name": "n", "default_thread_rate_limit_per_user": n}),
    );
    edge::<ModifyChannel>("name", 1..=100, |n| json!({"name": text(n)}));
    edge::<ModifyChannel>("topic", 0..=4096, |n| json!({"topic": text(n)}));
    edge::<ModifyChannel>("topic", 0..=1024, |n| json!({"type": 5, "topic": text(n)}));
    edge::<ModifyChannel>(
        "rate_limit_per_user",
        0..=21_600,
        |n| json!({"rate_limit_per_user": n}),
    );
    edge::<ModifyChannel>("bitrate", 8000..=384_000, |n| json!({"bitrate": n}));
    edge::<ModifyChannel>("user_limit", 0..=10_000, |n| json!({"user_limit": n}));
    edge::<ModifyChannel>(
        "available_tags",
        0..=20,
        |n| json!({"available_tags": list(&json!({"name": "t"}), n)}),
    );
    edge::<ModifyChannel>(
        "available_tags[0].name",
        0..=20,
        |n| json!({"available_tags": [{"name": text(n)}]}),
    );
    edge::<ModifyGroupDm>("name", 1..=100, |n| json!({"name": text(n)}));
    edge::<SetVoiceChannelStatus>("status", 0..=500, |n| json!({"status": text(n)}));
    edge::<CreateChannelInvite>("max_age", 0..=604_800, |n| json!({"max_age": n}));
    edge::<CreateChannelInvite>("max_uses", 0..=100, |n| json!({"max_uses": n}));
    accepted::<ModifyChannel>(json!({"topic": null, "bitrate": null}));
}

#[test]
fn a_thread_keeps_to_its_limits() {
    edge::<StartThreadFromMessage>("name", 1..=100, |n| json!({"name": text(n)}));
    edge::<StartThread>("name", 1..=100, |n| json!({"name": text(n)}));
    edge::<StartThread>(
        "rate_limit_per_user",
        0..=21_600,
        |n| json!({"name": "n", "rate_limit_per_user": n}),
    );
    edge::<StartForumThread>(
        "name",
        1..=100,
        |n| json!({"name": text(n), "message": {"content": "c"}}),
    );
    edge::<StartForumThread>(
        "applied_tags",
        0..=5,
        |n| json!({"name": "n", "message": {"content": "c"}, "applied_tags": list(&json!("1"), n)}),
    );
    refused::<StartForumThread>("message.content", json!({"name": "n", "message": {}}));
    edge::<ModifyThread>("name", 1..=100, |n| json!({"name": text(n)}));
    edge::<ModifyThread>(
        "applied_tags",
        0..=5,
        |n| json!({"applied_tags": list(&json!("1"), n)}),
    );
}

#[test]
fn a_guild_and_its_roles_and_members_keep_to_their_limits() {
    edge::<ModifyGuild>("name", 2..=100, |n| json!({"name": text(n)}));
    accepted::<ModifyGuild>(json!({"name": format!(" {} ", text(100))}));
    edge::<CreateRole>("name", 0..=100, |n| json!({"name": text(n)}));
    edge::<ModifyRole>("name", 0..=100, |n| json!({"name": text(n)}));
    edge::<AddMember>(
        "nick",
        1..=32,
        |n| json!({"access_token": "t", "nick": text(n)}),
    );
    edge::<ModifyMember>("nick", 0..=32, |n| json!({"nick": text(n)}));
    edge::<ModifyCurrentMember>("nick", 0..=32, |n| json!({"nick": text(n)}));
    edge::<ModifyCurrentUser>("username", 2..=32, |n| json!({"username": text(n)}));
    edge::<BeginPrune>("days", 1..=30, |n| json!({"days": n}));
    edge::<CreateBan>(
        "delete_message_days",
        0..=7,
        |n| json!({"delete_message_days": n}),
    );
    edge::<CreateBan>(
        "delete_message_seconds",
        0..=604_800,
        |n| json!({"delete_message_seconds": n}),
    );
    refused::<CreateBan>(
        "delete_message_days",
        json!({"delete_message_days": 1, "delete_message_seconds": 1}),
    );
    edge::<BulkBan>(
        "user_ids",
        1..=200,
        |n| json!({"user_ids": list(&json!("1"), n)}),
    );
    let channel =
        json!({"channel_id": "1", "description": "d", "emoji_id": null, "emoji_name": null});
    edge::<ModifyWelcomeScreen>(
        "welcome_channels",
        0..=5,
        |n| json!({"welcome_channels": list(&channel, n)}),
    );
    accepted::<ModifyMember>(json!({"nick": null}));
}

#[test]
fn stickers_sounds_stages_and_templates_keep_to_their_limits() {
    let sticker = |fields: Value| {
        merge(
            json!({"name": "nn", "description": "", "tags": "t"}),
            fields,
        )
    };
    edge::<CreateSticker>("name", 2..=30, |n| sticker(json!({"name": text(n)})));
    edge::<CreateSticker>("description", 2..=100, |n| {
        sticker(json!({"description": text(n)}))
    });
    edge::<CreateSticker>("tags", 0..=200, |n| sticker(json!({"tags": text(n)})));
    edge::<ModifySticker>("name", 2..=30, |n| json!({"name": text(n)}));
    edge::<ModifySticker>("description", 2..=100, |n| json!({"description": text(n)}));
    let sound = "data:audio/ogg;base64,AA";
    edge::<CreateSoundboardSound>("name", 2..=32, |n| json!({"name": text(n), "sound": sound}));
    edge::<ModifySoundboardSound>("name", 2..=32, |n| json!({"name": text(n)}));
    for volume in [-0.1, 1.1] {
        refused::<ModifySoundboardSound>("volume", json!({"volume": volume}));
    }
    for volume in [0.0, 1.0] {
        accepted::<ModifySoundboardSound>(json!({"volume": volume}));
    }
    edge::<CreateStageInstance>(
        "topic",
        1..=120,
        |n| json!({"channel_id": "1", "topic": text(n)}),
    );
    edge::<CreateTemplate>("name", 1..=100, |n| json!({"name": text(n)}));
    edge::<CreateTemplate>(
        "description",
        0..=120,
        |n| json!({"name": "n", "description": text(n)}),
    );
    edge::<ModifyTemplate>("name", 1..=100, |n| json!({"name": text(n)}));
}

#[test]
fn a_scheduled_event_says_where_it_takes_place() {
    let event = |fields: Value| {
        merge(
            json!({"name": "n", "privacy_level": 2, "entity_type": 2, "channel_id": "1",
            "scheduled_start_time": "2026-01-01T00:00:00Z"}),
            fields,
        )
    };
    let place = json!({"location": "here"});
    let later = "2026-01-01T00:00:01Z";
    edge::<CreateScheduledEvent>("name", 1..=100, |n| event(json!({"name": text(n)})));
    edge::<CreateScheduledEvent>("description", 1..=1000, |n| {
        event(json!({"description": text(n)}))
    });
    edge::<CreateScheduledEvent>("entity_metadata.location", 1..=100, |n| {
        let mut body = event(json!({"entity_type": 3, "scheduled_end_time": later}));
        body["channel_id"] = Value::Null;
        body["entity_metadata"] = json!({"location": text(n)});
        body
    });
    refused::<CreateScheduledEvent>("channel_id", event(json!({"channel_id": null})));
    refused::<CreateScheduledEvent>("entity_metadata", event(json!({"entity_metadata": place})));
    refused::<CreateScheduledEvent>(
        "scheduled_end_time",
        event(json!({"scheduled_end_time": "2026-01-01T00:00:00Z"})),
    );
    assert_eq!(
        faults::<CreateScheduledEvent>(event(json!({"entity_type": 3}))),
        [
            "entity_metadata.location",
            "scheduled_end_time",
            "channel_id"
        ]
    );
    edge::<ModifyScheduledEvent>("name", 1..=100, |n| json!({"name": text(n)}));
}

#[test]
fn a_rule_of_auto_moderation_keeps_to_its_limits() {
    let rule = |kind: u32, metadata: Value| {
        json!({"name": "n", "event_type": 1, "trigger_type": kind, "actions": [{"type": 1}],
            "trigger_metadata": metadata})
    };
    for (field, count, chars) in [
        ("keyword_filter", 1000, 60),
        ("regex_patterns", 10, 260),
        ("allow_list", 100, 60),
    ] {
        let path = format!("trigger_metadata.{field}");
        edge::<CreateAutoModerationRule>(&path, 0..=count, |n| {
            rule(1, json!({field: list(&json!("a"), n)}))
        });
        edge::<CreateAutoModerationRule>(&format!("{path}[0]"), 0..=chars, |n| {
            rule(6, json!({field: [text(n)]}))
        });
    }
    edge::<CreateAutoModerationRule>("trigger_metadata.allow_list", 0..=1000, |n| {
        rule(4, json!({"allow_list": list(&json!("a"), n)}))
    });
    edge::<CreateAutoModerationRule>("trigger_metadata.mention_total_limit", 0..=50, |n| {
        rule(5, json!({"mention_total_limit": n}))
    });
    edge::<ModifyAutoModerationRule>(
        "exempt_roles",
        0..=20,
        |n| json!({"exempt_roles": list(&json!("1"), n)}),
    );
    edge::<ModifyAutoModerationRule>(
        "exempt_channels",
        0..=50,
        |n| json!({"exempt_channels": list(&json!("1"), n)}),
    );
    edge::<ModifyAutoModerationRule>(
        "actions[0].metadata.custom_message",
        0..=150,
        |n| json!({"actions": [{"type": 1, "metadata": {"custom_message": text(n)}}]}),
    );
    edge::<ModifyAutoModerationRule>(
        "actions[0].metadata.duration_seconds",
        0..=2_419_200,
        |n| json!({"actions": [{"type": 3, "metadata": {"duration_seconds": n}}]}),
    );
    refused::<ModifyAutoModerationRule>("actions", json!({"actions": []}));
}

#[test]
fn applications_role_connections_and_lobbies_keep_to_their_limits() {
    edge::<EditApplication>("tags", 0..=5, |n| json!({"tags": list(&json!("t"), n)}));
    edge::<EditApplication>("tags[1]", 0..=20, |n| json!({"tags": ["t", text(n)]}));
    let metadata = |fields: Value| {
        merge(
            json!({"type": 1, "key": "k", "name": "n", "description": "d"}),
            fields,
        )
    };
    edge::<RoleConnectionMetadata>("key", 1..=50, |n| metadata(json!({"key": letters(n)})));
    edge::<RoleConnectionMetadata>("name", 1..=100, |n| metadata(json!({"name": text(n)})));
    edge::<RoleConnectionMetadata>("description", 1..=200, |n| {
        metadata(json!({"description": text(n)}))
    });
    edge::<RoleConnectionMetadata>("name_localizations.de", 1..=100, |n| {
        metadata(json!({"name_localizations": {"de": text(n)}}))
    });
    refused::<RoleConnectionMetadata>("key", metadata(json!({"key": "Key"})));
    edge::<UpdateApplicationRoleConnection>(
        "platform_name",
        0..=50,
        |n| json!({"platform_name": text(n)}),
    );
    edge::<UpdateApplicationRoleConnection>(
        "platform_username",
        0..=100,
        |n| json!({"platform_username": text(n)}),
    );
    edge::<UpdateApplicationRoleConnection>(
        "metadata.k",
        0..=100,
        |n| json!({"metadata": {"k": text(n)}}),
    );
    edge::<CreateLobby>("metadata", 0..=1000, |n| json!({"metadata": {"": text(n)}}));
    edge::<CreateLobby>(
        "members",
        0..=25,
        |n| json!({"members": list(&json!({"id": "1"}), n)}),
    );
    edge::<CreateLobby>(
        "idle_timeout_seconds",
        5..=604_800,
        |n| json!({"idle_timeout_seconds": n}),
    );
    edge::<JoinLobby>(
        "member_metadata",
        0..=1000,
        |n| json!({"secret": "s", "member_metadata": {"": text(n)}}),
    );
    edge::<ModifyLobby>(
        "members[0].additional_name",
        1..=80,
        |n| json!({"members": [{"id": "1", "additional_name": text(n)}]}),
    );
    edge::<AddLobbyMember>(
        "additional_name",
        1..=80,
        |n| json!({"additional_name": text(n)}),
    );
    refused::<SendLobbyMessage>("content", json!({"content": ""}));
}
