//! What the current user may view and is told. No event tells what happens to what is in a channel that cannot be viewed
//! any more, nor how things go on of which only those hear who may moderate.

use std::collections::HashSet;
use std::iter;

use polycord_types::{
    Permissions,
    channel::{Channel, ChannelType},
    id::{ChannelId, MessageId, RoleId},
    permissions::MemberPermissions,
};

use super::Writer;
use crate::cache::data::GuildData;
use crate::cache::entry::{Channels, Guilds, Members, Roles, Threads, VoiceStates};
use crate::cache::kind::Kind;
use crate::cache::rows::{Gap, Unseen};
use crate::table::Table;

impl Writer<'_> {
    /// Looks at a channel after an event that told all of it: forgets what is in it if the current user may not view
    /// it, and marks what was said while they might not.
    pub(super) fn look_at(&mut self, data: &mut GuildData, told: &Channel) {
        if told.is_obfuscated() {
            return;
        }
        if self.lose_sight_of(data, told.id) {
            return;
        }
        self.see_again(data, told.id, told.last_message_id);
        if data.tables.invites.is_empty() {
            return;
        }
        let own = self.own_permissions(data);
        let allowed = own.and_then(|own| own.within(told, None, false));
        if allowed.is_some_and(|allowed| !allowed.contains(Permissions::MANAGE_CHANNELS)) {
            self.forget_invites(data, |channel| channel != told.id);
        }
    }

    /// Forgets what is in a channel, if the current user may not view it; whether that is so.
    pub(super) fn lose_sight_of(&mut self, data: &mut GuildData, channel: ChannelId) -> bool {
        let known = self.known::<Channels>(data, channel);
        let is_hidden = known.is_some_and(|known| self.is_hidden(data, &known.channel));
        if is_hidden {
            self.hide(data, channel);
        }
        is_hidden
    }

    /// Forgets a thread, if the current user may not view it.
    pub(super) fn lose_sight_of_thread(&mut self, data: &mut GuildData, thread: ChannelId) {
        let known = self.known::<Threads>(data, thread);
        if known.is_some_and(|known| self.is_hidden(data, &known.channel)) {
            self.hide(data, thread);
        }
    }

    /// Forgets what the current user may not view any more, or is not told, after something changed that says what they
    /// may do.
    pub(in crate::cache) fn look_around(&mut self, data: &mut GuildData) {
        let Some(own) = self.own_permissions(data) else {
            return;
        };
        let channels = data.tables.channels.values();
        let threads = data.tables.threads.values();
        let rows = channels.chain(threads).map(|slot| &slot.row);
        let hidden = rows.filter(|row| self.may_not_view(data, &own, &row.channel));
        let hidden: Vec<_> = hidden.map(|row| row.channel.id).collect();
        let managed = data.tables.invites.values();
        let managed = managed.map(|slot| slot.row.channel_id);
        let managed: HashSet<_> = managed
            .filter(|channel| {
                let known = self.known::<Channels>(data, *channel);
                let allowed = known.and_then(|known| own.within(&known.channel, None, false));
                allowed.is_none_or(|allowed| allowed.contains(Permissions::MANAGE_CHANNELS))
            })
            .collect();
        let told = own.is_known().then(|| own.in_guild());
        for id in hidden {
            self.hide(data, id);
        }
        self.forget_invites(data, |channel| managed.contains(&channel));
        if let Some(told) = told {
            self.forget_what_is_not_told(data, told);
        }
    }

    /// Whether a role is one of those that say what the current user may do.
    pub(in crate::cache) fn has_role(&self, data: &GuildData, role: RoleId) -> bool {
        let own = self.books.current_user;
        let own = own.and_then(|own| self.known::<Members>(data, own));
        role == data.id.everyone_role() || own.is_some_and(|own| own.roles().contains(&role))
    }

    /// Forgets what is in a channel or a thread that the current user may not view any more.
    fn hide(&mut self, data: &mut GuildData, id: ChannelId) {
        let last = self.last_seen(data, id);
        if data.tables.threads.contains(id) {
            self.remove_thread(data, id);
        } else {
            self.forget_behind(data, id);
        }
        note_unseen(data, last);
    }

    /// The last messages seen of a channel and of the threads in it, or of a thread.
    pub(super) fn last_seen(&self, data: &GuildData, id: ChannelId) -> Vec<(ChannelId, Unseen)> {
        let threads = data.tables.threads.values();
        let threads = threads.map(|slot| &*slot.row.channel);
        let threads = threads.filter(|thread| thread.parent_id == Some(id));
        let channels = self.known_channel(data, id).into_iter().chain(threads);
        let last = channels.filter_map(|channel| {
            let newest = self.newest_message(data, channel)?;
            // A gap that nobody closed goes on.
            let after = data.gaps.get(channel.id).map_or(newest, |gap| gap.after);
            let parent = channel.parent_id.filter(|_| channel.kind.is_thread());
            Some((channel.id, Unseen { after, parent }))
        });
        last.collect()
    }

    /// Marks what was said in a channel while the current user could not view it, up to a message.
    pub(super) fn see_again(
        &mut self,
        data: &mut GuildData,
        channel: ChannelId,
        until: Option<MessageId>,
    ) {
        if data.unseen.is_empty() {
            return;
        }
        if let Some(Unseen { after, .. }) = data.unseen.remove(channel)
            && let Some(until) = until.filter(|until| *until > after)
        {
            self.note_gap(data, channel, Gap { after, until });
        }
    }

    /// Forgets which channels could not be viewed that can be now, or are gone, after all that there are were told.
    pub(in crate::cache) fn forget_seen_again(&mut self, data: &mut GuildData) {
        let is_hidden = |id: ChannelId| {
            let known = self.known_channel(data, id);
            known.is_some_and(|known| known.is_obfuscated() || self.is_hidden(data, known))
        };
        let unseen = data.unseen.iter();
        let hidden = unseen.filter(|(id, unseen)| is_hidden(unseen.parent.unwrap_or(*id)));
        let hidden = hidden.map(|(id, unseen)| (id, *unseen)).collect();
        data.unseen = Table::from_ordered(hidden);
    }

    fn is_hidden(&self, data: &GuildData, channel: &Channel) -> bool {
        let own = self.own_permissions(data);
        own.is_some_and(|own| self.may_not_view(data, &own, channel))
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

    /// Whether the current user may not view a channel or a thread, for sure.
    fn may_not_view(
        &self,
        data: &GuildData,
        own: &MemberPermissions<'_>,
        channel: &Channel,
    ) -> bool {
        let parent = channel.parent_id.filter(|_| channel.kind.is_thread());
        let parent = parent.and_then(|parent| data.tables.channels.get(parent));
        let parent = parent.map(|slot| &*slot.row.channel);
        let allowed = own.within(channel, parent, channel.member.is_some());
        allowed.is_some_and(|allowed| !allowed.contains(Permissions::VIEW_CHANNEL))
            && !self.may_be_connected(data, channel)
    }

    /// Whether the current user may be in a voice channel: whoever is may view it, whatever else is allowed.
    fn may_be_connected(&self, data: &GuildData, channel: &Channel) -> bool {
        let is_voice = matches!(
            channel.kind,
            ChannelType::GuildVoice | ChannelType::GuildStageVoice
        );
        let is_told = self.inner.follows(Kind::VoiceState);
        let own = self.books.current_user;
        let own = own.and_then(|own| self.known::<VoiceStates>(data, own));
        is_voice && (!is_told || own.is_some_and(|own| own.channel_id == channel.id))
    }
}

/// Forgets what was seen last of channels and threads that are gone.
pub(super) fn forget_unseen(data: &mut GuildData, goes: impl Fn(ChannelId, &Unseen) -> bool) {
    if data.unseen.is_empty() {
        return;
    }
    let unseen = data.unseen.iter();
    let kept = unseen.filter(|(id, unseen)| !goes(*id, unseen));
    let kept = kept.map(|(id, unseen)| (id, *unseen)).collect();
    data.unseen = Table::from_ordered(kept);
}

/// Remembers what was seen last of channels that cannot be viewed any more. What was remembered stays: nothing was seen
/// since.
pub(super) fn note_unseen(
    data: &mut GuildData,
    last: impl IntoIterator<Item = (ChannelId, Unseen)>,
) {
    for (channel, unseen) in last {
        if !data.unseen.contains(channel) {
            data.unseen.insert(channel, unseen);
        }
    }
}
