//! Guilds and what belongs to them: every documented field comes in and goes out unchanged.

use std::fmt::Debug;

use polycord_types::{
    Text,
    application::{Application, ApplicationFlags, PartialApplication},
    audit_log::{AuditLog, AuditLogEvent},
    ban::{Ban, BulkBanResponse},
    certified_device::{CertifiedDevice, CertifiedDeviceType},
    decode::{self, DeviationKind},
    emoji::ApplicationEmojis,
    guild::{
        Onboarding, OnboardingMode, PruneCount, VanityUrl, WelcomeScreen, Widget, WidgetSettings,
    },
    id::{RoleId, UserId},
    integration::{Integration, IntegrationType},
    invite::{
        Invite, InviteStageInstance, InviteTargetType, InviteWithMetadata, TargetUsersJob,
        TargetUsersJobStatus,
    },
    oauth2::{AuthorizationInformation, OAuth2Scope},
    rate_limit::RateLimitResponse,
    reference::NullableAndOptionalFields,
    role_connection::{RoleConnectionMetadata, RoleConnectionMetadataType},
    scheduled_event::{ScheduledEvent, ScheduledEventUser, Weekday},
    sku::{Sku, SkuFlags, SkuType},
    soundboard::GuildSoundboardSounds,
    sticker::StickerPacks,
    team::{Team, TeamRole},
    template::Template,
    thread::ActiveThreads,
    voice::VoiceRegion,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

const TIME: &str = "2026-08-06T11:31:01+00:00";

/// Decodes, and checks that the very same is written again.
#[track_caller]
fn same<T: DeserializeOwned + Serialize + PartialEq + Debug>(input: &Value) -> T {
    let model = serde_json::from_str::<T>(&input.to_string())
        .unwrap_or_else(|error| panic!("{input}: {error}"));
    let written = serde_json::to_value(&model).unwrap_or_default();
    assert_eq!(&written, input);
    assert_eq!(
        serde_json::from_value::<T>(written).ok().as_ref(),
        Some(&model)
    );
    model
}

fn ann() -> Value {
    json!({"id": "3", "username": "ann", "discriminator": "0", "global_name": "Ann", "avatar": null})
}

#[test]
fn an_audit_log_brings_what_its_entries_refer_to() {
    let log = same::<AuditLog>(&json!({
        "application_commands": [],
        "audit_log_entries": [{"id": "100", "target_id": "3", "user_id": "4", "action_type": 25,
            "changes": [{"key": "$add", "new_value": [{"id": "7", "name": "helpers"}]}],
            "reason": "deserved"},
            {"id": "101", "target_id": null, "user_id": null, "action_type": 9999,
             "options": {"count": "3", "channel_id": "5", "type": "0", "role_name": "helpers"}}],
        "auto_moderation_rules": [],
        "guild_scheduled_events": [],
        "integrations": [{"id": "33", "name": "A Name", "type": "twitch",
            "account": {"id": "1234567", "name": "twitchname"}, "application_id": "94"}],
        "threads": [{"id": "50", "type": 11}],
        "users": [ann()],
        "webhooks": [],
    }));
    assert_eq!(
        log.audit_log_entries[0].action_type,
        AuditLogEvent::MemberRoleUpdate
    );
    let changes = log.audit_log_entries[0].changes.as_deref().unwrap();
    assert_eq!(changes[0].added_roles()[0].id, RoleId::new(7));
    assert_eq!(
        log.audit_log_entries[1].action_type,
        AuditLogEvent::Unknown(9999)
    );
    assert_eq!(log.integrations[0].kind, Some(IntegrationType::Twitch));
    assert_eq!(log.users[0].id, UserId::new(3));
}

#[test]
fn a_template_counts_channels_and_roles_from_zero() {
    let template = same::<Template>(&json!({
        "code": "hgM48av5Q69A", "name": "Friends", "description": "", "usage_count": 2,
        "creator_id": "3", "creator": ann(), "created_at": TIME, "updated_at": TIME,
        "source_guild_id": "8", "is_dirty": null,
        "serialized_source_guild": {
            "name": "Friends", "description": null, "region": "us-west", "verification_level": 0,
            "default_message_notifications": 0, "explicit_content_filter": 0,
            "preferred_locale": "en-US", "afk_timeout": 300,
            "roles": [{"id": 0, "name": "@everyone", "permissions": "104324689", "color": 0,
                "hoist": false, "mentionable": false}],
            "channels": [{"id": 1, "type": 4, "name": "Text", "position": 1, "topic": null,
                "bitrate": 64000, "user_limit": 0, "nsfw": false, "rate_limit_per_user": 0,
                "parent_id": null, "permission_overwrites": [
                    {"id": 0, "type": 0, "allow": "0", "deny": "1024"}]}],
            "afk_channel_id": null, "system_channel_id": 1, "system_channel_flags": 0,
            "icon_hash": null
        }
    }));
    let guild = &template.serialized_source_guild;
    assert_eq!(guild.roles[0].id, 0);
    assert_eq!(guild.channels[0].permission_overwrites[0].id, 0);
    assert_eq!(guild.system_channel_id, Some(1));
}

#[test]
fn permissions_of_a_template_may_be_numbers() {
    let role = serde_json::from_str::<polycord_types::template::SnapshotRole>(
        r#"{"id": 0, "name": "@everyone", "permissions": 104324689}"#,
    );
    assert_eq!(role.unwrap().permissions.bits(), 104_324_689);
}

#[test]
fn an_onboarding_asks_and_gives() {
    let onboarding = same::<Onboarding>(&json!({
        "guild_id": "8", "default_channel_ids": ["5", "6"], "enabled": true, "mode": 1,
        "prompts": [{"id": "1", "type": 0, "title": "What for?", "single_select": false,
            "required": true, "in_onboarding": false, "options": [
                {"id": "2", "channel_ids": ["5"], "role_ids": ["7"], "title": "Fun",
                 "emoji": {"id": "9", "name": "chat", "animated": false}, "description": null}]}]
    }));
    assert_eq!(onboarding.mode, OnboardingMode::OnboardingAdvanced);
    let option = &onboarding.prompts[0].options[0];
    assert_eq!(option.emoji.as_ref().unwrap().name.as_deref(), Some("chat"));
}

#[test]
fn a_widget_shows_members_whose_ids_are_no_ids() {
    let widget = same::<Widget>(&json!({
        "id": "8", "name": "Home", "instant_invite": null, "presence_count": 1,
        "channels": [{"id": "5", "name": "talk", "position": 2}],
        "members": [{"id": "0", "username": "a..", "discriminator": "0000", "avatar": null,
            "status": "idle", "avatar_url": "https://cdn.discordapp.com/widget-avatars/x"}]
    }));
    assert_eq!(widget.members[0].id, "0");
    same::<WidgetSettings>(&json!({"enabled": true, "channel_id": null}));
    let screen = same::<WelcomeScreen>(&json!({"description": null, "welcome_channels": [
        {"channel_id": "5", "description": "Rules", "emoji_id": null, "emoji_name": "!"}]}));
    assert_eq!(screen.welcome_channels[0].emoji_name.as_deref(), Some("!"));
}

#[test]
fn answers_about_guilds_keep_their_nulls() {
    same::<Ban>(&json!({"reason": null, "user": ann()}));
    same::<BulkBanResponse>(&json!({"banned_users": ["1"], "failed_users": ["2", "3"]}));
    assert_eq!(same::<PruneCount>(&json!({"pruned": null})).pruned, None);
    assert_eq!(same::<PruneCount>(&json!({"pruned": 0})).pruned, Some(0));
    let vanity = same::<VanityUrl>(&json!({"code": "abc", "uses": 12}));
    assert_eq!(vanity.code.as_deref(), Some("abc"));
    let threads =
        same::<ActiveThreads>(&json!({"threads": [{"id": "50", "type": 11}], "members": []}));
    assert_eq!(threads.threads.len(), 1);
    same::<VoiceRegion>(
        &json!({"id": "rotterdam", "name": "Rotterdam", "optimal": true,
        "deprecated": false, "custom": false}),
    );
}

#[test]
fn an_invite_tells_the_roles_it_gives() {
    let invite = same::<InviteWithMetadata>(&json!({
        "type": 0, "code": "0vCdhLbwjZZTWZLD", "channel": {"id": "5", "type": 2, "name": "talk"},
        "guild": {"id": "8", "name": "Home", "features": ["NEWS"]}, "inviter": ann(),
        "target_type": 2, "target_application": {"id": "94", "name": "Chess"},
        "approximate_presence_count": 2, "approximate_member_count": 5, "expires_at": null,
        "flags": 1, "roles": [{"id": "7", "name": "helpers", "position": 1, "color": 255,
            "colors": {"primary_color": 255, "secondary_color": null, "tertiary_color": null},
            "icon": "0123456789abcdef0123456789abcdef", "unicode_emoji": "!"}],
        "uses": 1, "max_uses": 5, "max_age": 3600, "temporary": false, "created_at": TIME
    }));
    assert_eq!(
        invite.target_type,
        Some(InviteTargetType::EmbeddedApplication)
    );
    assert_eq!(invite.metadata.max_uses, 5);
    let unknown_counts = serde_json::from_str::<Invite>(
        r#"{"code": "a", "channel": null, "approximate_member_count": null, "roles": null}"#,
    );
    assert_eq!(unknown_counts.unwrap().roles, None);
    let job = same::<TargetUsersJob>(
        &json!({"status": 3, "total_users": 100, "processed_users": 41,
        "created_at": TIME, "completed_at": null, "error_message": "no such file"}),
    );
    assert_eq!(job.status, TargetUsersJobStatus::Failed);
    let stage = same::<InviteStageInstance>(&json!({"members": [{"roles": [], "nick": "Ann"}],
        "participant_count": 200, "speaker_count": 5, "topic": "Cats"}));
    assert_eq!(stage.members[0].nick.as_deref(), Some("Ann"));
}

#[test]
fn an_event_comes_again_by_its_rule() {
    let event = same::<ScheduledEvent>(&json!({
        "id": "9", "guild_id": "8", "channel_id": null, "creator_id": "3", "name": "Meeting",
        "description": "Cake", "scheduled_start_time": TIME, "scheduled_end_time": TIME,
        "privacy_level": 2, "status": 1, "entity_type": 3, "entity_id": null,
        "entity_metadata": {"location": "Fountain"}, "creator": ann(), "user_count": 4,
        "image": "0123456789abcdef0123456789abcdef",
        "recurrence_rule": {"start": TIME, "end": TIME, "frequency": 1, "interval": 1,
            "by_weekday": null, "by_n_weekday": [{"n": 4, "day": 2}], "by_month": null,
            "by_month_day": null, "by_year_day": [1, 364], "count": 10}
    }));
    let rule = event.recurrence_rule.unwrap();
    assert_eq!(rule.by_n_weekday.unwrap()[0].day, Weekday::Wednesday);
    let user = same::<ScheduledEventUser>(&json!({"guild_scheduled_event_id": "9", "user": ann()}));
    assert_eq!(user.user.id, UserId::new(3));
}

#[test]
fn an_application_has_flags_twice() {
    let application = same::<Application>(&json!({
        "id": "94", "name": "Chess", "icon": null, "description": "A game",
        "rpc_origins": ["https://a.example"], "bot_public": true, "bot_require_code_grant": false,
        "bot": {"id": "94", "username": "chess"}, "terms_of_service_url": "https://t.example",
        "privacy_policy_url": "https://p.example", "owner": {"id": "3"}, "verify_key": "ab12",
        "team": {"icon": null, "id": "60", "name": "Us", "owner_user_id": "3", "members": [
            {"membership_state": 2, "team_id": "60", "user": {"id": "3"}, "role": "read_only"}]},
        "guild_id": "8", "guild": {"id": "8"}, "primary_sku_id": "6", "slug": "chess",
        "cover_image": "0123456789abcdef0123456789abcdef", "flags": 64,
        "flags_new": "9007199254740992064",
        "approximate_guild_count": 2, "approximate_user_install_count": 3,
        "approximate_user_authorization_count": 4, "redirect_uris": ["https://r.example"],
        "interactions_endpoint_url": "https://i.example",
        "role_connections_verification_url": "https://v.example",
        "event_webhooks_url": "https://e.example", "event_webhooks_status": 2,
        "event_webhooks_types": ["ENTITLEMENT_CREATE", "BRAND_NEW"], "tags": ["board"],
        "install_params": {"scopes": ["bot"], "permissions": "8"},
        "integration_types_config": {"0": {}, "1": {"oauth2_install_params":
            {"scopes": ["applications.commands"], "permissions": "0"}}},
        "custom_install_url": "https://c.example"
    }));
    assert_eq!(application.all_flags().bits(), 9_007_199_254_740_992_064);
    let team = application.team.unwrap();
    assert_eq!(team.members[0].role, TeamRole::ReadOnly);
    let install = application.install_params.unwrap();
    assert_eq!(install.scopes, [OAuth2Scope::Bot]);
    let part = same::<PartialApplication>(&json!({"id": "94", "flags": 64}));
    assert_eq!(
        part.flags,
        Some(ApplicationFlags::APPLICATION_AUTO_MODERATION_RULE_CREATE_BADGE)
    );
}

#[test]
fn integrations_tell_what_they_may_do() {
    let integration = same::<Integration>(&json!({
        "id": "33", "name": "Ann's", "type": "discord", "enabled": true, "syncing": false,
        "role_id": "7", "enable_emoticons": true, "expire_behavior": 1, "expire_grace_period": 3,
        "user": ann(), "account": {"id": "a", "name": "b"}, "synced_at": TIME,
        "subscriber_count": 3, "revoked": false, "application": {"id": "94", "name": "Chess",
            "icon": null, "description": "A game"}, "scopes": ["bot", "webhook.incoming", "new"]
    }));
    let scopes = integration.scopes.unwrap();
    assert_eq!(scopes[1], OAuth2Scope::WebhookIncoming);
    assert_eq!(scopes[2], OAuth2Scope::Unknown("new".into()));
    let authorization = same::<AuthorizationInformation>(&json!({
        "application": {"id": "94"}, "scopes": ["identify"], "expires": TIME, "user": ann()}));
    assert_eq!(authorization.scopes, [OAuth2Scope::Identify]);
    same::<Team>(
        &json!({"icon": null, "id": "60", "members": [], "name": "Us",
        "owner_user_id": "3"}),
    );
}

#[test]
fn an_id_that_is_always_there_deviates_when_it_is_not() {
    for (json, kind) in [
        (
            r#"{"id":"60","icon":null,"members":[],"name":"Us"}"#,
            DeviationKind::Absent,
        ),
        (
            r#"{"id":"60","icon":null,"members":[],"name":"Us","owner_user_id":null}"#,
            DeviationKind::Null,
        ),
        (
            r#"{"id":"60","icon":null,"members":[],"name":"Us","owner_user_id":[]}"#,
            DeviationKind::WrongKind,
        ),
    ] {
        let (team, report) = decode::from_str_reporting::<Team>(json).unwrap();
        assert_eq!(team.owner_user_id, None);
        assert_eq!(report.deviations.len(), 1, "{json}");
        assert_eq!(report.deviations[0].path, "owner_user_id");
        assert_eq!(report.deviations[0].kind, kind, "{json}");
        let written = serde_json::to_value(&team).unwrap();
        assert_eq!(written.get("owner_user_id"), None);
    }
}

#[test]
fn what_is_sold_and_known_about_users_is_typed() {
    let sku = same::<Sku>(
        &json!({"id": "6", "type": 5, "application_id": "94", "name": "More",
        "slug": "more", "flags": 132}),
    );
    assert_eq!(sku.kind, SkuType::Subscription);
    assert_eq!(
        sku.flags,
        SkuFlags::AVAILABLE | SkuFlags::GUILD_SUBSCRIPTION
    );
    let known = same::<RoleConnectionMetadata>(&json!({"type": 2, "key": "wins", "name": "Wins",
        "name_localizations": {"de": "Siege"}, "description": "Games won",
        "description_localizations": {"de": "Gewonnene Spiele"}}));
    assert_eq!(
        known.kind,
        RoleConnectionMetadataType::IntegerGreaterThanOrEqual
    );
}

#[test]
fn lists_stand_in_their_wrappers() {
    let packs = same::<StickerPacks>(&json!({"sticker_packs": [{"id": "1", "stickers": [],
        "name": "Cats", "sku_id": "6", "cover_sticker_id": "2", "description": "c",
        "banner_asset_id": "4"}]}));
    assert_eq!(packs.sticker_packs[0].name, "Cats");
    let sounds = same::<GuildSoundboardSounds>(&json!({"items": [{"name": "meow", "sound_id": "7",
        "volume": 0.5, "emoji_id": null, "emoji_name": "!", "guild_id": "8", "available": true}]}));
    assert!(sounds.items[0].available);
    let emojis = same::<ApplicationEmojis>(&json!({"items": [{"id": "9", "name": "cat"}]}));
    assert_eq!(emojis.items[0].name.as_deref(), Some("cat"));
}

#[test]
fn limits_and_devices_are_read() {
    let limit = same::<RateLimitResponse>(&json!({"message": "You are being rate limited.",
        "retry_after": 64.57, "global": false, "code": 20028}));
    assert!(limit.retry_after > 64.0);
    let device =
        same::<CertifiedDevice>(&json!({"type": "audioinput", "id": "aa", "related": ["bb"],
        "vendor": {"name": "v", "url": "https://v.example"},
        "model": {"name": "m", "url": "https://m.example"}, "echo_cancellation": true,
        "noise_suppression": true, "automatic_gain_control": true, "hardware_mute": false}));
    assert_eq!(device.kind, CertifiedDeviceType::AudioInput);
}

#[test]
fn a_field_says_whether_it_may_be_absent_or_null() {
    let fields = same::<NullableAndOptionalFields>(&json!({"optional_field": "a",
        "nullable_field": "b", "optional_and_nullable_field": "c"}));
    assert_eq!(fields.optional_field.as_deref(), Some("a"));
    let empty = serde_json::from_str::<NullableAndOptionalFields>("{}").unwrap();
    assert_eq!(
        serde_json::to_value(empty).unwrap(),
        json!({"nullable_field": null})
    );
    assert_eq!(fields.nullable_field, Some(Text::from("b")));
}
