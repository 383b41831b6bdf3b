//! The limits that Discord documents, in characters, elements, or the unit that each names.
//!
//! A plain number is the most there can be, a range goes from the least to the most.

use std::ops::RangeInclusive;

// Messages: https://docs.discord.com/developers/resources/message

/// Characters of a message.
pub const MESSAGE_CONTENT: usize = 2000;
/// Characters of a nonce.
pub const MESSAGE_NONCE: usize = 25;
/// Embeds of a message.
pub const MESSAGE_EMBEDS: usize = 10;
/// Stickers of a message.
pub const MESSAGE_STICKERS: usize = 3;
/// Files of a message.
pub const MESSAGE_ATTACHMENTS: usize = 10;
/// Characters of an attachment's description.
pub const ATTACHMENT_DESCRIPTION: usize = 1024;
/// Roles of allowed mentions.
pub const ALLOWED_MENTIONS_ROLES: usize = 100;
/// Users of allowed mentions.
pub const ALLOWED_MENTIONS_USERS: usize = 100;
/// Messages that are deleted at once.
pub const BULK_DELETE_MESSAGES: RangeInclusive<usize> = 2..=100;
/// Colors of a client theme.
pub const CLIENT_THEME_COLORS: usize = 5;
/// Degrees of a client theme's gradient.
pub const CLIENT_THEME_GRADIENT_ANGLE: RangeInclusive<i64> = 0..=360;
/// Per cent of a client theme's mix.
pub const CLIENT_THEME_BASE_MIX: RangeInclusive<i64> = 0..=100;

// Embeds: https://docs.discord.com/developers/resources/message#embed-object-embed-limits

/// Characters of an embed's title.
pub const EMBED_TITLE: usize = 256;
/// Characters of an embed's description.
pub const EMBED_DESCRIPTION: usize = 4096;
/// Fields of an embed.
pub const EMBED_FIELDS: usize = 25;
/// Characters of the name of an embed's field.
pub const EMBED_FIELD_NAME: RangeInclusive<usize> = 1..=256;
/// Characters of the value of an embed's field.
pub const EMBED_FIELD_VALUE: RangeInclusive<usize> = 1..=1024;
/// Characters of an embed's footer.
pub const EMBED_FOOTER: RangeInclusive<usize> = 1..=2048;
/// Characters of the name of an embed's author.
pub const EMBED_AUTHOR: RangeInclusive<usize> = 1..=256;
/// Characters of titles, descriptions, fields, footers and authors of all embeds of a message.
pub const EMBEDS_TOTAL: usize = 6000;

// Polls: https://docs.discord.com/developers/resources/poll

/// Characters of a poll's question.
pub const POLL_QUESTION: RangeInclusive<usize> = 1..=300;
/// Answers of a poll.
pub const POLL_ANSWERS: RangeInclusive<usize> = 1..=10;
/// Characters of an answer of a poll.
pub const POLL_ANSWER: RangeInclusive<usize> = 1..=55;
/// Hours that a poll is open: up to 32 days.
pub const POLL_DURATION: RangeInclusive<i64> = 1..=768;

// The gateway: https://docs.discord.com/developers/events/gateway-events#send-events

/// Members from which on a guild comes without those offline.
pub const IDENTIFY_LARGE_THRESHOLD: RangeInclusive<i64> = 50..=250;
/// Users of a request for members.
pub const REQUEST_MEMBERS_USERS: usize = 100;
/// Members that a request by name can ask for; 0 asks for all, with an empty query.
pub const REQUEST_MEMBERS_LIMIT: RangeInclusive<i64> = 0..=100;
/// Bytes of the nonce of a request for members.
pub const REQUEST_MEMBERS_NONCE_BYTES: usize = 32;
/// Characters of an activity's name, `state` and `details`.
///
/// Not documented for the gateway; it is what the Social SDK documents for the same fields.
pub const ACTIVITY_TEXT: usize = 128;
/// Buttons of an activity.
pub const ACTIVITY_BUTTONS: usize = 2;
/// Characters of the label of an activity's button.
pub const ACTIVITY_BUTTON_LABEL: RangeInclusive<usize> = 1..=32;
/// Characters of the address of an activity's button.
pub const ACTIVITY_BUTTON_URL: RangeInclusive<usize> = 1..=512;

// Components: https://docs.discord.com/developers/components/reference

/// Components of a message, those inside others included.
pub const MESSAGE_COMPONENTS: usize = 40;
/// Characters of all texts among the components of a message.
///
/// Not documented; it is what Discord answers.
pub const MESSAGE_COMPONENTS_TEXT: usize = 4000;
/// Action rows of a message without `IS_COMPONENTS_V2`.
pub const MESSAGE_ACTION_ROWS: usize = 5;
/// Characters of a component's `custom_id`.
pub const CUSTOM_ID: RangeInclusive<usize> = 1..=100;
/// Buttons of an action row.
pub const ACTION_ROW_BUTTONS: RangeInclusive<usize> = 1..=5;
/// Characters of a button's label.
pub const BUTTON_LABEL: usize = 80;
/// Characters of the address of a link.
pub const BUTTON_URL: RangeInclusive<usize> = 1..=512;
/// Choices of a string select.
pub const SELECT_OPTIONS: RangeInclusive<usize> = 1..=25;
/// Characters of the label, value and description of a choice.
pub const OPTION_TEXT: usize = 100;
/// Characters of what an empty select says.
pub const SELECT_PLACEHOLDER: usize = 150;
/// How many must be chosen in a select.
pub const SELECT_MIN_VALUES: RangeInclusive<i64> = 0..=25;
/// How many can be chosen in a select.
pub const SELECT_MAX_VALUES: RangeInclusive<i64> = 1..=25;
/// Texts of a section.
pub const SECTION_COMPONENTS: RangeInclusive<usize> = 1..=3;
/// Pictures and videos of a media gallery.
pub const MEDIA_GALLERY_ITEMS: RangeInclusive<usize> = 1..=10;
/// Characters of the description of a picture or video.
pub const MEDIA_DESCRIPTION: usize = 1024;

// Modals: https://docs.discord.com/developers/interactions/receiving-and-responding

/// Characters of a modal's title.
pub const MODAL_TITLE: RangeInclusive<usize> = 1..=45;
/// Components of a modal, those inside others left out.
pub const MODAL_COMPONENTS: RangeInclusive<usize> = 1..=5;
/// Characters of a label.
pub const LABEL: RangeInclusive<usize> = 1..=45;
/// Characters of a label's description.
pub const LABEL_DESCRIPTION: usize = 100;
/// Characters that a text input can ask for at least.
pub const TEXT_INPUT_MIN_LENGTH: RangeInclusive<i64> = 0..=4000;
/// Characters that a text input can allow at most.
pub const TEXT_INPUT_MAX_LENGTH: RangeInclusive<i64> = 1..=4000;
/// Characters that a text input begins with.
pub const TEXT_INPUT_VALUE: usize = 4000;
/// Characters of what an empty text input says.
pub const TEXT_INPUT_PLACEHOLDER: usize = 100;
/// Files that a file upload can ask for at least.
pub const FILE_UPLOAD_MIN_VALUES: RangeInclusive<i64> = 0..=10;
/// Files that a file upload can allow at most.
pub const FILE_UPLOAD_MAX_VALUES: RangeInclusive<i64> = 1..=10;
/// Kinds of files that a file upload, or an option of a command, takes.
pub const FILE_TYPES: usize = 10;
/// Choices of a radio group.
pub const RADIO_GROUP_OPTIONS: RangeInclusive<usize> = 2..=10;
/// Choices of a checkbox group.
pub const CHECKBOX_GROUP_OPTIONS: RangeInclusive<usize> = 1..=10;
/// Boxes of a checkbox group that must be ticked.
pub const CHECKBOX_GROUP_MIN_VALUES: RangeInclusive<i64> = 0..=10;
/// Boxes of a checkbox group that can be ticked.
pub const CHECKBOX_GROUP_MAX_VALUES: RangeInclusive<i64> = 1..=10;

// Commands: https://docs.discord.com/developers/interactions/application-commands

/// Characters of the name of a command or an option.
pub const COMMAND_NAME: RangeInclusive<usize> = 1..=32;
/// Characters of the description of a command or an option.
pub const COMMAND_DESCRIPTION: RangeInclusive<usize> = 1..=100;
/// Options of a command, or of a subcommand.
pub const COMMAND_OPTIONS: usize = 25;
/// Choices of an option.
pub const COMMAND_CHOICES: usize = 25;
/// Characters of the name of a choice.
pub const COMMAND_CHOICE_NAME: RangeInclusive<usize> = 1..=100;
/// Characters of the value of a choice.
pub const COMMAND_CHOICE_VALUE: usize = 100;
/// Characters that an option can ask for at least.
pub const COMMAND_OPTION_MIN_LENGTH: RangeInclusive<i64> = 0..=6000;
/// Characters that an option can allow at most.
pub const COMMAND_OPTION_MAX_LENGTH: RangeInclusive<i64> = 1..=6000;
/// Whole numbers that an option can give: those that a double holds exactly.
pub const COMMAND_INTEGER: RangeInclusive<i64> = -9_007_199_254_740_991..=9_007_199_254_740_991;
/// Characters of all names, descriptions and values of a command, of each the longest translation.
pub const COMMAND_TOTAL: usize = 8000;
/// Permissions of a command in a guild.
pub const COMMAND_PERMISSIONS: usize = 100;
/// Choices that an autocompletion proposes.
pub const AUTOCOMPLETE_CHOICES: usize = 25;

// Channels and threads: https://docs.discord.com/developers/resources/channel

/// Characters of the name of a channel or thread.
pub const CHANNEL_NAME: RangeInclusive<usize> = 1..=100;
/// Characters of a channel's topic.
pub const CHANNEL_TOPIC: usize = 1024;
/// Characters of the guidelines of a forum or media channel.
pub const FORUM_TOPIC: usize = 4096;
/// Seconds between two messages of a user.
pub const CHANNEL_SLOWMODE: RangeInclusive<i64> = 0..=21_600;
/// Bits per second of voice, on the highest tier of boosts.
pub const CHANNEL_BITRATE: RangeInclusive<i64> = 8_000..=384_000;
/// Users of a voice channel.
pub const VOICE_USER_LIMIT: RangeInclusive<i64> = 0..=99;
/// Users of a stage.
pub const STAGE_USER_LIMIT: RangeInclusive<i64> = 0..=10_000;
/// Characters of a voice channel's status.
pub const VOICE_CHANNEL_STATUS: usize = 500;
/// Tags of a forum.
pub const FORUM_TAGS: usize = 20;
/// Characters of the name of a forum's tag.
pub const FORUM_TAG_NAME: usize = 20;
/// Tags of a post.
pub const APPLIED_TAGS: usize = 5;
/// Seconds that an invite is good for: up to 7 days.
pub const INVITE_MAX_AGE: RangeInclusive<i64> = 0..=604_800;
/// How often an invite is good.
pub const INVITE_MAX_USES: RangeInclusive<i64> = 0..=100;

// Webhooks: https://docs.discord.com/developers/resources/webhook

/// Characters of a webhook's name.
pub const WEBHOOK_NAME: RangeInclusive<usize> = 1..=80;

// Guilds: https://docs.discord.com/developers/resources/guild

/// Characters of a guild's name, white space at its ends left out.
pub const GUILD_NAME: RangeInclusive<usize> = 2..=100;
/// Characters of a role's name.
pub const ROLE_NAME: usize = 100;
/// Characters of a nickname.
pub const NICKNAME: RangeInclusive<usize> = 1..=32;
/// Channels of a welcome screen.
pub const WELCOME_CHANNELS: usize = 5;
/// Days that a prune looks back.
pub const PRUNE_DAYS: RangeInclusive<i64> = 1..=30;
/// Days whose messages a ban deletes.
pub const BAN_DELETE_MESSAGE_DAYS: RangeInclusive<i64> = 0..=7;
/// Seconds whose messages a ban deletes: up to 7 days.
pub const BAN_DELETE_MESSAGE_SECONDS: RangeInclusive<i64> = 0..=604_800;
/// Users that are banned at once.
pub const BULK_BAN_USERS: usize = 200;
/// Characters of a sticker's name.
pub const STICKER_NAME: RangeInclusive<usize> = 2..=30;
/// Characters of a sticker's description, unless it is empty.
pub const STICKER_DESCRIPTION: RangeInclusive<usize> = 2..=100;
/// Characters of a sticker's tags.
pub const STICKER_TAGS: usize = 200;
/// Characters of the name of a soundboard sound.
pub const SOUND_NAME: RangeInclusive<usize> = 2..=32;
/// Characters of a stage's topic.
pub const STAGE_TOPIC: RangeInclusive<usize> = 1..=120;
/// Characters of a template's name.
pub const TEMPLATE_NAME: RangeInclusive<usize> = 1..=100;
/// Characters of a template's description.
pub const TEMPLATE_DESCRIPTION: usize = 120;

// Scheduled events: https://docs.discord.com/developers/resources/guild-scheduled-event

/// Characters of the name of a scheduled event.
pub const SCHEDULED_EVENT_NAME: RangeInclusive<usize> = 1..=100;
/// Characters of the description of a scheduled event.
pub const SCHEDULED_EVENT_DESCRIPTION: RangeInclusive<usize> = 1..=1000;
/// Characters of the place of a scheduled event.
pub const SCHEDULED_EVENT_LOCATION: RangeInclusive<usize> = 1..=100;

// Auto moderation: https://docs.discord.com/developers/resources/auto-moderation

/// Roles that a rule leaves alone.
pub const AUTO_MODERATION_EXEMPT_ROLES: usize = 20;
/// Channels that a rule leaves alone.
pub const AUTO_MODERATION_EXEMPT_CHANNELS: usize = 50;
/// Keywords of a rule.
pub const AUTO_MODERATION_KEYWORDS: usize = 1000;
/// Characters of a keyword, or of an exception from one.
pub const AUTO_MODERATION_KEYWORD: usize = 60;
/// Regular expressions of a rule.
pub const AUTO_MODERATION_PATTERNS: usize = 10;
/// Characters of a regular expression.
pub const AUTO_MODERATION_PATTERN: usize = 260;
/// Exceptions of a rule of keywords.
pub const AUTO_MODERATION_ALLOW_LIST: usize = 100;
/// Exceptions of a rule of Discord's own words.
pub const AUTO_MODERATION_PRESET_ALLOW_LIST: usize = 1000;
/// Mentions that a rule allows in a message.
pub const AUTO_MODERATION_MENTIONS: RangeInclusive<i64> = 0..=50;
/// Characters of what a blocked member is told.
pub const AUTO_MODERATION_MESSAGE: usize = 150;
/// Seconds of a timeout: up to 4 weeks.
pub const AUTO_MODERATION_TIMEOUT: RangeInclusive<i64> = 0..=2_419_200;

// Users, applications and lobbies: https://docs.discord.com/developers/resources/user,
// https://docs.discord.com/developers/resources/application,
// https://docs.discord.com/developers/resources/lobby

/// Characters of a user's name.
pub const USERNAME: RangeInclusive<usize> = 2..=32;
/// Tags of an application.
pub const APPLICATION_TAGS: usize = 5;
/// Characters of an application's tag.
pub const APPLICATION_TAG: usize = 20;
/// Characters of the key of a role connection's metadata.
pub const ROLE_CONNECTION_KEY: RangeInclusive<usize> = 1..=50;
/// Characters of the name of a role connection's metadata.
pub const ROLE_CONNECTION_NAME: RangeInclusive<usize> = 1..=100;
/// Characters of the description of a role connection's metadata.
pub const ROLE_CONNECTION_DESCRIPTION: RangeInclusive<usize> = 1..=200;
/// Characters of the platform of a role connection.
pub const ROLE_CONNECTION_PLATFORM: usize = 50;
/// Characters of the name on that platform.
pub const ROLE_CONNECTION_USERNAME: usize = 100;
/// Characters of a value of a role connection.
pub const ROLE_CONNECTION_VALUE: usize = 100;
/// Users that a lobby begins with.
pub const LOBBY_MEMBERS: usize = 25;
/// Characters of all keys and values of a lobby's metadata.
pub const LOBBY_METADATA: usize = 1000;
/// Seconds until an idle lobby is closed: up to 7 days.
pub const LOBBY_IDLE_TIMEOUT: RangeInclusive<i64> = 5..=604_800;
/// Characters of a name that a lobby shows beside the user's.
pub const LOBBY_MEMBER_NAME: RangeInclusive<usize> = 1..=80;
