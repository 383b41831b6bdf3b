//! What those see who moderate a guild: bans, invites, integrations and rules.
//!
//! All of it is known only as far as events told. A new session may have missed the end of any of it, and is not told
//! what there is: then it is forgotten.

use std::sync::Arc;
use std::time::Duration;

use polycord_types::{
    Permissions, Text, Timestamp,
    gateway::payload::InviteCreate,
    id::{ChannelId, GuildId},
    integration::Integration,
    user::User,
};

use super::Writer;
use crate::cache::changes::Change;
use crate::cache::data::GuildData;
use crate::cache::entry::{AutoModerationRules, Bans, Entry, Integrations, Invites};
use crate::cache::kind::Kind;
use crate::cache::rows::{BanRow, InviteCode, UserRow};

impl Writer<'_> {
    /// Writes a ban. Events do not tell the reason.
    pub(in crate::cache) fn put_ban(
        &mut self,
        data: &mut GuildData,
        user: &User,
        reason: Option<&Text>,
    ) {
        let known = self.known::<Bans>(data, user.id);
        let row = BanRow {
            user: UserRow::public(user, known.map(|known| &known.user)),
            reason: reason
                .or_else(|| known.and_then(|known| known.reason.as_ref()))
                .cloned(),
        };
        self.put::<Bans>(data, user.id, row);
    }

    pub(in crate::cache) fn put_invite(&mut self, data: &mut GuildData, invite: &InviteCreate) {
        let Some(code) = InviteCode::new(&invite.code) else {
            return;
        };
        let invite = InviteCreate {
            guild_id: Some(data.id),
            ..invite.clone()
        };
        self.put::<Invites>(data, code, Arc::new(invite));
    }

    /// Notes when an invite ends.
    pub(in crate::cache) fn await_end(
        &mut self,
        guild: GuildId,
        code: InviteCode,
        invite: &InviteCreate,
    ) {
        let deadlines = &mut self.books.deadlines;
        match end_of(invite) {
            Some(end) => deadlines.end_invite(end, guild, code),
            None => deadlines.forget_invite(guild, code),
        }
    }

    /// Removes an invite whose time is over: nobody says so.
    pub(super) fn end_invite(&mut self, guild: GuildId, code: InviteCode) {
        self.in_guild(guild, |writer, data| writer.remove::<Invites>(data, code));
    }

    pub(in crate::cache) fn remove_invite(&mut self, data: &mut GuildData, code: &str) {
        if let Some(code) = InviteCode::new(code) {
            self.remove::<Invites>(data, code);
        }
    }

    /// The guild that an invite is to: an event may leave it out.
    pub(in crate::cache) fn invite_home(&self, code: &str) -> Option<GuildId> {
        let code = InviteCode::new(code)?;
        self.inner.invite_homes.get(&code).map(|home| *home)
    }

    /// Writes an integration. Who added it is not told by every event.
    pub(in crate::cache) fn put_integration(
        &mut self,
        data: &mut GuildData,
        integration: &Integration,
    ) {
        let mut integration = integration.clone();
        if integration.user.is_none() {
            let known = self.known::<Integrations>(data, integration.id);
            integration.user = known.and_then(|known| known.user.clone());
        }
        self.put::<Integrations>(data, integration.id, Arc::new(integration));
    }

    /// Forgets what events of an earlier session told, and no event of this one will take back.
    pub(in crate::cache) fn forget_as_seen(&mut self, data: &mut GuildData) {
        self.forget_kind::<Integrations>(data);
        self.forget_kind::<AutoModerationRules>(data);
        self.forget_kind::<Invites>(data);
        self.forget_kind::<Bans>(data);
    }

    /// Forgets what Discord tells only those who may moderate, of which the current user is not any more: nobody says
    /// how it goes on.
    pub(super) fn forget_what_is_not_told(&mut self, data: &mut GuildData, allowed: Permissions) {
        if !allowed.contains(Permissions::BAN_MEMBERS) {
            self.forget_kind::<Bans>(data);
        }
        if !allowed.contains(Permissions::MANAGE_GUILD) {
            self.forget_kind::<AutoModerationRules>(data);
        }
    }

    /// Forgets invites to channels that the current user may not manage: they may or may not be valid still.
    pub(super) fn forget_invites(
        &mut self,
        data: &mut GuildData,
        is_told: impl Fn(ChannelId) -> bool,
    ) {
        let invites = data.tables.invites.iter();
        let gone = invites.filter(|(_, slot)| !is_told(slot.row.channel_id));
        let gone: Vec<_> = gone.map(|(code, _)| code).collect();
        if gone.is_empty() {
            return;
        }
        self.quietly(true, |writer| {
            for code in gone {
                writer.remove::<Invites>(data, code);
            }
        });
        self.change(Change::Forgotten {
            guild: data.id,
            kind: Kind::Invite,
        });
    }

    /// Forgets all of a kind in a guild: it may or may not be there still.
    pub(in crate::cache) fn forget_kind<E: Entry>(&mut self, data: &mut GuildData) {
        if E::rows(data).is_empty() {
            return;
        }
        self.quietly(true, |writer| writer.clear::<E>(data));
        let guild = data.id;
        self.change(Change::Forgotten {
            guild,
            kind: E::KIND,
        });
    }
}

/// Until when an invite is valid, if not for ever.
fn end_of(invite: &InviteCreate) -> Option<Timestamp> {
    let lasts = Duration::from_secs(invite.max_age);
    let end = || invite.created_at.checked_add(lasts);
    let ends = (!lasts.is_zero()).then(end).flatten();
    invite.expires_at.or(ends)
}
