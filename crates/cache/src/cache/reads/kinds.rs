//! What can be asked of every kind of thing of a guild.

use polycord_types::{
    auto_moderation::AutoModerationRule,
    emoji::Emoji,
    gateway::payload::InviteCreate,
    id::{
        AutoModerationRuleId, ChannelId, EmojiId, GuildId, IntegrationId, RoleId, ScheduledEventId,
        SoundId, StickerId, UserId,
    },
    integration::Integration,
    scheduled_event::ScheduledEvent,
    soundboard::SoundboardSound,
    stage::StageInstance,
    sticker::Sticker,
};

use super::GuildView;
use crate::cache::entry::{
    AutoModerationRules, Bans, Channels, Emojis, Integrations, Invites, Members, Presences, Roles,
    ScheduledEvents, Sounds, StageInstances, Stickers, Threads, VoiceStates,
};
use crate::{
    Cache, CachedBan, CachedChannel, CachedMember, CachedPresence, CachedRole, CachedVoiceState,
    InGuild,
};

/// For each kind: what one is, how it is looked up, and all of them in a view and in the cache. A view looks up by the
/// key alone; so does the cache, with `guild` before the key, unless it is not mentioned.
macro_rules! kinds {
    ($(
        $Entry:ident => $Shown:ty {
            $($a:literal $one:ident($(in $guild:ident,)? $Key:ty))?;
            $all:literal $many:ident, $of_guild:ident
        }
    )*) => {
        impl GuildView {
            $(
                $(
                    #[doc = concat!($a, " of the guild. Counted as a lookup.")]
                    #[must_use]
                    pub fn $one(&self, id: $Key) -> Option<$Shown> {
                        self.find::<$Entry>(id)
                    }
                )?

                #[doc = concat!($all, ", by id.")]
                pub fn $many(&self) -> impl Iterator<Item = $Shown> {
                    self.all::<$Entry>()
                }
            )*
        }

        impl Cache {
            $(
                $($(
                    #[doc = concat!($a, " of a guild.")]
                    #[must_use]
                    pub fn $one(&self, $guild: GuildId, id: $Key) -> Option<$Shown> {
                        self.inner.find::<$Entry>(Some($guild), id)
                    }
                )?)?

                #[doc = concat!($all, " of a guild, by id, as they are at this moment.")]
                pub fn $of_guild(
                    &self,
                    guild: GuildId,
                ) -> impl Iterator<Item = $Shown> + Send + Sync + use<> {
                    self.all::<$Entry>(guild)
                }
            )*
        }
    };
}

kinds! {
    Channels => CachedChannel {
        ;
        "The channels, without threads" channels, guild_channels
    }
    Threads => CachedChannel {
        "An active thread" thread(ChannelId);
        "The active threads" threads, guild_threads
    }
    Roles => CachedRole {
        "A role" role(RoleId);
        "The roles" roles, guild_roles
    }
    Members => CachedMember {
        "A user as the guild knows them: a member" member(in guild, UserId);
        "The known members" members, guild_members
    }
    Presences => CachedPresence {
        ;
        "The presences of those who are not offline" presences, guild_presences
    }
    VoiceStates => CachedVoiceState {
        "How a user is connected to a voice channel" voice_state(in guild, UserId);
        "Who is connected to a voice channel" voice_states, guild_voice_states
    }
    Emojis => InGuild<Emoji> {
        "An emoji" emoji(in guild, EmojiId);
        "The emoji" emojis, guild_emojis
    }
    Stickers => InGuild<Sticker> {
        "A sticker" sticker(in guild, StickerId);
        "The stickers" stickers, guild_stickers
    }
    Sounds => InGuild<SoundboardSound> {
        "A soundboard sound" sound(in guild, SoundId);
        "The soundboard sounds" sounds, guild_sounds
    }
    StageInstances => InGuild<StageInstance> {
        "The live stage of a channel" stage_instance(in guild, ChannelId);
        "The live stages" stage_instances, guild_stage_instances
    }
    ScheduledEvents => InGuild<ScheduledEvent> {
        "A scheduled event" scheduled_event(in guild, ScheduledEventId);
        "The scheduled events" scheduled_events, guild_scheduled_events
    }
    Integrations => InGuild<Integration> {
        "An integration" integration(in guild, IntegrationId);
        "The integrations seen" integrations, guild_integrations
    }
    AutoModerationRules => InGuild<AutoModerationRule> {
        "An auto-moderation rule" auto_moderation_rule(in guild, AutoModerationRuleId);
        "The auto-moderation rules seen" auto_moderation_rules, guild_auto_moderation_rules
    }
    Invites => InGuild<InviteCreate> {
        ;
        "The invites seen" invites, guild_invites
    }
    Bans => CachedBan {
        "A ban, if seen," ban(in guild, UserId);
        "The bans seen" bans, guild_bans
    }
}
