//! What messages, threads, users and the gateway tell beside their plain fields.

use std::fmt::Debug;

use polycord_types::{
    activity::{Activity, ActivityButton},
    channel::{Channel, ChannelFlags},
    decode::{self, Decode, DeviationKind, Report},
    gateway::{
        Event,
        payload::{
            GuildMembersChunk, RateLimitMetadata, RateLimited, Ready, RequestedId,
            VoiceServerUpdate,
        },
    },
    id::{GuildId, InteractionId, MessageId, UserId},
    interaction::{Interaction, InteractionType},
    lobby::LobbyMessage,
    member::MemberFlags,
    message::{ChannelPins, Embed, InteractionMetadata, Message, SearchResults},
    presence::{Presence, Status},
    reference::ApiVersion,
    thread::{ArchivedThreads, ThreadAutoArchiveDuration},
    user::{Connection, ConnectionService, ConnectionVisibility},
    webhook::Webhook,
};
use serde::Serialize;
use serde_json::{Value, json};

fn read<T: Decode>(value: &Value) -> (T, Report) {
    decode::from_str_reporting(&value.to_string())
        .unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn written<T: Serialize>(model: &T) -> Value {
    serde_json::to_value(model).unwrap_or_else(|error| panic!("{error}"))
}

/// It reads without a deviation and is written as it was read.
#[track_caller]
fn kept<T: Decode + Serialize>(value: &Value) -> T {
    let (model, report) = read::<T>(value);
    assert!(report.deviations.is_empty(), "{report:?}");
    assert!(report.unknown_fields.is_empty(), "{report:?}");
    assert_eq!(written(&model), *value);
    model
}

fn user(id: &str) -> Value {
    json!({"id": id, "username": "ann", "discriminator": "0", "global_name": null, "avatar": null})
}

fn message(id: &str) -> Value {
    json!({
        "id": id, "channel_id": "2", "author": user("3"), "content": "", "edited_timestamp": null,
        "timestamp": "2026-08-06T11:31:01+00:00", "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0
    })
}

#[test]
fn the_interaction_behind_a_message_is_one_of_three() {
    let command = json!({
        "type": 2, "id": "1", "user": user("3"), "authorizing_integration_owners": {"0": "9"},
        "target_message_id": "8"
    });
    let component = json!({
        "type": 3, "id": "2", "user": user("4"), "authorizing_integration_owners": {},
        "interacted_message_id": "8"
    });
    let modal = json!({
        "type": 5, "id": "5", "user": user("4"), "authorizing_integration_owners": {},
        "triggering_interaction_metadata": component
    });
    let InteractionMetadata::ApplicationCommand(command) = kept(&command) else {
        panic!("a command")
    };
    assert_eq!(command.target_message_id, Some(MessageId::new(8)));
    let modal = kept::<InteractionMetadata>(&modal);
    assert_eq!(
        (modal.kind(), modal.id()),
        (InteractionType::ModalSubmit, Some(InteractionId::new(5)))
    );
    assert_eq!(modal.user().map(|user| user.id), Some(UserId::new(4)));
    let InteractionMetadata::ModalSubmit(modal) = modal else {
        panic!("a modal")
    };
    assert_eq!(
        modal.triggering_interaction_metadata.kind(),
        InteractionType::MessageComponent
    );
}

#[test]
fn an_interaction_of_tomorrow_behind_a_message_is_kept() {
    let mut told = message("1");
    told["interaction_metadata"] = json!({"type": 77, "id": "1", "brand_new": true});
    let (model, report) = read::<Message>(&told);
    assert!(report.deviations.is_empty(), "{report:?}");
    assert_eq!(report.unknown_values.len(), 1);
    let metadata = model.interaction_metadata.as_deref().unwrap();
    assert_eq!(
        (metadata.kind(), metadata.id(), metadata.user()),
        (InteractionType::Unknown(77), None, None)
    );
    assert_eq!(written(&model), told);
}

#[test]
fn the_result_of_a_poll_is_read_from_the_fields_of_its_embed() {
    let field = |name: &str, value: &str| json!({"name": name, "value": value, "inline": false});
    let embed: Embed = kept(&json!({
        "type": "poll_result",
        "fields": [
            field("poll_question_text", "Food?"), field("victor_answer_votes", "2"),
            field("total_votes", "3"), field("victor_answer_text", "Pizza"), field("brand_new", "1")
        ]
    }));
    let result = embed.poll_result().unwrap();
    assert_eq!(result.poll_question_text, "Food?");
    assert_eq!(
        (
            result.victor_answer_votes.as_str(),
            result.total_votes.as_str()
        ),
        ("2", "3")
    );
    assert_eq!(result.victor_answer_text.as_deref(), Some("Pizza"));
    assert_eq!(result.victor_answer_id, None);
    assert_eq!(Embed::new().title("t").poll_result(), None);
}

#[test]
fn pages_of_messages_and_threads_say_whether_there_is_more() {
    let pins: ChannelPins = kept(&json!({
        "items": [{"pinned_at": "2026-08-06T11:31:01+00:00", "message": message("7")}], "has_more": true
    }));
    assert_eq!(
        (pins.items[0].message.id, pins.has_more),
        (MessageId::new(7), true)
    );
    let found: SearchResults = kept(&json!({
        "doing_deep_historical_index": false, "total_results": 2, "messages": [[message("7")], [message("8")]]
    }));
    let ids = found
        .messages
        .iter()
        .flatten()
        .map(|message| message.id.get());
    assert_eq!(ids.collect::<Vec<_>>(), [7, 8]);
    let threads: ArchivedThreads = kept(&json!({
        "threads": [{"id": "4", "type": 11, "thread_metadata": {
            "archived": true, "auto_archive_duration": 1440, "locked": false,
            "archive_timestamp": "2026-08-06T11:31:01+00:00"
        }}],
        "members": [{"id": "4", "user_id": "3", "join_timestamp": "2026-08-06T11:31:01+00:00", "flags": 0}],
        "has_more": false
    }));
    let metadata = threads.threads[0].thread_metadata.as_ref().unwrap();
    assert_eq!(
        metadata.auto_archive_duration,
        ThreadAutoArchiveDuration::OneDay
    );
}

#[test]
fn a_refused_request_is_told_with_its_guild_and_anything_else_is_kept() {
    let limited: RateLimited = kept(&json!({
        "opcode": 8, "retry_after": 3.5, "meta": {"guild_id": "1", "nonce": "n"}
    }));
    assert_eq!(limited.meta.guild_id(), Some(GuildId::new(1)));
    let other = json!({"opcode": 99, "retry_after": 1.0, "meta": {"brand_new": [1]}});
    let (limited, report) = read::<RateLimited>(&other);
    assert_eq!(
        limited.meta,
        RateLimitMetadata::Unknown(json!({"brand_new": [1]}))
    );
    assert_eq!(report.deviations[0].kind, DeviationKind::KeptRaw);
    assert_eq!(written(&limited), other);
}

#[test]
fn what_was_asked_for_and_is_no_id_comes_back_as_it_is() {
    let chunk: GuildMembersChunk = kept(&json!({
        "guild_id": "1", "members": [], "chunk_index": 0, "chunk_count": 1, "not_found": ["12", 7]
    }));
    assert_eq!(
        chunk.not_found.as_deref(),
        Some(&[RequestedId::String("12".into()), RequestedId::Integer(7)][..])
    );
}

#[test]
fn a_ready_without_its_application_is_reported_and_still_ready() {
    let ready = json!({
        "v": 10, "user": user("3"), "guilds": [], "session_id": "s", "resume_gateway_url": "wss://r",
        "application": {"id": "5", "flags": 0}
    });
    assert_eq!(kept::<Ready>(&ready).v, ApiVersion::V10);
    let mut without = ready;
    without.as_object_mut().unwrap().remove("application");
    let (ready, report) = read::<Ready>(&without);
    assert_eq!(ready.application, None);
    let told = report
        .deviations
        .iter()
        .map(|at| (at.path.as_str(), at.kind));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [("application", DeviationKind::Absent)]
    );
}

#[test]
fn presences_tell_statuses_per_platform_and_labels_of_buttons() {
    let presence: Presence = kept(&json!({
        "user": {"id": "3"}, "status": "dnd",
        "activities": [{"name": "chess", "type": 0, "created_at": 1, "buttons": ["Watch"]}],
        "client_status": {"vr": "online", "web": "asleep"}
    }));
    assert_eq!(presence.status, Status::Dnd);
    assert_eq!(presence.client_status.vr, Some(Status::Online));
    assert_eq!(
        presence.client_status.web,
        Some(Status::Unknown("asleep".into()))
    );
    let buttons = presence.activities[0].buttons.iter().flatten();
    assert_eq!(
        buttons.map(ActivityButton::label).collect::<Vec<_>>(),
        ["Watch"]
    );
}

#[test]
fn a_connection_names_its_service_and_who_sees_it() {
    let connection: Connection = kept(&json!({
        "id": "ann", "name": null, "type": "battlenet", "verified": true, "friend_sync": false,
        "show_activity": true, "two_way_link": false, "visibility": 1
    }));
    assert_eq!(connection.kind, ConnectionService::BattleNet);
    assert_eq!(connection.visibility, ConnectionVisibility::Everyone);
}

#[test]
fn a_lobby_message_of_nobody_is_reported() {
    let message = json!({"id": "1", "type": 0, "content": "gg", "lobby_id": "2", "flags": 0});
    let (model, report) = read::<LobbyMessage>(&message);
    assert_eq!((model.content.as_str(), &model.author), ("gg", &None));
    let mut paths = report
        .deviations
        .iter()
        .map(|at| at.path.as_str())
        .collect::<Vec<_>>();
    paths.sort_unstable();
    assert!(
        paths.contains(&"author") && paths.contains(&"channel_id"),
        "{paths:?}"
    );
}

#[test]
fn tokens_are_kept_out_of_debug() {
    #[track_caller]
    fn hides<T: Decode + Debug + Serialize>(value: &Value) {
        let (model, _) = read::<T>(value);
        let debug = format!("{model:?}");
        assert!(!debug.contains("hush"), "{debug}");
        assert!(written(&model).to_string().contains("hush"));
    }
    hides::<Interaction>(&json!({"id": "1", "application_id": "2", "type": 1, "token": "hush"}));
    hides::<Webhook>(&json!({"id": "1", "token": "hush"}));
    hides::<Webhook>(&json!({"id": "1", "url": "https://discord.com/api/webhooks/1/hush"}));
    hides::<VoiceServerUpdate>(&json!({"token": "hush", "guild_id": "1", "endpoint": null}));
    hides::<Activity>(&json!({"name": "a", "type": 0, "secrets": {"join": "hush"}}));
}

#[test]
fn a_member_beside_a_message_may_have_nothing_where_a_member_has_nothing() {
    let data = r#"{"id":"1","channel_id":"2","author":{"id":"3","username":"ann","discriminator":"0","global_name":null,"avatar":null},
        "content":"","timestamp":"2024-01-01T00:00:00Z","edited_timestamp":null,"tts":false,"mention_everyone":false,"mentions":[],
        "mention_roles":[],"attachments":[],"embeds":[],"pinned":false,"type":0,
        "member":{"roles":[],"joined_at":null,"nick":null,"avatar":null,"banner":null,"premium_since":null,"deaf":false,"mute":false,
        "flags":0,"pending":false,"communication_disabled_until":null,"avatar_decoration_data":null,"collectibles":null}}"#;
    let (_, report) = Event::decode_reporting("MESSAGE_CREATE", data).unwrap();
    assert!(report.is_empty(), "{report:?}");
}

/// What the application may not view comes with stand-ins, and in more than one form.
#[test]
fn an_obfuscated_channel_decodes_whatever_stands_for_its_overwrites() {
    let stand_in = json!([{"id": "1", "type": 0, "allow": "0", "deny": "1024"}]);
    for (overwrites, count) in [
        (None, None),
        (Some(Value::Null), None),
        (Some(stand_in), Some(1)),
    ] {
        let mut channel = json!({
            "id": "2", "type": 0, "guild_id": "1", "position": 3, "name": "___hidden___",
            "flags": 1 << 17, "topic": null, "parent_id": null, "last_message_id": null,
            "nsfw": null, "rate_limit_per_user": null
        });
        if let Some(overwrites) = overwrites {
            channel["permission_overwrites"] = overwrites;
        }
        let data = json!({"id": "1", "owner_id": "9", "channels": [channel]});
        let event = Event::decode("GUILD_CREATE", &data.to_string());
        let Ok(Event::GuildCreate(guild)) = event else {
            panic!("not decoded: {data}")
        };
        let [channel] = guild.channels.as_slice() else {
            panic!("the channel is lost: {data}")
        };
        assert!(channel.is_obfuscated());
        assert_eq!(channel.flags, Some(ChannelFlags::OBFUSCATED));
        assert_eq!(channel.position, Some(3));
        assert_eq!(channel.permission_overwrites.as_ref().map(Vec::len), count);
    }
    let (open, _) = read::<Channel>(&json!({"id": "2", "type": 0, "flags": 2}));
    assert!(!open.is_obfuscated());
}

#[test]
fn the_flags_of_a_member_follow_its_updates() {
    let data = r#"{"guild_id": "1", "user": {"id": "3"}, "roles": [], "flags": 2}"#;
    let Ok(Event::GuildMemberUpdate(update)) = Event::decode("GUILD_MEMBER_UPDATE", data) else {
        panic!("not decoded: {data}")
    };
    assert_eq!(update.flags, Some(MemberFlags::COMPLETED_ONBOARDING));
}
