//! Compares limits, permissions, timestamp styles and image addresses with the facts of the official
//! documentation, where a copy of them is at hand.
//!
//! `POLYCORD_SPEC` names the folder with the facts; without it the tests say so and pass.

use std::{env, fs, ops::RangeInclusive, path::Path};

use polycord_types::{
    ImageHash, Permissions,
    application_command::CreateCommand,
    cdn::{self, ImageFormat, ImageUrl},
    channel::ChannelType,
    id::{
        ApplicationId, EmojiId, GenericId, GuildId, RoleId, ScheduledEventId, StickerId, TeamId,
        UserId,
    },
    interaction::InteractionResponse,
    mention::TimestampStyle,
    message::CreateMessage,
    sticker::StickerFormat,
    validate::{Validate, ValidationErrors, limits},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A file of the facts; `None` without them.
fn facts(file: &str) -> Option<Value> {
    let Some(folder) = env::var_os("POLYCORD_SPEC") else {
        println!("skipped: POLYCORD_SPEC does not name a folder with {file}");
        return None;
    };
    let path = Path::new(&folder).join(file);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

#[test]
fn limits_are_those_of_the_documentation() {
    let Some(facts) = facts("discord-gateway-limits.json") else {
        return;
    };
    for (pointer, limit) in MOST {
        let fact = &facts.pointer(pointer).unwrap_or(&Value::Null);
        let fact = fact.get("max").unwrap_or(fact);
        assert_eq!(fact.as_u64(), u64::try_from(*limit).ok(), "{pointer}");
    }
    let counts = RANGES.iter().map(|(pointer, range)| {
        let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        (*pointer, signed(*range.start())..=signed(*range.end()))
    });
    for (pointer, range) in counts.chain(NUMBERS.iter().cloned()) {
        let fact = facts.pointer(pointer).unwrap_or(&Value::Null);
        if let Some(min) = fact.get("min") {
            assert_eq!(min.as_i64(), Some(*range.start()), "{pointer}");
        }
        let max = fact.get("max").unwrap_or(fact);
        assert_eq!(max.as_i64(), Some(*range.end()), "{pointer}");
    }
}

const MOST: &[(&str, usize)] = &[
    ("/message/content_max", limits::MESSAGE_CONTENT),
    ("/message/nonce_max", limits::MESSAGE_NONCE),
    ("/message/embeds_max", limits::MESSAGE_EMBEDS),
    ("/message/embeds_total_characters", limits::EMBEDS_TOTAL),
    ("/message/embed/title", limits::EMBED_TITLE),
    ("/message/embed/description", limits::EMBED_DESCRIPTION),
    ("/message/embed/fields", limits::EMBED_FIELDS),
    ("/message/stickers_max", limits::MESSAGE_STICKERS),
    (
        "/rest/uploads/files_per_message",
        limits::MESSAGE_ATTACHMENTS,
    ),
    (
        "/message/attachment_description_max",
        limits::ATTACHMENT_DESCRIPTION,
    ),
    (
        "/message/allowed_mentions/roles_max",
        limits::ALLOWED_MENTIONS_ROLES,
    ),
    (
        "/message/allowed_mentions/users_max",
        limits::ALLOWED_MENTIONS_USERS,
    ),
    (
        "/message/shared_client_theme/colors_max",
        limits::CLIENT_THEME_COLORS,
    ),
    ("/components/v2/total_max", limits::MESSAGE_COMPONENTS),
    (
        "/components/legacy/action_rows_max",
        limits::MESSAGE_ACTION_ROWS,
    ),
    ("/components/button/label_max", limits::BUTTON_LABEL),
    (
        "/components/select/placeholder_max",
        limits::SELECT_PLACEHOLDER,
    ),
    ("/components/select/option_label_max", limits::OPTION_TEXT),
    ("/components/select/option_value_max", limits::OPTION_TEXT),
    (
        "/components/select/option_description_max",
        limits::OPTION_TEXT,
    ),
    (
        "/components/text_input/placeholder_max",
        limits::TEXT_INPUT_PLACEHOLDER,
    ),
    ("/components/text_input/length", limits::TEXT_INPUT_VALUE),
    (
        "/components/media_description_max",
        limits::MEDIA_DESCRIPTION,
    ),
    (
        "/components/label/description_max",
        limits::LABEL_DESCRIPTION,
    ),
    ("/components/file_upload/file_types_max", limits::FILE_TYPES),
    (
        "/interactions/autocomplete_choices",
        limits::AUTOCOMPLETE_CHOICES,
    ),
    ("/interactions/commands/options", limits::COMMAND_OPTIONS),
    ("/interactions/commands/choices", limits::COMMAND_CHOICES),
    (
        "/interactions/commands/choice_string_value_max",
        limits::COMMAND_CHOICE_VALUE,
    ),
    (
        "/interactions/commands/total_characters",
        limits::COMMAND_TOTAL,
    ),
    (
        "/interactions/commands/permission_overwrites",
        limits::COMMAND_PERMISSIONS,
    ),
    ("/interactions/commands/file_types", limits::FILE_TYPES),
    (
        "/gateway/request_guild_members/max_user_ids",
        limits::REQUEST_MEMBERS_USERS,
    ),
    (
        "/gateway/request_guild_members/nonce_max_bytes",
        limits::REQUEST_MEMBERS_NONCE_BYTES,
    ),
    ("/guild/bulk_ban_max", limits::BULK_BAN_USERS),
    ("/guild/role_name_max", limits::ROLE_NAME),
    ("/guild/welcome_channels_max", limits::WELCOME_CHANNELS),
    ("/channel/topic_max/default", limits::CHANNEL_TOPIC),
    ("/channel/topic_max/forum_and_media", limits::FORUM_TOPIC),
    ("/channel/voice_status_max", limits::VOICE_CHANNEL_STATUS),
    ("/channel/forum_tags_max", limits::FORUM_TAGS),
    ("/channel/applied_tags_max", limits::APPLIED_TAGS),
    ("/expressions/sticker_tags_max", limits::STICKER_TAGS),
    (
        "/automod/exempt_roles_max",
        limits::AUTO_MODERATION_EXEMPT_ROLES,
    ),
    (
        "/automod/exempt_channels_max",
        limits::AUTO_MODERATION_EXEMPT_CHANNELS,
    ),
    (
        "/automod/custom_message_max",
        limits::AUTO_MODERATION_MESSAGE,
    ),
    (
        "/automod/metadata_limits/0/max_array_length",
        limits::AUTO_MODERATION_KEYWORDS,
    ),
    (
        "/automod/metadata_limits/0/max_characters",
        limits::AUTO_MODERATION_KEYWORD,
    ),
    (
        "/automod/metadata_limits/1/max_array_length",
        limits::AUTO_MODERATION_PATTERNS,
    ),
    (
        "/automod/metadata_limits/1/max_characters",
        limits::AUTO_MODERATION_PATTERN,
    ),
    (
        "/automod/metadata_limits/2/max_array_length",
        limits::AUTO_MODERATION_ALLOW_LIST,
    ),
    (
        "/automod/metadata_limits/3/max_array_length",
        limits::AUTO_MODERATION_PRESET_ALLOW_LIST,
    ),
];

const RANGES: &[(&str, RangeInclusive<usize>)] = &[
    ("/message/embed/field_name", limits::EMBED_FIELD_NAME),
    ("/message/embed/field_value", limits::EMBED_FIELD_VALUE),
    ("/message/embed/footer_text", limits::EMBED_FOOTER),
    ("/message/embed/author_name", limits::EMBED_AUTHOR),
    ("/message/bulk_delete", limits::BULK_DELETE_MESSAGES),
    ("/components/custom_id", limits::CUSTOM_ID),
    (
        "/components/action_row/buttons_max",
        limits::ACTION_ROW_BUTTONS,
    ),
    ("/components/button/url_max", limits::BUTTON_URL),
    ("/components/select/options_max", limits::SELECT_OPTIONS),
    ("/components/section/children", limits::SECTION_COMPONENTS),
    (
        "/components/media_gallery/items",
        limits::MEDIA_GALLERY_ITEMS,
    ),
    ("/components/label/label_max", limits::LABEL),
    (
        "/components/radio_group/options",
        limits::RADIO_GROUP_OPTIONS,
    ),
    (
        "/components/checkbox_group/options",
        limits::CHECKBOX_GROUP_OPTIONS,
    ),
    ("/interactions/modal/title_max", limits::MODAL_TITLE),
    ("/interactions/modal/components", limits::MODAL_COMPONENTS),
    ("/interactions/modal/custom_id", limits::CUSTOM_ID),
    ("/interactions/commands/name", limits::COMMAND_NAME),
    (
        "/interactions/commands/description",
        limits::COMMAND_DESCRIPTION,
    ),
    (
        "/interactions/commands/choice_name",
        limits::COMMAND_CHOICE_NAME,
    ),
    ("/poll/question_max", limits::POLL_QUESTION),
    ("/poll/answer_max", limits::POLL_ANSWER),
    ("/poll/answers_max", limits::POLL_ANSWERS),
    ("/guild/name", limits::GUILD_NAME),
    ("/guild/nickname", limits::NICKNAME),
    ("/guild/username", limits::USERNAME),
    ("/channel/name", limits::CHANNEL_NAME),
    ("/webhook/name", limits::WEBHOOK_NAME),
];

const NUMBERS: &[(&str, RangeInclusive<i64>)] = &[
    (
        "/message/shared_client_theme/gradient_angle_max",
        limits::CLIENT_THEME_GRADIENT_ANGLE,
    ),
    (
        "/message/shared_client_theme/base_mix_max",
        limits::CLIENT_THEME_BASE_MIX,
    ),
    ("/poll/duration_hours", limits::POLL_DURATION),
    (
        "/gateway/identify/large_threshold",
        limits::IDENTIFY_LARGE_THRESHOLD,
    ),
    (
        "/gateway/request_guild_members/max_with_query",
        limits::REQUEST_MEMBERS_LIMIT,
    ),
    ("/components/select/values", limits::SELECT_MIN_VALUES),
    (
        "/components/text_input/length",
        limits::TEXT_INPUT_MIN_LENGTH,
    ),
    (
        "/components/file_upload/values",
        limits::FILE_UPLOAD_MIN_VALUES,
    ),
    (
        "/interactions/commands/string_option_length",
        limits::COMMAND_OPTION_MIN_LENGTH,
    ),
    (
        "/interactions/commands/integer_range",
        limits::COMMAND_INTEGER,
    ),
    (
        "/guild/ban_delete_message_seconds_max",
        limits::BAN_DELETE_MESSAGE_SECONDS,
    ),
    ("/channel/slowmode_seconds", limits::CHANNEL_SLOWMODE),
    ("/channel/bitrate/tier3", limits::CHANNEL_BITRATE),
    ("/channel/user_limit_max/voice", limits::VOICE_USER_LIMIT),
    ("/channel/user_limit_max/stage", limits::STAGE_USER_LIMIT),
    ("/channel/invite/max_age_max", limits::INVITE_MAX_AGE),
    ("/channel/invite/max_uses_max", limits::INVITE_MAX_USES),
    (
        "/automod/timeout_seconds_max",
        limits::AUTO_MODERATION_TIMEOUT,
    ),
];

#[test]
fn bodies_of_the_documentation_are_valid() {
    let Some(index) = facts("discord-samples/index.json") else {
        return;
    };
    let mut checked = 0;
    for example in index["examples"].as_array().into_iter().flatten() {
        let kind = example["instance_of"].as_str().unwrap_or_default();
        let file = example["file"].as_str().unwrap_or_default();
        let check: fn(Value) -> Result<(), ValidationErrors> = match kind {
            "interactions/application-commands#Create Global Application Command JSON Params" => {
                validate::<CreateCommand>
            }
            "interactions/receiving-and-responding#Interaction Response Structure" => {
                validate::<InteractionResponse>
            }
            "resources/message#Create Message JSON/Form Params" => validate::<CreateMessage>,
            _ => continue,
        };
        let body = facts(&format!("discord-samples/{file}")).unwrap_or_default();
        // The documentation says itself that this one is refused.
        let invalid = file.ends_with("allowed-mentions-examples-5.json");
        match check(body) {
            Ok(()) => assert!(!invalid, "{file} is valid"),
            Err(errors) => assert!(invalid, "{file}: {errors}"),
        }
        checked += 1;
    }
    assert!(checked >= 14, "{checked}");
}

fn validate<T: DeserializeOwned + Validate>(body: Value) -> Result<(), ValidationErrors> {
    let body: T = serde_json::from_value(body).unwrap_or_else(|error| panic!("{error}"));
    body.validate()
}

#[test]
fn permissions_are_those_of_the_documentation() {
    let Some(facts) = facts("discord-enums.json") else {
        return;
    };
    let table = facts
        .as_object()
        .and_then(|enums| {
            let anchor = "permissions-bitwise-permission-flags";
            enums.values().find(|table| table["anchor"] == anchor)
        })
        .and_then(|table| table["values"].as_array())
        .expect("the facts have the table of permissions");
    let mut named = Permissions::empty();
    for value in table {
        let name = value["name"].as_str().unwrap_or_default();
        let bits = Permissions::from_bits_retain(value["value"].as_u64().unwrap_or_default());
        assert_eq!(name.parse(), Ok(bits), "{name}");
        assert_eq!(bits.to_string(), name);
        named |= bits;
        let types = value["channel_types"].as_array();
        let has = |letter: &str| types.is_some_and(|types| types.iter().any(|kind| kind == letter));
        for (letter, kinds) in [("T", &[0, 5, 15, 16][..]), ("V", &[2]), ("S", &[13])] {
            for kind in kinds {
                let kind = ChannelType::from_value(*kind);
                let ours = Permissions::in_channels(kind).contains(bits);
                assert_eq!(ours, has(letter), "{name} in {kind:?}");
            }
        }
    }
    assert_eq!(named, Permissions::all());
}

#[test]
fn timestamp_styles_are_those_of_the_documentation() {
    let Some(facts) = facts("discord-enums.json") else {
        return;
    };
    let table = facts["Timestamp Styles"]["values"]
        .as_array()
        .expect("the facts have the timestamp styles");
    let names: Vec<String> = table
        .iter()
        .map(|value| {
            let letter = value["value"].as_str().and_then(|text| text.chars().next());
            let style = letter.and_then(TimestampStyle::from_letter);
            let name = value["name"]
                .as_str()
                .unwrap_or_default()
                .replace([' ', ','], "");
            assert_eq!(style.map(|style| format!("{style:?}")), Some(name.clone()));
            name
        })
        .collect();
    assert_eq!(names.len(), TimestampStyle::ALL.len());
}

#[test]
fn image_addresses_are_those_of_the_documentation() {
    let Some(facts) = facts("discord-gateway-limits.json") else {
        return;
    };
    let endpoints = facts["cdn"]["endpoints"]
        .as_array()
        .expect("the facts list the endpoints");
    for endpoint in endpoints {
        let name = endpoint["name"].as_str().unwrap_or_default();
        let template = endpoint["path"].as_str().unwrap_or_default();
        let formats: Vec<_> = endpoint["formats"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let urls = addresses(name);
        assert!(!urls.is_empty(), "{name} has a function");
        for url in &urls {
            let text = url.to_string();
            let path = text.split('/').skip(3).collect::<Vec<_>>().join("/");
            let (path, _) = path.split_once('.').unwrap_or((&path, ""));
            let (template, _) = template.split_once('.').unwrap_or((template, ""));
            assert_eq!(path, filled(template), "{name}");
        }
        let ours = urls.iter().flat_map(ImageUrl::formats);
        let mut ours: Vec<_> = ours.map(|format| documented(*format)).collect();
        ours.sort_unstable();
        ours.dedup();
        let mut formats = formats;
        formats.sort_unstable();
        assert_eq!(ours, formats, "{name}");
    }
}

/// A path with every part in braces, and the one part that lacks them, filled.
fn filled(template: &str) -> String {
    let part = |part: &str| match part {
        "{index}" => "0".to_owned(),
        "asset_id" => "7".to_owned(),
        part if !part.starts_with('{') => part.to_owned(),
        part if part.contains("_id}") => "7".to_owned(),
        _ => "a_hash".to_owned(),
    };
    template.split('/').map(part).collect::<Vec<_>>().join("/")
}

const fn documented(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Jpeg => "JPEG",
        ImageFormat::Png => "PNG",
        ImageFormat::WebP => "WebP",
        ImageFormat::Gif => "GIF",
        ImageFormat::Lottie => "Lottie",
        _ => "",
    }
}

/// Every address of an endpoint that differs by its formats.
fn addresses(name: &str) -> Vec<ImageUrl> {
    let hash = &ImageHash::new("a_hash");
    let (guild, user, app) = (GuildId::new(7), UserId::new(7), ApplicationId::new(7));
    let asset = GenericId::new(7);
    match name {
        "Custom Emoji" => vec![cdn::custom_emoji(EmojiId::new(7), true)],
        "Guild Icon" => vec![cdn::guild_icon(guild, hash)],
        "Guild Splash" => vec![cdn::guild_splash(guild, hash)],
        "Guild Discovery Splash" => vec![cdn::guild_discovery_splash(guild, hash)],
        "Guild Banner" => vec![cdn::guild_banner(guild, hash)],
        "User Banner" => vec![cdn::user_banner(user, hash)],
        "Default User Avatar" => vec![cdn::default_user_avatar(user, None)],
        "User Avatar" => vec![cdn::user_avatar(user, hash)],
        "Guild Member Avatar" => vec![cdn::guild_member_avatar(guild, user, hash)],
        "Avatar Decoration" => vec![cdn::avatar_decoration(hash)],
        "Application Icon" => vec![cdn::application_icon(app, hash)],
        "Application Cover" => vec![cdn::application_cover(app, hash)],
        "Application Asset" => vec![cdn::application_asset(app, asset)],
        "Achievement Icon" => vec![cdn::achievement_icon(app, asset, hash)],
        "Store Page Asset" => vec![cdn::store_page_asset(app, asset)],
        "Sticker Pack Banner" => vec![cdn::sticker_pack_banner(asset)],
        "Team Icon" => vec![cdn::team_icon(TeamId::new(7), hash)],
        "Sticker" => [
            StickerFormat::Png,
            StickerFormat::Lottie,
            StickerFormat::Gif,
        ]
        .map(|format| cdn::sticker(StickerId::new(7), format))
        .into(),
        "Role Icon" => vec![cdn::role_icon(RoleId::new(7), hash)],
        "Guild Scheduled Event Cover" => {
            vec![cdn::guild_scheduled_event_cover(
                ScheduledEventId::new(7),
                hash,
            )]
        }
        "Guild Member Banner" => vec![cdn::guild_member_banner(guild, user, hash)],
        "Guild Tag Badge" => vec![cdn::guild_tag_badge(guild, hash)],
        _ => Vec::new(),
    }
}
