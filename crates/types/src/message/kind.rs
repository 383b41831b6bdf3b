//! Kinds and flags of messages.

open_enum! {
    /// What kind of message. All but `Default`, `Reply` and the commands are written by Discord.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#message-object-message-types).
    pub enum MessageType: u32 {
        /// Text that a user sent.
        Default = 0,
        /// Somebody was added to a group.
        RecipientAdd = 1,
        /// Somebody left a group.
        RecipientRemove = 2,
        /// A call.
        Call = 3,
        /// A group got another name.
        ChannelNameChange = 4,
        /// A group got another icon.
        ChannelIconChange = 5,
        /// A message was pinned.
        ChannelPinnedMessage = 6,
        /// Somebody joined the guild.
        UserJoin = 7,
        /// Somebody boosted the guild.
        GuildBoost = 8,
        /// A boost brought the guild to the first level.
        GuildBoostTier1 = 9,
        /// A boost brought the guild to the second level.
        GuildBoostTier2 = 10,
        /// A boost brought the guild to the third level.
        GuildBoostTier3 = 11,
        /// The channel follows an announcement channel.
        ChannelFollowAdd = 12,
        /// The guild fell out of discovery.
        GuildDiscoveryDisqualified = 14,
        /// The guild is in discovery again.
        GuildDiscoveryRequalified = 15,
        /// The guild failed discovery's conditions for a week.
        GuildDiscoveryGracePeriodInitialWarning = 16,
        /// The guild failed discovery's conditions for three weeks.
        GuildDiscoveryGracePeriodFinalWarning = 17,
        /// A thread was begun.
        ThreadCreated = 18,
        /// A reply.
        Reply = 19,
        /// The response to a slash command.
        ChatInputCommand = 20,
        /// Points to the message on which the thread was begun.
        ThreadStarterMessage = 21,
        /// Reminds the owner to invite others.
        GuildInviteReminder = 22,
        /// The response to a command of a context menu.
        ContextMenuCommand = 23,
        /// Auto moderation did something.
        AutoModerationAction = 24,
        /// Somebody subscribed to a role.
        RoleSubscriptionPurchase = 25,
        /// The application asks for a subscription.
        InteractionPremiumUpsell = 26,
        /// A stage began.
        StageStart = 27,
        /// A stage ended.
        StageEnd = 28,
        /// Somebody speaks on the stage.
        StageSpeaker = 29,
        /// The stage has another topic.
        StageTopic = 31,
        /// The guild subscribed to an application.
        GuildApplicationPremiumSubscription = 32,
        /// Moderators locked the guild down.
        GuildIncidentAlertModeEnabled = 36,
        /// The lock-down is over.
        GuildIncidentAlertModeDisabled = 37,
        /// A raid was reported.
        GuildIncidentReportRaid = 38,
        /// The report was a false alarm.
        GuildIncidentReportFalseAlarm = 39,
        /// Somebody bought something.
        PurchaseNotification = 44,
        /// A poll's result.
        PollResult = 46,
    }
}

open_enum! {
    /// What one does with the activity of a message.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#message-object-message-activity-types).
    pub enum MessageActivityType: u32 {
        /// Join.
        Join = 1,
        /// Spectate.
        Spectate = 2,
        /// Listen along.
        Listen = 3,
        /// Ask to join.
        JoinRequest = 5,
        /// Ask for a stream.
        StreamRequest = 6,
    }
}

open_enum! {
    /// How a message points to another one.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#message-reference-types).
    pub enum MessageReferenceType: u32 {
        /// A reply and the like.
        Default = 0,
        /// A forward.
        Forward = 1,
    }
}

open_enum! {
    /// The theme underneath a shared client theme.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#base-theme-types).
    pub enum BaseTheme: u32 {
        /// None.
        Unset = 0,
        /// Dark.
        Dark = 1,
        /// Light.
        Light = 2,
        /// Darker.
        Darker = 3,
        /// Midnight.
        Midnight = 4,
    }
}

flags! {
    /// Properties of a message.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#message-object-message-flags).
    pub struct MessageFlags: u64 {
        /// It was published to the channels that follow this one.
        const CROSSPOSTED = 1 << 0;
        /// It was published in another channel.
        const IS_CROSSPOST = 1 << 1;
        /// Its embeds are not shown. Can be set.
        const SUPPRESS_EMBEDS = 1 << 2;
        /// The announcement it came from was deleted.
        const SOURCE_MESSAGE_DELETED = 1 << 3;
        /// It comes from Discord's urgent message system.
        const URGENT = 1 << 4;
        /// A thread was begun on it, with the same id.
        const HAS_THREAD = 1 << 5;
        /// Only the user of the interaction sees it. Can be set in responses.
        const EPHEMERAL = 1 << 6;
        /// The application is thinking.
        const LOADING = 1 << 7;
        /// Some mentioned roles could not be added to the thread.
        const FAILED_TO_MENTION_SOME_ROLES_IN_THREAD = 1 << 8;
        /// It rings nobody. Can be set.
        const SUPPRESS_NOTIFICATIONS = 1 << 12;
        /// It is a voice message. Can be set.
        const IS_VOICE_MESSAGE = 1 << 13;
        /// It forwards another one.
        const HAS_SNAPSHOT = 1 << 14;
        /// It consists of components alone. Can be set, never taken back.
        const IS_COMPONENTS_V2 = 1 << 15;
    }
}
