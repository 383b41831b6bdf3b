//! The kinds of things that belong to a guild, each in a table of the guild's.

use std::sync::Arc;

use polycord_types::{
    channel::Channel,
    id::{ChannelId, GuildId, RoleId, UserId},
    role::Role,
};

use super::books::Books;
use super::changes::Change;
use super::data::{GuildData, Rows};
use super::kind::Kind;
use super::rows::{CachedMember, CachedRole, Facts, MemberRow};
use super::writer::Writer;
use crate::store::Order;

/// A kind of thing that belongs to a guild.
pub(super) trait Entry {
    const KIND: Kind;
    type Key: Copy + Ord + 'static;
    type Row: Clone + PartialEq + 'static;
    /// What readers get.
    type Shown;

    fn rows(data: &GuildData) -> &Rows<Self::Key, Self::Row>;

    fn rows_mut(data: &mut GuildData) -> &mut Rows<Self::Key, Self::Row>;

    /// In which order the rows of all guilds go.
    fn order(books: &mut Books) -> &mut Order<(GuildId, Self::Key)>;

    fn shown(data: &GuildData, key: Self::Key, row: Self::Row) -> Self::Shown;

    fn added(new: Self::Shown) -> Option<Change>;

    fn updated(old: Self::Shown, new: Self::Shown) -> Option<Change>;

    fn removed(old: Self::Shown) -> Option<Change>;

    /// What else is to be done when a row came that was not there.
    fn came(_: &mut Writer<'_>, _: GuildId, _: Self::Key) {}

    /// What else is to be done when a row went, for whatever reason.
    fn went(_: &mut Writer<'_>, _: GuildId, _: Self::Key) {}
}

/// The guild itself.
pub(super) struct Guilds;
/// Channels, with active threads.
pub(super) struct Channels;
/// Roles.
pub(super) struct Roles;
/// Members.
pub(super) struct Members;

impl Entry for Guilds {
    const KIND: Kind = Kind::Guild;
    type Key = ();
    type Row = Arc<Facts>;
    type Shown = super::CachedGuild;

    fn rows(data: &GuildData) -> &Rows<(), Arc<Facts>> {
        &data.facts
    }

    fn rows_mut(data: &mut GuildData) -> &mut Rows<(), Arc<Facts>> {
        &mut data.facts
    }

    fn order(books: &mut Books) -> &mut Order<(GuildId, ())> {
        &mut books.guild_order
    }

    fn shown(data: &GuildData, (): (), row: Arc<Facts>) -> super::CachedGuild {
        data.shown(row)
    }

    // What happens to a guild is more than that its row comes and goes: the events tell it.

    fn added(_: super::CachedGuild) -> Option<Change> {
        None
    }

    fn updated(_: super::CachedGuild, _: super::CachedGuild) -> Option<Change> {
        None
    }

    fn removed(_: super::CachedGuild) -> Option<Change> {
        None
    }
}

impl Entry for Channels {
    const KIND: Kind = Kind::Channel;
    type Key = ChannelId;
    type Row = Arc<Channel>;
    type Shown = Arc<Channel>;

    fn rows(data: &GuildData) -> &Rows<ChannelId, Arc<Channel>> {
        &data.channels
    }

    fn rows_mut(data: &mut GuildData) -> &mut Rows<ChannelId, Arc<Channel>> {
        &mut data.channels
    }

    fn order(books: &mut Books) -> &mut Order<(GuildId, ChannelId)> {
        &mut books.channel_order
    }

    fn shown(_: &GuildData, _: ChannelId, row: Arc<Channel>) -> Arc<Channel> {
        row
    }

    fn added(new: Arc<Channel>) -> Option<Change> {
        Some(Change::ChannelAdded { new })
    }

    fn updated(old: Arc<Channel>, new: Arc<Channel>) -> Option<Change> {
        Some(Change::ChannelUpdated { old, new })
    }

    fn removed(old: Arc<Channel>) -> Option<Change> {
        Some(Change::ChannelRemoved { old })
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId) {
        writer.inner.channel_homes.insert(key, guild);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: ChannelId) {
        let homes = &writer.inner.channel_homes;
        homes.remove_if(&key, |_, home| *home == guild);
    }
}

impl Entry for Roles {
    const KIND: Kind = Kind::Role;
    type Key = RoleId;
    type Row = Arc<Role>;
    type Shown = CachedRole;

    fn rows(data: &GuildData) -> &Rows<RoleId, Arc<Role>> {
        &data.roles
    }

    fn rows_mut(data: &mut GuildData) -> &mut Rows<RoleId, Arc<Role>> {
        &mut data.roles
    }

    fn order(books: &mut Books) -> &mut Order<(GuildId, RoleId)> {
        &mut books.role_order
    }

    fn shown(data: &GuildData, _: RoleId, role: Arc<Role>) -> CachedRole {
        CachedRole {
            guild_id: data.id,
            role,
        }
    }

    fn added(new: CachedRole) -> Option<Change> {
        Some(Change::RoleAdded { new })
    }

    fn updated(old: CachedRole, new: CachedRole) -> Option<Change> {
        Some(Change::RoleUpdated { old, new })
    }

    fn removed(old: CachedRole) -> Option<Change> {
        Some(Change::RoleRemoved { old })
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, key: RoleId) {
        writer.inner.role_homes.insert(key, guild);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: RoleId) {
        let homes = &writer.inner.role_homes;
        homes.remove_if(&key, |_, home| *home == guild);
    }
}

impl Entry for Members {
    const KIND: Kind = Kind::Member;
    type Key = UserId;
    type Row = MemberRow;
    type Shown = CachedMember;

    fn rows(data: &GuildData) -> &Rows<UserId, MemberRow> {
        &data.members
    }

    fn rows_mut(data: &mut GuildData) -> &mut Rows<UserId, MemberRow> {
        &mut data.members
    }

    fn order(books: &mut Books) -> &mut Order<(GuildId, UserId)> {
        &mut books.member_order
    }

    fn shown(data: &GuildData, user_id: UserId, row: MemberRow) -> CachedMember {
        CachedMember {
            guild_id: data.id,
            user_id,
            row,
        }
    }

    fn added(new: CachedMember) -> Option<Change> {
        Some(Change::MemberAdded { new })
    }

    fn updated(old: CachedMember, new: CachedMember) -> Option<Change> {
        Some(Change::MemberUpdated { old, new })
    }

    fn removed(old: CachedMember) -> Option<Change> {
        Some(Change::MemberRemoved { old })
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, key: UserId) {
        writer.books.of_guild(guild).heard_of.remove(&key);
        writer.unshare(key);
    }
}
