//! Who is in a thread.

use std::iter;

use polycord_types::id::{ChannelId, UserId};

use super::GuildView;
use crate::cache::entry::ThreadMembers;
use crate::{Cache, CachedThreadMember};

impl Cache {
    /// That a user is in an active thread. `None` where nobody told: that others joined is told only while one watches.
    #[must_use]
    pub fn thread_member(&self, thread: ChannelId, user: UserId) -> Option<CachedThreadMember> {
        let home = self.inner.channel_home(thread);
        self.inner.find::<ThreadMembers>(home, (thread, user))
    }

    /// Those who are known to be in an active thread, by user. Others may be in it, too: how many there are, the thread's
    /// `member_count` tells.
    pub fn thread_members(
        &self,
        thread: ChannelId,
    ) -> impl Iterator<Item = CachedThreadMember> + Send + Sync + use<> {
        let home = self.inner.channel_home(thread);
        let view = home.and_then(|home| self.view(home));
        let mut last = 0;
        iter::from_fn(move || {
            let (next, member) = view.as_ref()?.thread_member_from(thread, last)?;
            last = next;
            Some(member)
        })
    }
}

impl GuildView {
    /// That a user is in an active thread. Counted as a lookup.
    #[must_use]
    pub fn thread_member(&self, thread: ChannelId, user: UserId) -> Option<CachedThreadMember> {
        self.find::<ThreadMembers>((thread, user))
    }

    /// Those who are known to be in an active thread, by user.
    pub fn thread_members(
        &self,
        thread: ChannelId,
    ) -> impl Iterator<Item = CachedThreadMember> + use<'_> {
        let mut last = 0;
        iter::from_fn(move || {
            let (next, member) = self.thread_member_from(thread, last)?;
            last = next;
            Some(member)
        })
    }

    /// The first behind a user, and who it is.
    fn thread_member_from(
        &self,
        thread: ChannelId,
        last: u64,
    ) -> Option<(u64, CachedThreadMember)> {
        let first = UserId::try_from(last.checked_add(1)?).ok()?;
        let range = ((thread, first), (thread, UserId::new(u64::MAX)));
        let rows = self.data.tables.thread_members.range(range.0, range.1);
        let mut live = rows.filter_map(|(key, _)| self.glance::<ThreadMembers>(key));
        let member = live.next()?;
        Some((member.user_id().get(), member))
    }
}
