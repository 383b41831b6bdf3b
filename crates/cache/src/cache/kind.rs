//! The kinds of things a cache keeps, and the bounds of each.

use std::time::Duration;

use polycord_types::gateway::Intents;

use super::Cache;
use super::admission::Admissions;
use super::keeper::Policy;
use super::kinds::Kinds;
use super::slot::Moment;
use crate::{Eviction, Expiry};

/// How long an answer that something does not exist is believed, if nothing else is said.
const ABSENCE_TTL: Duration = Duration::from_secs(30);
/// How many messages of a channel are kept, unless somebody says otherwise.
const MESSAGES_PER_CHANNEL: usize = 50;
/// How many channels of direct messages are kept, unless somebody says otherwise.
const DM_CHANNELS: usize = 10_000;

/// A kind of thing that the cache keeps, with bounds and statistics of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// Guilds.
    Guild,
    /// Channels of guilds, without threads.
    Channel,
    /// Active threads.
    Thread,
    /// Who is in a thread, as far as known. Kept with the threads only.
    ThreadMember,
    /// Roles.
    Role,
    /// Emoji of guilds.
    Emoji,
    /// Stickers of guilds.
    Sticker,
    /// Soundboard sounds of guilds.
    Sound,
    /// Members: users as one guild knows them.
    Member,
    /// Users that share a guild with the current user, write direct messages, or wrote or are mentioned in a cached message.
    User,
    /// The user the session belongs to.
    CurrentUser,
    /// Presences of members.
    Presence,
    /// Who is connected to a voice channel, and how.
    VoiceState,
    /// Live stages.
    StageInstance,
    /// Scheduled events.
    ScheduledEvent,
    /// Integrations, as far as seen.
    Integration,
    /// Invites, as far as seen.
    Invite,
    /// Bans, as far as seen.
    Ban,
    /// Auto-moderation rules, as far as seen.
    AutoModerationRule,
    /// Messages, with their reactions and polls.
    Message,
    /// Who is typing.
    Typing,
    /// Channels of direct messages. Without them nothing of direct messages is kept; what was said in one goes with it.
    DmChannel,
    /// How much of each channel is unread.
    ReadState,
    /// Entitlements, as far as seen.
    Entitlement,
    /// The last voice server of each guild.
    VoiceServer,
}

impl Kind {
    /// All kinds there are.
    pub const ALL: [Self; 25] = [
        Self::Guild,
        Self::Channel,
        Self::Thread,
        Self::ThreadMember,
        Self::Role,
        Self::Emoji,
        Self::Sticker,
        Self::Sound,
        Self::Member,
        Self::User,
        Self::CurrentUser,
        Self::Presence,
        Self::VoiceState,
        Self::StageInstance,
        Self::ScheduledEvent,
        Self::Integration,
        Self::Invite,
        Self::Ban,
        Self::AutoModerationRule,
        Self::Message,
        Self::Typing,
        Self::DmChannel,
        Self::ReadState,
        Self::Entitlement,
        Self::VoiceServer,
    ];

    /// The name for logs and metrics, such as `"guild"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guild => "guild",
            Self::Channel => "channel",
            Self::Thread => "thread",
            Self::ThreadMember => "thread_member",
            Self::Role => "role",
            Self::Emoji => "emoji",
            Self::Sticker => "sticker",
            Self::Sound => "sound",
            Self::Member => "member",
            Self::User => "user",
            Self::CurrentUser => "current_user",
            Self::Presence => "presence",
            Self::VoiceState => "voice_state",
            Self::StageInstance => "stage_instance",
            Self::ScheduledEvent => "scheduled_event",
            Self::Integration => "integration",
            Self::Invite => "invite",
            Self::Ban => "ban",
            Self::AutoModerationRule => "auto_moderation_rule",
            Self::Message => "message",
            Self::Typing => "typing",
            Self::DmChannel => "dm_channel",
            Self::ReadState => "read_state",
            Self::Entitlement => "entitlement",
            Self::VoiceServer => "voice_server",
        }
    }

    /// The intents with which Discord tells whatever happens to things of a kind. Some of it comes
    /// without them.
    ///
    /// See [gateway intents](https://docs.discord.com/developers/events/gateway#gateway-intents).
    #[must_use]
    pub const fn intents(self) -> Intents {
        match self {
            Self::CurrentUser | Self::Entitlement | Self::VoiceServer => Intents::empty(),
            Self::Guild | Self::Channel | Self::Thread | Self::Role | Self::StageInstance => {
                Intents::GUILDS
            }
            Self::ThreadMember => Intents::GUILDS.union(Intents::GUILD_MEMBERS),
            Self::Emoji | Self::Sticker | Self::Sound => Intents::GUILD_EXPRESSIONS,
            Self::Member | Self::User => Intents::GUILD_MEMBERS,
            Self::Presence => Intents::GUILD_PRESENCES,
            Self::VoiceState => Intents::GUILD_VOICE_STATES,
            Self::ScheduledEvent => Intents::GUILD_SCHEDULED_EVENTS,
            Self::Integration => Intents::GUILD_INTEGRATIONS,
            Self::Invite => Intents::GUILD_INVITES,
            Self::Ban => Intents::GUILD_MODERATION,
            Self::AutoModerationRule => Intents::AUTO_MODERATION_CONFIGURATION,
            Self::Message | Self::ReadState => Intents::GUILD_MESSAGES,
            Self::Typing => Intents::GUILD_MESSAGE_TYPING,
            Self::DmChannel => Intents::DIRECT_MESSAGES,
        }
    }
}

/// Chooses what a [`Cache`] keeps, how long and how much of it; made by [`Cache::builder`].
///
/// Every kind starts on and without bounds. Guilds, roles and channels are what the session itself
/// goes by: bound them only if you can do without some of them. The current user's own membership of
/// each guild and its roles, which tell what it may do there, stay whatever the bounds of members and roles.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use polycord_cache::{Cache, Eviction, Kind};
///
/// let cache = Cache::builder()
///     .ttl(Kind::Member, Duration::from_secs(3600))
///     .max_entries(Kind::Member, 100_000)
///     .eviction(Kind::Member, Eviction::LeastRecentlyUsed)
///     .disable(Kind::Role)
///     .build();
/// assert!(!cache.is_enabled(Kind::Role));
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CacheBuilder {
    pub(super) admissions: Admissions,
    intents: Option<Intents>,
    absence_ttl: Option<Duration>,
    bounds: [Bounds; Kind::ALL.len()],
    messages_per_channel: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    off: bool,
    ttl: Option<Duration>,
    expiry: Expiry,
    max_entries: Option<usize>,
    max_bytes: Option<usize>,
    eviction: Eviction,
}

impl CacheBuilder {
    /// Keeps a kind. Default: every kind is kept.
    pub const fn enable(mut self, kind: Kind) -> Self {
        self.bounds[kind as usize].off = false;
        self
    }

    /// Keeps nothing of a kind, and reports no changes of it.
    pub const fn disable(mut self, kind: Kind) -> Self {
        self.bounds[kind as usize].off = true;
        self
    }

    /// How long an entry of a kind lives without being heard of. Default: for ever.
    pub const fn ttl(mut self, kind: Kind, ttl: Duration) -> Self {
        self.bounds[kind as usize].ttl = Some(ttl);
        self
    }

    /// From when the lifetime of a kind counts. Default: [`Expiry::AfterWrite`], and an event that
    /// confirms an entry counts as a write.
    pub const fn expiry(mut self, kind: Kind, expiry: Expiry) -> Self {
        self.bounds[kind as usize].expiry = expiry;
        self
    }

    /// How many entries of a kind are kept at most. Default: no limit, but for [`Kind::DmChannel`], of which 10,000 are
    /// kept. Zero is [`disable`](Self::disable).
    pub const fn max_entries(mut self, kind: Kind, max: usize) -> Self {
        self.bounds[kind as usize].max_entries = Some(max);
        self
    }

    /// How many bytes a kind takes at most. Default: no limit. Zero is [`disable`](Self::disable).
    ///
    /// Counted is what was asked of the allocator for the kind: its entries with all that is behind them, and what is
    /// kept beside them to find them and to know who goes next. What snapshots hold of earlier states is theirs. What
    /// comes in one event may exceed the limit until the event is applied.
    pub const fn max_bytes(mut self, kind: Kind, max: usize) -> Self {
        self.bounds[kind as usize].max_bytes = Some(max);
        self
    }

    /// Who goes first when a kind is full. Default: [`Eviction::Oldest`].
    pub const fn eviction(mut self, kind: Kind, eviction: Eviction) -> Self {
        self.bounds[kind as usize].eviction = eviction;
        self
    }

    /// Says which intents the session has, so that the cache can tell what it
    /// [follows](Cache::follows). Default: all that it takes.
    pub const fn intents(mut self, intents: Intents) -> Self {
        self.intents = Some(intents);
        self
    }

    /// How long an answer that something does not exist is believed by
    /// [`FetchExt`](crate::FetchExt), unless an event tells of it. Default: 30 seconds. Zero: such
    /// answers are not remembered. 4,096 are remembered at most.
    pub const fn absence_ttl(mut self, ttl: Duration) -> Self {
        self.absence_ttl = Some(ttl);
        self
    }

    /// How many messages of a channel are kept at most: those with the highest ids. Default: 50. Zero is
    /// [`disable`](Self::disable) of [`Kind::Message`]. A message takes some 300 bytes, and what hangs on it.
    pub const fn messages_per_channel(mut self, max: usize) -> Self {
        self.messages_per_channel = Some(max);
        self
    }

    /// Makes the cache.
    #[must_use]
    pub fn build(self) -> Cache {
        Cache::with(&self)
    }

    /// The intents of the session; all there are if nobody told.
    pub(super) fn told_intents(&self) -> Intents {
        self.intents.unwrap_or(Intents::all())
    }

    pub(super) fn absence_lifetime(&self) -> Moment {
        Moment::of_lifetime(self.absence_ttl.unwrap_or(ABSENCE_TTL))
    }

    pub(super) fn policies(&self) -> [Policy; Kind::ALL.len()] {
        let mut policies = self.bounds.map(|bounds| Policy {
            on: !bounds.off && bounds.max_entries != Some(0) && bounds.max_bytes != Some(0),
            ttl: bounds.ttl.map(Moment::of_lifetime),
            expiry: bounds.expiry,
            max_entries: bounds.max_entries,
            max_bytes: bounds.max_bytes,
            eviction: bounds.eviction,
        });
        policies[Kind::Message as usize].on &= self.most_messages() > 0;
        // Nobody says when one is closed.
        let most = &mut policies[Kind::DmChannel as usize].max_entries;
        most.get_or_insert(DM_CHANNELS);
        policies
    }

    /// The kinds whose rows expire.
    pub(super) fn expiring(&self) -> Kinds {
        let expire = |kind: &&Kind| self.bounds[**kind as usize].ttl.is_some();
        let all = Kind::ALL.iter().filter(expire);
        all.fold(Kinds::NONE, |all, kind| all.with(*kind))
    }

    pub(super) fn most_messages(&self) -> usize {
        self.messages_per_channel.unwrap_or(MESSAGES_PER_CHANNEL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_place_of_its_own() {
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, place);
        }
    }
}
