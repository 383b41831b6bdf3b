//! Bodies of requests about guilds and what belongs to them: what is left out, cleared and set arrives as such.

use std::fmt::Debug;

use polycord_types::{
    Color, Permissions, Timestamp,
    application::EditApplication,
    auto_moderation::{
        AutoModerationAction, CreateAutoModerationRule, KeywordPreset, ModifyAutoModerationRule,
    },
    ban::{BulkBan, CreateBan},
    channel::{ChannelType, CreateChannel, ModifyChannelPosition},
    data_uri::DataUri,
    emoji::{CreateApplicationEmoji, CreateEmoji, ModifyApplicationEmoji, ModifyEmoji},
    entitlement::CreateTestEntitlement,
    guild::{
        AfkTimeout, BeginPrune, ModifyGuild, ModifyIncidentActions, ModifyOnboarding,
        ModifyWelcomeScreen, ModifyWidget, WelcomeChannel,
    },
    id::{ChannelId, GuildId, RoleId, ScheduledEventId, SkuId, SoundId, UserId},
    invite::UpdateTargetUsers,
    member::{AddMember, ModifyCurrentMember, ModifyCurrentUserNick, ModifyMember},
    role::{CreateRole, ModifyRole, ModifyRolePosition, RoleColors},
    scheduled_event::{
        CreateScheduledEvent, ModifyScheduledEvent, Month, RecurrenceRule, ScheduledEventStatus,
        Weekday,
    },
    soundboard::{CreateSoundboardSound, ModifySoundboardSound, SendSoundboardSound},
    stage::{CreateStageInstance, ModifyStageInstance},
    sticker::{CreateSticker, ModifySticker},
    template::{CreateTemplate, ModifyTemplate},
    voice::{ModifyCurrentUserVoiceState, ModifyUserVoiceState},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

const IMAGE: &str = "data:image/png;base64,iVBORw0KGgo=";
const TIME: &str = "2026-08-06T11:31:01+00:00";

fn written<T: Serialize>(model: &T) -> Value {
    serde_json::to_value(model).unwrap_or_else(|error| panic!("{error}"))
}

fn read<T: DeserializeOwned>(input: &Value) -> T {
    serde_json::from_str(&input.to_string()).unwrap_or_else(|error| panic!("{input}: {error}"))
}

/// What is sent is read back as the same, and the other way round.
#[track_caller]
fn sends<T>(body: &T, expected: &Value)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    assert_eq!(&written(body), expected);
    assert_eq!(&read::<T>(expected), body);
}

/// Every field by itself, and all together: absent, set, and `null` where it is one of `nullable`.
#[track_caller]
fn patches<T>(plain: &Value, nullable: &Value)
where
    T: Serialize + DeserializeOwned + Default + PartialEq + Debug,
{
    let (Value::Object(plain), Value::Object(nullable)) = (plain, nullable) else {
        panic!("fields by name")
    };
    assert_eq!(written(&T::default()), json!({}), "nothing is to change");
    assert_eq!(read::<T>(&json!({})), T::default());
    let mut all = Map::new();
    for (key, value) in plain.iter().chain(nullable) {
        let set = json!({key: value});
        assert_eq!(written(&read::<T>(&set)), set);
        assert_ne!(read::<T>(&set), T::default(), "{key}");
        all.insert(key.clone(), value.clone());
    }
    for key in nullable.keys() {
        let cleared = json!({key: null});
        assert_eq!(written(&read::<T>(&cleared)), cleared);
        assert_ne!(read::<T>(&cleared), T::default(), "{key}");
    }
    let all = Value::Object(all);
    assert_eq!(written(&read::<T>(&all)), all);
}

#[test]
fn a_guild_keeps_what_is_not_named() {
    patches::<ModifyGuild>(
        &json!({"name": "Home", "afk_timeout": 900, "system_channel_flags": 5,
            "features": ["COMMUNITY", "SOMETHING_NEW"], "premium_progress_bar_enabled": true}),
        &json!({"region": "europe", "verification_level": 2, "default_message_notifications": 1,
            "explicit_content_filter": 2, "afk_channel_id": "5", "icon": IMAGE, "splash": IMAGE,
            "discovery_splash": IMAGE, "banner": IMAGE, "system_channel_id": "6",
            "rules_channel_id": "7", "public_updates_channel_id": "8", "preferred_locale": "de",
            "description": "All of us", "safety_alerts_channel_id": "9"}),
    );
    sends(
        &ModifyGuild::new()
            .name("Home")
            .clear_icon()
            .afk_channel_id(ChannelId::new(5))
            .afk_timeout(AfkTimeout::OneHour)
            .system_channel_id(ChannelId::new(6)),
        &json!({"name": "Home", "icon": null, "afk_channel_id": "5", "afk_timeout": 3600,
            "system_channel_id": "6"}),
    );
}

#[test]
fn the_parts_of_a_guild_keep_what_is_not_named() {
    patches::<ModifyIncidentActions>(
        &json!({}),
        &json!({"invites_disabled_until": TIME, "dms_disabled_until": TIME}),
    );
    patches::<ModifyWidget>(&json!({"enabled": true}), &json!({"channel_id": "5"}));
    patches::<ModifyWelcomeScreen>(
        &json!({}),
        &json!({"enabled": true, "description": "Hello", "welcome_channels": [
            {"channel_id": "5", "description": "Rules", "emoji_id": null, "emoji_name": "!"}]}),
    );
    patches::<ModifyOnboarding>(
        &json!({"default_channel_ids": ["5"], "enabled": true, "mode": 1, "prompts": [
            {"id": "1", "type": 1, "title": "What for?", "single_select": true, "required": false,
             "in_onboarding": true, "options": [{"id": "2", "channel_ids": ["5"], "role_ids": [],
                "emoji_name": "!", "emoji_animated": false, "title": "Fun", "description": null}]}]}),
        &json!({}),
    );
    patches::<BeginPrune>(
        &json!({"days": 30, "compute_prune_count": false, "include_roles": ["3"], "reason": "gone"}),
        &json!({}),
    );
    let channel = WelcomeChannel::new(ChannelId::new(5), "Rules").emoji("!");
    sends(
        &ModifyWelcomeScreen {
            welcome_channels: Some(Some(vec![channel])),
            ..ModifyWelcomeScreen::default()
        },
        &json!({"welcome_channels": [
            {"channel_id": "5", "description": "Rules", "emoji_id": null, "emoji_name": "!"}]}),
    );
}

#[test]
fn a_channel_is_made_of_what_was_said() {
    sends(
        &CreateChannel::new("talks", ChannelType::GuildForum)
            .topic("What was said")
            .parent_id(ChannelId::new(4))
            .position(0)
            .rate_limit_per_user(5)
            .nsfw(false),
        &json!({"name": "talks", "type": 15, "topic": "What was said", "parent_id": "4",
            "position": 0, "rate_limit_per_user": 5, "nsfw": false}),
    );
    let whole = json!({"name": "all", "type": 2, "topic": "t", "bitrate": 64000, "user_limit": 9,
        "rate_limit_per_user": 1, "position": 3, "permission_overwrites": [
            {"id": "8", "type": 0, "allow": "1024", "deny": "0"}],
        "parent_id": "4", "nsfw": true, "rtc_region": "rotterdam", "video_quality_mode": 2,
        "default_auto_archive_duration": 1440, "default_reaction_emoji":
            {"emoji_id": null, "emoji_name": "!"},
        "default_sort_order": 1, "default_forum_layout": 2,
        "default_thread_rate_limit_per_user": 2, "flags": 16});
    assert_eq!(written(&read::<CreateChannel>(&whole)), whole);
    let default = json!({"name": "all", "topic": null, "bitrate": null});
    assert_eq!(
        written(&read::<CreateChannel>(&default)),
        json!({"name": "all"})
    );
}

#[test]
fn channels_and_roles_are_moved() {
    sends(
        &vec![
            ModifyChannelPosition::new(ChannelId::new(5)).position(1),
            ModifyChannelPosition::new(ChannelId::new(6))
                .parent_id(ChannelId::new(4))
                .lock_permissions(true),
        ],
        &json!([{"id": "5", "position": 1}, {"id": "6", "lock_permissions": true, "parent_id": "4"}]),
    );
    let out_of_category = json!({"id": "5", "position": null, "parent_id": null, "flags": 2});
    let moved = read::<ModifyChannelPosition>(&out_of_category);
    assert_eq!(moved.parent_id, Some(None));
    assert_eq!(written(&moved), out_of_category);
    sends(
        &vec![ModifyRolePosition::new(RoleId::new(3), 2)],
        &json!([{"id": "3", "position": 2}]),
    );
}

#[test]
fn a_member_keeps_what_is_not_named() {
    patches::<ModifyMember>(
        &json!({}),
        &json!({"nick": "Ann", "roles": ["3", "4"], "mute": true, "deaf": false, "channel_id": "5",
            "communication_disabled_until": TIME, "flags": 4}),
    );
    patches::<ModifyCurrentMember>(
        &json!({}),
        &json!({"nick": "Ann", "banner": IMAGE, "avatar": IMAGE, "bio": "Me"}),
    );
    patches::<ModifyCurrentUserNick>(&json!({}), &json!({"nick": "Ann"}));
    sends(
        &ModifyMember::new()
            .clear_nick()
            .roles([RoleId::new(3)])
            .clear_channel_id()
            .communication_disabled_until(Timestamp::from_seconds(0)),
        &json!({"nick": null, "roles": ["3"], "channel_id": null,
            "communication_disabled_until": "1970-01-01T00:00:00+00:00"}),
    );
}

#[test]
fn the_access_token_of_a_new_member_is_sent_and_not_shown() {
    let member = AddMember::new("qR5s-secret")
        .nick("Ann")
        .roles([RoleId::new(3)]);
    assert_eq!(
        written(&member),
        json!({"access_token": "qR5s-secret", "nick": "Ann", "roles": ["3"]})
    );
    let shown = format!("{member:?}");
    assert!(!shown.contains("secret"), "{shown}");
    assert!(shown.contains("Ann"), "{shown}");
}

#[test]
fn bans_say_how_far_back_messages_go() {
    sends(&CreateBan::new(), &json!({}));
    sends(
        &CreateBan::new().delete_message_seconds(3600),
        &json!({"delete_message_seconds": 3600}),
    );
    sends(
        &BulkBan::new([UserId::new(1), UserId::new(2)]).delete_message_seconds(60),
        &json!({"user_ids": ["1", "2"], "delete_message_seconds": 60}),
    );
}

#[test]
fn a_role_is_made_and_changed() {
    sends(
        &CreateRole::new("helpers")
            .permissions(Permissions::KICK_MEMBERS)
            .color(Color::new(0xFF))
            .hoist(true)
            .unicode_emoji("!")
            .mentionable(false),
        &json!({"name": "helpers", "permissions": "2", "hoist": true, "unicode_emoji": "!",
            "colors": {"primary_color": 255, "secondary_color": null, "tertiary_color": null},
            "mentionable": false}),
    );
    let colors = json!({"primary_color": 1, "secondary_color": 2, "tertiary_color": null});
    patches::<ModifyRole>(
        &json!({}),
        &json!({"name": "helpers", "permissions": "8", "color": 255, "colors": colors, "hoist": true,
            "icon": IMAGE, "unicode_emoji": "!", "mentionable": true}),
    );
    sends(
        &ModifyRole::new()
            .colors(RoleColors::gradient(Color::new(1), Color::new(2)))
            .clear_icon(),
        &json!({"colors": colors, "icon": null}),
    );
}

#[test]
fn an_event_elsewhere_has_a_place_and_an_end() {
    let (start, end) = (Timestamp::from_seconds(0), Timestamp::from_seconds(3600));
    sends(
        &CreateScheduledEvent::external("Meeting", "Fountain", start, end)
            .description("Bring cake")
            .image(DataUri::from(IMAGE)),
        &json!({"name": "Meeting", "entity_metadata": {"location": "Fountain"}, "privacy_level": 2,
            "scheduled_start_time": "1970-01-01T00:00:00+00:00",
            "scheduled_end_time": "1970-01-01T01:00:00+00:00",
            "description": "Bring cake", "entity_type": 3, "image": IMAGE}),
    );
    sends(
        &CreateScheduledEvent::voice("Talk", ChannelId::new(5), start),
        &json!({"channel_id": "5", "name": "Talk", "privacy_level": 2, "entity_type": 2,
            "scheduled_start_time": "1970-01-01T00:00:00+00:00"}),
    );
    sends(
        &ModifyScheduledEvent::new().external("Fountain", end),
        &json!({"channel_id": null, "entity_metadata": {"location": "Fountain"}, "entity_type": 3,
            "scheduled_end_time": "1970-01-01T01:00:00+00:00"}),
    );
    sends(
        &ModifyScheduledEvent::new()
            .status(ScheduledEventStatus::Active)
            .clear_recurrence_rule(),
        &json!({"status": 2, "recurrence_rule": null}),
    );
}

#[test]
fn an_event_comes_again_as_discord_takes_it() {
    let start = Timestamp::from_seconds(0);
    let rule = |rest: Value| {
        let mut rule = json!({"start": "1970-01-01T00:00:00+00:00", "interval": 1,
            "by_weekday": null, "by_n_weekday": null, "by_month": null, "by_month_day": null});
        for (key, value) in rest.as_object().unwrap() {
            rule[key] = value.clone();
        }
        rule
    };
    let weekend = [Weekday::Saturday, Weekday::Sunday];
    sends(
        &RecurrenceRule::daily(start, weekend),
        &rule(json!({"frequency": 3, "by_weekday": [5, 6]})),
    );
    sends(
        &RecurrenceRule::weekly(start, Weekday::Monday),
        &rule(json!({"frequency": 2, "by_weekday": [0]})),
    );
    sends(
        &RecurrenceRule::every_other_week(start, Weekday::Monday),
        &rule(json!({"frequency": 2, "interval": 2, "by_weekday": [0]})),
    );
    sends(
        &RecurrenceRule::monthly(start, 4, Weekday::Wednesday),
        &rule(json!({"frequency": 1, "by_n_weekday": [{"n": 4, "day": 2}]})),
    );
    sends(
        &RecurrenceRule::yearly(start, Month::July, 24),
        &rule(json!({"frequency": 0, "by_month": [7], "by_month_day": [24]})),
    );
    let weekly = RecurrenceRule::weekly(start, Weekday::Monday);
    let event =
        CreateScheduledEvent::voice("Talk", ChannelId::new(5), start).recurrence_rule(weekly);
    assert_eq!(written(&event)["recurrence_rule"]["frequency"], 2);
}

#[test]
fn an_event_keeps_what_is_not_named() {
    let rule = json!({"start": TIME, "frequency": 2, "interval": 1, "by_weekday": [0, 4],
        "by_n_weekday": null, "by_month": null, "by_month_day": null});
    patches::<ModifyScheduledEvent>(
        &json!({"name": "Meeting", "privacy_level": 2, "scheduled_start_time": TIME,
            "scheduled_end_time": TIME, "entity_type": 1, "status": 4, "image": IMAGE}),
        &json!({"channel_id": "5", "entity_metadata": {"location": "Fountain"}, "description": "d",
            "recurrence_rule": rule}),
    );
}

#[test]
fn a_rule_of_auto_moderation_is_made_and_changed() {
    sends(
        &CreateAutoModerationRule::keywords("no cats", ["cat*"])
            .action(AutoModerationAction::block_message_saying("No cats"))
            .action(AutoModerationAction::send_alert_message(ChannelId::new(5)))
            .action(AutoModerationAction::timeout(60))
            .enabled(true)
            .exempt_roles([RoleId::new(3)])
            .exempt_channels([ChannelId::new(6)]),
        &json!({"name": "no cats", "event_type": 1, "trigger_type": 1,
            "trigger_metadata": {"keyword_filter": ["cat*"]}, "actions": [
                {"type": 1, "metadata": {"custom_message": "No cats"}},
                {"type": 2, "metadata": {"channel_id": "5"}},
                {"type": 3, "metadata": {"duration_seconds": 60}}],
            "enabled": true, "exempt_roles": ["3"], "exempt_channels": ["6"]}),
    );
    sends(
        &CreateAutoModerationRule::presets("polite", [KeywordPreset::Slurs])
            .action(AutoModerationAction::block_message()),
        &json!({"name": "polite", "event_type": 1, "trigger_type": 4,
            "trigger_metadata": {"presets": [3]}, "actions": [{"type": 1}]}),
    );
    sends(
        &CreateAutoModerationRule::mentions("quiet", 5),
        &json!({"name": "quiet", "event_type": 1, "trigger_type": 5,
            "trigger_metadata": {"mention_total_limit": 5}, "actions": []}),
    );
    patches::<ModifyAutoModerationRule>(
        &json!({"name": "quiet", "event_type": 2, "enabled": false, "exempt_roles": [],
            "trigger_metadata": {"allow_list": ["catalog"], "regex_patterns": ["c.t"]},
            "actions": [{"type": 4}], "exempt_channels": ["6"]}),
        &json!({}),
    );
}

#[test]
fn emoji_stickers_and_sounds_are_uploaded_and_changed() {
    sends(
        &CreateEmoji::new("cat", DataUri::from(IMAGE)).role(RoleId::new(3)),
        &json!({"name": "cat", "image": IMAGE, "roles": ["3"]}),
    );
    sends(
        &CreateApplicationEmoji::new("cat", DataUri::from(IMAGE)),
        &json!({"name": "cat", "image": IMAGE}),
    );
    patches::<ModifyEmoji>(&json!({"name": "dog"}), &json!({"roles": ["3"]}));
    sends(
        &ModifyApplicationEmoji { name: "dog".into() },
        &json!({"name": "dog"}),
    );
    sends(
        &CreateSticker::new("cat", "cat").description("A cat"),
        &json!({"name": "cat", "description": "A cat", "tags": "cat"}),
    );
    patches::<ModifySticker>(
        &json!({"name": "dog", "tags": "dog"}),
        &json!({"description": "A dog"}),
    );
    let sound = "data:audio/ogg;base64,T2dnUw==";
    sends(
        &CreateSoundboardSound::new("meow", DataUri::new("audio/ogg", b"OggS"))
            .volume(0.5)
            .emoji_name("!"),
        &json!({"name": "meow", "sound": sound, "volume": 0.5, "emoji_name": "!"}),
    );
    patches::<ModifySoundboardSound>(
        &json!({"name": "purr"}),
        &json!({"volume": 0.25, "emoji_id": "7", "emoji_name": "!"}),
    );
    sends(
        &SendSoundboardSound::of_guild(SoundId::new(7), GuildId::new(8)),
        &json!({"sound_id": "7", "source_guild_id": "8"}),
    );
}

#[test]
fn stages_voice_states_and_templates_are_made_and_changed() {
    sends(
        &CreateStageInstance::new(ChannelId::new(5), "Cats")
            .send_start_notification(true)
            .guild_scheduled_event_id(ScheduledEventId::new(9)),
        &json!({"channel_id": "5", "topic": "Cats", "send_start_notification": true,
            "guild_scheduled_event_id": "9"}),
    );
    patches::<ModifyStageInstance>(&json!({"privacy_level": 2}), &json!({}));
    patches::<ModifyCurrentUserVoiceState>(
        &json!({"channel_id": "5", "suppress": false}),
        &json!({"request_to_speak_timestamp": TIME}),
    );
    patches::<ModifyUserVoiceState>(&json!({"channel_id": "5", "suppress": true}), &json!({}));
    sends(
        &CreateTemplate::new("Home").description("Ours"),
        &json!({"name": "Home", "description": "Ours"}),
    );
    patches::<ModifyTemplate>(&json!({"name": "Home"}), &json!({"description": "Ours"}));
}

#[test]
fn an_application_keeps_what_is_not_named() {
    patches::<EditApplication>(
        &json!({"custom_install_url": "https://a.example", "description": "d",
            "role_connections_verification_url": "https://b.example",
            "install_params": {"scopes": ["bot", "brand.new"], "permissions": "8"},
            "integration_types_config": {"0": {"oauth2_install_params":
                {"scopes": ["applications.commands"], "permissions": "0"}}, "1": {}},
            "flags": 8192, "interactions_endpoint_url": "https://c.example", "tags": ["cats"],
            "event_webhooks_url": "https://d.example", "event_webhooks_status": 2,
            "event_webhooks_types": ["ENTITLEMENT_CREATE"]}),
        &json!({"icon": IMAGE, "cover_image": IMAGE}),
    );
    sends(
        &CreateTestEntitlement::guild(SkuId::new(6), GuildId::new(8)),
        &json!({"sku_id": "6", "owner_id": "8", "owner_type": 1}),
    );
    sends(
        &CreateTestEntitlement::user(SkuId::new(6), UserId::new(1)),
        &json!({"sku_id": "6", "owner_id": "1", "owner_type": 2}),
    );
}

#[test]
fn the_users_of_an_invite_are_lines_of_a_file() {
    let none = UpdateTargetUsers::new([]);
    assert_eq!(none.target_users_file, "user_id\n");
    let two = UpdateTargetUsers::new([UserId::new(1), UserId::new(2)]);
    assert_eq!(two.target_users_file, "user_id\n1\n2\n");
}
