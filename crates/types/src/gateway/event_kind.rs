use std::fmt;

use crate::gateway::Intents;

macro_rules! event_kinds {
    ($($(#[$meta:meta])* $Kind:ident = $name:literal $(if $($intent:ident)|+)?,)*) => {
        /// What happened, as the `t` of a dispatch names it.
        ///
        /// See [receive events](https://docs.discord.com/developers/events/gateway-events#receive-events).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum EventKind {
            $($(#[$meta])* $Kind,)*
            /// An event that has no name here.
            Unknown,
        }

        impl EventKind {
            /// Every kind that has a name, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$Kind,)*];

            /// Gives the name on the wire its kind.
            #[must_use]
            pub fn from_name(name: &str) -> Self {
                match name {
                    $($name => Self::$Kind,)*
                    _ => Self::Unknown,
                }
            }

            /// The name on the wire; `UNKNOWN` where the kind is not known.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$Kind => $name,)*
                    Self::Unknown => "UNKNOWN",
                }
            }

            /// The intents that bring the event, any of which will do: one for guilds, another for
            /// direct messages. Empty for events that come whatever the intents, and for unknown
            /// ones.
            #[must_use]
            pub const fn intents(self) -> Intents {
                match self {
                    $(Self::$Kind => Intents::empty()$($(.union(Intents::$intent))+)?,)*
                    Self::Unknown => Intents::empty(),
                }
            }
        }
    };
}

event_kinds! {
    /// [Ready](https://docs.discord.com/developers/events/gateway-events#ready).
    Ready = "READY",
    /// [Resumed](https://docs.discord.com/developers/events/gateway-events#resumed).
    Resumed = "RESUMED",
    /// [Rate Limited](https://docs.discord.com/developers/events/gateway-events#rate-limited).
    RateLimited = "RATE_LIMITED",
    /// [Application Command Permissions Update](https://docs.discord.com/developers/events/gateway-events#application-command-permissions-update).
    ApplicationCommandPermissionsUpdate = "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
    /// [Auto Moderation Rule Create](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-create).
    AutoModerationRuleCreate = "AUTO_MODERATION_RULE_CREATE" if AUTO_MODERATION_CONFIGURATION,
    /// [Auto Moderation Rule Update](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-update).
    AutoModerationRuleUpdate = "AUTO_MODERATION_RULE_UPDATE" if AUTO_MODERATION_CONFIGURATION,
    /// [Auto Moderation Rule Delete](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-delete).
    AutoModerationRuleDelete = "AUTO_MODERATION_RULE_DELETE" if AUTO_MODERATION_CONFIGURATION,
    /// [Auto Moderation Action Execution](https://docs.discord.com/developers/events/gateway-events#auto-moderation-action-execution).
    AutoModerationActionExecution = "AUTO_MODERATION_ACTION_EXECUTION" if AUTO_MODERATION_EXECUTION,
    /// [Channel Create](https://docs.discord.com/developers/events/gateway-events#channel-create).
    ChannelCreate = "CHANNEL_CREATE" if GUILDS,
    /// [Channel Update](https://docs.discord.com/developers/events/gateway-events#channel-update).
    ChannelUpdate = "CHANNEL_UPDATE" if GUILDS,
    /// [Channel Delete](https://docs.discord.com/developers/events/gateway-events#channel-delete).
    ChannelDelete = "CHANNEL_DELETE" if GUILDS,
    /// [Channel Info](https://docs.discord.com/developers/events/gateway-events#channel-info).
    ChannelInfo = "CHANNEL_INFO",
    /// [Channel Pins Update](https://docs.discord.com/developers/events/gateway-events#channel-pins-update).
    ChannelPinsUpdate = "CHANNEL_PINS_UPDATE" if GUILDS | DIRECT_MESSAGES,
    /// [Thread Create](https://docs.discord.com/developers/events/gateway-events#thread-create).
    ThreadCreate = "THREAD_CREATE" if GUILDS,
    /// [Thread Update](https://docs.discord.com/developers/events/gateway-events#thread-update).
    ThreadUpdate = "THREAD_UPDATE" if GUILDS,
    /// [Thread Delete](https://docs.discord.com/developers/events/gateway-events#thread-delete).
    ThreadDelete = "THREAD_DELETE" if GUILDS,
    /// [Thread List Sync](https://docs.discord.com/developers/events/gateway-events#thread-list-sync).
    ThreadListSync = "THREAD_LIST_SYNC" if GUILDS,
    /// [Thread Member Update](https://docs.discord.com/developers/events/gateway-events#thread-member-update).
    ThreadMemberUpdate = "THREAD_MEMBER_UPDATE" if GUILDS,
    /// [Thread Members Update](https://docs.discord.com/developers/events/gateway-events#thread-members-update).
    ThreadMembersUpdate = "THREAD_MEMBERS_UPDATE" if GUILDS | GUILD_MEMBERS,
    /// [Entitlement Create](https://docs.discord.com/developers/events/gateway-events#entitlement-create).
    EntitlementCreate = "ENTITLEMENT_CREATE",
    /// [Entitlement Update](https://docs.discord.com/developers/events/gateway-events#entitlement-update).
    EntitlementUpdate = "ENTITLEMENT_UPDATE",
    /// [Entitlement Delete](https://docs.discord.com/developers/events/gateway-events#entitlement-delete).
    EntitlementDelete = "ENTITLEMENT_DELETE",
    /// [Guild Create](https://docs.discord.com/developers/events/gateway-events#guild-create).
    GuildCreate = "GUILD_CREATE" if GUILDS,
    /// [Guild Update](https://docs.discord.com/developers/events/gateway-events#guild-update).
    GuildUpdate = "GUILD_UPDATE" if GUILDS,
    /// [Guild Delete](https://docs.discord.com/developers/events/gateway-events#guild-delete).
    GuildDelete = "GUILD_DELETE" if GUILDS,
    /// [Guild Audit Log Entry Create](https://docs.discord.com/developers/events/gateway-events#guild-audit-log-entry-create).
    GuildAuditLogEntryCreate = "GUILD_AUDIT_LOG_ENTRY_CREATE" if GUILD_MODERATION,
    /// [Guild Ban Add](https://docs.discord.com/developers/events/gateway-events#guild-ban-add).
    GuildBanAdd = "GUILD_BAN_ADD" if GUILD_MODERATION,
    /// [Guild Ban Remove](https://docs.discord.com/developers/events/gateway-events#guild-ban-remove).
    GuildBanRemove = "GUILD_BAN_REMOVE" if GUILD_MODERATION,
    /// [Guild Emojis Update](https://docs.discord.com/developers/events/gateway-events#guild-emojis-update).
    GuildEmojisUpdate = "GUILD_EMOJIS_UPDATE" if GUILD_EXPRESSIONS,
    /// [Guild Stickers Update](https://docs.discord.com/developers/events/gateway-events#guild-stickers-update).
    GuildStickersUpdate = "GUILD_STICKERS_UPDATE" if GUILD_EXPRESSIONS,
    /// [Guild Integrations Update](https://docs.discord.com/developers/events/gateway-events#guild-integrations-update).
    GuildIntegrationsUpdate = "GUILD_INTEGRATIONS_UPDATE" if GUILD_INTEGRATIONS,
    /// [Guild Member Add](https://docs.discord.com/developers/events/gateway-events#guild-member-add).
    GuildMemberAdd = "GUILD_MEMBER_ADD" if GUILD_MEMBERS,
    /// [Guild Member Remove](https://docs.discord.com/developers/events/gateway-events#guild-member-remove).
    GuildMemberRemove = "GUILD_MEMBER_REMOVE" if GUILD_MEMBERS,
    /// [Guild Member Update](https://docs.discord.com/developers/events/gateway-events#guild-member-update).
    GuildMemberUpdate = "GUILD_MEMBER_UPDATE" if GUILD_MEMBERS,
    /// [Guild Members Chunk](https://docs.discord.com/developers/events/gateway-events#guild-members-chunk).
    GuildMembersChunk = "GUILD_MEMBERS_CHUNK",
    /// [Guild Role Create](https://docs.discord.com/developers/events/gateway-events#guild-role-create).
    GuildRoleCreate = "GUILD_ROLE_CREATE" if GUILDS,
    /// [Guild Role Update](https://docs.discord.com/developers/events/gateway-events#guild-role-update).
    GuildRoleUpdate = "GUILD_ROLE_UPDATE" if GUILDS,
    /// [Guild Role Delete](https://docs.discord.com/developers/events/gateway-events#guild-role-delete).
    GuildRoleDelete = "GUILD_ROLE_DELETE" if GUILDS,
    /// [Guild Scheduled Event Create](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-create).
    GuildScheduledEventCreate = "GUILD_SCHEDULED_EVENT_CREATE" if GUILD_SCHEDULED_EVENTS,
    /// [Guild Scheduled Event Update](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-update).
    GuildScheduledEventUpdate = "GUILD_SCHEDULED_EVENT_UPDATE" if GUILD_SCHEDULED_EVENTS,
    /// [Guild Scheduled Event Delete](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-delete).
    GuildScheduledEventDelete = "GUILD_SCHEDULED_EVENT_DELETE" if GUILD_SCHEDULED_EVENTS,
    /// [Guild Scheduled Event User Add](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-add).
    GuildScheduledEventUserAdd = "GUILD_SCHEDULED_EVENT_USER_ADD" if GUILD_SCHEDULED_EVENTS,
    /// [Guild Scheduled Event User Remove](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-remove).
    GuildScheduledEventUserRemove = "GUILD_SCHEDULED_EVENT_USER_REMOVE" if GUILD_SCHEDULED_EVENTS,
    /// [Guild Soundboard Sound Create](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-create).
    GuildSoundboardSoundCreate = "GUILD_SOUNDBOARD_SOUND_CREATE" if GUILD_EXPRESSIONS,
    /// [Guild Soundboard Sound Update](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-update).
    GuildSoundboardSoundUpdate = "GUILD_SOUNDBOARD_SOUND_UPDATE" if GUILD_EXPRESSIONS,
    /// [Guild Soundboard Sound Delete](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-delete).
    GuildSoundboardSoundDelete = "GUILD_SOUNDBOARD_SOUND_DELETE" if GUILD_EXPRESSIONS,
    /// [Guild Soundboard Sounds Update](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sounds-update).
    GuildSoundboardSoundsUpdate = "GUILD_SOUNDBOARD_SOUNDS_UPDATE" if GUILD_EXPRESSIONS,
    /// [Soundboard Sounds](https://docs.discord.com/developers/events/gateway-events#soundboard-sounds).
    SoundboardSounds = "SOUNDBOARD_SOUNDS",
    /// [Integration Create](https://docs.discord.com/developers/events/gateway-events#integration-create).
    IntegrationCreate = "INTEGRATION_CREATE" if GUILD_INTEGRATIONS,
    /// [Integration Update](https://docs.discord.com/developers/events/gateway-events#integration-update).
    IntegrationUpdate = "INTEGRATION_UPDATE" if GUILD_INTEGRATIONS,
    /// [Integration Delete](https://docs.discord.com/developers/events/gateway-events#integration-delete).
    IntegrationDelete = "INTEGRATION_DELETE" if GUILD_INTEGRATIONS,
    /// [Interaction Create](https://docs.discord.com/developers/events/gateway-events#interaction-create).
    InteractionCreate = "INTERACTION_CREATE",
    /// [Invite Create](https://docs.discord.com/developers/events/gateway-events#invite-create).
    InviteCreate = "INVITE_CREATE" if GUILD_INVITES,
    /// [Invite Delete](https://docs.discord.com/developers/events/gateway-events#invite-delete).
    InviteDelete = "INVITE_DELETE" if GUILD_INVITES,
    /// [Message Create](https://docs.discord.com/developers/events/gateway-events#message-create).
    MessageCreate = "MESSAGE_CREATE" if GUILD_MESSAGES | DIRECT_MESSAGES,
    /// [Message Update](https://docs.discord.com/developers/events/gateway-events#message-update).
    MessageUpdate = "MESSAGE_UPDATE" if GUILD_MESSAGES | DIRECT_MESSAGES,
    /// [Message Delete](https://docs.discord.com/developers/events/gateway-events#message-delete).
    MessageDelete = "MESSAGE_DELETE" if GUILD_MESSAGES | DIRECT_MESSAGES,
    /// [Message Delete Bulk](https://docs.discord.com/developers/events/gateway-events#message-delete-bulk).
    MessageDeleteBulk = "MESSAGE_DELETE_BULK" if GUILD_MESSAGES,
    /// [Message Reaction Add](https://docs.discord.com/developers/events/gateway-events#message-reaction-add).
    MessageReactionAdd = "MESSAGE_REACTION_ADD" if GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS,
    /// [Message Reaction Remove](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove).
    MessageReactionRemove = "MESSAGE_REACTION_REMOVE" if GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS,
    /// [Message Reaction Remove All](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-all).
    MessageReactionRemoveAll = "MESSAGE_REACTION_REMOVE_ALL" if GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS,
    /// [Message Reaction Remove Emoji](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-emoji).
    MessageReactionRemoveEmoji = "MESSAGE_REACTION_REMOVE_EMOJI" if GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS,
    /// [Presence Update](https://docs.discord.com/developers/events/gateway-events#presence-update).
    PresenceUpdate = "PRESENCE_UPDATE" if GUILD_PRESENCES,
    /// [Stage Instance Create](https://docs.discord.com/developers/events/gateway-events#stage-instance-create).
    StageInstanceCreate = "STAGE_INSTANCE_CREATE" if GUILDS,
    /// [Stage Instance Update](https://docs.discord.com/developers/events/gateway-events#stage-instance-update).
    StageInstanceUpdate = "STAGE_INSTANCE_UPDATE" if GUILDS,
    /// [Stage Instance Delete](https://docs.discord.com/developers/events/gateway-events#stage-instance-delete).
    StageInstanceDelete = "STAGE_INSTANCE_DELETE" if GUILDS,
    /// [Subscription Create](https://docs.discord.com/developers/events/gateway-events#subscription-create).
    SubscriptionCreate = "SUBSCRIPTION_CREATE",
    /// [Subscription Update](https://docs.discord.com/developers/events/gateway-events#subscription-update).
    SubscriptionUpdate = "SUBSCRIPTION_UPDATE",
    /// [Subscription Delete](https://docs.discord.com/developers/events/gateway-events#subscription-delete).
    SubscriptionDelete = "SUBSCRIPTION_DELETE",
    /// [Typing Start](https://docs.discord.com/developers/events/gateway-events#typing-start).
    TypingStart = "TYPING_START" if GUILD_MESSAGE_TYPING | DIRECT_MESSAGE_TYPING,
    /// [User Update](https://docs.discord.com/developers/events/gateway-events#user-update).
    UserUpdate = "USER_UPDATE",
    /// [Voice Channel Effect Send](https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send).
    VoiceChannelEffectSend = "VOICE_CHANNEL_EFFECT_SEND" if GUILD_VOICE_STATES,
    /// [Voice Channel Start Time Update](https://docs.discord.com/developers/events/gateway-events#voice-channel-start-time-update).
    VoiceChannelStartTimeUpdate = "VOICE_CHANNEL_START_TIME_UPDATE" if GUILDS,
    /// [Voice Channel Status Update](https://docs.discord.com/developers/events/gateway-events#voice-channel-status-update).
    VoiceChannelStatusUpdate = "VOICE_CHANNEL_STATUS_UPDATE" if GUILDS,
    /// [Voice State Update](https://docs.discord.com/developers/events/gateway-events#voice-state-update).
    VoiceStateUpdate = "VOICE_STATE_UPDATE" if GUILD_VOICE_STATES,
    /// [Voice Server Update](https://docs.discord.com/developers/events/gateway-events#voice-server-update).
    VoiceServerUpdate = "VOICE_SERVER_UPDATE",
    /// [Webhooks Update](https://docs.discord.com/developers/events/gateway-events#webhooks-update).
    WebhooksUpdate = "WEBHOOKS_UPDATE" if GUILD_WEBHOOKS,
    /// [Message Poll Vote Add](https://docs.discord.com/developers/events/gateway-events#message-poll-vote-add).
    MessagePollVoteAdd = "MESSAGE_POLL_VOTE_ADD" if GUILD_MESSAGE_POLLS | DIRECT_MESSAGE_POLLS,
    /// [Message Poll Vote Remove](https://docs.discord.com/developers/events/gateway-events#message-poll-vote-remove).
    MessagePollVoteRemove = "MESSAGE_POLL_VOTE_REMOVE" if GUILD_MESSAGE_POLLS | DIRECT_MESSAGE_POLLS,
}

impl EventKind {
    /// Every kind that at least one of the intents brings, those that always come included.
    pub fn brought_by(intents: Intents) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |kind| kind.intents().is_empty() || kind.intents().intersects(intents))
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_gives_its_kind_back() {
        assert_eq!(EventKind::ALL.len(), 79);
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_name(kind.name()), *kind);
            assert_ne!(*kind, EventKind::Unknown);
        }
        assert_eq!(
            EventKind::from_name("PRESENCES_REPLACE"),
            EventKind::Unknown
        );
        assert_eq!(EventKind::from_name("message_create"), EventKind::Unknown);
    }

    #[test]
    fn intents_and_kinds_agree_both_ways() {
        let always = EventKind::ALL
            .iter()
            .filter(|kind| kind.intents().is_empty());
        assert_eq!(always.count(), 16);
        let direct = Intents::DIRECT_MESSAGES;
        assert!(
            EventKind::MessageCreate
                .intents()
                .contains(direct | Intents::GUILD_MESSAGES)
        );
        assert!(EventKind::brought_by(direct).any(|kind| kind == EventKind::MessageCreate));
        assert!(EventKind::brought_by(direct).all(|kind| kind != EventKind::GuildCreate));
        assert_eq!(
            EventKind::brought_by(Intents::all()).count(),
            EventKind::ALL.len()
        );
    }
}
