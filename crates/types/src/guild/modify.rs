use polycord_types_derive::Model;

use super::{
    DefaultMessageNotifications, ExplicitContentFilter, GuildFeature, SystemChannelFlags,
    VerificationLevel,
};
use crate::{
    Text, Timestamp,
    data_uri::DataUri,
    id::{ChannelId, RoleId},
    locale::Locale,
};

/// What is to change in a guild. `None` leaves a setting as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyGuild {
    /// The guild's name, 2 to 100 characters.
    pub name: Option<Text>,
    /// The former voice region. Channels have their own now.
    pub region: Option<Option<Text>>,
    /// What members must have proved before they may write.
    pub verification_level: Option<Option<VerificationLevel>>,
    /// What members are told of by default.
    pub default_message_notifications: Option<Option<DefaultMessageNotifications>>,
    /// Whose media are scanned.
    pub explicit_content_filter: Option<Option<ExplicitContentFilter>>,
    /// The channel where idle members are moved to.
    pub afk_channel_id: Option<Option<ChannelId>>,
    /// Seconds until a member counts as idle.
    pub afk_timeout: Option<AfkTimeout>,
    /// The icon, 1024 by 1024 pixels. It may move with the feature `ANIMATED_ICON`.
    pub icon: Option<Option<DataUri>>,
    /// The invite page's image, 16:9. Needs the feature `INVITE_SPLASH`.
    pub splash: Option<Option<DataUri>>,
    /// The image in server discovery, 16:9. Needs the feature `DISCOVERABLE`.
    pub discovery_splash: Option<Option<DataUri>>,
    /// The banner, 16:9. Needs the feature `BANNER`; it may move with `ANIMATED_BANNER`.
    pub banner: Option<Option<DataUri>>,
    /// The channel for notices such as joins and boosts.
    pub system_channel_id: Option<Option<ChannelId>>,
    /// Which notices are off.
    pub system_channel_flags: Option<SystemChannelFlags>,
    /// The channel with the rules, in a community.
    pub rules_channel_id: Option<Option<ChannelId>>,
    /// The channel where Discord tells moderators of a community its news.
    pub public_updates_channel_id: Option<Option<ChannelId>>,
    /// The language of the community. `Some(None)` means American English.
    pub preferred_locale: Option<Option<Locale>>,
    /// What the guild is able to do. Only `COMMUNITY`, `DISCOVERABLE`, `INVITES_DISABLED` and
    /// `RAID_ALERTS_DISABLED` can be added or taken away; the others have to be repeated.
    pub features: Option<Vec<GuildFeature>>,
    /// What the guild is about.
    pub description: Option<Option<Text>>,
    /// Whether the boost progress bar is shown.
    pub premium_progress_bar_enabled: Option<bool>,
    /// The channel where Discord warns moderators of a community.
    pub safety_alerts_channel_id: Option<Option<ChannelId>>,
}

impl ModifyGuild {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyGuild {
        /// Sets the name, 2 to 100 characters.
        name(into Text);
        /// Sets how long a member has to be idle to be moved.
        afk_timeout(AfkTimeout);
        /// Sets which notices are off.
        system_channel_flags(SystemChannelFlags);
        /// Replaces the features; those that cannot be changed have to be among them.
        features(list GuildFeature);
        /// Sets whether the boost progress bar is shown.
        premium_progress_bar_enabled(bool);
    }
}

patch_setters! {
    impl ModifyGuild {
        /// Sets what members must have proved before they may write.
        verification_level(VerificationLevel);
        /// Sets what members are told of by default.
        default_message_notifications(DefaultMessageNotifications);
        /// Sets whose media are scanned.
        explicit_content_filter(ExplicitContentFilter);
        /// Sets where idle members are moved to.
        afk_channel_id(ChannelId);
        /// Sets the icon, 1024 by 1024 pixels.
        icon(into DataUri);
        /// Sets the invite page's image, 16:9. Needs the feature `INVITE_SPLASH`.
        splash(into DataUri);
        /// Sets the image in server discovery, 16:9. Needs the feature `DISCOVERABLE`.
        discovery_splash(into DataUri);
        /// Sets the banner, 16:9. Needs the feature `BANNER`.
        banner(into DataUri);
        /// Sets the channel for notices.
        system_channel_id(ChannelId);
        /// Sets the channel with the rules of a community.
        rules_channel_id(ChannelId);
        /// Sets where Discord tells moderators of a community its news.
        public_updates_channel_id(ChannelId);
        /// Sets the language of the community.
        preferred_locale(Locale);
        /// Sets what the guild is about.
        description(into Text);
        /// Sets where Discord warns moderators of a community.
        safety_alerts_channel_id(ChannelId);
    }
    clear {
        /// Leaves idle members where they are.
        clear_afk_channel_id(afk_channel_id);
        /// Removes the icon.
        clear_icon(icon);
        /// Removes the invite page's image.
        clear_splash(splash);
        /// Removes the image in server discovery.
        clear_discovery_splash(discovery_splash);
        /// Removes the banner.
        clear_banner(banner);
        /// Switches notices off.
        clear_system_channel_id(system_channel_id);
        /// Names no channel with the rules.
        clear_rules_channel_id(rules_channel_id);
        /// Names no channel for news of Discord.
        clear_public_updates_channel_id(public_updates_channel_id);
        /// Removes what the guild is about.
        clear_description(description);
        /// Names no channel for warnings.
        clear_safety_alerts_channel_id(safety_alerts_channel_id);
    }
}

open_enum! {
    /// After how many seconds a member counts as idle.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-json-params).
    pub enum AfkTimeout: u32 {
        /// One minute.
        OneMinute = 60,
        /// Five minutes.
        FiveMinutes = 300,
        /// A quarter of an hour.
        FifteenMinutes = 900,
        /// Half an hour.
        ThirtyMinutes = 1800,
        /// An hour.
        OneHour = 3600,
    }
}

/// What is to be locked down during an incident, for 24 hours at most. `Some(None)` unlocks it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-incident-actions-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyIncidentActions {
    /// Until when nobody can join by invite.
    pub invites_disabled_until: Option<Option<Timestamp>>,
    /// Until when members who are not friends cannot write each other.
    pub dms_disabled_until: Option<Option<Timestamp>>,
}

impl ModifyIncidentActions {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

patch_setters! {
    impl ModifyIncidentActions {
        /// Sets until when nobody can join by invite, at most 24 hours from now.
        invites_disabled_until(Timestamp);
        /// Sets until when members who are not friends cannot write each other, at most 24 hours
        /// from now.
        dms_disabled_until(Timestamp);
    }
    clear {
        /// Lets users join by invite again.
        clear_invites_disabled_until(invites_disabled_until);
        /// Lets members write each other again.
        clear_dms_disabled_until(dms_disabled_until);
    }
}

/// Whom to remove from a guild for having been away.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#begin-guild-prune-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct BeginPrune {
    /// For how many days they have been away, 1 to 30. The default is 7.
    pub days: Option<u32>,
    /// Whether to count those removed, which takes long in a large guild. The default is `true`.
    pub compute_prune_count: Option<bool>,
    /// Roles whose members are removed too. Without it only members without a role are.
    pub include_roles: Option<Vec<RoleId>>,
    /// Why. The header `X-Audit-Log-Reason` has taken its place.
    pub reason: Option<Text>,
}

impl BeginPrune {
    /// Removes those who have been away for 7 days, and have no role.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl BeginPrune {
        /// Sets for how many days they have been away, 1 to 30. The default is 7.
        days(u32);
        /// Sets whether to count those removed, which takes long in a large guild. The default is `true`.
        compute_prune_count(bool);
        /// Sets the roles whose members are removed too. The default is none.
        include_roles(list RoleId);
    }
}

/// How many members a prune removes or would remove.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#get-guild-prune-count).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct PruneCount {
    /// How many. `None` where `compute_prune_count` was `false`.
    #[model(nullable)]
    pub pruned: Option<u32>,
}

/// The custom invite of a guild.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct VanityUrl {
    /// Its code. `None` where the guild has none.
    #[model(nullable)]
    pub code: Option<Text>,
    /// How often it was used.
    pub uses: u32,
}
