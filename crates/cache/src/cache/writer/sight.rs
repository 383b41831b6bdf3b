//! What the current user may view. No event tells what happens to what is in a channel that cannot be viewed any more.

use std::iter;

use polycord_types::{
    Permissions,
    channel::{Channel, ChannelType},
    id::{ChannelId, RoleId},
    permissions::MemberPermissions,
};

use super::Writer;
use crate::cache::data::GuildData;
use crate::cache::entry::{Channels, Guilds, Members, Roles, Threads};
use crate::cache::kind::Kind;

impl Writer<'_> {
    /// Forgets what is in a channel, if the current user may not view it.
    pub(super) fn lose_sight_of(&mut self, data: &mut GuildData, channel: ChannelId) {
        let known = self.known::<Channels>(data, channel);
        if known.is_some_and(|known| self.is_hidden(data, &known.channel)) {
            self.forget_behind(data, channel);
        }
    }

    /// Forgets a thread, if the current user may not view it.
    pub(super) fn lose_sight_of_thread(&mut self, data: &mut GuildData, thread: ChannelId) {
        let known = self.known::<Threads>(data, thread);
        if known.is_some_and(|known| self.is_hidden(data, &known.channel)) {
            self.remove_thread(data, thread);
        }
    }

    /// Forgets what the current user may not view any more, after a role of theirs or their roles changed.
    pub(in crate::cache) fn look_around(&mut self, data: &mut GuildData) {
        let Some(permissions) = self.own_permissions(data) else {
            return;
        };
        let channels = data.tables.channels.values();
        let threads = data.tables.threads.values();
        let hidden = |channel: &&Channel| is_hidden(data, &permissions, channel);
        let channels = channels.map(|slot| &*slot.row.channel).filter(hidden);
        let threads = threads.map(|slot| &*slot.row.channel).filter(hidden);
        let channels: Vec<_> = channels.map(|channel| channel.id).collect();
        let threads: Vec<_> = threads.map(|thread| thread.id).collect();
        for channel in channels {
            self.forget_behind(data, channel);
        }
        for thread in threads {
            self.remove_thread(data, thread);
        }
    }

    /// Whether a role is one of those that say what the current user may do.
    pub(in crate::cache) fn has_role(&self, data: &GuildData, role: RoleId) -> bool {
        let own = self.books.current_user;
        let own = own.and_then(|own| self.known::<Members>(data, own));
        role == data.id.everyone_role() || own.is_some_and(|own| own.roles().contains(&role))
    }

    fn is_hidden(&self, data: &GuildData, channel: &Channel) -> bool {
        let permissions = self.own_permissions(data);
        permissions.is_some_and(|permissions| is_hidden(data, &permissions, channel))
    }

    /// What the current user may do, if all that says so is known.
    fn own_permissions<'d>(&self, data: &'d GuildData) -> Option<MemberPermissions<'d>> {
        let policy = self.inner.policy(Kind::Role);
        let all_roles = policy.on && !policy.keeps_order() && data.member_count.is_some();
        let me = self.books.current_user.filter(|_| all_roles)?;
        let owner = self.known::<Guilds>(data, ())?.guild.owner_id?;
        let carried: &[RoleId] = self.known::<Members>(data, me)?.roles();
        let everyone = data.id.everyone_role();
        let roles = iter::once(&everyone).chain(carried);
        let known = roles.filter_map(|role| {
            let known = self.known::<Roles>(data, *role)?;
            Some((*role, known.permissions))
        });
        Some(MemberPermissions::new(data.id, me, carried, known).owned_by(owner))
    }
}

/// Whether the current user may not view a channel or a thread, for sure.
fn is_hidden(data: &GuildData, permissions: &MemberPermissions<'_>, channel: &Channel) -> bool {
    // Who is connected to one of these may view it, whatever else is allowed.
    if matches!(
        channel.kind,
        ChannelType::GuildVoice | ChannelType::GuildStageVoice
    ) {
        return false;
    }
    let parent = channel.parent_id.filter(|_| channel.kind.is_thread());
    let parent = parent.and_then(|parent| data.tables.channels.get(parent));
    let parent = parent.map(|slot| &*slot.row.channel);
    let allowed = permissions.within(channel, parent, channel.member.is_some());
    allowed.is_some_and(|allowed| !allowed.contains(Permissions::VIEW_CHANNEL))
}
