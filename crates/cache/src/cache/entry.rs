//! What is special about each kind of thing that has a table in every guild.

mod entitlements;
mod messages;
mod moderation;
mod presences;
mod thread_members;
mod typing;
mod voice;

use std::sync::Arc;

use polycord_types::{
    auto_moderation::AutoModerationRule,
    emoji::Emoji,
    id::{ChannelId, GuildId, RoleId, UserId},
    integration::Integration,
    role::Role,
    scheduled_event::ScheduledEvent,
    soundboard::SoundboardSound,
    stage::StageInstance,
    sticker::Sticker,
};

use super::changes::{Change, Delta};
use super::data::GuildData;
use super::fetch::Subject;
use super::restart::Saved;
use super::rows::{
    CachedChannel, CachedGuild, CachedMember, ChannelRow, Facts, InGuild, MemberRow,
};
pub(super) use super::tables::{
    AutoModerationRules, Bans, Channels, DmChannels, Emojis, Entitlements, Guilds, Integrations,
    Invites, Members, Messages, Presences, ReadStates, Roles, ScheduledEvents, Sounds,
    StageInstances, Stickers, Stored, ThreadMembers, Threads, Typings, VoiceServers, VoiceStates,
};
use super::writer::Writer;

/// A kind of thing that belongs to a guild.
pub(super) trait Entry: Saved {
    /// What readers get.
    type Shown;

    fn shown(data: &GuildData, key: Self::Key, row: Self::Row) -> Self::Shown;

    /// The same of a row that stays where it is.
    fn seen(data: &GuildData, key: Self::Key, row: &Self::Row) -> Self::Shown {
        Self::shown(data, key, row.clone())
    }

    /// As what it can be fetched, if it can.
    fn subject(_: GuildId, _: Self::Key) -> Option<Subject> {
        None
    }

    /// What is told of what happened to a row. `None` where something else tells it.
    fn change(delta: Delta<Self::Shown>) -> Option<Change>;

    /// What else is to be done when a row came that was not there.
    fn came(_: &mut Writer<'_>, _: GuildId, _: Self::Key, _: &Self::Row) {}

    /// What else is to be done when a row is another now.
    fn became(_: &mut Writer<'_>, _: GuildId, _: Self::Key, _old: &Self::Row, _new: &Self::Row) {}

    /// What else is to be done in the guild when a row went to keep the bounds.
    fn forgotten(_: &mut Writer<'_>, _: &mut GuildData, _: Self::Key) {}

    /// What else is to be done when a row went, for whatever reason.
    fn went(_: &mut Writer<'_>, _: GuildId, _: Self::Key, _: &Self::Row) {}
}

impl Entry for Guilds {
    type Shown = CachedGuild;

    fn shown(data: &GuildData, (): (), row: Arc<Facts>) -> CachedGuild {
        data.shown(row)
    }

    fn subject(guild: GuildId, (): ()) -> Option<Subject> {
        Some(Subject::Guild(guild))
    }

    /// What happens to a guild is more than that its row comes and goes: the events tell it.
    fn change(_: Delta<CachedGuild>) -> Option<Change> {
        None
    }
}

impl Entry for Channels {
    type Shown = CachedChannel;

    fn shown(_: &GuildData, _: ChannelId, row: ChannelRow) -> CachedChannel {
        CachedChannel { row }
    }

    fn subject(_: GuildId, key: ChannelId) -> Option<Subject> {
        Some(Subject::Channel(key))
    }

    fn change(delta: Delta<CachedChannel>) -> Option<Change> {
        Some(Change::Channel(delta))
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId, _: &ChannelRow) {
        writer.inner.channel_homes.insert(key, guild);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId, _: &ChannelRow) {
        let homes = &writer.inner.channel_homes;
        homes.remove_if(&key, |_, home| *home == guild);
    }
}

impl Entry for Threads {
    type Shown = CachedChannel;

    fn shown(_: &GuildData, _: ChannelId, row: ChannelRow) -> CachedChannel {
        CachedChannel { row }
    }

    fn subject(_: GuildId, key: ChannelId) -> Option<Subject> {
        Some(Subject::Channel(key))
    }

    fn change(delta: Delta<CachedChannel>) -> Option<Change> {
        Some(Change::Thread(delta))
    }

    /// What is told of who is in a thread is taken in only while the thread is known.
    fn forgotten(writer: &mut Writer<'_>, data: &mut GuildData, key: ChannelId) {
        writer.forget_thread_members(data, key);
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId, row: &ChannelRow) {
        Channels::came(writer, guild, key, row);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId, row: &ChannelRow) {
        Channels::went(writer, guild, key, row);
    }
}

impl Entry for Members {
    type Shown = CachedMember;

    fn shown(data: &GuildData, user: UserId, row: MemberRow) -> CachedMember {
        Self::seen(data, user, &row)
    }

    fn seen(data: &GuildData, user: UserId, row: &MemberRow) -> CachedMember {
        CachedMember::new(data.id, user, row)
    }

    fn subject(guild: GuildId, key: UserId) -> Option<Subject> {
        Some(Subject::Member(guild, key))
    }

    fn change(delta: Delta<CachedMember>) -> Option<Change> {
        Some(Change::Member(delta))
    }

    fn forgotten(writer: &mut Writer<'_>, data: &mut GuildData, key: UserId) {
        writer.remove_presence(data, key);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: UserId, _: &MemberRow) {
        writer.books.of_guild(guild).heard_of.remove(key);
        writer.release(key);
    }
}

impl Entry for Roles {
    type Shown = InGuild<Role>;

    fn shown(data: &GuildData, _: RoleId, model: Arc<Role>) -> InGuild<Role> {
        data.own(model)
    }

    fn subject(guild: GuildId, key: RoleId) -> Option<Subject> {
        Some(Subject::Role(guild, key))
    }

    fn change(delta: Delta<InGuild<Role>>) -> Option<Change> {
        Some(Change::Role(delta))
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, key: RoleId, _: &Arc<Role>) {
        writer.inner.role_homes.insert(key, guild);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: RoleId, _: &Arc<Role>) {
        let homes = &writer.inner.role_homes;
        homes.remove_if(&key, |_, home| *home == guild);
    }
}

/// Kinds that are kept as Discord's model, and have nothing special about them.
macro_rules! plain {
    ($($Entry:ident => $Change:ident($Model:ty);)*) => {$(
        impl Entry for $Entry {
            type Shown = InGuild<$Model>;

            fn shown(data: &GuildData, _: Self::Key, model: Arc<$Model>) -> InGuild<$Model> {
                data.own(model)
            }

            fn change(delta: Delta<InGuild<$Model>>) -> Option<Change> {
                Some(Change::$Change(delta))
            }
        }
    )*};
}

plain! {
    Emojis => Emoji(Emoji);
    Stickers => Sticker(Sticker);
    Sounds => Sound(SoundboardSound);
    StageInstances => StageInstance(StageInstance);
    ScheduledEvents => ScheduledEvent(ScheduledEvent);
    Integrations => Integration(Integration);
    AutoModerationRules => AutoModerationRule(AutoModerationRule);
}
