//! Messages, channels of direct messages, and how much of each channel is unread.

use polycord_types::id::{ChannelId, GuildId, MessageId};

use super::{DmChannels, Entry, Messages, ReadStates};
use crate::cache::changes::{Change, Delta};
use crate::cache::data::{DIRECT, GuildData};
use crate::cache::fetch::Subject;
use crate::cache::kind::Kind;
use crate::cache::rows::{CachedDmChannel, CachedMessage, DmRow, MessageRow, ReadRow, ReadState};
use crate::cache::writer::Writer;

impl Entry for Messages {
    type Shown = CachedMessage;

    fn subject(_: GuildId, (channel, id): Self::Key) -> Option<Subject> {
        Some(Subject::Message(channel, id))
    }

    fn shown(
        data: &GuildData,
        (channel_id, id): (ChannelId, MessageId),
        row: MessageRow,
    ) -> CachedMessage {
        CachedMessage {
            guild_id: guild_of(data),
            channel_id,
            id,
            row,
        }
    }

    fn change(delta: Delta<CachedMessage>) -> Option<Change> {
        Some(Change::Message(delta))
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, key: Self::Key, row: &MessageRow) {
        come_to(writer, guild, key.0, true);
        hold(writer, row);
    }

    fn became(
        writer: &mut Writer<'_>,
        _: GuildId,
        _: Self::Key,
        old: &MessageRow,
        new: &MessageRow,
    ) {
        // Reactions come and go, and who wrote the message stays who they were.
        if old.users().eq(new.users()) {
            return;
        }
        // Who is in both must not be gone in between.
        hold(writer, new);
        release(writer, old);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: Self::Key, row: &MessageRow) {
        go_from(writer, guild, key.0, true);
        release(writer, row);
    }
}

impl Entry for DmChannels {
    type Shown = CachedDmChannel;

    fn shown(_: &GuildData, id: ChannelId, row: DmRow) -> CachedDmChannel {
        CachedDmChannel { id, row }
    }

    fn change(delta: Delta<CachedDmChannel>) -> Option<Change> {
        Some(Change::DmChannel(delta))
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId, row: &DmRow) {
        come_to(writer, guild, key, false);
        if writer.is_on(Kind::User) {
            row.recipient
                .into_iter()
                .for_each(|user| writer.books.hold(user));
        }
    }

    fn became(writer: &mut Writer<'_>, _: GuildId, _: ChannelId, old: &DmRow, new: &DmRow) {
        if writer.is_on(Kind::User) {
            new.recipient
                .into_iter()
                .for_each(|user| writer.books.hold(user));
            old.recipient
                .into_iter()
                .for_each(|user| writer.release(user));
        }
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId, row: &DmRow) {
        go_from(writer, guild, key, false);
        if writer.is_on(Kind::User) {
            row.recipient
                .into_iter()
                .for_each(|user| writer.release(user));
        }
        writer.abandon(key);
    }
}

impl Entry for ReadStates {
    type Shown = ReadState;

    fn shown(data: &GuildData, channel_id: ChannelId, row: ReadRow) -> ReadState {
        ReadState {
            channel_id,
            guild_id: guild_of(data),
            unread: row.unread,
            mentions: row.mentions,
            is_estimate: row.is_estimate,
            read_up_to: row.read_up_to,
            newest: row.newest,
        }
    }

    fn change(delta: Delta<ReadState>) -> Option<Change> {
        Some(Change::ReadState(delta))
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId, _: &ReadRow) {
        come_to(writer, guild, key, false);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId, _: &ReadRow) {
        go_from(writer, guild, key, false);
    }
}

fn guild_of(data: &GuildData) -> Option<GuildId> {
    Some(data.id).filter(|id| *id != DIRECT)
}

fn come_to(writer: &mut Writer<'_>, guild: GuildId, channel: ChannelId, is_message: bool) {
    let histories = &mut writer.books.of_guild(guild).histories;
    if histories.came(channel, is_message) {
        writer.inner.history_homes.insert(channel, guild);
    }
}

fn go_from(writer: &mut Writer<'_>, guild: GuildId, channel: ChannelId, is_message: bool) {
    let histories = &mut writer.books.of_guild(guild).histories;
    if histories.went(channel, is_message) {
        let homes = &writer.inner.history_homes;
        homes.remove_if(&channel, |_, home| *home == guild);
    }
}

fn hold(writer: &mut Writer<'_>, row: &MessageRow) {
    if writer.is_on(Kind::User) {
        row.users().for_each(|user| writer.books.hold(user));
    }
}

fn release(writer: &mut Writer<'_>, row: &MessageRow) {
    if writer.is_on(Kind::User) {
        row.users().for_each(|user| writer.release(user));
    }
}
