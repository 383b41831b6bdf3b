//! What is to be looked at again.

use std::collections::HashSet;

use polycord_types::{
    channel::Channel,
    id::{ChannelId, GuildId, SoundId, UserId},
};

use super::changes::{Change, Changes, Delta};
use super::{CachedChannel, CachedVoiceState, Kind};

/// That something is different now, as coarse as a user interface redraws: what is to be looked at
/// again in the [`Cache`](super::Cache). [`Changes`] tell what exactly.
///
/// A guild that comes or goes as a whole gives one of each signal of its lists; what it does to single
/// channels, such as to their messages, is in [`GuildsUpdated`](Self::GuildsUpdated).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Signal {
    /// A guild came, went, changed, or has or had an outage.
    GuildsUpdated,
    /// A guild's channels or active threads. That one has a newer message is no such change.
    ChannelsUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// The channels of direct messages, or their order.
    DmChannelsUpdated,
    /// The messages of a channel, with their reactions and polls.
    MessagesUpdated {
        /// The channel.
        channel: ChannelId,
    },
    /// How much of a channel is unread.
    ReadStateUpdated {
        /// The channel.
        channel: ChannelId,
    },
    /// Somebody began to type.
    TypingStarted {
        /// Where.
        channel: ChannelId,
        /// Who.
        user: UserId,
    },
    /// Somebody does not type any more.
    TypingStopped {
        /// Where.
        channel: ChannelId,
        /// Who.
        user: UserId,
    },
    /// A guild's members. Their presences are not told by signals: there are too many.
    MembersUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// Who is in a thread.
    ThreadMembersUpdated {
        /// The thread.
        thread: ChannelId,
    },
    /// A user who was known is another now; or the current user.
    UserUpdated {
        /// Who.
        user: UserId,
    },
    /// A guild's roles.
    RolesUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A guild's emoji.
    EmojisUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A guild's stickers.
    StickersUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A guild's soundboard.
    SoundboardUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A sound was played.
    SoundboardPlayed {
        /// Where.
        channel: ChannelId,
        /// By whom.
        user: UserId,
        /// Which.
        sound: SoundId,
    },
    /// Who is connected to a voice channel, and how.
    VoiceStateUpdated {
        /// The channel.
        channel: ChannelId,
    },
    /// Somebody came to a voice channel, changed to another, or went.
    VoiceMoved {
        /// Who.
        user: UserId,
        /// Where they were; `None` for who came.
        from: Option<ChannelId>,
        /// Where they are; `None` for who went.
        to: Option<ChannelId>,
    },
    /// A guild's live stages.
    StagesUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A guild's scheduled events.
    ScheduledEventsUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A guild's integrations.
    IntegrationsUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A guild's auto-moderation rules.
    AutoModerationUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A guild's invites.
    InvitesUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// A guild's bans.
    BansUpdated {
        /// The guild.
        guild: GuildId,
    },
    /// What somebody bought.
    EntitlementsUpdated,
}

impl Changes {
    /// What is to be looked at again because of these changes, each once, in the order in which they
    /// happened.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use polycord_cache::{Cache, Signal};
    /// use polycord_types::{gateway::Event, id::GuildId};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = Cache::new();
    /// let event = Event::decode("GUILD_ROLE_CREATE", r#"{
    ///     "guild_id": "1", "role": {"id": "2", "name": "helpers", "permissions": "0"}
    /// }"#)?;
    /// let changes = cache.apply(&event, Duration::ZERO);
    /// let guild = GuildId::new(1);
    /// assert_eq!(changes.signals(), [Signal::RolesUpdated { guild }]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn signals(&self) -> Vec<Signal> {
        let mut signals = Signals::default();
        for change in self {
            signals.of(change);
        }
        signals.list
    }
}

/// Signals, each once.
#[derive(Default)]
struct Signals {
    list: Vec<Signal>,
    given: HashSet<Signal>,
}

impl Signals {
    fn give(&mut self, signal: Signal) {
        if self.given.insert(signal) {
            self.list.push(signal);
        }
    }

    /// Without an arm for all others: who adds a change decides what is to be redrawn for it.
    fn of(&mut self, change: &Change) {
        match change {
            Change::GuildAdded { new, .. } | Change::GuildAvailable { old: None, new } => {
                self.whole_guild(new.id());
            }
            Change::GuildRemoved { id, .. } => self.whole_guild(*id),
            Change::GuildUpdated { .. }
            | Change::GuildUnavailable { .. }
            | Change::GuildAvailable { .. } => self.give(Signal::GuildsUpdated),
            Change::Channel(delta) | Change::Thread(delta) => self.channel(delta),
            Change::ThreadMember(delta) => {
                let thread = delta.last().thread_id();
                self.give(Signal::ThreadMembersUpdated { thread });
            }
            Change::Role(delta) => self.of_guild(Kind::Role, delta.last().guild_id()),
            Change::Emoji(delta) => self.of_guild(Kind::Emoji, delta.last().guild_id()),
            Change::Sticker(delta) => self.of_guild(Kind::Sticker, delta.last().guild_id()),
            Change::Sound(delta) => self.of_guild(Kind::Sound, delta.last().guild_id()),
            Change::SoundPlayed {
                channel_id,
                user_id,
                sound_id,
                ..
            } => self.give(Signal::SoundboardPlayed {
                channel: *channel_id,
                user: *user_id,
                sound: *sound_id,
            }),
            Change::Member(delta) => self.of_guild(Kind::Member, delta.last().guild_id()),
            // Who is new or gone is told by where they came and went: a guild's list, a message. And more than half
            // of all events are presences: nobody can redraw so often.
            Change::User(Delta::Added(_) | Delta::Removed(_))
            | Change::Presence(_)
            | Change::VoiceServer(_)
            | Change::OwnVoice { .. }
            | Change::Entitlement(_) => {}
            Change::Voice(delta) => self.voice(delta),
            Change::TypingStarted {
                channel_id,
                user_id,
                ..
            } => self.give(Signal::TypingStarted {
                channel: *channel_id,
                user: *user_id,
            }),
            Change::TypingStopped {
                channel_id,
                user_id,
                ..
            } => self.give(Signal::TypingStopped {
                channel: *channel_id,
                user: *user_id,
            }),
            Change::User(delta) | Change::CurrentUser(delta) => {
                let user = delta.last().id();
                self.give(Signal::UserUpdated { user });
            }
            Change::StageInstance(delta) => {
                self.of_guild(Kind::StageInstance, delta.last().guild_id());
            }
            Change::ScheduledEvent(delta) => {
                self.of_guild(Kind::ScheduledEvent, delta.last().guild_id());
            }
            Change::Integration(delta) => {
                self.of_guild(Kind::Integration, delta.last().guild_id());
            }
            Change::AutoModerationRule(delta) => {
                self.of_guild(Kind::AutoModerationRule, delta.last().guild_id());
            }
            Change::Invite(delta) => self.of_guild(Kind::Invite, delta.last().guild_id()),
            Change::Ban(delta) => self.of_guild(Kind::Ban, delta.last().guild_id()),
            Change::RoleLost { guild, .. } => self.of_guild(Kind::Member, *guild),
            Change::Message(delta) => self.messages(delta.last().channel_id()),
            Change::UncachedMessageUpdated { new } => self.messages(new.channel_id()),
            Change::MessagesRemoved { channel_id, .. } => self.messages(*channel_id),
            Change::DmChannel(_) => self.give(Signal::DmChannelsUpdated),
            Change::ReadState(delta) => {
                let channel = delta.last().channel_id;
                self.give(Signal::ReadStateUpdated { channel });
            }
            Change::Forgotten { guild, kind } => self.of_guild(*kind, *guild),
        }
    }

    fn messages(&mut self, channel: ChannelId) {
        self.give(Signal::MessagesUpdated { channel });
    }

    fn channel(&mut self, delta: &Delta<CachedChannel>) {
        if let Delta::Updated { old, new } = delta
            && is_only_busier(old, new)
        {
            return;
        }
        if let Some(guild) = delta.last().guild_id {
            self.give(Signal::ChannelsUpdated { guild });
        }
    }

    fn voice(&mut self, delta: &Delta<CachedVoiceState>) {
        let from = delta.before().map(CachedVoiceState::channel_id);
        let to = delta.after().map(CachedVoiceState::channel_id);
        for channel in [from, to].into_iter().flatten() {
            self.give(Signal::VoiceStateUpdated { channel });
        }
        if from != to {
            let user = delta.last().user_id();
            self.give(Signal::VoiceMoved { user, from, to });
        }
    }

    /// A guild with everything in it.
    fn whole_guild(&mut self, guild: GuildId) {
        self.give(Signal::GuildsUpdated);
        for kind in Kind::ALL {
            self.of_guild(kind, guild);
        }
    }

    /// The things of one kind of a guild.
    fn of_guild(&mut self, kind: Kind, guild: GuildId) {
        self.give(match kind {
            Kind::Guild => Signal::GuildsUpdated,
            Kind::Channel | Kind::Thread => Signal::ChannelsUpdated { guild },
            Kind::Role => Signal::RolesUpdated { guild },
            Kind::Emoji => Signal::EmojisUpdated { guild },
            Kind::Sticker => Signal::StickersUpdated { guild },
            Kind::Sound => Signal::SoundboardUpdated { guild },
            Kind::Member => Signal::MembersUpdated { guild },
            Kind::StageInstance => Signal::StagesUpdated { guild },
            Kind::ScheduledEvent => Signal::ScheduledEventsUpdated { guild },
            Kind::Integration => Signal::IntegrationsUpdated { guild },
            Kind::AutoModerationRule => Signal::AutoModerationUpdated { guild },
            Kind::Invite => Signal::InvitesUpdated { guild },
            Kind::Ban => Signal::BansUpdated { guild },
            // Not told by guild.
            Kind::ThreadMember
            | Kind::User
            | Kind::CurrentUser
            | Kind::Presence
            | Kind::VoiceState
            | Kind::Message
            | Kind::Typing
            | Kind::DmChannel
            | Kind::ReadState
            | Kind::Entitlement
            | Kind::VoiceServer => return,
        });
    }
}

/// Whether nothing changed of a channel but that somebody wrote or deleted a message in it.
fn is_only_busier(old: &CachedChannel, new: &CachedChannel) -> bool {
    let busier = Channel {
        last_message_id: new.last_message_id,
        message_count: new.message_count,
        total_message_sent: new.total_message_sent,
        ..Channel::clone(old)
    };
    busier == **new && old != new
}
