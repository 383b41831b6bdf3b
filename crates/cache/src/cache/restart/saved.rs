//! How the rows of each kind are written: as Discord's models of them, which outlive the layout of the rows.

use std::sync::Arc;

use polycord_types::{
    Text, Timestamp, auto_moderation::AutoModerationRule, ban::Ban, channel::Channel, emoji::Emoji,
    gateway::payload::InviteCreate, guild::Guild, id::GuildId, integration::Integration,
    member::Member, message::Message, role::Role, scheduled_event::ScheduledEvent,
    soundboard::SoundboardSound, stage::StageInstance, sticker::Sticker,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::cache::data::GuildData;
use crate::cache::entry::{
    AutoModerationRules, Bans, Channels, DmChannels, Emojis, Guilds, Integrations, Invites,
    Members, Messages, ReadStates, Roles, ScheduledEvents, Sounds, StageInstances, Stickers,
    Stored, ThreadMembers, Threads,
};
use crate::cache::rows::{
    BanRow, CachedBan, CachedMember, ChannelRow, DmRow, Facts, MemberRow, MessageRow, ReadRow,
    ThreadMemberRow, UserRow, VoiceSession,
};
use crate::cache::writer::Writer;

/// A kind of which snapshots hold the rows.
pub(in crate::cache) trait Saved:
    Stored<Key: Serialize + DeserializeOwned>
{
    type Saved: Serialize + DeserializeOwned;

    /// `None` for what is of no use to another process.
    fn save(guild: GuildId, key: Self::Key, row: &Self::Row) -> Option<Self::Saved>;

    /// `None` for what [`save`](Self::save) never gives.
    fn load(
        writer: &mut Writer<'_>,
        data: &mut GuildData,
        key: Self::Key,
        saved: Self::Saved,
    ) -> Option<Self::Row>;
}

/// What is written of a guild itself.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cache) struct SavedGuild {
    guild: Guild,
    joined_at: Option<Timestamp>,
    large: bool,
}

impl Saved for Guilds {
    type Saved = SavedGuild;

    fn save(_: GuildId, (): (), facts: &Arc<Facts>) -> Option<SavedGuild> {
        Some(SavedGuild {
            guild: facts.guild.clone(),
            joined_at: facts.joined_at,
            large: facts.large,
        })
    }

    fn load(
        _: &mut Writer<'_>,
        _: &mut GuildData,
        (): (),
        saved: SavedGuild,
    ) -> Option<Arc<Facts>> {
        Some(Arc::new(Facts {
            guild: saved.guild,
            joined_at: saved.joined_at,
            large: saved.large,
        }))
    }
}

impl Saved for Members {
    type Saved = Member;

    fn save(guild_id: GuildId, user_id: Self::Key, row: &MemberRow) -> Option<Member> {
        Some(CachedMember::new(guild_id, user_id, row).to_member())
    }

    fn load(
        writer: &mut Writer<'_>,
        data: &mut GuildData,
        user: Self::Key,
        member: Member,
    ) -> Option<MemberRow> {
        writer.know_member(data, user);
        let sets = &mut writer.books.of_guild(data.id).role_sets;
        Some(MemberRow::new(&member, sets.share(&member.roles)))
    }
}

/// What is written of who is in a thread.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cache) struct SavedThreadMember {
    join_timestamp: Timestamp,
    flags: u32,
}

impl Saved for ThreadMembers {
    type Saved = SavedThreadMember;

    fn save(_: GuildId, _: Self::Key, row: &ThreadMemberRow) -> Option<SavedThreadMember> {
        Some(SavedThreadMember {
            join_timestamp: row.join_timestamp,
            flags: row.flags,
        })
    }

    fn load(
        _: &mut Writer<'_>,
        _: &mut GuildData,
        _: Self::Key,
        saved: SavedThreadMember,
    ) -> Option<ThreadMemberRow> {
        Some(ThreadMemberRow {
            join_timestamp: saved.join_timestamp,
            flags: saved.flags,
        })
    }
}

impl Saved for Bans {
    type Saved = Ban;

    fn save(guild_id: GuildId, user_id: Self::Key, row: &BanRow) -> Option<Ban> {
        let row = row.clone();
        let ban = CachedBan {
            guild_id,
            user_id,
            row,
        };
        Some(Ban {
            user: ban.user().to_user(),
            reason: ban.row.reason,
        })
    }

    fn load(_: &mut Writer<'_>, _: &mut GuildData, _: Self::Key, ban: Ban) -> Option<BanRow> {
        Some(BanRow {
            user: UserRow::public(&ban.user, None),
            reason: ban.reason,
        })
    }
}

impl Saved for Messages {
    type Saved = Message;

    fn save(_: GuildId, (channel, id): Self::Key, row: &MessageRow) -> Option<Message> {
        // Who its users are is written with the users.
        Some(row.to_message(channel, id, |_| None))
    }

    fn load(
        _: &mut Writer<'_>,
        _: &mut GuildData,
        _: Self::Key,
        message: Message,
    ) -> Option<MessageRow> {
        Some(MessageRow::new(&message))
    }
}

/// Rows that are written as they are.
macro_rules! plain {
    ($($Entry:ident: $Row:ty;)*) => {$(
        impl Saved for $Entry {
            type Saved = $Row;

            fn save(_: GuildId, _: Self::Key, row: &$Row) -> Option<$Row> {
                Some(*row)
            }

            fn load(_: &mut Writer<'_>, _: &mut GuildData, _: Self::Key, saved: $Row) -> Option<$Row> {
                Some(saved)
            }
        }
    )*};
}

plain! {
    DmChannels: DmRow;
    ReadStates: ReadRow;
}

/// What is written of a channel or a thread.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cache) struct SavedChannel {
    channel: Channel,
    voice_status: Option<Text>,
    voice_start_time: Option<i64>,
}

/// Channels and threads.
macro_rules! channels {
    ($($Entry:ident)*) => {$(
        impl Saved for $Entry {
            type Saved = SavedChannel;

            fn save(_: GuildId, _: Self::Key, row: &ChannelRow) -> Option<SavedChannel> {
                let voice = row.voice();
                Some(SavedChannel {
                    channel: (*row.channel).clone(),
                    voice_status: voice.status,
                    voice_start_time: voice.start_time,
                })
            }

            fn load(
                _: &mut Writer<'_>,
                _: &mut GuildData,
                _: Self::Key,
                saved: SavedChannel,
            ) -> Option<ChannelRow> {
                let mut row = ChannelRow::new(Arc::new(saved.channel));
                row.set_voice(VoiceSession {
                    status: saved.voice_status,
                    start_time: saved.voice_start_time,
                });
                Some(row)
            }
        }
    )*};
}

channels! { Channels Threads }

/// Kinds that are kept as Discord's models.
macro_rules! models {
    ($($Entry:ident: $Model:ty;)*) => {$(
        impl Saved for $Entry {
            type Saved = $Model;

            fn save(_: GuildId, _: Self::Key, row: &Arc<$Model>) -> Option<$Model> {
                Some((**row).clone())
            }

            fn load(_: &mut Writer<'_>, _: &mut GuildData, _: Self::Key, saved: $Model) -> Option<Arc<$Model>> {
                Some(Arc::new(saved))
            }
        }
    )*};
}

models! {
    Roles: Role;
    Emojis: Emoji;
    Stickers: Sticker;
    Sounds: SoundboardSound;
    StageInstances: StageInstance;
    ScheduledEvents: ScheduledEvent;
    Integrations: Integration;
    AutoModerationRules: AutoModerationRule;
    Invites: InviteCreate;
}
