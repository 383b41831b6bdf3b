//! Bans and invites.

use std::sync::Arc;

use polycord_types::{
    gateway::payload::InviteCreate,
    id::{GuildId, UserId},
};

use super::{Bans, Entry, Invites};
use crate::cache::changes::{Change, Delta};
use crate::cache::data::GuildData;
use crate::cache::rows::{BanRow, CachedBan, InGuild, InviteCode};
use crate::cache::writer::Writer;

impl Entry for Bans {
    type Shown = CachedBan;

    fn shown(data: &GuildData, user_id: UserId, row: BanRow) -> CachedBan {
        CachedBan {
            guild_id: data.id,
            user_id,
            row,
        }
    }

    fn change(delta: Delta<CachedBan>) -> Option<Change> {
        Some(Change::Ban(delta))
    }
}

impl Entry for Invites {
    type Shown = InGuild<InviteCreate>;

    fn shown(data: &GuildData, _: InviteCode, model: Arc<InviteCreate>) -> InGuild<InviteCreate> {
        data.own(model)
    }

    fn change(delta: Delta<InGuild<InviteCreate>>) -> Option<Change> {
        Some(Change::Invite(delta))
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, code: InviteCode, row: &Arc<InviteCreate>) {
        writer.inner.invite_homes.insert(code, guild);
        writer.await_end(guild, code, row);
    }

    fn became(
        writer: &mut Writer<'_>,
        guild: GuildId,
        code: InviteCode,
        _: &Arc<InviteCreate>,
        new: &Arc<InviteCreate>,
    ) {
        writer.await_end(guild, code, new);
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, code: InviteCode, _: &Arc<InviteCreate>) {
        let homes = &writer.inner.invite_homes;
        homes.remove_if(&code, |_, home| *home == guild);
        writer.books.deadlines.forget_invite(guild, code);
    }
}
