//! How the REST API answers: status codes, and the codes of its errors.
//!
//! See [status codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes).

open_enum! {
    /// How a request to the REST API went. Every code from 500 on is a fault of the server.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/opcodes-and-status-codes#http-http-response-codes).
    pub enum HttpResponseCode: u32 {
        /// It was done.
        Ok = 200,
        /// Something was made.
        Created = 201,
        /// It was done, and there is nothing to answer.
        NoContent = 204,
        /// Nothing had to be changed.
        NotModified = 304,
        /// The request makes no sense to the server.
        BadRequest = 400,
        /// The token is missing or invalid.
        Unauthorized = 401,
        /// The token does not allow it.
        Forbidden = 403,
        /// There is nothing under this address.
        NotFound = 404,
        /// The address has no such method.
        MethodNotAllowed = 405,
        /// There were too many requests: wait as long as the answer says.
        TooManyRequests = 429,
        /// No gateway was free to process the request: wait, then try again.
        GatewayUnavailable = 502,
    }
}

open_enum! {
    /// Why the REST API refused a request: the `code` in the body of an error.
    ///
    /// Every description is the message that Discord documents for the code.
    ///
    /// See [JSON error codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes).
    pub enum JsonErrorCode: u32 {
        /// General error (such as a malformed request body, amongst other things).
        GeneralError = 0,
        /// Unknown account.
        UnknownAccount = 10_001,
        /// Unknown application.
        UnknownApplication = 10_002,
        /// Unknown channel.
        UnknownChannel = 10_003,
        /// Unknown guild.
        UnknownGuild = 10_004,
        /// Unknown integration.
        UnknownIntegration = 10_005,
        /// Unknown invite.
        UnknownInvite = 10_006,
        /// Unknown member.
        UnknownMember = 10_007,
        /// Unknown message.
        UnknownMessage = 10_008,
        /// Unknown permission overwrite.
        UnknownPermissionOverwrite = 10_009,
        /// Unknown provider.
        UnknownProvider = 10_010,
        /// Unknown role.
        UnknownRole = 10_011,
        /// Unknown token.
        UnknownToken = 10_012,
        /// Unknown user.
        UnknownUser = 10_013,
        /// Unknown emoji.
        UnknownEmoji = 10_014,
        /// Unknown webhook.
        UnknownWebhook = 10_015,
        /// Unknown webhook service.
        UnknownWebhookService = 10_016,
        /// Unknown session.
        UnknownSession = 10_020,
        /// Unknown Asset.
        UnknownAsset = 10_021,
        /// Unknown ban.
        UnknownBan = 10_026,
        /// Unknown SKU.
        UnknownSku = 10_027,
        /// Unknown Store Listing.
        UnknownStoreListing = 10_028,
        /// Unknown entitlement.
        UnknownEntitlement = 10_029,
        /// Unknown build.
        UnknownBuild = 10_030,
        /// Unknown lobby.
        UnknownLobby = 10_031,
        /// Unknown branch.
        UnknownBranch = 10_032,
        /// Unknown store directory layout.
        UnknownStoreDirectoryLayout = 10_033,
        /// Unknown redistributable.
        UnknownRedistributable = 10_036,
        /// Unknown gift code.
        UnknownGiftCode = 10_038,
        /// Unknown stream.
        UnknownStream = 10_049,
        /// Unknown premium server subscribe cooldown.
        UnknownPremiumServerSubscribeCooldown = 10_050,
        /// Unknown guild template.
        UnknownGuildTemplate = 10_057,
        /// Unknown discoverable server category.
        UnknownDiscoverableServerCategory = 10_059,
        /// Unknown sticker.
        UnknownSticker = 10_060,
        /// Unknown sticker pack.
        UnknownStickerPack = 10_061,
        /// Unknown interaction.
        UnknownInteraction = 10_062,
        /// Unknown application command.
        UnknownApplicationCommand = 10_063,
        /// Unknown voice state.
        UnknownVoiceState = 10_065,
        /// Unknown application command permissions.
        UnknownApplicationCommandPermissions = 10_066,
        /// Unknown Stage Instance.
        UnknownStageInstance = 10_067,
        /// Unknown Guild Member Verification Form.
        UnknownGuildMemberVerificationForm = 10_068,
        /// Unknown Guild Welcome Screen.
        UnknownGuildWelcomeScreen = 10_069,
        /// Unknown Guild Scheduled Event.
        UnknownGuildScheduledEvent = 10_070,
        /// Unknown Guild Scheduled Event User.
        UnknownGuildScheduledEventUser = 10_071,
        /// Unknown Tag.
        UnknownTag = 10_087,
        /// Unknown sound.
        UnknownSound = 10_097,
        /// Unknown invite target users job (invite exists but has no target users).
        UnknownInviteTargetUsersJob = 10_124,
        /// Unknown invite target users (invite exists but has no target users).
        UnknownInviteTargetUsers = 10_129,
        /// Bots cannot use this endpoint.
        BotsCannotUseThisEndpoint = 20_001,
        /// Only bots can use this endpoint.
        OnlyBotsCanUseThisEndpoint = 20_002,
        /// Explicit content cannot be sent to the desired recipient(s).
        ExplicitContentCannotBeSent = 20_009,
        /// You are not authorized to perform this action on this application.
        NotAuthorizedForApplication = 20_012,
        /// This action requires a premium subscription.
        ActionRequiresPremiumSubscription = 20_015,
        /// This action cannot be performed due to slowmode rate limit.
        SlowmodeRateLimit = 20_016,
        /// Only the owner of this account can perform this action.
        OnlyAccountOwner = 20_018,
        /// This message cannot be edited due to announcement rate limits.
        AnnouncementEditRateLimit = 20_022,
        /// Under minimum age.
        UnderMinimumAge = 20_024,
        /// The write action you are performing on the channel has hit the write rate limit.
        ChannelWriteRateLimit = 20_028,
        /// The write action you are performing on the server has hit the write rate limit.
        ServerWriteRateLimit = 20_029,
        /// A name or topic holds words that are not allowed for public stages.
        WordsNotAllowed = 20_031,
        /// Guild premium subscription level too low.
        PremiumSubscriptionLevelTooLow = 20_035,
        /// Maximum number of guilds reached (100).
        MaximumNumberOfGuildsReached = 30_001,
        /// Maximum number of friends reached (1000).
        MaximumNumberOfFriendsReached = 30_002,
        /// Maximum number of pins reached for the channel (250).
        MaximumNumberOfPinsReachedForTheChannel = 30_003,
        /// Maximum number of recipients reached (10).
        MaximumNumberOfRecipientsReached = 30_004,
        /// Maximum number of guild roles reached (250).
        MaximumNumberOfGuildRolesReached = 30_005,
        /// Maximum number of webhooks reached (15).
        MaximumNumberOfWebhooksReached = 30_007,
        /// Maximum number of emojis reached.
        MaximumNumberOfEmojisReached = 30_008,
        /// Maximum number of reactions reached (20).
        MaximumNumberOfReactionsReached = 30_010,
        /// Maximum number of group DMs reached (10).
        MaximumNumberOfGroupDmsReached = 30_011,
        /// Maximum number of guild channels reached (500).
        MaximumNumberOfGuildChannelsReached = 30_013,
        /// Maximum number of attachments in a message reached (10).
        MaximumNumberOfAttachmentsInAMessageReached = 30_015,
        /// Maximum number of invites reached (1000).
        MaximumNumberOfInvitesReached = 30_016,
        /// Maximum number of animated emojis reached.
        MaximumNumberOfAnimatedEmojisReached = 30_018,
        /// Maximum number of server members reached.
        MaximumNumberOfServerMembersReached = 30_019,
        /// Maximum number of server categories has been reached (5).
        MaximumNumberOfServerCategoriesReached = 30_030,
        /// Guild already has a template.
        GuildAlreadyHasATemplate = 30_031,
        /// Maximum number of application commands reached.
        MaximumNumberOfApplicationCommandsReached = 30_032,
        /// Maximum number of thread participants has been reached (1000).
        MaximumNumberOfThreadParticipantsReached = 30_033,
        /// Maximum number of daily application command creates has been reached (200).
        MaximumNumberOfDailyApplicationCommandCreatesReached = 30_034,
        /// Maximum number of bans for non-guild members have been exceeded.
        MaximumNumberOfBansForNonGuildMembersExceeded = 30_035,
        /// Maximum number of bans fetches has been reached.
        MaximumNumberOfBansFetchesReached = 30_037,
        /// Maximum number of uncompleted guild scheduled events reached (100).
        MaximumNumberOfUncompletedGuildScheduledEventsReached = 30_038,
        /// Maximum number of stickers reached.
        MaximumNumberOfStickersReached = 30_039,
        /// Maximum number of prune requests has been reached. Try again later.
        MaximumNumberOfPruneRequestsReached = 30_040,
        /// Maximum number of guild widget settings updates has been reached. Try again later.
        MaximumNumberOfGuildWidgetSettingsUpdatesReached = 30_042,
        /// Maximum number of soundboard sounds reached.
        MaximumNumberOfSoundboardSoundsReached = 30_045,
        /// Maximum number of edits to messages older than 1 hour reached. Try again later.
        MaximumNumberOfEditsToOldMessagesReached = 30_046,
        /// Maximum number of pinned threads in a forum channel has been reached.
        MaximumNumberOfPinnedThreadsReached = 30_047,
        /// Maximum number of tags in a forum channel has been reached.
        MaximumNumberOfForumTagsReached = 30_048,
        /// Bitrate is too high for channel of this type.
        BitrateTooHigh = 30_052,
        /// Maximum number of premium emojis reached (25).
        MaximumNumberOfPremiumEmojisReached = 30_056,
        /// Maximum number of webhooks per guild reached (1000).
        MaximumNumberOfWebhooksPerGuildReached = 30_058,
        /// Maximum number of channel permission overwrites reached (1000).
        MaximumNumberOfChannelPermissionOverwritesReached = 30_060,
        /// The channels for this guild are too large.
        GuildChannelsTooLarge = 30_061,
        /// Unauthorized. Provide a valid token and try again.
        Unauthorized = 40_001,
        /// You need to verify your account in order to perform this action.
        AccountVerificationRequired = 40_002,
        /// You are opening direct messages too fast.
        OpeningDirectMessagesTooFast = 40_003,
        /// Send messages has been temporarily disabled.
        SendMessagesTemporarilyDisabled = 40_004,
        /// Request entity too large. Try sending something smaller in size.
        RequestEntityTooLarge = 40_005,
        /// This feature has been temporarily disabled server-side.
        FeatureTemporarilyDisabled = 40_006,
        /// The user is banned from this guild.
        UserBannedFromGuild = 40_007,
        /// Only one channel can have a `parent_id` modified at a time.
        OnlyOneParentIdModifiedAtATime = 40_009,
        /// Connection has been revoked.
        ConnectionRevoked = 40_012,
        /// Only consumable SKUs can be consumed.
        OnlyConsumableSkusCanBeConsumed = 40_018,
        /// You can only delete sandbox entitlements.
        OnlySandboxEntitlementsCanBeDeleted = 40_019,
        /// Target user is not connected to voice.
        TargetUserNotConnectedToVoice = 40_032,
        /// This message has already been crossposted.
        MessageAlreadyCrossposted = 40_033,
        /// An application command with that name already exists.
        ApplicationCommandNameAlreadyExists = 40_041,
        /// Application interaction failed to send.
        ApplicationInteractionFailedToSend = 40_043,
        /// Cannot send a message in a forum channel.
        CannotSendMessageInForumChannel = 40_058,
        /// Interaction has already been acknowledged.
        InteractionAlreadyAcknowledged = 40_060,
        /// Tag names must be unique.
        TagNamesMustBeUnique = 40_061,
        /// Service resource is being rate limited.
        ServiceResourceRateLimited = 40_062,
        /// There are no tags available that can be set by non-moderators.
        NoTagsAvailableForNonModerators = 40_066,
        /// A tag is required to create a forum post in this channel.
        TagRequiredForForumPost = 40_067,
        /// An entitlement has already been granted for this resource.
        EntitlementAlreadyGranted = 40_074,
        /// This interaction has hit the maximum number of follow up messages.
        MaximumNumberOfFollowUpMessagesReached = 40_094,
        /// Cloudflare is blocking your request. This can often be resolved by setting a proper User Agent.
        CloudflareBlocking = 40_333,
        /// Missing access.
        MissingAccess = 50_001,
        /// Invalid account type.
        InvalidAccountType = 50_002,
        /// Cannot execute action on a DM channel.
        CannotExecuteActionOnDmChannel = 50_003,
        /// Guild widget disabled.
        GuildWidgetDisabled = 50_004,
        /// Cannot edit a message authored by another user.
        CannotEditMessageOfAnotherUser = 50_005,
        /// Cannot send an empty message.
        CannotSendAnEmptyMessage = 50_006,
        /// Cannot send messages to this user.
        CannotSendMessagesToThisUser = 50_007,
        /// Cannot send messages in a non-text channel.
        CannotSendMessagesInNonTextChannel = 50_008,
        /// Channel verification level is too high for you to gain access.
        ChannelVerificationLevelTooHigh = 50_009,
        /// OAuth2 application does not have a bot.
        OAuth2ApplicationHasNoBot = 50_010,
        /// OAuth2 application limit reached.
        OAuth2ApplicationLimitReached = 50_011,
        /// Invalid OAuth2 state.
        InvalidOAuth2State = 50_012,
        /// You lack permissions to perform that action.
        MissingPermissions = 50_013,
        /// Invalid authentication token provided.
        InvalidAuthenticationToken = 50_014,
        /// Note was too long.
        NoteTooLong = 50_015,
        /// Too few or too many messages to delete: 2 to 100.
        TooFewOrTooManyMessagesToDelete = 50_016,
        /// Invalid MFA Level.
        InvalidMfaLevel = 50_017,
        /// A message can only be pinned to the channel it was sent in.
        MessageCanOnlyBePinnedInItsChannel = 50_019,
        /// Invite code was either invalid or taken.
        InviteCodeInvalidOrTaken = 50_020,
        /// Cannot execute action on a system message.
        CannotExecuteActionOnSystemMessage = 50_021,
        /// Cannot execute action on this channel type.
        CannotExecuteActionOnChannelType = 50_024,
        /// Invalid OAuth2 access token provided.
        InvalidOAuth2AccessToken = 50_025,
        /// Missing required OAuth2 scope.
        MissingRequiredOAuth2Scope = 50_026,
        /// Invalid webhook token provided.
        InvalidWebhookToken = 50_027,
        /// Invalid role.
        InvalidRole = 50_028,
        /// Invalid Recipient(s).
        InvalidRecipient = 50_033,
        /// A message provided was too old to bulk delete.
        MessageTooOldToBulkDelete = 50_034,
        /// The body of the request is invalid; `errors` names the fields.
        InvalidFormBody = 50_035,
        /// An invite was accepted to a guild the application's bot is not in.
        InviteAcceptedToGuildWithoutBot = 50_036,
        /// Invalid Activity Action.
        InvalidActivityAction = 50_039,
        /// Invalid API version provided.
        InvalidApiVersion = 50_041,
        /// File uploaded exceeds the maximum size.
        FileExceedsMaximumSize = 50_045,
        /// Invalid file uploaded.
        InvalidFileUploaded = 50_046,
        /// Cannot self-redeem this gift.
        CannotSelfRedeemGift = 50_054,
        /// Invalid Guild.
        InvalidGuild = 50_055,
        /// Invalid SKU.
        InvalidSku = 50_057,
        /// Invalid request origin.
        InvalidRequestOrigin = 50_067,
        /// Invalid message type.
        InvalidMessageType = 50_068,
        /// Payment source required to redeem gift.
        PaymentSourceRequired = 50_070,
        /// Cannot modify a system webhook.
        CannotModifyASystemWebhook = 50_073,
        /// Cannot delete a channel required for Community guilds.
        CannotDeleteCommunityChannel = 50_074,
        /// Cannot edit stickers within a message.
        CannotEditStickersWithinAMessage = 50_080,
        /// Invalid sticker sent.
        InvalidStickerSent = 50_081,
        /// The thread is archived: nothing can be done in it.
        ThreadArchived = 50_083,
        /// Invalid thread notification settings.
        InvalidThreadNotificationSettings = 50_084,
        /// Before value is earlier than the thread creation date.
        BeforeValueEarlierThanThreadCreation = 50_085,
        /// Community server channels must be text channels.
        CommunityChannelsMustBeTextChannels = 50_086,
        /// The entity type of the event is different from the entity you are trying to start the event for.
        EventEntityTypeDiffers = 50_091,
        /// This server is not available in your location.
        ServerNotAvailableInLocation = 50_095,
        /// This server needs monetization enabled in order to perform this action.
        ServerNeedsMonetization = 50_097,
        /// This server needs more boosts to perform this action.
        ServerNeedsMoreBoosts = 50_101,
        /// The request body contains invalid JSON.
        InvalidJson = 50_109,
        /// The provided file is invalid.
        InvalidFile = 50_110,
        /// The provided file type is invalid.
        InvalidFileType = 50_123,
        /// The provided file duration exceeds maximum of 5.2 seconds.
        FileDurationExceedsMaximum = 50_124,
        /// Owner cannot be pending member.
        OwnerCannotBePendingMember = 50_131,
        /// Ownership cannot be transferred to a bot user.
        OwnershipCannotBeTransferredToBot = 50_132,
        /// Failed to resize asset below the maximum size: 262144.
        FailedToResizeAsset = 50_138,
        /// Cannot mix subscription and non subscription roles for an emoji.
        CannotMixSubscriptionAndNonSubscriptionRoles = 50_144,
        /// Cannot convert between premium emoji and normal emoji.
        CannotConvertBetweenPremiumAndNormalEmoji = 50_145,
        /// Uploaded file not found.
        UploadedFileNotFound = 50_146,
        /// The specified emoji is invalid.
        InvalidEmoji = 50_151,
        /// Voice messages do not support additional content.
        VoiceMessagesDoNotSupportAdditionalContent = 50_159,
        /// Voice messages must have a single audio attachment.
        VoiceMessagesMustHaveSingleAudioAttachment = 50_160,
        /// Voice messages must have supporting metadata.
        VoiceMessagesMustHaveMetadata = 50_161,
        /// Voice messages cannot be edited.
        VoiceMessagesCannotBeEdited = 50_162,
        /// Cannot delete guild subscription integration.
        CannotDeleteGuildSubscriptionIntegration = 50_163,
        /// Cannot send voice effect when user is server muted, deafened, or suppressed.
        CannotSendVoiceEffect = 50_167,
        /// You cannot send voice messages in this channel.
        CannotSendVoiceMessagesInChannel = 50_173,
        /// The user account must first be verified.
        UserAccountMustBeVerified = 50_178,
        /// The provided file does not have a valid duration.
        FileWithoutValidDuration = 50_192,
        /// Cannot send messages to this user due to having no mutual guilds.
        NoMutualGuilds = 50_278,
        /// You do not have permission to send this sticker.
        NoPermissionToSendSticker = 50_600,
        /// Two factor is required for this operation.
        TwoFactorRequired = 60_003,
        /// No users with `DiscordTag` exist.
        NoUsersWithDiscordTag = 80_004,
        /// Reaction was blocked.
        ReactionWasBlocked = 90_001,
        /// User cannot use burst reactions.
        UserCannotUseBurstReactions = 90_002,
        /// Index not yet available. Try again later.
        IndexNotYetAvailable = 110_000,
        /// Application not yet available. Try again later.
        ApplicationNotYetAvailable = 110_001,
        /// API resource is currently overloaded. Try again a little later.
        ApiResourceOverloaded = 130_000,
        /// The Stage is already open.
        StageAlreadyOpen = 150_006,
        /// Cannot reply without permission to read message history.
        CannotReplyWithoutReadMessageHistory = 160_002,
        /// A thread has already been created for this message.
        ThreadAlreadyCreatedForMessage = 160_004,
        /// Thread is locked.
        ThreadLocked = 160_005,
        /// Maximum number of active threads reached.
        MaximumNumberOfActiveThreadsReached = 160_006,
        /// Maximum number of active announcement threads reached.
        MaximumNumberOfActiveAnnouncementThreadsReached = 160_007,
        /// You cannot forward a message whose content you cannot read.
        CannotForwardUnreadableMessage = 160_014,
        /// Invalid JSON for uploaded Lottie file.
        InvalidLottieJson = 170_001,
        /// Uploaded Lotties cannot contain rasterized images such as PNG or JPEG.
        LottieContainsRasterizedImages = 170_002,
        /// Sticker maximum framerate exceeded.
        StickerMaximumFramerateExceeded = 170_003,
        /// Sticker frame count exceeds maximum of 1000 frames.
        StickerFrameCountExceedsMaximum = 170_004,
        /// Lottie animation maximum dimensions exceeded.
        LottieMaximumDimensionsExceeded = 170_005,
        /// Sticker frame rate is either too small or too large.
        StickerFrameRateTooSmallOrTooLarge = 170_006,
        /// Sticker animation duration exceeds maximum of 5 seconds.
        StickerAnimationDurationExceedsMaximum = 170_007,
        /// Cannot update a finished event.
        CannotUpdateAFinishedEvent = 180_000,
        /// Failed to create stage needed for stage event.
        FailedToCreateStage = 180_002,
        /// Message was blocked by automatic moderation.
        MessageBlockedByAutoModeration = 200_000,
        /// Title was blocked by automatic moderation.
        TitleBlockedByAutoModeration = 200_001,
        /// Webhooks posted to forum channels must have a `thread_name` or `thread_id`.
        WebhookForumPostNeedsThread = 220_001,
        /// Webhooks posted to forum channels cannot have both a `thread_name` and `thread_id`.
        WebhookForumPostWithThreadNameAndThreadId = 220_002,
        /// Webhooks can only create threads in forum channels.
        WebhooksCanOnlyCreateThreadsInForums = 220_003,
        /// Webhook services cannot be used in forum channels.
        WebhookServicesCannotBeUsedInForums = 220_004,
        /// Message blocked by harmful links filter.
        MessageBlockedByHarmfulLinksFilter = 240_000,
        /// Access to joining new servers has been limited for the user.
        JoiningServersLimited = 340_015,
        /// Cannot enable onboarding, requirements are not met.
        CannotEnableOnboarding = 350_000,
        /// Cannot update onboarding while below requirements.
        CannotUpdateOnboarding = 350_001,
        /// Access to file uploads has been limited for this guild.
        FileUploadsLimited = 400_001,
        /// Failed to ban users.
        FailedToBanUsers = 500_000,
        /// Poll voting blocked.
        PollVotingBlocked = 520_000,
        /// Poll expired.
        PollExpired = 520_001,
        /// Invalid channel type for poll creation.
        InvalidChannelTypeForPoll = 520_002,
        /// Cannot edit a poll message.
        CannotEditAPollMessage = 520_003,
        /// Cannot use an emoji included with the poll.
        CannotUsePollEmoji = 520_004,
        /// Cannot expire a non-poll message.
        CannotExpireNonPollMessage = 520_006,
        /// The application may not use provisional accounts.
        ProvisionalAccountsNotGranted = 530_000,
        /// The ID token has expired.
        IdTokenExpired = 530_001,
        /// The issuer of the ID token is not the one configured.
        IdTokenIssuerMismatch = 530_002,
        /// The audience of the ID token is not the one configured.
        IdTokenAudienceMismatch = 530_003,
        /// The ID token was issued too long ago.
        IdTokenIssuedTooLongAgo = 530_004,
        /// No unique user name could be generated in time. Not final: try again.
        FailedToGenerateUniqueUsername = 530_006,
        /// The client secret is invalid.
        InvalidClientSecret = 530_007,
    }
}
