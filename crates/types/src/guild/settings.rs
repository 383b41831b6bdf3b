//! Levels, features and switches of a guild.

open_enum! {
    /// What members must have proved before they may write.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-verification-level).
    pub enum VerificationLevel: u32 {
        /// Nothing.
        None = 0,
        /// A confirmed e-mail address.
        Low = 1,
        /// Five minutes on Discord.
        Medium = 2,
        /// Ten minutes in the guild.
        High = 3,
        /// A confirmed telephone number.
        VeryHigh = 4,
    }
}

open_enum! {
    /// What members are told of by default.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-default-message-notification-level).
    pub enum DefaultMessageNotifications: u32 {
        /// Every message.
        AllMessages = 0,
        /// Only what mentions them.
        OnlyMentions = 1,
    }
}

open_enum! {
    /// Whose media are scanned for explicit content.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-explicit-content-filter-level).
    pub enum ExplicitContentFilter: u32 {
        /// Nobody's.
        Disabled = 0,
        /// Those of members without roles.
        MembersWithoutRoles = 1,
        /// Everybody's.
        AllMembers = 2,
    }
}

open_enum! {
    /// Whether moderators need a second factor.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-mfa-level).
    pub enum MfaLevel: u32 {
        /// They do not.
        None = 0,
        /// They do.
        Elevated = 1,
    }
}

open_enum! {
    /// For which ages a guild is.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-guild-nsfw-level).
    pub enum NsfwLevel: u32 {
        /// Not rated.
        Default = 0,
        /// Explicit.
        Explicit = 1,
        /// Safe.
        Safe = 2,
        /// For adults.
        AgeRestricted = 3,
    }
}

open_enum! {
    /// The level that boosts have reached.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-premium-tier).
    pub enum PremiumTier: u32 {
        /// None yet.
        None = 0,
        /// The first.
        Tier1 = 1,
        /// The second.
        Tier2 = 2,
        /// The third.
        Tier3 = 3,
    }
}

flags! {
    /// Notices that are switched off in the system channel.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-system-channel-flags).
    pub struct SystemChannelFlags: u64 {
        /// Who joined.
        const SUPPRESS_JOIN_NOTIFICATIONS = 1 << 0;
        /// Who boosted.
        const SUPPRESS_PREMIUM_SUBSCRIPTIONS = 1 << 1;
        /// Tips for setting the guild up.
        const SUPPRESS_GUILD_REMINDER_NOTIFICATIONS = 1 << 2;
        /// The button that waves a sticker at newcomers.
        const SUPPRESS_JOIN_NOTIFICATION_REPLIES = 1 << 3;
        /// Who subscribed to a role.
        const SUPPRESS_ROLE_SUBSCRIPTION_PURCHASE_NOTIFICATIONS = 1 << 4;
        /// The button that waves a sticker at subscribers.
        const SUPPRESS_ROLE_SUBSCRIPTION_PURCHASE_NOTIFICATION_REPLIES = 1 << 5;
    }
}

open_enum! {
    /// Something a guild is able to do.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-object-guild-features).
    pub enum GuildFeature: str {
        /// May have a moving banner.
        AnimatedBanner = "ANIMATED_BANNER",
        /// May have a moving icon.
        AnimatedIcon = "ANIMATED_ICON",
        /// Still has the old permissions of commands.
        ApplicationCommandPermissionsV2 = "APPLICATION_COMMAND_PERMISSIONS_V2",
        /// Has rules of auto moderation.
        AutoModeration = "AUTO_MODERATION",
        /// May have a banner.
        Banner = "BANNER",
        /// Is a community: welcome screen, discovery, news from Discord.
        Community = "COMMUNITY",
        /// Earns money.
        CreatorMonetizableProvisional = "CREATOR_MONETIZABLE_PROVISIONAL",
        /// Has a page for role subscriptions.
        CreatorStorePage = "CREATOR_STORE_PAGE",
        /// Supports the users of an application.
        DeveloperSupportServer = "DEVELOPER_SUPPORT_SERVER",
        /// Can be found in discovery.
        Discoverable = "DISCOVERABLE",
        /// Can be featured in discovery.
        Featurable = "FEATURABLE",
        /// Nobody may join for now.
        InvitesDisabled = "INVITES_DISABLED",
        /// May have an image on its invite page.
        InviteSplash = "INVITE_SPLASH",
        /// Screens its newcomers.
        MemberVerificationGateEnabled = "MEMBER_VERIFICATION_GATE_ENABLED",
        /// Has more slots for soundboard sounds.
        MoreSoundboard = "MORE_SOUNDBOARD",
        /// Has more slots for stickers.
        MoreStickers = "MORE_STICKERS",
        /// May have announcement channels.
        News = "NEWS",
        /// Is a partner of Discord.
        Partnered = "PARTNERED",
        /// Can be looked at before joining.
        PreviewEnabled = "PREVIEW_ENABLED",
        /// Does not want alerts of raids.
        RaidAlertsDisabled = "RAID_ALERTS_DISABLED",
        /// May have icons on roles.
        RoleIcons = "ROLE_ICONS",
        /// Has role subscriptions on sale.
        RoleSubscriptionsAvailableForPurchase = "ROLE_SUBSCRIPTIONS_AVAILABLE_FOR_PURCHASE",
        /// May sell role subscriptions.
        RoleSubscriptionsEnabled = "ROLE_SUBSCRIPTIONS_ENABLED",
        /// Made soundboard sounds.
        Soundboard = "SOUNDBOARD",
        /// May sell tickets for events.
        TicketedEventsEnabled = "TICKETED_EVENTS_ENABLED",
        /// May have a custom invite code.
        VanityUrl = "VANITY_URL",
        /// Is verified.
        Verified = "VERIFIED",
        /// May have 384 kbit/s voice.
        VipRegions = "VIP_REGIONS",
        /// Shows a welcome screen.
        WelcomeScreenEnabled = "WELCOME_SCREEN_ENABLED",
        /// Lets guests in.
        GuestsEnabled = "GUESTS_ENABLED",
        /// May give its members a tag.
        GuildTags = "GUILD_TAGS",
        /// May have gradients on roles.
        EnhancedRoleColors = "ENHANCED_ROLE_COLORS",
    }
}
