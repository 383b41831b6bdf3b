//! What members may do.

use std::iter;
use std::sync::atomic::Ordering;

use polycord_types::{
    Permissions, Timestamp,
    channel::{Channel, ChannelType},
    id::{ChannelId, GuildId, UserId},
    permissions::MemberPermissions,
};

use super::GuildView;
use crate::cache::Inner;
use crate::cache::entry::{Channels, Guilds, Members, Roles, ThreadMembers, Threads};
use crate::cache::slot::Moment;
use crate::{Cache, CachedChannel};

/// Before anybody told what Discord's clock shows.
pub(in crate::cache) const NO_CLOCK: i64 = i64::MIN;

impl Cache {
    /// What a member may do in a guild as a whole: [`GuildView::permissions`] of this moment.
    #[must_use]
    pub fn permissions(&self, guild: GuildId, user: UserId) -> Option<Permissions> {
        self.view(guild)?.permissions(user)
    }

    /// What a member may do in a channel or an active thread of a guild: [`GuildView::permissions_in`] of this moment.
    #[must_use]
    pub fn permissions_in(&self, channel: ChannelId, user: UserId) -> Option<Permissions> {
        let guild = self.inner.channel_home(channel)?;
        self.view(guild)?.permissions_in(channel, user)
    }
}

impl Inner {
    /// What Discord's clock shows, if anybody told how it goes.
    pub(super) fn clock(&self, now: Moment) -> Option<Timestamp> {
        let clock = self.clock.load(Ordering::Relaxed);
        let now = i64::try_from(now.time().as_micros()).ok()?;
        (clock != NO_CLOCK).then(|| Timestamp::from_micros(clock.saturating_add(now)))
    }
}

impl GuildView {
    /// Says what Discord's clock shows, for those who are timed out. Default: what it showed at the moment of the view,
    /// if [`Cache::set_wall_clock`] was called.
    pub const fn at(mut self, at: Timestamp) -> Self {
        self.clock = Some(at);
        self
    }

    /// What a member may do in the guild as a whole.
    ///
    /// `None` means that the cache cannot tell, never that the member may do nothing: it knows no such member, not who
    /// owns the guild, not what the role of everybody allows, or no time to tell whether a time-out has ended. Nor can
    /// it tell while a role that the member carries may have fallen to the bounds of [`Kind::Role`](crate::Kind::Role).
    /// A role that was deleted allows nothing. The owner may do everything, whatever else is known.
    ///
    /// Members who have still to pass the screening, or are in quarantine, may less than this: see
    /// [`is_pending`](crate::CachedMember::is_pending) and [`flags`](crate::CachedMember::flags).
    ///
    /// See [permissions](https://docs.discord.com/developers/topics/permissions).
    #[must_use]
    pub fn permissions(&self, user: UserId) -> Option<Permissions> {
        self.with_permissions(user, |member| member.is_known().then(|| member.in_guild()))
    }

    /// What a member may do in a channel or an active thread of the guild.
    ///
    /// `None` means that the cache cannot tell: for the reasons that [`permissions`](Self::permissions) has, because the
    /// channel or the one that a thread belongs to is not known, because its overwrites are not
    /// ([`is_obfuscated`](polycord_types::channel::Channel::is_obfuscated): what others may do in a channel that the current user
    /// may not view), or because nobody told whether the member was added to a private thread.
    ///
    /// See [permission overwrites](https://docs.discord.com/developers/topics/permissions#permission-overwrites).
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use polycord_cache::Cache;
    /// use polycord_types::{Permissions, gateway::Event, id::{ChannelId, GuildId, UserId}};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = Cache::new();
    /// let guild = Event::decode("GUILD_CREATE", r#"{"id": "1", "name": "Rust", "owner_id": "7", "member_count": 2,
    ///     "roles": [{"id": "1", "name": "@everyone", "permissions": "3072"}],
    ///     "channels": [{"id": "100", "type": 0, "name": "news", "permission_overwrites":
    ///         [{"id": "1", "type": 0, "allow": "0", "deny": "2048"}]}],
    ///     "members": [{"user": {"id": "8", "username": "ada"}, "roles": []}]}"#)?;
    /// let _ = cache.apply(&guild, Duration::ZERO);
    ///
    /// let view = cache.view(GuildId::new(1)).ok_or("not in that guild")?;
    /// let (ada, stranger) = (UserId::new(8), UserId::new(9));
    /// let all = view.permissions(ada).ok_or("not known")?;
    /// assert!(all.contains(Permissions::SEND_MESSAGES));
    /// let here = view.permissions_in(ChannelId::new(100), ada).ok_or("not known")?;
    /// assert!(!here.contains(Permissions::SEND_MESSAGES));
    /// assert_eq!(view.permissions(stranger), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn permissions_in(&self, channel: ChannelId, user: UserId) -> Option<Permissions> {
        let thread = self.glance::<Threads>(channel);
        let channel = thread.or_else(|| self.glance::<Channels>(channel))?;
        let parent = channel.parent_id.filter(|_| channel.kind.is_thread());
        let parent = parent.and_then(|parent| self.glance::<Channels>(parent));
        let parent = parent.as_deref();
        self.with_permissions(user, |member| {
            let hidden = channel.is_obfuscated() || parent.is_some_and(Channel::is_obfuscated);
            if hidden && self.is_current_user(user) && !member.is_administrator() {
                return Some(Permissions::empty());
            }
            let if_added = member.within(&channel, parent, true)?;
            if channel.kind != ChannelType::PrivateThread
                || member.within(&channel, parent, false) == Some(if_added)
            {
                return Some(if_added);
            }
            let added = self.is_in_thread(&channel, user)?;
            Some(if added {
                if_added
            } else {
                Permissions::empty()
            })
        })
    }

    /// Whether a user was added to a thread. `None` where nobody told: that of others is told only while one is in it.
    fn is_in_thread(&self, thread: &CachedChannel, user: UserId) -> Option<bool> {
        if self.is_current_user(user) {
            return Some(thread.member.is_some());
        }
        let told = self.peek::<ThreadMembers>((thread.id, user));
        told.map(|_| true)
    }

    fn is_current_user(&self, user: UserId) -> bool {
        self.cache.inner.current_user_id.load(Ordering::Relaxed) == user.get()
    }

    /// Asks what a member may do, if enough is known to tell.
    fn with_permissions<T>(
        &self,
        user: UserId,
        ask: impl FnOnce(&MemberPermissions<'_>) -> Option<T>,
    ) -> Option<T> {
        let owner = self
            .peek::<Guilds>(())
            .and_then(|facts| facts.guild.owner_id);
        let is_owner = owner == Some(user);
        let member = self.glance::<Members>(user);
        if member.is_none() && !is_owner {
            return None;
        }
        let carried = member.as_ref().map_or(&[][..], |member| member.roles());
        let everyone = self.id().everyone_role();
        let roles = iter::once(&everyone).chain(carried);
        let known = roles.filter_map(|role| {
            let known = self.peek::<Roles>(*role)?;
            Some((*role, known.permissions))
        });
        let permissions = MemberPermissions::new(self.id(), user, carried, known).owned_by(owner);
        if permissions.is_administrator() {
            return ask(&permissions);
        }
        // Whoever owns the guild may do more than their roles say.
        owner?;
        if self.carries_known_roles(user) == Some(false) {
            return None;
        }
        match member.as_ref()?.communication_disabled_until() {
            None => ask(&permissions),
            until => ask(&permissions.timed_out(until, self.clock?)),
        }
    }
}
