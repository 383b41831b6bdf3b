//! Active threads, and who is in them.

use std::collections::HashSet;
use std::sync::Arc;

use polycord_types::{
    channel::Channel,
    gateway::payload::{ThreadCreate, ThreadListSync, ThreadMemberUpdate, ThreadMembersUpdate},
    id::{ChannelId, UserId},
    thread::ThreadMember,
};

use super::Writer;
use super::channels::{channel_of, keep_latest};
use super::sight::forget_unseen;
use crate::cache::changes::{Change, Delta};
use crate::cache::data::GuildData;
use crate::cache::entry::{ThreadMembers, Threads};
use crate::cache::kind::Kind;
use crate::cache::rows::{CachedChannel, ChannelRow, GuildState, ThreadMemberRow};
use crate::tasks::flights::News;

/// The first user there can be, and the last.
const USERS: (UserId, UserId) = (UserId::new(1), UserId::new(u64::MAX));

/// What an event tells of whether the current user is in a thread.
#[derive(Clone, Copy)]
enum Own<'a> {
    Untold,
    Told(Option<&'a ThreadMember>),
}

impl Writer<'_> {
    pub(in crate::cache) fn thread_create(&mut self, data: &mut GuildData, event: &ThreadCreate) {
        self.thread_event(data, event);
        if event.newly_created == Some(true) {
            self.note_new_post(data, event);
        }
    }

    /// Takes in an event about one thread.
    pub(super) fn thread_event(&mut self, data: &mut GuildData, thread: &Channel) {
        let known = self.known::<Threads>(data, thread.id);
        // Where all channels are known, one that belongs to none is late: its channel was deleted.
        if known.is_none() && !self.may_have_parent(data, thread) {
            return;
        }
        let mut new = channel_of(data, thread);
        if let Some(known) = known {
            keep_latest(&mut new, &known.channel);
        }
        // Only the events that make or join a thread tell who the current user is in it.
        let own = thread.member.as_deref();
        self.put_thread(
            data,
            new,
            own.map_or(Own::Untold, |own| Own::Told(Some(own))),
        );
    }

    /// Writes an active thread; one that is archived goes.
    fn put_thread(&mut self, data: &mut GuildData, mut thread: Channel, own: Own<'_>) {
        let id = thread.id;
        if !thread.kind.is_thread() || data.tables.channels.contains(id) {
            return;
        }
        thread.member = match own {
            Own::Told(own) => own.map(|own| Box::new(self.own_membership(id, own))),
            Own::Untold => {
                let known = self.known::<Threads>(data, id);
                known.and_then(|known| known.channel.member.clone())
            }
        };
        let own = thread.member.as_deref().cloned();
        let is_active = !is_archived(&thread);
        let row = ChannelRow::new(Arc::new(thread));
        let last = row.channel.last_message_id;
        if is_active {
            self.put::<Threads>(data, id, row);
            self.put_own_member(data, id, own.as_ref());
            self.see_again(data, id, last);
            return;
        }
        self.heard::<Threads>(data.id, id, News::Written);
        if let Some(old) = self.take::<Threads>(data, id) {
            let new = CachedChannel { row };
            self.change(Change::Thread(Delta::Updated { old, new }));
        }
        self.forget_channel_contents(data, id);
    }

    /// Removes an active thread, and what is in it.
    pub(in crate::cache) fn remove_thread(&mut self, data: &mut GuildData, id: ChannelId) {
        self.remove::<Threads>(data, id);
        self.forget_channel_contents(data, id);
        data.unseen.remove(id);
    }

    /// Removes those of a guild's threads for which `goes` holds.
    pub(super) fn remove_threads(&mut self, data: &mut GuildData, goes: impl Fn(&Channel) -> bool) {
        let threads = data.tables.threads.iter();
        let gone = threads.filter(|(_, slot)| goes(&slot.row.channel));
        let gone: Vec<_> = gone.map(|(id, _)| id).collect();
        for id in gone {
            self.remove_thread(data, id);
        }
    }

    /// Makes a guild's active threads those of a list that is complete.
    pub(in crate::cache) fn reconcile_threads(
        &mut self,
        data: &mut GuildData,
        threads: &[Channel],
    ) {
        for thread in threads {
            let own = Own::Told(thread.member.as_deref());
            let new = channel_of(data, thread);
            self.put_thread(data, new, own);
        }
        let listed: HashSet<_> = threads.iter().map(|thread| thread.id).collect();
        self.remove_threads(data, |thread| !listed.contains(&thread.id));
    }

    /// Makes the active threads of some channels, or of all, those of a list.
    pub(in crate::cache) fn thread_list_sync(
        &mut self,
        data: &mut GuildData,
        event: &ThreadListSync,
    ) {
        for thread in &event.threads {
            let is_here = |member: &&ThreadMember| member.id == Some(thread.id);
            let own = event.members.iter().find(is_here);
            let own = own.or(thread.member.as_deref());
            let mut new = channel_of(data, thread);
            if let Some(known) = self.known::<Threads>(data, thread.id) {
                keep_latest(&mut new, &known.channel);
            }
            self.put_thread(data, new, Own::Told(own));
        }
        let listed: HashSet<_> = event.threads.iter().map(|thread| thread.id).collect();
        let parents = event.channel_ids.as_ref();
        let parents: Option<HashSet<_>> = parents.map(|parents| parents.iter().copied().collect());
        let is_gone = |thread: ChannelId, parent: Option<ChannelId>| {
            let is_synced = |parents: &HashSet<_>| parent.is_some_and(|it| parents.contains(&it));
            parents.as_ref().is_none_or(is_synced) && !listed.contains(&thread)
        };
        self.remove_threads(data, |thread| is_gone(thread.id, thread.parent_id));
        forget_unseen(data, |id, unseen| {
            unseen.parent.is_some() && is_gone(id, unseen.parent)
        });
    }

    /// The current user is in a thread, as this says.
    pub(in crate::cache) fn thread_member_update(
        &mut self,
        data: &mut GuildData,
        event: &ThreadMemberUpdate,
    ) {
        if let Some(thread) = event.member.id {
            let own = self.own_membership(thread, event);
            self.set_own_member(data, thread, Some(&own));
        }
    }

    /// Users came to a thread, or left it.
    pub(in crate::cache) fn thread_members_update(
        &mut self,
        data: &mut GuildData,
        event: &ThreadMembersUpdate,
    ) {
        let thread = event.id;
        if self.known::<Threads>(data, thread).is_none() {
            return;
        }
        self.change_channel(data, thread, |row| {
            // Discord counts roughly, and not beyond fifty: nobody else can count better.
            if row.channel.member_count != Some(event.member_count) {
                Arc::make_mut(&mut row.channel).member_count = Some(event.member_count);
            }
        });
        for added in event.added_members.iter().flatten() {
            if let Some(member) = &added.member.member
                && let Some(user) = &member.user
            {
                self.whole_member(data, user, member);
            }
            if let Some(presence) = &added.presence {
                self.put_presence(data, presence);
            }
            self.put_thread_member(data, thread, &added.member);
        }
        for user in event.removed_member_ids.iter().flatten() {
            if self.books.current_user == Some(*user) {
                self.set_own_member(data, thread, None);
                self.lose_sight_of_thread(data, thread);
            } else {
                self.remove::<ThreadMembers>(data, (thread, *user));
            }
        }
    }

    /// Somebody is in a thread that is known.
    pub(in crate::cache) fn put_thread_member(
        &mut self,
        data: &mut GuildData,
        thread: ChannelId,
        told: &ThreadMember,
    ) {
        let Some(user) = told.user_id else { return };
        if self.books.current_user == Some(user) {
            let own = self.own_membership(thread, told);
            self.set_own_member(data, thread, Some(&own));
        } else {
            let row = ThreadMemberRow::new(told);
            self.put::<ThreadMembers>(data, (thread, user), row);
        }
    }

    /// Forgets in which threads those are who left the guild.
    pub(in crate::cache) fn leave_threads(
        &mut self,
        data: &mut GuildData,
        has_left: impl Fn(UserId) -> bool,
    ) {
        let memberships = data.tables.thread_members.keys();
        let gone: Vec<_> = memberships.filter(|(_, user)| has_left(*user)).collect();
        for key in gone {
            self.remove::<ThreadMembers>(data, key);
        }
    }

    pub(in crate::cache) fn forget_thread_members(
        &mut self,
        data: &mut GuildData,
        thread: ChannelId,
    ) {
        let members = &data.tables.thread_members;
        let members = members.range((thread, USERS.0), (thread, USERS.1));
        let gone: Vec<_> = members.map(|(key, _)| key).collect();
        for key in gone {
            self.remove::<ThreadMembers>(data, key);
        }
    }

    /// Notes in a thread whether the current user is in it.
    fn set_own_member(
        &mut self,
        data: &mut GuildData,
        thread: ChannelId,
        own: Option<&ThreadMember>,
    ) {
        let Some(known) = self.known::<Threads>(data, thread) else {
            return;
        };
        let mut row = known.clone();
        if row.channel.member.as_deref() != own {
            Arc::make_mut(&mut row.channel).member = own.cloned().map(Box::new);
        }
        self.put::<Threads>(data, thread, row);
        self.put_own_member(data, thread, own);
    }

    /// Lists the current user among those who are in a thread, or not.
    fn put_own_member(
        &mut self,
        data: &mut GuildData,
        thread: ChannelId,
        own: Option<&ThreadMember>,
    ) {
        let Some(me) = self.books.current_user else {
            return;
        };
        match own {
            Some(own) if data.tables.threads.contains(thread) => {
                let row = ThreadMemberRow::new(own);
                self.put::<ThreadMembers>(data, (thread, me), row);
            }
            _ => self.remove::<ThreadMembers>(data, (thread, me)),
        }
    }

    /// That the current user is in a thread, with the ids that some events leave out.
    fn own_membership(&self, thread: ChannelId, told: &ThreadMember) -> ThreadMember {
        ThreadMember {
            id: Some(thread),
            user_id: self.books.current_user.or(told.user_id),
            join_timestamp: told.join_timestamp,
            flags: told.flags,
            member: None,
        }
    }

    /// Whether the channel that a thread belongs to may be there.
    fn may_have_parent(&self, data: &GuildData, thread: &Channel) -> bool {
        let policy = self.inner.policy(Kind::Channel);
        let all_known = policy.on && !policy.keeps_order() && data.state == GuildState::Available;
        let parent = thread.parent_id.filter(|_| all_known);
        parent.is_none_or(|parent| data.tables.channels.contains(parent))
    }
}

fn is_archived(thread: &Channel) -> bool {
    let metadata = thread.thread_metadata.as_ref();
    metadata.is_some_and(|thread| thread.archived)
}
