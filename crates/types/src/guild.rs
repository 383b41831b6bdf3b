//! Guilds, and how they are set up.
//!
//! | what | read | sent |
//! | --- | --- | --- |
//! | the guild | [`Guild`], [`PartialGuild`], [`UnavailableGuild`], [`GuildPreview`] | [`ModifyGuild`] |
//! | its welcome screen | [`WelcomeScreen`] | [`ModifyWelcomeScreen`] |
//! | its questions to newcomers | [`Onboarding`] | [`ModifyOnboarding`] |
//! | its widget | [`Widget`], [`WidgetSettings`] | [`ModifyWidget`] |
//! | what is locked down | [`IncidentsData`] | [`ModifyIncidentActions`] |
//! | members who are away | [`PruneCount`] | [`BeginPrune`] |
//! | its own invite | [`VanityUrl`] | |
//!
//! Beside it: [members](crate::member), [bans](crate::ban), [roles](crate::role), [channels](crate::channel),
//! [integrations](crate::integration), [templates](crate::template).
//!
//! See [guilds](https://docs.discord.com/developers/resources/guild).

mod modify;
mod onboarding;
mod settings;
mod welcome_screen;
mod widget;

use polycord_types_derive::Model;

use crate::{
    ImageHash, Permissions, Text, Timestamp,
    emoji::Emoji,
    id::{ApplicationId, ChannelId, GuildId, UserId},
    locale::Locale,
    role::Role,
    sticker::Sticker,
};

pub use self::{
    modify::{AfkTimeout, BeginPrune, ModifyGuild, ModifyIncidentActions, PruneCount, VanityUrl},
    onboarding::{
        ModifyOnboarding, Onboarding, OnboardingMode, OnboardingPrompt, OnboardingPromptOption,
        OnboardingPromptType,
    },
    settings::{
        DefaultMessageNotifications, ExplicitContentFilter, GuildFeature, MfaLevel, NsfwLevel,
        PremiumTier, SystemChannelFlags, VerificationLevel,
    },
    welcome_screen::{ModifyWelcomeScreen, WelcomeChannel, WelcomeScreen},
    widget::{ModifyWidget, Widget, WidgetChannel, WidgetMember, WidgetSettings, WidgetStyle},
};

/// A guild: a set of users, channels and roles, called a server in the client.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-guild-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Guild {
    /// Identifies the guild.
    #[model(key)]
    pub id: GuildId,
    /// The guild's name, 2 to 100 characters.
    pub name: Text,
    /// Hash of the icon.
    #[model(nullable)]
    pub icon: Option<ImageHash>,
    /// Hash of the icon, in guild templates.
    #[model(optional, nullable)]
    pub icon_hash: Option<ImageHash>,
    /// Hash of the invite page's image.
    #[model(nullable)]
    pub splash: Option<ImageHash>,
    /// Hash of the image in server discovery.
    #[model(nullable)]
    pub discovery_splash: Option<ImageHash>,
    /// Whether the current user owns the guild. Only in the current user's guild list.
    pub owner: Option<bool>,
    /// The user who owns the guild.
    #[model(always)]
    pub owner_id: Option<UserId>,
    /// What the current user may do, without overwrites. Only in the current user's guild list.
    pub permissions: Option<Permissions>,
    /// The former voice region. Channels have their own now.
    #[model(optional, nullable)]
    pub region: Option<Text>,
    /// The channel where idle members are moved to.
    #[model(nullable)]
    pub afk_channel_id: Option<ChannelId>,
    /// Seconds until a member counts as idle.
    pub afk_timeout: u32,
    /// Whether the widget is on.
    pub widget_enabled: Option<bool>,
    /// The channel the widget invites to.
    #[model(optional, nullable)]
    pub widget_channel_id: Option<ChannelId>,
    /// What members must have proved before they may write.
    pub verification_level: VerificationLevel,
    /// What members are told of by default.
    pub default_message_notifications: DefaultMessageNotifications,
    /// Whose media are scanned.
    pub explicit_content_filter: ExplicitContentFilter,
    /// Roles of the guild.
    pub roles: Vec<Role>,
    /// The guild's own emoji.
    pub emojis: Vec<Emoji>,
    /// What the guild is able to do.
    pub features: Vec<GuildFeature>,
    /// Whether moderators need a second factor.
    pub mfa_level: MfaLevel,
    /// The application that made the guild.
    #[model(nullable)]
    pub application_id: Option<ApplicationId>,
    /// The channel for notices such as joins and boosts.
    #[model(nullable)]
    pub system_channel_id: Option<ChannelId>,
    /// Which notices are off.
    pub system_channel_flags: SystemChannelFlags,
    /// The channel with the rules, in a community.
    #[model(nullable)]
    pub rules_channel_id: Option<ChannelId>,
    /// How many presences there can be. `None` except for the largest guilds.
    #[model(optional, nullable)]
    pub max_presences: Option<u32>,
    /// How many members there can be.
    pub max_members: Option<u32>,
    /// The custom invite code.
    #[model(nullable)]
    pub vanity_url_code: Option<Text>,
    /// What the guild is about.
    #[model(nullable)]
    pub description: Option<Text>,
    /// Hash of the banner.
    #[model(nullable)]
    pub banner: Option<ImageHash>,
    /// The level that boosts have reached.
    pub premium_tier: PremiumTier,
    /// How many boosts there are.
    pub premium_subscription_count: Option<u32>,
    /// The language of the community, used in discovery and by Discord's notices.
    pub preferred_locale: Locale,
    /// The channel where Discord tells moderators of a community its news.
    #[model(nullable)]
    pub public_updates_channel_id: Option<ChannelId>,
    /// How many users fit in a video channel.
    pub max_video_channel_users: Option<u32>,
    /// How many users fit in a stage's video channel.
    pub max_stage_video_channel_users: Option<u32>,
    /// How many members there are, roughly. Only where counts were asked for.
    pub approximate_member_count: Option<u32>,
    /// How many of them are online, roughly. Only where counts were asked for.
    pub approximate_presence_count: Option<u32>,
    /// What newcomers see. Only in invites.
    pub welcome_screen: Option<Box<WelcomeScreen>>,
    /// For which ages the guild is.
    pub nsfw_level: NsfwLevel,
    /// The guild's own stickers.
    pub stickers: Option<Vec<Sticker>>,
    /// Whether the boost progress bar is shown.
    pub premium_progress_bar_enabled: bool,
    /// The channel where Discord warns moderators of a community.
    #[model(nullable)]
    pub safety_alerts_channel_id: Option<ChannelId>,
    /// What was locked down, and why.
    #[model(nullable)]
    pub incidents_data: Option<IncidentsData>,
}

/// A guild of which only the id is certain.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-guild-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct PartialGuild {
    /// Identifies the guild.
    #[model(key)]
    pub id: GuildId,
    /// The guild's name.
    pub name: Option<Text>,
    /// Hash of the icon.
    pub icon: Option<ImageHash>,
    /// Hash of the icon, in guild templates.
    pub icon_hash: Option<ImageHash>,
    /// Hash of the invite page's image.
    pub splash: Option<ImageHash>,
    /// Hash of the image in server discovery.
    pub discovery_splash: Option<ImageHash>,
    /// Whether the current user owns the guild.
    pub owner: Option<bool>,
    /// The user who owns the guild.
    pub owner_id: Option<UserId>,
    /// What the current user may do, without overwrites.
    pub permissions: Option<Permissions>,
    /// The former voice region.
    pub region: Option<Text>,
    /// The channel where idle members are moved to.
    pub afk_channel_id: Option<ChannelId>,
    /// Seconds until a member counts as idle.
    pub afk_timeout: Option<u32>,
    /// Whether the widget is on.
    pub widget_enabled: Option<bool>,
    /// The channel the widget invites to.
    pub widget_channel_id: Option<ChannelId>,
    /// What members must have proved before they may write.
    pub verification_level: Option<VerificationLevel>,
    /// What members are told of by default.
    pub default_message_notifications: Option<DefaultMessageNotifications>,
    /// Whose media are scanned.
    pub explicit_content_filter: Option<ExplicitContentFilter>,
    /// Roles of the guild.
    pub roles: Option<Vec<Role>>,
    /// The guild's own emoji.
    pub emojis: Option<Vec<Emoji>>,
    /// What the guild is able to do.
    pub features: Option<Vec<GuildFeature>>,
    /// Whether moderators need a second factor.
    pub mfa_level: Option<MfaLevel>,
    /// The application that made the guild.
    pub application_id: Option<ApplicationId>,
    /// The channel for notices such as joins and boosts.
    pub system_channel_id: Option<ChannelId>,
    /// Which notices are off.
    pub system_channel_flags: Option<SystemChannelFlags>,
    /// The channel with the rules, in a community.
    pub rules_channel_id: Option<ChannelId>,
    /// How many presences there can be.
    pub max_presences: Option<u32>,
    /// How many members there can be.
    pub max_members: Option<u32>,
    /// The custom invite code.
    pub vanity_url_code: Option<Text>,
    /// What the guild is about.
    pub description: Option<Text>,
    /// Hash of the banner.
    pub banner: Option<ImageHash>,
    /// The level that boosts have reached.
    pub premium_tier: Option<PremiumTier>,
    /// How many boosts there are.
    pub premium_subscription_count: Option<u32>,
    /// The language of the community.
    pub preferred_locale: Option<Locale>,
    /// The channel where Discord tells moderators of a community its news.
    pub public_updates_channel_id: Option<ChannelId>,
    /// How many users fit in a video channel.
    pub max_video_channel_users: Option<u32>,
    /// How many users fit in a stage's video channel.
    pub max_stage_video_channel_users: Option<u32>,
    /// How many members there are, roughly.
    pub approximate_member_count: Option<u32>,
    /// How many of them are online, roughly.
    pub approximate_presence_count: Option<u32>,
    /// What newcomers see.
    pub welcome_screen: Option<Box<WelcomeScreen>>,
    /// For which ages the guild is.
    pub nsfw_level: Option<NsfwLevel>,
    /// The guild's own stickers.
    pub stickers: Option<Vec<Sticker>>,
    /// Whether the boost progress bar is shown.
    pub premium_progress_bar_enabled: Option<bool>,
    /// The channel where Discord warns moderators of a community.
    pub safety_alerts_channel_id: Option<ChannelId>,
    /// What was locked down, and why.
    pub incidents_data: Option<IncidentsData>,
    /// The same language, as interactions name it.
    pub locale: Option<Locale>,
}

/// A guild that is not reachable, or not sent yet.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#unavailable-guild-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct UnavailableGuild {
    /// Identifies the guild.
    #[model(key)]
    pub id: GuildId,
    /// `true` while it is out of order. Absent in `GUILD_DELETE`: the current user is no longer in
    /// it.
    pub unavailable: Option<bool>,
}

/// What those outside may see of a guild.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-preview-object-guild-preview-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildPreview {
    /// Identifies the guild.
    #[model(key)]
    pub id: GuildId,
    /// The guild's name.
    pub name: Text,
    /// Hash of the icon.
    #[model(nullable)]
    pub icon: Option<ImageHash>,
    /// Hash of the invite page's image.
    #[model(nullable)]
    pub splash: Option<ImageHash>,
    /// Hash of the image in server discovery.
    #[model(nullable)]
    pub discovery_splash: Option<ImageHash>,
    /// The guild's own emoji.
    pub emojis: Vec<Emoji>,
    /// What the guild is able to do.
    pub features: Vec<GuildFeature>,
    /// How many members there are, roughly.
    pub approximate_member_count: u32,
    /// How many of them are online, roughly.
    pub approximate_presence_count: u32,
    /// What the guild is about.
    #[model(nullable)]
    pub description: Option<Text>,
    /// The guild's own stickers.
    pub stickers: Vec<Sticker>,
}

/// What moderators locked down during an incident, and what was detected.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#incidents-data-object-incidents-data-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct IncidentsData {
    /// Until when nobody can join by invite.
    #[model(nullable)]
    pub invites_disabled_until: Option<Timestamp>,
    /// Until when members who are not friends cannot write each other.
    #[model(nullable)]
    pub dms_disabled_until: Option<Timestamp>,
    /// When spam in direct messages was detected.
    #[model(optional, nullable)]
    pub dm_spam_detected_at: Option<Timestamp>,
    /// When a raid was detected.
    #[model(optional, nullable)]
    pub raid_detected_at: Option<Timestamp>,
}
