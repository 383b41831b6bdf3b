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
            $(
                $(#[$meta])*
                $(
                    #[doc = "\n\nAn intent that brings it:"]
                    $(#[doc = concat!("[`", stringify!($intent), "`](Intents::", stringify!($intent), ")")])+
                )?
                $Kind,
            )*
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
    /// The session has begun; its first event.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#ready).
    Ready = "READY",
    /// The session goes on, and what was missed has been sent again.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#resumed).
    Resumed = "RESUMED",
    /// A request that was sent over the gateway came too early.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#rate-limited).
    RateLimited = "RATE_LIMITED",
    /// The permissions of a command were changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#application-command-permissions-update).
    ApplicationCommandPermissionsUpdate = "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
    /// A rule of auto moderation was created.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-create).
    AutoModerationRuleCreate = "AUTO_MODERATION_RULE_CREATE" if AUTO_MODERATION_CONFIGURATION,
    /// A rule of auto moderation was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-update).
    AutoModerationRuleUpdate = "AUTO_MODERATION_RULE_UPDATE" if AUTO_MODERATION_CONFIGURATION,
    /// A rule of auto moderation was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-delete).
    AutoModerationRuleDelete = "AUTO_MODERATION_RULE_DELETE" if AUTO_MODERATION_CONFIGURATION,
    /// A rule of auto moderation was triggered, and an action followed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#auto-moderation-action-execution).
    AutoModerationActionExecution = "AUTO_MODERATION_ACTION_EXECUTION" if AUTO_MODERATION_EXECUTION,
    /// A channel was created.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#channel-create).
    ChannelCreate = "CHANNEL_CREATE" if GUILDS,
    /// A channel was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#channel-update).
    ChannelUpdate = "CHANNEL_UPDATE" if GUILDS,
    /// A channel was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#channel-delete).
    ChannelDelete = "CHANNEL_DELETE" if GUILDS,
    /// The answer to a request for what channels show for a short time, such as their status.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#channel-info).
    ChannelInfo = "CHANNEL_INFO",
    /// A message was pinned or unpinned.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#channel-pins-update).
    ChannelPinsUpdate = "CHANNEL_PINS_UPDATE" if GUILDS | DIRECT_MESSAGES,
    /// A thread was created, or the bot was added to a private one.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#thread-create).
    ThreadCreate = "THREAD_CREATE" if GUILDS,
    /// A thread was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#thread-update).
    ThreadUpdate = "THREAD_UPDATE" if GUILDS,
    /// A thread was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#thread-delete).
    ThreadDelete = "THREAD_DELETE" if GUILDS,
    /// The bot got access to a channel; these are its active threads.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#thread-list-sync).
    ThreadListSync = "THREAD_LIST_SYNC" if GUILDS,
    /// The bot's own membership of a thread was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#thread-member-update).
    ThreadMemberUpdate = "THREAD_MEMBER_UPDATE" if GUILDS,
    /// Users joined a thread or left it.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#thread-members-update).
    ThreadMembersUpdate = "THREAD_MEMBERS_UPDATE" if GUILDS | GUILD_MEMBERS,
    /// A user has paid for something.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#entitlement-create).
    EntitlementCreate = "ENTITLEMENT_CREATE",
    /// An entitlement was renewed, or will end.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#entitlement-update).
    EntitlementUpdate = "ENTITLEMENT_UPDATE",
    /// An entitlement was taken back.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#entitlement-delete).
    EntitlementDelete = "ENTITLEMENT_DELETE",
    /// A guild with its contents: at the start, after an outage, or because the bot joined it.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-create).
    GuildCreate = "GUILD_CREATE" if GUILDS,
    /// A guild was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-update).
    GuildUpdate = "GUILD_UPDATE" if GUILDS,
    /// The bot is no longer in a guild, or the guild is unavailable for a while.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-delete).
    GuildDelete = "GUILD_DELETE" if GUILDS,
    /// Something was written into the audit log.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-audit-log-entry-create).
    GuildAuditLogEntryCreate = "GUILD_AUDIT_LOG_ENTRY_CREATE" if GUILD_MODERATION,
    /// A user was banned.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-ban-add).
    GuildBanAdd = "GUILD_BAN_ADD" if GUILD_MODERATION,
    /// A ban was lifted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-ban-remove).
    GuildBanRemove = "GUILD_BAN_REMOVE" if GUILD_MODERATION,
    /// The emojis of a guild were changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-emojis-update).
    GuildEmojisUpdate = "GUILD_EMOJIS_UPDATE" if GUILD_EXPRESSIONS,
    /// The stickers of a guild were changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-stickers-update).
    GuildStickersUpdate = "GUILD_STICKERS_UPDATE" if GUILD_EXPRESSIONS,
    /// An integration of a guild was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-integrations-update).
    GuildIntegrationsUpdate = "GUILD_INTEGRATIONS_UPDATE" if GUILD_INTEGRATIONS,
    /// A user joined a guild.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-member-add).
    GuildMemberAdd = "GUILD_MEMBER_ADD" if GUILD_MEMBERS,
    /// A user left a guild, or was removed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-member-remove).
    GuildMemberRemove = "GUILD_MEMBER_REMOVE" if GUILD_MEMBERS,
    /// A member of a guild was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-member-update).
    GuildMemberUpdate = "GUILD_MEMBER_UPDATE" if GUILD_MEMBERS,
    /// A part of the answer to a request for members.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-members-chunk).
    GuildMembersChunk = "GUILD_MEMBERS_CHUNK",
    /// A role was created.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-role-create).
    GuildRoleCreate = "GUILD_ROLE_CREATE" if GUILDS,
    /// A role was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-role-update).
    GuildRoleUpdate = "GUILD_ROLE_UPDATE" if GUILDS,
    /// A role was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-role-delete).
    GuildRoleDelete = "GUILD_ROLE_DELETE" if GUILDS,
    /// A scheduled event was created.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-create).
    GuildScheduledEventCreate = "GUILD_SCHEDULED_EVENT_CREATE" if GUILD_SCHEDULED_EVENTS,
    /// A scheduled event was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-update).
    GuildScheduledEventUpdate = "GUILD_SCHEDULED_EVENT_UPDATE" if GUILD_SCHEDULED_EVENTS,
    /// A scheduled event was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-delete).
    GuildScheduledEventDelete = "GUILD_SCHEDULED_EVENT_DELETE" if GUILD_SCHEDULED_EVENTS,
    /// A user is interested in a scheduled event.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-add).
    GuildScheduledEventUserAdd = "GUILD_SCHEDULED_EVENT_USER_ADD" if GUILD_SCHEDULED_EVENTS,
    /// A user is no longer interested in a scheduled event.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-remove).
    GuildScheduledEventUserRemove = "GUILD_SCHEDULED_EVENT_USER_REMOVE" if GUILD_SCHEDULED_EVENTS,
    /// A sound was created.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-create).
    GuildSoundboardSoundCreate = "GUILD_SOUNDBOARD_SOUND_CREATE" if GUILD_EXPRESSIONS,
    /// A sound was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-update).
    GuildSoundboardSoundUpdate = "GUILD_SOUNDBOARD_SOUND_UPDATE" if GUILD_EXPRESSIONS,
    /// A sound was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-delete).
    GuildSoundboardSoundDelete = "GUILD_SOUNDBOARD_SOUND_DELETE" if GUILD_EXPRESSIONS,
    /// Several sounds of a guild were changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sounds-update).
    GuildSoundboardSoundsUpdate = "GUILD_SOUNDBOARD_SOUNDS_UPDATE" if GUILD_EXPRESSIONS,
    /// The answer to a request for the sounds of a guild.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#soundboard-sounds).
    SoundboardSounds = "SOUNDBOARD_SOUNDS",
    /// An integration was added.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#integration-create).
    IntegrationCreate = "INTEGRATION_CREATE" if GUILD_INTEGRATIONS,
    /// An integration was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#integration-update).
    IntegrationUpdate = "INTEGRATION_UPDATE" if GUILD_INTEGRATIONS,
    /// An integration was removed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#integration-delete).
    IntegrationDelete = "INTEGRATION_DELETE" if GUILD_INTEGRATIONS,
    /// A user used a command, a component or a modal of the application.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#interaction-create).
    InteractionCreate = "INTERACTION_CREATE",
    /// An invite was created.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#invite-create).
    InviteCreate = "INVITE_CREATE" if GUILD_INVITES,
    /// An invite was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#invite-delete).
    InviteDelete = "INVITE_DELETE" if GUILD_INVITES,
    /// A message was sent.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-create).
    MessageCreate = "MESSAGE_CREATE" if GUILD_MESSAGES | DIRECT_MESSAGES,
    /// A message was edited, or its embeds were filled in.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-update).
    MessageUpdate = "MESSAGE_UPDATE" if GUILD_MESSAGES | DIRECT_MESSAGES,
    /// A message was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-delete).
    MessageDelete = "MESSAGE_DELETE" if GUILD_MESSAGES | DIRECT_MESSAGES,
    /// Many messages were deleted at once.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-delete-bulk).
    MessageDeleteBulk = "MESSAGE_DELETE_BULK" if GUILD_MESSAGES,
    /// A user added a reaction.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-reaction-add).
    MessageReactionAdd = "MESSAGE_REACTION_ADD" if GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS,
    /// A user took a reaction back.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove).
    MessageReactionRemove = "MESSAGE_REACTION_REMOVE" if GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS,
    /// All reactions of a message were removed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-all).
    MessageReactionRemoveAll = "MESSAGE_REACTION_REMOVE_ALL" if GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS,
    /// All reactions of one emoji were removed from a message.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-emoji).
    MessageReactionRemoveEmoji = "MESSAGE_REACTION_REMOVE_EMOJI" if GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS,
    /// A user came online or went offline, or does something else now.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#presence-update).
    PresenceUpdate = "PRESENCE_UPDATE" if GUILD_PRESENCES,
    /// A stage went live.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#stage-instance-create).
    StageInstanceCreate = "STAGE_INSTANCE_CREATE" if GUILDS,
    /// A live stage was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#stage-instance-update).
    StageInstanceUpdate = "STAGE_INSTANCE_UPDATE" if GUILDS,
    /// A live stage ended.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#stage-instance-delete).
    StageInstanceDelete = "STAGE_INSTANCE_DELETE" if GUILDS,
    /// A user subscribed to something of the application.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#subscription-create).
    SubscriptionCreate = "SUBSCRIPTION_CREATE",
    /// A subscription was changed, such as cancelled or renewed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#subscription-update).
    SubscriptionUpdate = "SUBSCRIPTION_UPDATE",
    /// A subscription was deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#subscription-delete).
    SubscriptionDelete = "SUBSCRIPTION_DELETE",
    /// A user began to type.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#typing-start).
    TypingStart = "TYPING_START" if GUILD_MESSAGE_TYPING | DIRECT_MESSAGE_TYPING,
    /// The bot's own user was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#user-update).
    UserUpdate = "USER_UPDATE",
    /// A user sent an effect into the voice channel of the bot: an emoji reaction or a sound.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send).
    VoiceChannelEffectSend = "VOICE_CHANNEL_EFFECT_SEND" if GUILD_VOICE_STATES,
    /// The time since which a voice channel is in use was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#voice-channel-start-time-update).
    VoiceChannelStartTimeUpdate = "VOICE_CHANNEL_START_TIME_UPDATE" if GUILDS,
    /// The status of a voice channel was changed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#voice-channel-status-update).
    VoiceChannelStatusUpdate = "VOICE_CHANNEL_STATUS_UPDATE" if GUILDS,
    /// A user joined, left or moved between voice channels, or was muted or deafened.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#voice-state-update).
    VoiceStateUpdate = "VOICE_STATE_UPDATE" if GUILD_VOICE_STATES,
    /// The voice server to connect to.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#voice-server-update).
    VoiceServerUpdate = "VOICE_SERVER_UPDATE",
    /// A webhook of a channel was created, changed or deleted.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#webhooks-update).
    WebhooksUpdate = "WEBHOOKS_UPDATE" if GUILD_WEBHOOKS,
    /// A user voted in a poll.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-poll-vote-add).
    MessagePollVoteAdd = "MESSAGE_POLL_VOTE_ADD" if GUILD_MESSAGE_POLLS | DIRECT_MESSAGE_POLLS,
    /// A user took a vote back.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-poll-vote-remove).
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
