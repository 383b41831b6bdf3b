//! What is otherwise than the tables of the documentation say, and why.

use serde_json::{Value, json};

use crate::facts::Field;

/// Structures without a model.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "components/reference#Component Common Fields",
        "the table of every component repeats them",
    ),
    (
        "components/reference#Component Custom ID Field",
        "the table of every interactive component repeats it",
    ),
    (
        "events/gateway-events#Gateway Event Payload Structure",
        "the frame around an event is borrowed from its text: `gateway::Frame`, tested in `frame.rs`",
    ),
];

/// Enums whose documented names are no names.
const WITHOUT_NAMES: &[(&str, &str)] = &[
    ("API Versions", "a name does not begin with a digit"),
    (
        "Voice Gateway Versions",
        "a name does not begin with a digit",
    ),
    (
        "JSON Error Codes",
        "they are sentences; the variants have their words",
    ),
];

/// Values that the documentation does not have: the type, the variant, and where it is known from.
pub(crate) const VALUES: &[(&str, &str, &str)] = &[
    (
        "ChannelFlags",
        "OBFUSCATED",
        "announced for November 2026, later than this documentation: channels that the application may not view",
    ),
    (
        "Status",
        "Invisible",
        "nobody is received as invisible, but one may be sent as it",
    ),
];

/// Types that the notes tell and the tables do not: the structure (`*` is any), the field, and its type.
const REFINED: &[(&str, &str, &str)] = &[
    (
        "*",
        "auto_archive_duration",
        "enum:Thread Auto Archive Durations",
    ),
    (
        "*",
        "default_auto_archive_duration",
        "enum:Thread Auto Archive Durations",
    ),
    (
        "resources/guild#Modify Guild JSON Params",
        "afk_timeout",
        "enum:AFK Timeouts",
    ),
    // That of a sound that everybody has is small, and may be a number, as any id.
    (
        "events/gateway-events#Voice Channel Effect Send Event Fields",
        "sound_id",
        "snowflake",
    ),
    (
        "resources/audit-log#Audit Log Entry Structure",
        "target_id",
        "snowflake",
    ),
    (
        "resources/audit-log#Optional Audit Entry Info",
        "integration_type",
        "enum:Integration Types",
    ),
    (
        "resources/entitlement#Create Test Entitlement JSON Params",
        "owner_id",
        "snowflake",
    ),
    (
        "resources/entitlement#Create Test Entitlement JSON Params",
        "sku_id",
        "snowflake",
    ),
    // The keys are those of the metadata, and not the fields that describe it.
    (
        "resources/user#Application Role Connection Structure",
        "metadata",
        "map<string,string>",
    ),
    (
        "resources/user#Update Current User Application Role Connection JSON Params",
        "metadata",
        "map<string,string>",
    ),
    // One id may be sent in place of a list of one.
    (
        "events/gateway-events#Request Guild Members Structure",
        "user_ids",
        "array<snowflake>",
    ),
    (
        "topics/oauth2#Get Current Authorization Information Response Structure",
        "scopes",
        "array<enum:OAuth2 Scopes>",
    ),
];

/// Fields that the documentation does not have.
pub(crate) const UNDOCUMENTED: &[(&str, &str)] = &[
    (
        "TextInput.label",
        "deprecated in favour of a label around it, but still read",
    ),
    ("LobbyMessage.edited_timestamp", "of LOBBY_MESSAGE_UPDATE"),
    (
        "LobbyMessage.lobby_member",
        "one model for webhook events and REST",
    ),
    (
        "LobbyMessage.moderation_metadata",
        "one model for webhook events and REST",
    ),
    ("LobbyMessage.timestamp", "of LOBBY_MESSAGE_UPDATE"),
    (
        "LobbyMember.additional_name",
        "one model for what is read and what is sent",
    ),
    (
        "SdkDirectMessage.channel_id",
        "in the documentation's examples",
    ),
    (
        "SdkDirectMessage.recipient_id",
        "in the documentation's examples",
    ),
    (
        "CreateCommand.contexts",
        "one model for global commands and those of guilds",
    ),
    (
        "CreateCommand.dm_permission",
        "one model for global commands and those of guilds",
    ),
    (
        "CreateCommand.handler",
        "one model for global commands and those of guilds",
    ),
    (
        "CreateCommand.integration_types",
        "one model for global commands and those of guilds",
    ),
    (
        "EditCommand.contexts",
        "one model for global commands and those of guilds",
    ),
    (
        "EditCommand.dm_permission",
        "one model for global commands and those of guilds",
    ),
    (
        "EditCommand.handler",
        "one model for global commands and those of guilds",
    ),
    (
        "EditCommand.integration_types",
        "one model for global commands and those of guilds",
    ),
    (
        "OverwriteCommand.handler",
        "one model for global commands and those of guilds",
    ),
    (
        "OverwriteCommand.nsfw",
        "one model for global commands and those of guilds",
    ),
    (
        "GuildMemberUpdate.flags",
        "sent, and documented once; without it the flags of a member are never told to change",
    ),
    ("CommandData.version", "sent, but not documented"),
    ("ComponentData.id", "sent, but not documented"),
    (
        "ApplicationRoleConnection.platform_username",
        "documented, but lost in the table",
    ),
];

const COMMANDS_OVERWRITTEN: &str =
    "interactions/application-commands#Bulk Overwrite Guild Application Commands JSON Params";

/// Fields whose presence is otherwise than documented: whether they may be absent, and null.
const PRESENCE: &[(&str, &str, (bool, bool), &str)] = &[
    (
        "events/gateway-events#Activity Structure",
        "created_at",
        (true, false),
        "bots send activities, and then without it",
    ),
    (
        "events/gateway-events#Presence Update Event Fields",
        "guild_id",
        (true, false),
        "within a guild it is left out",
    ),
    (
        "resources/poll#Poll Answer Object Structure",
        "answer_id",
        (true, false),
        "answers are sent without it",
    ),
    (
        "events/gateway-events#Thread Members Update Added Member Extra Fields",
        "member",
        (true, false),
        "it is a field of thread members, and optional there",
    ),
    (
        "events/webhook-events#Lobby Message Structure",
        "metadata",
        (true, true),
        "one model with the message of a lobby that REST gives, where it may be null",
    ),
    (
        "resources/lobby#Lobby Message Object",
        "application_id",
        (true, false),
        "one model with the message of a lobby of webhook events, where it may be absent",
    ),
    (
        COMMANDS_OVERWRITTEN,
        "contexts",
        (true, false),
        "as in the other tables of commands",
    ),
    (
        COMMANDS_OVERWRITTEN,
        "description",
        (true, false),
        "as in the other tables of commands",
    ),
    (
        COMMANDS_OVERWRITTEN,
        "integration_types",
        (true, false),
        "as in the other tables of commands",
    ),
];

/// Types that are none of the usual ones: the documented one, the one in Rust, and what it adds.
pub(crate) const TYPES: &[(&str, &str, &str)] = &[
    (
        "array<one_of<snowflake,integer>>",
        "Vec<RequestedId>",
        "as it came",
    ),
    (
        "array<ref:resources/channel#Forum Tag Structure>",
        "Vec<ForumTagRequest>",
        "new tags have no id",
    ),
    (
        "array<ref:resources/user#User Structure>",
        "Vec<MentionedUser>",
        "a user with the `member` beside",
    ),
    (
        "array<string>",
        "Vec<ActivityButton>",
        "received as labels, sent as objects",
    ),
    (
        "map<enum:Application Integration Types,snowflake>",
        "IntegrationOwners",
        "a field for each key; the guild may be 0",
    ),
    ("object", "WebhookEventData", "by the event's type"),
    (
        "one_of<ref:resources/message#Application Command Interaction Metadata Structure,\
         ref:resources/message#Message Component Interaction Metadata Structure>",
        "InteractionMetadata",
        "the union of these, and a third",
    ),
    ("one_of<integer,float>", "CommandNumber", "as it came"),
    ("one_of<integer,string>", "Nonce", "as it came"),
    (
        "one_of<snowflake,integer>",
        "AttachmentRequestId",
        "of an attachment, or of a file beside",
    ),
    (
        "one_of<string,integer,float,boolean>",
        "CommandValue",
        "as it came",
    ),
    ("one_of<string,integer,float>", "CommandValue", "as it came"),
    (
        "string",
        "ApplicationFlagsText",
        "the flags as the text of a number",
    ),
    (
        "tuple<integer,integer>",
        "PartySize",
        "two numbers with names",
    ),
    ("tuple<integer,integer>", "[u32;2]", "two numbers"),
];

/// Models of a structure that is there in part.
pub(crate) const PARTS: &[(&str, &str)] = &[
    (
        "AttachmentRequest",
        "resources/message#Attachment Structure",
    ),
    ("GuildSnapshot", "resources/guild#Guild Structure"),
    ("WidgetChannel", "resources/channel#Channel Structure"),
    ("WidgetMember", "resources/user#User Structure"),
];

/// Fields that identify an object without being an id.
pub(crate) const IDENTIFIES: &[&str] = &[
    "code", // of an invite or a template
    "custom_id",
    "heartbeat_interval", // all that HELLO says
    "id", // as text: of a connection, a device, a region; or the number of an attachment
    "instance_id",
    "intents", // without them no session begins
    "key",
    "session_id",
    "token",
    "triggering_interaction_metadata",
    "url", // where the gateway is
];

/// Fields of free JSON.
pub(crate) const FREE_JSON: &[(&str, &str)] = &[
    (
        "AuditLogChange.new_value",
        "of whatever field was changed; `AuditLogChange` has typed views",
    ),
    (
        "AuditLogChange.old_value",
        "of whatever field was changed; `AuditLogChange` has typed views",
    ),
];

/// Fields that say what stands beside them: changed, they change that too.
pub(crate) const DISCRIMINATORS: &[(&str, &str)] = &[
    (
        "interactions/receiving-and-responding#Interaction Structure",
        "type",
    ),
    (
        "interactions/receiving-and-responding#Interaction Response Structure",
        "type",
    ),
    ("events/gateway-events#Rate Limited Fields", "opcode"),
    ("events/webhook-events#Event Body Object", "type"),
];

/// Why a structure has no model.
pub(crate) fn left_out(key: &str) -> Option<&'static str> {
    reason(LEFT_OUT, key)
}

/// Whether the variants of an enum cannot have the documented names.
pub(crate) fn has_no_names(title: &str) -> bool {
    reason(WITHOUT_NAMES, title).is_some()
}

/// The type of a field where the table says less.
pub(crate) fn refined(key: &str, field: &str) -> Option<&'static str> {
    REFINED
        .iter()
        .find(|(structure, name, _)| ["*", key].contains(structure) && *name == field)
        .map(|(_, _, ty)| *ty)
}

/// What is shown for a field that is another part of its structure than the fields that the structure has.
pub(crate) fn shown(key: &str, field: &str) -> Option<Value> {
    Some(match (key, field) {
        // Of channels and roles a template has small numbers.
        ("resources/guild-template#Guild Template Structure", "serialized_source_guild") => json!({
            "name": "bakery",
            "description": null,
            "region": "deprecated",
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 2,
            "preferred_locale": "en-GB",
            "afk_timeout": 300,
            "roles": [],
            "channels": [],
            "afk_channel_id": null,
            "system_channel_id": 2,
            "system_channel_flags": 1,
            "icon_hash": null
        }),
        // A file, but one that is built as text.
        ("resources/invite#Update Target Users Form Params", "target_users_file") => {
            "user_id\n80351110224678912\n".into()
        }
        ("resources/guild#Guild Widget Structure", "channels") => json!([{
            "id": "1551891731658240001",
            "name": "bakery",
            "position": 2
        }]),
        // Members of a widget are made unrecognisable.
        ("resources/guild#Guild Widget Structure", "members") => json!([{
            "id": "0",
            "username": "a...",
            "discriminator": "0000",
            "avatar": null,
            "status": "online",
            "avatar_url": "https://example.org/a.png"
        }]),
        _ => return None,
    })
}

/// Whether a field may be absent, and null.
pub(crate) fn presence(key: &str, field: &Field) -> (bool, bool) {
    PRESENCE
        .iter()
        .find(|(structure, name, ..)| *structure == key && *name == field.name)
        .map_or((field.optional, field.nullable), |(_, _, presence, _)| {
            *presence
        })
}

fn reason(list: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    list.iter()
        .find(|(name, _)| *name == key)
        .map(|(_, reason)| *reason)
}
