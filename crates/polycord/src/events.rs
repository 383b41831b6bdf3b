//! The one list of events that have a model.
//!
//! The [`Handler`](crate::Handler) trait, the `on_*` methods of the builder and the dispatcher are
//! all generated from it, so that they cannot drift apart.

/// Hands the list to `$then!`, one entry for each variant of `Event`: method of `Handler`, method of
/// the builder, variant, payload, name on the wire, anchor of its documentation, the intents that
/// bring it.
macro_rules! modelled_events {
    ($then:ident) => {
        $then! {
            ready, on_ready, Ready, Ready, "READY", "ready", "none: it opens every session";
            resumed, on_resumed, Resumed, Resumed, "RESUMED", "resumed",
                "none: it ends the replay of a resumed session";
            rate_limited, on_rate_limited, RateLimited, RateLimited, "RATE_LIMITED", "rate-limited",
                "none: it answers a command";
            application_command_permissions_update, on_application_command_permissions_update,
                ApplicationCommandPermissionsUpdate, CommandPermissions,
                "APPLICATION_COMMAND_PERMISSIONS_UPDATE", "application-command-permissions-update",
                "none";
            auto_moderation_rule_create, on_auto_moderation_rule_create, AutoModerationRuleCreate,
                AutoModerationRule, "AUTO_MODERATION_RULE_CREATE", "auto-moderation-rule-create",
                "`AUTO_MODERATION_CONFIGURATION`";
            auto_moderation_rule_update, on_auto_moderation_rule_update, AutoModerationRuleUpdate,
                AutoModerationRule, "AUTO_MODERATION_RULE_UPDATE", "auto-moderation-rule-update",
                "`AUTO_MODERATION_CONFIGURATION`";
            auto_moderation_rule_delete, on_auto_moderation_rule_delete, AutoModerationRuleDelete,
                AutoModerationRule, "AUTO_MODERATION_RULE_DELETE", "auto-moderation-rule-delete",
                "`AUTO_MODERATION_CONFIGURATION`";
            auto_moderation_action_execution, on_auto_moderation_action_execution,
                AutoModerationActionExecution, AutoModerationActionExecution,
                "AUTO_MODERATION_ACTION_EXECUTION", "auto-moderation-action-execution",
                "`AUTO_MODERATION_EXECUTION`";
            channel_create, on_channel_create, ChannelCreate, Channel, "CHANNEL_CREATE",
                "channel-create", "`GUILDS`";
            channel_update, on_channel_update, ChannelUpdate, Channel, "CHANNEL_UPDATE",
                "channel-update", "`GUILDS`";
            channel_delete, on_channel_delete, ChannelDelete, Channel, "CHANNEL_DELETE",
                "channel-delete", "`GUILDS`";
            channel_info, on_channel_info, ChannelInfo, ChannelInfo, "CHANNEL_INFO", "channel-info",
                "none: it answers a request";
            channel_pins_update, on_channel_pins_update, ChannelPinsUpdate, ChannelPinsUpdate,
                "CHANNEL_PINS_UPDATE", "channel-pins-update", "`GUILDS` or `DIRECT_MESSAGES`";
            thread_create, on_thread_create, ThreadCreate, ThreadCreate, "THREAD_CREATE",
                "thread-create", "`GUILDS`";
            thread_update, on_thread_update, ThreadUpdate, Channel, "THREAD_UPDATE",
                "thread-update", "`GUILDS`";
            thread_delete, on_thread_delete, ThreadDelete, ThreadDelete, "THREAD_DELETE",
                "thread-delete", "`GUILDS`";
            thread_list_sync, on_thread_list_sync, ThreadListSync, ThreadListSync,
                "THREAD_LIST_SYNC", "thread-list-sync", "`GUILDS`";
            thread_member_update, on_thread_member_update, ThreadMemberUpdate, ThreadMemberUpdate,
                "THREAD_MEMBER_UPDATE", "thread-member-update", "`GUILDS`";
            thread_members_update, on_thread_members_update, ThreadMembersUpdate,
                ThreadMembersUpdate, "THREAD_MEMBERS_UPDATE", "thread-members-update",
                "`GUILDS` or `GUILD_MEMBERS` (privileged)";
            entitlement_create, on_entitlement_create, EntitlementCreate, Entitlement,
                "ENTITLEMENT_CREATE", "entitlement-create", "none";
            entitlement_update, on_entitlement_update, EntitlementUpdate, Entitlement,
                "ENTITLEMENT_UPDATE", "entitlement-update", "none";
            entitlement_delete, on_entitlement_delete, EntitlementDelete, Entitlement,
                "ENTITLEMENT_DELETE", "entitlement-delete", "none";
            guild_create, on_guild_create, GuildCreate, GuildCreate, "GUILD_CREATE", "guild-create",
                "`GUILDS`";
            guild_update, on_guild_update, GuildUpdate, Guild, "GUILD_UPDATE", "guild-update",
                "`GUILDS`";
            guild_delete, on_guild_delete, GuildDelete, GuildDelete, "GUILD_DELETE", "guild-delete",
                "`GUILDS`";
            guild_audit_log_entry_create, on_guild_audit_log_entry_create, GuildAuditLogEntryCreate,
                GuildAuditLogEntryCreate, "GUILD_AUDIT_LOG_ENTRY_CREATE",
                "guild-audit-log-entry-create", "`GUILD_MODERATION`";
            guild_ban_add, on_guild_ban_add, GuildBanAdd, GuildBanAdd, "GUILD_BAN_ADD",
                "guild-ban-add", "`GUILD_MODERATION`";
            guild_ban_remove, on_guild_ban_remove, GuildBanRemove, GuildBanRemove,
                "GUILD_BAN_REMOVE", "guild-ban-remove", "`GUILD_MODERATION`";
            guild_emojis_update, on_guild_emojis_update, GuildEmojisUpdate, GuildEmojisUpdate,
                "GUILD_EMOJIS_UPDATE", "guild-emojis-update", "`GUILD_EXPRESSIONS`";
            guild_stickers_update, on_guild_stickers_update, GuildStickersUpdate,
                GuildStickersUpdate, "GUILD_STICKERS_UPDATE", "guild-stickers-update",
                "`GUILD_EXPRESSIONS`";
            guild_integrations_update, on_guild_integrations_update, GuildIntegrationsUpdate,
                GuildIntegrationsUpdate, "GUILD_INTEGRATIONS_UPDATE", "guild-integrations-update",
                "`GUILD_INTEGRATIONS`";
            guild_member_add, on_guild_member_add, GuildMemberAdd, GuildMemberAdd,
                "GUILD_MEMBER_ADD", "guild-member-add", "`GUILD_MEMBERS` (privileged)";
            guild_member_remove, on_guild_member_remove, GuildMemberRemove, GuildMemberRemove,
                "GUILD_MEMBER_REMOVE", "guild-member-remove", "`GUILD_MEMBERS` (privileged)";
            guild_member_update, on_guild_member_update, GuildMemberUpdate, GuildMemberUpdate,
                "GUILD_MEMBER_UPDATE", "guild-member-update", "`GUILD_MEMBERS` (privileged)";
            guild_members_chunk, on_guild_members_chunk, GuildMembersChunk, GuildMembersChunk,
                "GUILD_MEMBERS_CHUNK", "guild-members-chunk",
                "none: it answers `request_members`";
            guild_role_create, on_guild_role_create, GuildRoleCreate, GuildRoleCreate,
                "GUILD_ROLE_CREATE", "guild-role-create", "`GUILDS`";
            guild_role_update, on_guild_role_update, GuildRoleUpdate, GuildRoleUpdate,
                "GUILD_ROLE_UPDATE", "guild-role-update", "`GUILDS`";
            guild_role_delete, on_guild_role_delete, GuildRoleDelete, GuildRoleDelete,
                "GUILD_ROLE_DELETE", "guild-role-delete", "`GUILDS`";
            guild_scheduled_event_create, on_guild_scheduled_event_create,
                GuildScheduledEventCreate, ScheduledEvent, "GUILD_SCHEDULED_EVENT_CREATE",
                "guild-scheduled-event-create", "`GUILD_SCHEDULED_EVENTS`";
            guild_scheduled_event_update, on_guild_scheduled_event_update,
                GuildScheduledEventUpdate, ScheduledEvent, "GUILD_SCHEDULED_EVENT_UPDATE",
                "guild-scheduled-event-update", "`GUILD_SCHEDULED_EVENTS`";
            guild_scheduled_event_delete, on_guild_scheduled_event_delete,
                GuildScheduledEventDelete, ScheduledEvent, "GUILD_SCHEDULED_EVENT_DELETE",
                "guild-scheduled-event-delete", "`GUILD_SCHEDULED_EVENTS`";
            guild_scheduled_event_user_add, on_guild_scheduled_event_user_add,
                GuildScheduledEventUserAdd, GuildScheduledEventUserAdd,
                "GUILD_SCHEDULED_EVENT_USER_ADD", "guild-scheduled-event-user-add",
                "`GUILD_SCHEDULED_EVENTS`";
            guild_scheduled_event_user_remove, on_guild_scheduled_event_user_remove,
                GuildScheduledEventUserRemove, GuildScheduledEventUserRemove,
                "GUILD_SCHEDULED_EVENT_USER_REMOVE", "guild-scheduled-event-user-remove",
                "`GUILD_SCHEDULED_EVENTS`";
            guild_soundboard_sound_create, on_guild_soundboard_sound_create,
                GuildSoundboardSoundCreate, SoundboardSound, "GUILD_SOUNDBOARD_SOUND_CREATE",
                "guild-soundboard-sound-create", "`GUILD_EXPRESSIONS`";
            guild_soundboard_sound_update, on_guild_soundboard_sound_update,
                GuildSoundboardSoundUpdate, SoundboardSound, "GUILD_SOUNDBOARD_SOUND_UPDATE",
                "guild-soundboard-sound-update", "`GUILD_EXPRESSIONS`";
            guild_soundboard_sound_delete, on_guild_soundboard_sound_delete,
                GuildSoundboardSoundDelete, GuildSoundboardSoundDelete,
                "GUILD_SOUNDBOARD_SOUND_DELETE", "guild-soundboard-sound-delete",
                "`GUILD_EXPRESSIONS`";
            guild_soundboard_sounds_update, on_guild_soundboard_sounds_update,
                GuildSoundboardSoundsUpdate, GuildSoundboardSoundsUpdate,
                "GUILD_SOUNDBOARD_SOUNDS_UPDATE", "guild-soundboard-sounds-update",
                "`GUILD_EXPRESSIONS`";
            soundboard_sounds, on_soundboard_sounds, SoundboardSounds, SoundboardSounds,
                "SOUNDBOARD_SOUNDS", "soundboard-sounds", "none: it answers a request";
            integration_create, on_integration_create, IntegrationCreate, IntegrationCreate,
                "INTEGRATION_CREATE", "integration-create", "`GUILD_INTEGRATIONS`";
            integration_update, on_integration_update, IntegrationUpdate, IntegrationUpdate,
                "INTEGRATION_UPDATE", "integration-update", "`GUILD_INTEGRATIONS`";
            integration_delete, on_integration_delete, IntegrationDelete, IntegrationDelete,
                "INTEGRATION_DELETE", "integration-delete", "`GUILD_INTEGRATIONS`";
            interaction_create, on_interaction_create, InteractionCreate, Interaction,
                "INTERACTION_CREATE", "interaction-create", "none: it is for this application";
            invite_create, on_invite_create, InviteCreate, InviteCreate, "INVITE_CREATE",
                "invite-create", "`GUILD_INVITES`";
            invite_delete, on_invite_delete, InviteDelete, InviteDelete, "INVITE_DELETE",
                "invite-delete", "`GUILD_INVITES`";
            message_create, on_message_create, MessageCreate, MessageCreate, "MESSAGE_CREATE",
                "message-create",
                "`GUILD_MESSAGES` or `DIRECT_MESSAGES`; `MESSAGE_CONTENT` (privileged) for the text";
            message_update, on_message_update, MessageUpdate, MessageUpdate, "MESSAGE_UPDATE",
                "message-update",
                "`GUILD_MESSAGES` or `DIRECT_MESSAGES`; `MESSAGE_CONTENT` (privileged) for the text";
            message_delete, on_message_delete, MessageDelete, MessageDelete, "MESSAGE_DELETE",
                "message-delete", "`GUILD_MESSAGES` or `DIRECT_MESSAGES`";
            message_delete_bulk, on_message_delete_bulk, MessageDeleteBulk, MessageDeleteBulk,
                "MESSAGE_DELETE_BULK", "message-delete-bulk", "`GUILD_MESSAGES`";
            message_reaction_add, on_message_reaction_add, MessageReactionAdd, MessageReactionAdd,
                "MESSAGE_REACTION_ADD", "message-reaction-add",
                "`GUILD_MESSAGE_REACTIONS` or `DIRECT_MESSAGE_REACTIONS`";
            message_reaction_remove, on_message_reaction_remove, MessageReactionRemove,
                MessageReactionRemove, "MESSAGE_REACTION_REMOVE", "message-reaction-remove",
                "`GUILD_MESSAGE_REACTIONS` or `DIRECT_MESSAGE_REACTIONS`";
            message_reaction_remove_all, on_message_reaction_remove_all, MessageReactionRemoveAll,
                MessageReactionRemoveAll, "MESSAGE_REACTION_REMOVE_ALL",
                "message-reaction-remove-all",
                "`GUILD_MESSAGE_REACTIONS` or `DIRECT_MESSAGE_REACTIONS`";
            message_reaction_remove_emoji, on_message_reaction_remove_emoji,
                MessageReactionRemoveEmoji, MessageReactionRemoveEmoji,
                "MESSAGE_REACTION_REMOVE_EMOJI", "message-reaction-remove-emoji",
                "`GUILD_MESSAGE_REACTIONS` or `DIRECT_MESSAGE_REACTIONS`";
            presence_update, on_presence_update, PresenceUpdate, Presence, "PRESENCE_UPDATE",
                "presence-update", "`GUILD_PRESENCES` (privileged)";
            stage_instance_create, on_stage_instance_create, StageInstanceCreate, StageInstance,
                "STAGE_INSTANCE_CREATE", "stage-instance-create", "`GUILDS`";
            stage_instance_update, on_stage_instance_update, StageInstanceUpdate, StageInstance,
                "STAGE_INSTANCE_UPDATE", "stage-instance-update", "`GUILDS`";
            stage_instance_delete, on_stage_instance_delete, StageInstanceDelete, StageInstance,
                "STAGE_INSTANCE_DELETE", "stage-instance-delete", "`GUILDS`";
            subscription_create, on_subscription_create, SubscriptionCreate, Subscription,
                "SUBSCRIPTION_CREATE", "subscription-create", "none";
            subscription_update, on_subscription_update, SubscriptionUpdate, Subscription,
                "SUBSCRIPTION_UPDATE", "subscription-update", "none";
            subscription_delete, on_subscription_delete, SubscriptionDelete, Subscription,
                "SUBSCRIPTION_DELETE", "subscription-delete", "none";
            typing_start, on_typing_start, TypingStart, TypingStart, "TYPING_START", "typing-start",
                "`GUILD_MESSAGE_TYPING` or `DIRECT_MESSAGE_TYPING`";
            user_update, on_user_update, UserUpdate, User, "USER_UPDATE", "user-update",
                "none: it is about the bot itself";
            voice_channel_effect_send, on_voice_channel_effect_send, VoiceChannelEffectSend,
                VoiceChannelEffectSend, "VOICE_CHANNEL_EFFECT_SEND", "voice-channel-effect-send",
                "`GUILD_VOICE_STATES`";
            voice_channel_start_time_update, on_voice_channel_start_time_update,
                VoiceChannelStartTimeUpdate, VoiceChannelStartTimeUpdate,
                "VOICE_CHANNEL_START_TIME_UPDATE", "voice-channel-start-time-update", "`GUILDS`";
            voice_channel_status_update, on_voice_channel_status_update, VoiceChannelStatusUpdate,
                VoiceChannelStatusUpdate, "VOICE_CHANNEL_STATUS_UPDATE",
                "voice-channel-status-update", "`GUILDS`";
            voice_state_update, on_voice_state_update, VoiceStateUpdate, VoiceState,
                "VOICE_STATE_UPDATE", "voice-state-update", "`GUILD_VOICE_STATES`";
            voice_server_update, on_voice_server_update, VoiceServerUpdate, VoiceServerUpdate,
                "VOICE_SERVER_UPDATE", "voice-server-update",
                "none: it answers `join_voice`";
            webhooks_update, on_webhooks_update, WebhooksUpdate, WebhooksUpdate, "WEBHOOKS_UPDATE",
                "webhooks-update", "`GUILD_WEBHOOKS`";
            message_poll_vote_add, on_message_poll_vote_add, MessagePollVoteAdd, MessagePollVoteAdd,
                "MESSAGE_POLL_VOTE_ADD", "message-poll-vote-add",
                "`GUILD_MESSAGE_POLLS` or `DIRECT_MESSAGE_POLLS`";
            message_poll_vote_remove, on_message_poll_vote_remove, MessagePollVoteRemove,
                MessagePollVoteRemove, "MESSAGE_POLL_VOTE_REMOVE", "message-poll-vote-remove",
                "`GUILD_MESSAGE_POLLS` or `DIRECT_MESSAGE_POLLS`";
        }
    };
}

pub(crate) use modelled_events;

#[cfg(test)]
mod tests {
    use polycord_types::gateway::{Event, EventKind};

    use crate::handler::Slot;

    #[test]
    fn every_event_with_a_model_is_in_the_list_and_no_other() {
        for kind in EventKind::ALL {
            // No model reads a list; what has none takes anything.
            let has_model =
                *kind == EventKind::Resumed || Event::decode(kind.name(), "[]").is_err();
            assert_eq!(Slot::of(*kind).is_some(), has_model, "{kind}");
        }
    }
}
