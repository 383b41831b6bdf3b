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

    /// Sets the name, 2 to 100 characters.
    pub fn name(mut self, name: impl Into<Text>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the icon; `None` removes it.
    pub fn icon(mut self, icon: impl Into<Option<DataUri>>) -> Self {
        self.icon = Some(icon.into());
        self
    }

    /// Sets what members must have proved before they may write.
    pub fn verification_level(mut self, level: VerificationLevel) -> Self {
        self.verification_level = Some(Some(level));
        self
    }

    /// Sets what members are told of by default.
    pub fn default_message_notifications(mut self, level: DefaultMessageNotifications) -> Self {
        self.default_message_notifications = Some(Some(level));
        self
    }

    /// Sets whose media are scanned.
    pub fn explicit_content_filter(mut self, filter: ExplicitContentFilter) -> Self {
        self.explicit_content_filter = Some(Some(filter));
        self
    }

    /// Sets where and when idle members are moved to.
    pub fn afk(mut self, channel: ChannelId, timeout: AfkTimeout) -> Self {
        self.afk_channel_id = Some(Some(channel));
        self.afk_timeout = Some(timeout);
        self
    }

    /// Sets the channel for notices; `None` means that there are none.
    pub fn system_channel(mut self, channel: impl Into<Option<ChannelId>>) -> Self {
        self.system_channel_id = Some(channel.into());
        self
    }

    /// Sets which notices are off.
    pub fn system_channel_flags(mut self, flags: SystemChannelFlags) -> Self {
        self.system_channel_flags = Some(flags);
        self
    }

    /// Sets what the guild is about.
    pub fn description(mut self, description: impl Into<Text>) -> Self {
        self.description = Some(Some(description.into()));
        self
    }

    /// Replaces the features; those that cannot be changed have to be among them.
    pub fn features(mut self, features: impl IntoIterator<Item = GuildFeature>) -> Self {
        self.features = Some(features.into_iter().collect());
        self
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

    /// Sets until when nobody can join by invite, at most 24 hours from now; `None` lets them in again.
    pub fn invites_disabled_until(mut self, end: impl Into<Option<Timestamp>>) -> Self {
        self.invites_disabled_until = Some(end.into());
        self
    }

    /// Sets until when members who are not friends cannot write each other, at most 24 hours from now; `None`
    /// lets them again.
    pub fn dms_disabled_until(mut self, end: impl Into<Option<Timestamp>>) -> Self {
        self.dms_disabled_until = Some(end.into());
        self
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
