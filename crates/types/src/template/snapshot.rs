use polycord_types_derive::Model;

use crate::{
    Color, ImageHash, Permissions, Text,
    channel::{ChannelType, OverwriteType},
    guild::{
        DefaultMessageNotifications, ExplicitContentFilter, SystemChannelFlags, VerificationLevel,
    },
    locale::Locale,
};

/// A guild as a template keeps it.
///
/// Channels and roles have small numbers in place of ids; number 0 is the role `@everyone`.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-template#guild-template-object-example-guild-template-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct GuildSnapshot {
    /// The guild's name.
    pub name: Text,
    /// What the guild is about.
    #[model(nullable)]
    pub description: Option<Text>,
    /// The former voice region.
    #[model(optional, nullable)]
    pub region: Option<Text>,
    /// What members must have proved before they may write.
    pub verification_level: VerificationLevel,
    /// What members are told of by default.
    pub default_message_notifications: DefaultMessageNotifications,
    /// Whose media are scanned.
    pub explicit_content_filter: ExplicitContentFilter,
    /// The language of the community.
    pub preferred_locale: Locale,
    /// Seconds until a member counts as idle.
    pub afk_timeout: u32,
    /// Roles of the guild.
    pub roles: Vec<SnapshotRole>,
    /// Channels of the guild.
    pub channels: Vec<SnapshotChannel>,
    /// The number of the channel where idle members are moved to.
    #[model(nullable)]
    pub afk_channel_id: Option<u64>,
    /// The number of the channel for notices.
    #[model(nullable)]
    pub system_channel_id: Option<u64>,
    /// Which notices are off.
    pub system_channel_flags: SystemChannelFlags,
    /// Hash of the icon.
    #[model(nullable)]
    pub icon_hash: Option<ImageHash>,
}

/// A role as a template keeps it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-template#guild-template-object-example-guild-template-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct SnapshotRole {
    /// The role's number.
    #[model(key)]
    pub id: u64,
    /// The role's name.
    pub name: Text,
    /// What the role allows everywhere in the guild.
    pub permissions: Permissions,
    /// The role's colour.
    pub color: Color,
    /// Whether its members are listed apart.
    pub hoist: bool,
    /// Whether everybody may mention it.
    pub mentionable: bool,
}

/// A channel as a template keeps it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-template#guild-template-object-example-guild-template-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct SnapshotChannel {
    /// The channel's number.
    #[model(key)]
    pub id: u64,
    /// What kind of channel.
    #[model(rename = "type")]
    pub kind: ChannelType,
    /// The channel's name.
    pub name: Text,
    /// Place in the list.
    pub position: i64,
    /// What the channel is about.
    #[model(nullable)]
    pub topic: Option<Text>,
    /// Bits per second of voice.
    pub bitrate: u32,
    /// How many users fit in. 0 means no limit.
    pub user_limit: u32,
    /// Whether it is for adults.
    pub nsfw: bool,
    /// Seconds a user waits between two messages.
    pub rate_limit_per_user: u32,
    /// The number of the category.
    #[model(nullable)]
    pub parent_id: Option<u64>,
    /// What roles may do here, differing from the guild.
    pub permission_overwrites: Vec<SnapshotOverwrite>,
}

/// What a role may do in a channel, as a template keeps it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-template#guild-template-object-example-guild-template-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct SnapshotOverwrite {
    /// The role's number.
    #[model(key)]
    pub id: u64,
    /// Whom it is for.
    #[model(rename = "type")]
    pub kind: OverwriteType,
    /// What is allowed.
    pub allow: Permissions,
    /// What is denied.
    pub deny: Permissions,
}
