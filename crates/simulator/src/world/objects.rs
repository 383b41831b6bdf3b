//! Objects in Discord's shape, with every field the documentation calls present.

use serde_json::{Value, json};

/// The `id` of an object.
pub(crate) fn id(object: &Value) -> u64 {
    snowflake(&object["id"]).unwrap_or(0)
}

/// A snowflake as string or number.
pub(crate) fn snowflake(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// The shard of a guild.
pub(crate) fn shard_of(guild: u64, total: u32) -> u32 {
    u32::try_from((guild >> 22) % u64::from(total.max(1))).unwrap_or(0)
}

/// The bot as it sees itself: `GET /users/@me` and READY.
pub(crate) fn current_user(mut user: Value) -> Value {
    user["mfa_enabled"] = Value::Bool(true);
    user["verified"] = Value::Bool(true);
    user["email"] = Value::Null;
    user["flags"] = Value::from(0);
    user["banner"] = Value::Null;
    user["accent_color"] = Value::Null;
    user["locale"] = Value::from("en-US");
    user
}

pub(crate) fn sound(id: u64, guild: u64, name: &str) -> Value {
    json!({
        "name": name,
        "sound_id": id.to_string(),
        "volume": 1.0,
        "emoji_id": null,
        "emoji_name": null,
        "guild_id": guild.to_string(),
        "available": true,
    })
}

pub(crate) fn guild(id: u64, name: &str, owner: u64) -> Value {
    json!({
        "id": id.to_string(),
        "name": name,
        "icon": null,
        "splash": null,
        "discovery_splash": null,
        "owner_id": owner.to_string(),
        "region": "deprecated",
        "afk_channel_id": null,
        "afk_timeout": 300,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 2,
        "features": ["COMMUNITY", "NEWS"],
        "mfa_level": 0,
        "application_id": null,
        "system_channel_id": null,
        "system_channel_flags": 0,
        "rules_channel_id": null,
        "max_presences": null,
        "max_members": 500_000,
        "vanity_url_code": null,
        "description": null,
        "banner": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "public_updates_channel_id": null,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "nsfw_level": 0,
        "premium_progress_bar_enabled": false,
        "safety_alerts_channel_id": null,
        "incidents_data": null,
    })
}

pub(crate) fn role(id: u64, name: &str, position: usize, permissions: u64) -> Value {
    json!({
        "id": id.to_string(),
        "name": name,
        "color": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": position,
        "permissions": permissions.to_string(),
        "managed": false,
        "mentionable": false,
        "flags": 0,
    })
}

/// A channel of a guild, of any type but the threads.
pub(crate) fn channel(id: u64, guild: u64, name: &str, kind: u8, position: usize) -> Value {
    let mut channel = json!({
        "id": id.to_string(),
        "type": kind,
        "guild_id": guild.to_string(),
        "position": position,
        "permission_overwrites": [],
        "name": name,
        "parent_id": null,
        "flags": 0,
    });
    let more = match kind {
        // A category.
        4 => return channel,
        // Voice and stage channels.
        2 | 13 => json!({
            "bitrate": 64_000,
            "user_limit": if kind == 13 { 10_000 } else { 0 },
            "rtc_region": null,
            "video_quality_mode": 1,
        }),
        // Forum and media channels.
        15 | 16 => json!({
            "available_tags": [],
            "default_reaction_emoji": null,
            "default_thread_rate_limit_per_user": 0,
            "default_auto_archive_duration": DAYS_3,
            "default_sort_order": null,
            "default_forum_layout": 0,
        }),
        _ => json!({
            "last_pin_timestamp": null,
            "default_thread_rate_limit_per_user": 0,
            "default_auto_archive_duration": DAYS_3,
        }),
    };
    let all = json!({
        "topic": null,
        "nsfw": false,
        "last_message_id": null,
        "rate_limit_per_user": 0,
    });
    for fields in [all, more] {
        for (field, value) in fields.as_object().into_iter().flatten() {
            channel[field] = value.clone();
        }
    }
    channel
}

/// Minutes after which a quiet thread is archived.
const DAYS_3: u32 = 4_320;

/// A thread as it begins: public (10 below an announcement channel, 11) or private (12).
pub(crate) fn thread(
    id: u64,
    (guild, parent): (u64, u64),
    name: &str,
    kind: u8,
    owner: u64,
    at: &str,
) -> Value {
    let mut thread = json!({
        "id": id.to_string(),
        "type": kind,
        "guild_id": guild.to_string(),
        "parent_id": parent.to_string(),
        "owner_id": owner.to_string(),
        "name": name,
        "last_message_id": null,
        "last_pin_timestamp": null,
        "rate_limit_per_user": 0,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "thread_metadata": {
            "archived": false,
            "archive_timestamp": at,
            "auto_archive_duration": DAYS_3,
            "create_timestamp": at,
            "locked": false,
        },
        "flags": 0,
    });
    if kind == 12 {
        thread["thread_metadata"]["invitable"] = Value::Bool(true);
    }
    thread
}

/// A user in a thread.
pub(crate) fn thread_member(thread: u64, user: u64, at: &str) -> Value {
    json!({
        "id": thread.to_string(),
        "user_id": user.to_string(),
        "join_timestamp": at,
        "flags": 0,
    })
}

pub(crate) fn emoji(id: u64, name: &str, animated: bool, by: &Value) -> Value {
    json!({
        "id": id.to_string(),
        "name": name,
        "roles": [],
        "user": by,
        "require_colons": true,
        "managed": false,
        "animated": animated,
        "available": true,
    })
}

/// A sticker (PNG) of a guild.
pub(crate) fn sticker(id: u64, guild: u64, name: &str, by: &Value) -> Value {
    json!({
        "id": id.to_string(),
        "name": name,
        "description": null,
        "tags": "🙂",
        "type": 2,
        "format_type": 1,
        "available": true,
        "guild_id": guild.to_string(),
        "user": by,
    })
}

pub(crate) fn direct(id: u64, recipient: &Value) -> Value {
    json!({
        "id": id.to_string(),
        "type": 1,
        "last_message_id": null,
        "last_pin_timestamp": null,
        "recipients": [recipient],
        "flags": 0,
    })
}

pub(crate) fn application(id: u64, bot: &Value, owner: &Value, guilds: usize) -> Value {
    json!({
        "id": id.to_string(),
        "name": bot["username"],
        "icon": null,
        "description": "",
        "bot_public": true,
        "bot_require_code_grant": false,
        "bot": bot,
        "verify_key": "0".repeat(64),
        "team": null,
        "owner": owner,
        "flags": APPLICATION_FLAGS,
        "flags_new": APPLICATION_FLAGS.to_string(),
        "approximate_guild_count": guilds,
        "approximate_user_install_count": 0,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "event_webhooks_url": null,
        "event_webhooks_status": 1,
        "event_webhooks_types": [],
        "tags": [],
        "integration_types_config": { "0": {} },
    })
}

/// The three privileged intents, limited (for applications in few guilds).
pub(crate) const APPLICATION_FLAGS: u64 = 1 << 13 | 1 << 15 | 1 << 19;

/// A message as stored, and as REST gives it.
pub(crate) fn message(id: u64, channel: u64, author: &Value, content: &str, at: &str) -> Value {
    json!({
        "id": id.to_string(),
        "channel_id": channel.to_string(),
        "author": author,
        "content": content,
        "timestamp": at,
        "edited_timestamp": null,
        "tts": false,
        "mention_everyone": false,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": false,
        "type": 0,
        "flags": 0,
        "components": [],
    })
}
