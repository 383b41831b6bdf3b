//! The tables of a guild: one for each kind of thing that belongs to it.

use std::sync::Arc;

use polycord_types::{
    HeapSize,
    auto_moderation::AutoModerationRule,
    emoji::Emoji,
    entitlement::Entitlement,
    gateway::payload::{InviteCreate, VoiceServerUpdate},
    id::{
        AutoModerationRuleId, ChannelId, EmojiId, EntitlementId, GuildId, IntegrationId, MessageId,
        RoleId, ScheduledEventId, SoundId, StickerId, UserId,
    },
    integration::Integration,
    role::Role,
    scheduled_event::ScheduledEvent,
    soundboard::SoundboardSound,
    stage::StageInstance,
    sticker::Sticker,
};

use super::books::Books;
use super::data::{GuildData, Rows};
use super::deadlines::Ticket;
use super::entry::Entry;
use super::kind::Kind;
use super::rows::{
    BanRow, ChannelRow, DmRow, Facts, InviteCode, MemberRow, MessageRow, PresenceRow, ReadRow,
    ThreadMemberRow, VoiceStateRow,
};
use crate::store::Order;

/// A kind of thing that has a table in every guild.
pub(super) trait Stored: Sized {
    const KIND: Kind;
    type Key: Copy + Ord + 'static;
    type Row: Clone + PartialEq + HeapSize + 'static;

    fn rows(data: &GuildData) -> &Rows<Self::Key, Self::Row>;

    fn rows_mut(data: &mut GuildData) -> &mut Rows<Self::Key, Self::Row>;

    /// In which order the rows of all guilds go.
    fn order(books: &mut Books) -> &mut Order<(GuildId, Self::Key)>;
}

/// Work to be done for each kind of thing that has a table in every guild.
pub(super) trait ForEach {
    fn kind<E: Entry>(&mut self);
}

macro_rules! tables {
    ($($(#[$doc:meta])* $Entry:ident in $rows:ident: $Key:ty => $Row:ty, $Kind:ident;)*) => {
        $($(#[$doc])* pub(super) struct $Entry;)*

        /// The tables of a guild.
        #[derive(Clone, Debug, Default)]
        pub(super) struct Tables {
            $($(#[$doc])* pub(super) $rows: Rows<$Key, $Row>,)*
        }

        impl Tables {
            pub(super) const fn is_empty(&self) -> bool {
                $(self.$rows.is_empty())&&*
            }
        }

        /// In which order the rows of all guilds go, kind by kind.
        #[derive(Debug, Default)]
        pub(super) struct Orders {
            $($rows: Order<(GuildId, $Key)>,)*
        }

        $(impl Stored for $Entry {
            const KIND: Kind = Kind::$Kind;
            type Key = $Key;
            type Row = $Row;

            fn rows(data: &GuildData) -> &Rows<$Key, $Row> {
                &data.tables.$rows
            }

            fn rows_mut(data: &mut GuildData) -> &mut Rows<$Key, $Row> {
                &mut data.tables.$rows
            }

            fn order(books: &mut Books) -> &mut Order<(GuildId, $Key)> {
                &mut books.orders.$rows
            }
        })*

        /// Does some work for each kind, in the order in which the kinds are listed.
        pub(super) fn for_each(work: &mut impl ForEach) {
            $(work.kind::<$Entry>();)*
        }
    };
}

tables! {
    /// The guild itself: at most one row. Without one nobody told of it, or its bounds took it away.
    Guilds in facts: () => Arc<Facts>, Guild;
    /// Channels, without threads.
    Channels in channels: ChannelId => ChannelRow, Channel;
    /// Active threads.
    Threads in threads: ChannelId => ChannelRow, Thread;
    /// Who is in which thread.
    ThreadMembers in thread_members: (ChannelId, UserId) => ThreadMemberRow, ThreadMember;
    /// Roles.
    Roles in roles: RoleId => Arc<Role>, Role;
    /// Emoji.
    Emojis in emojis: EmojiId => Arc<Emoji>, Emoji;
    /// Stickers.
    Stickers in stickers: StickerId => Arc<Sticker>, Sticker;
    /// Soundboard sounds.
    Sounds in sounds: SoundId => Arc<SoundboardSound>, Sound;
    /// Members.
    Members in members: UserId => MemberRow, Member;
    /// How those members are seen who are not offline.
    Presences in presences: UserId => PresenceRow, Presence;
    /// Messages, those of a channel side by side.
    Messages in messages: (ChannelId, MessageId) => MessageRow, Message;
    /// Channels of direct messages.
    DmChannels in dm_channels: ChannelId => DmRow, DmChannel;
    /// How much of each channel is unread.
    ReadStates in read_states: ChannelId => ReadRow, ReadState;
    /// Who is connected to a voice channel.
    VoiceStates in voice_states: UserId => VoiceStateRow, VoiceState;
    /// The voice server: at most one.
    VoiceServers in voice_servers: () => Arc<VoiceServerUpdate>, VoiceServer;
    /// Who is typing where.
    Typings in typings: (ChannelId, UserId) => Ticket, Typing;
    /// What the application is entitled to: of no guild, see [`DIRECT`](super::data::DIRECT).
    Entitlements in entitlements: EntitlementId => Arc<Entitlement>, Entitlement;
    /// Live stages, by their channels.
    StageInstances in stage_instances: ChannelId => Arc<StageInstance>, StageInstance;
    /// Scheduled events.
    ScheduledEvents in scheduled_events: ScheduledEventId => Arc<ScheduledEvent>, ScheduledEvent;
    /// Integrations.
    Integrations in integrations: IntegrationId => Arc<Integration>, Integration;
    /// Auto-moderation rules.
    AutoModerationRules in auto_moderation_rules: AutoModerationRuleId => Arc<AutoModerationRule>, AutoModerationRule;
    /// Invites, as far as seen.
    Invites in invites: InviteCode => Arc<InviteCreate>, Invite;
    /// Bans, as far as seen.
    Bans in bans: UserId => BanRow, Ban;
}
