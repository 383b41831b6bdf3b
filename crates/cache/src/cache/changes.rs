//! What an event did to the cache.

use std::sync::Arc;
use std::{slice, vec};

use polycord_types::{
    auto_moderation::AutoModerationRule,
    emoji::Emoji,
    entitlement::Entitlement,
    gateway::payload::{InviteCreate, VoiceServerUpdate},
    id::{ChannelId, GuildId, MessageId, RoleId, SoundId, UserId},
    integration::Integration,
    scheduled_event::ScheduledEvent,
    soundboard::SoundboardSound,
    stage::StageInstance,
    sticker::Sticker,
};

use super::{
    CachedBan, CachedChannel, CachedDmChannel, CachedGuild, CachedMember, CachedMessage,
    CachedPresence, CachedRole, CachedThreadMember, CachedUser, CachedVoiceState, InGuild, Kind,
    ReadState,
};

/// What one event did to the world the cache shows, in order.
///
/// Empty for an event that told nothing new, such as one delivered twice. What leaves the cache to
/// keep its bounds is no change of the world, and not listed.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct Changes {
    pub(super) list: Vec<Change>,
}

impl Changes {
    /// Whether the event told nothing new.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many changes there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// The changes, in order.
    pub fn iter(&self) -> slice::Iter<'_, Change> {
        self.list.iter()
    }
}

impl IntoIterator for Changes {
    type Item = Change;
    type IntoIter = vec::IntoIter<Change>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Changes {
    type Item = &'a Change;
    type IntoIter = slice::Iter<'a, Change>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// How one thing is different now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delta<T> {
    /// The cache came to know it: it was made or it joined, or it was heard of for the first time.
    Added(T),
    /// It changed.
    Updated {
        /// Before.
        old: T,
        /// After.
        new: T,
    },
    /// It is gone from the world. It was like this.
    Removed(T),
}

impl<T> Delta<T> {
    /// As it was before, if it was.
    pub const fn before(&self) -> Option<&T> {
        match self {
            Self::Updated { old, .. } | Self::Removed(old) => Some(old),
            Self::Added(_) => None,
        }
    }

    /// As it is now, if it is.
    pub const fn after(&self) -> Option<&T> {
        match self {
            Self::Added(new) | Self::Updated { new, .. } => Some(new),
            Self::Removed(_) => None,
        }
    }

    /// As it was known last: now, or before it went.
    pub const fn last(&self) -> &T {
        match self {
            Self::Added(last) | Self::Updated { new: last, .. } | Self::Removed(last) => last,
        }
    }
}

/// One thing that is different now, as it was before and as it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// A guild arrived with everything in it, which is not listed one by one.
    GuildAdded {
        /// The guild.
        new: CachedGuild,
        /// Whether the current user joined it, or it was there all along.
        arrival: Arrival,
    },
    /// A guild changed. Its member count alone is no change: see `MemberAdded`, `MemberRemoved`.
    GuildUpdated {
        /// Before.
        old: CachedGuild,
        /// After.
        new: CachedGuild,
    },
    /// A guild has an outage. What is known of it stays.
    GuildUnavailable {
        /// Which guild.
        id: GuildId,
        /// What is known of it, if anything.
        guild: Option<CachedGuild>,
    },
    /// A guild is back from an outage. What changed meanwhile is listed beside, if it was known
    /// before.
    GuildAvailable {
        /// What was known of it before.
        old: Option<CachedGuild>,
        /// After.
        new: CachedGuild,
    },
    /// The current user is no longer in a guild, or it was deleted. Everything in it went along,
    /// and is not listed one by one.
    GuildRemoved {
        /// Which guild.
        id: GuildId,
        /// What was known of it, if anything.
        old: Option<CachedGuild>,
    },
    /// A channel. What a category's deletion does to its channels comes with their own events.
    Channel(Delta<CachedChannel>),
    /// An active thread. One that is archived is updated, and not kept.
    Thread(Delta<CachedChannel>),
    /// Somebody who is in a thread.
    ThreadMember(Delta<CachedThreadMember>),
    /// A role.
    Role(Delta<CachedRole>),
    /// Members had a role that is gone, and have it no more. They are not listed one by one: there may be very many.
    RoleLost {
        /// Which guild.
        guild: GuildId,
        /// Which role.
        role: RoleId,
        /// How many of the known members had it.
        members: usize,
    },
    /// An emoji of a guild.
    Emoji(Delta<InGuild<Emoji>>),
    /// A sticker of a guild.
    Sticker(Delta<InGuild<Sticker>>),
    /// A soundboard sound of a guild.
    Sound(Delta<InGuild<SoundboardSound>>),
    /// A sound of the soundboard was played in a voice channel. Nothing is kept of it: an event that is
    /// delivered twice plays it twice.
    SoundPlayed {
        /// The guild.
        guild_id: GuildId,
        /// The voice channel.
        channel_id: ChannelId,
        /// By whom.
        user_id: UserId,
        /// The sound: one of some guild, or one of Discord's own.
        sound_id: SoundId,
    },
    /// A member, who joined or was heard of for the first time, changed, or left.
    Member(Delta<CachedMember>),
    /// How a member is seen. Somebody who is offline is not: added is who came online or was heard of for the first
    /// time, removed who went offline or left.
    Presence(Delta<CachedPresence>),
    /// A message, which is the last of its channel when it was added. Reactions and votes change it, too.
    Message(Delta<CachedMessage>),
    /// A message that is not cached was changed: what it was before is not known.
    UncachedMessageUpdated {
        /// After.
        new: CachedMessage,
    },
    /// Messages were deleted that are not cached, or many at once, or with their channel.
    MessagesRemoved {
        /// The guild; `None` for direct messages.
        guild_id: Option<GuildId>,
        /// The channel.
        channel_id: ChannelId,
        /// All that were deleted.
        ids: Vec<MessageId>,
        /// Those of them that were cached.
        old: Vec<CachedMessage>,
    },
    /// A channel of direct messages.
    DmChannel(Delta<CachedDmChannel>),
    /// How much of a channel is unread.
    ReadState(Delta<ReadState>),
    /// How somebody is connected to a voice channel: added is who came to one, removed who went; if the channel differs
    /// they changed from one to another.
    Voice(Delta<CachedVoiceState>),
    /// The current user came to a voice channel, changed to another, or went. The voice state is a change of its own.
    OwnVoice {
        /// The guild.
        guild_id: GuildId,
        /// Where it was.
        from: Option<ChannelId>,
        /// Where it is.
        to: Option<ChannelId>,
        /// Whether it is not where it was to be, by [`Cache::expect_voice`](super::Cache::expect_voice): somebody moved
        /// or disconnected it. Never, while nothing was said.
        forced: bool,
    },
    /// Where the current user is to connect to for voice in a guild.
    VoiceServer(Delta<InGuild<VoiceServerUpdate>>),
    /// Somebody began to type.
    TypingStarted {
        /// The guild; `None` in direct messages.
        guild_id: Option<GuildId>,
        /// Where.
        channel_id: ChannelId,
        /// Who: not the current user.
        user_id: UserId,
    },
    /// Somebody does not type any more.
    TypingStopped {
        /// The guild; `None` in direct messages.
        guild_id: Option<GuildId>,
        /// Where.
        channel_id: ChannelId,
        /// Who.
        user_id: UserId,
    },
    /// What the application is entitled to.
    Entitlement(Delta<Arc<Entitlement>>),
    /// A user, who was heard of for the first time, changed, or shares nothing with the current user any more.
    User(Delta<CachedUser>),
    /// The current user.
    CurrentUser(Delta<CachedUser>),
    /// A live stage.
    StageInstance(Delta<InGuild<StageInstance>>),
    /// A scheduled event. One that is over is updated first, and then removed.
    ScheduledEvent(Delta<InGuild<ScheduledEvent>>),
    /// An integration.
    Integration(Delta<InGuild<Integration>>),
    /// An auto-moderation rule.
    AutoModerationRule(Delta<InGuild<AutoModerationRule>>),
    /// An invite.
    Invite(Delta<InGuild<InviteCreate>>),
    /// A ban.
    Ban(Delta<CachedBan>),
    /// What was known of a kind in a guild, or some of it, is not known any more: it is told only
    /// when it happens, and a session is over that would have told the end of it, or the current user
    /// has lost the permission that it takes to be told.
    Forgotten {
        /// Which guild.
        guild: GuildId,
        /// What is not known any more.
        kind: Kind,
    },
}

/// Why a guild arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Arrival {
    /// It was named by READY: the current user was in it when the session began.
    Startup,
    /// The current user joined it during the session.
    Joined,
    /// Either of them: the session was resumed, and its READY not seen by this cache.
    Unclear,
}
