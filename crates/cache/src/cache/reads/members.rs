//! Members and users.

use std::sync::atomic::Ordering;

use polycord_types::{
    Text,
    cdn::ImageUrl,
    gateway::{EventKind, Intents},
    id::{GuildId, UserId},
};

use super::GuildView;
use crate::cache::Inner;
use crate::cache::entry::Members;
use crate::cache::users::part;
use crate::{Cache, CachedUser, GuildState, Kind};

impl Cache {
    /// The user the session belongs to, once READY came.
    #[must_use]
    pub fn current_user(&self) -> Option<CachedUser> {
        let rows = &self.inner.current_user;
        let row = self.inner.find_user(Kind::CurrentUser, rows, ())?;
        let id = UserId::try_from(self.inner.current_user_id.load(Ordering::Relaxed)).ok()?;
        Some(CachedUser { id, row })
    }

    /// A user who shares a guild with the current user, or the current user.
    #[must_use]
    pub fn user(&self, id: UserId) -> Option<CachedUser> {
        let rows = part(&self.inner.users, id);
        let row = self.inner.find_user(Kind::User, rows, id)?;
        Some(CachedUser { id, row })
    }

    /// The name that a guild shows of a user: [`GuildView::display_name`] of this moment.
    #[must_use]
    pub fn display_name(&self, guild: GuildId, user: UserId) -> Option<Text> {
        self.view(guild)?.display_name(user)
    }

    /// The guilds that a user is known to share with the current user, by id.
    ///
    /// As far as the cache knows: members of whom it has not heard, or whom its bounds took away, are not found, nor
    /// are guilds of shards whose events it does not get. Every guild is asked.
    pub fn mutual_guilds(
        &self,
        user: UserId,
    ) -> impl Iterator<Item = GuildId> + Send + Sync + use<> {
        let cache = self.clone();
        let ids = self.guild_ids().into_iter();
        ids.filter(move |id| cache.inner.has_member(*id, user))
    }
}

impl Inner {
    fn has_member(&self, guild: GuildId, user: UserId) -> bool {
        let found = self.guilds.look(guild, |cell| {
            let data = cell.read();
            let member = data.tables.members.get(user);
            let policy = self.policy(Kind::Member);
            member.is_some_and(|member| policy.is_live(&member.life, self.now()))
                || data.crowd.contains(user)
        });
        found == Some(true)
    }
}

impl GuildView {
    /// Whether a user is known to be a member. `false` where nothing was heard of them says little: see
    /// [`knows_all_members`](Self::knows_all_members).
    #[must_use]
    pub fn has_member(&self, user: UserId) -> bool {
        self.peek::<Members>(user).is_some() || self.data.crowd.contains(user)
    }

    /// Whether every member of the guild is known: as many as there are, in a guild that has no outage, while nobody
    /// comes or goes without a word ([`Cache::follows`]).
    ///
    /// Members asked for by [role](Self::members_with_role) or by [name](Self::members_named) are complete only if
    /// this is. In a guild that is [large](crate::CachedGuild::is_large) it becomes so once all members were requested.
    #[must_use]
    pub fn knows_all_members(&self) -> bool {
        let is_told = self.is_member_count_live() && self.cache.is_enabled(Kind::Member);
        let Some(count) = self.data.member_count.filter(|_| is_told) else {
            return false;
        };
        let expires = self.cache.inner.policy(Kind::Member).ttl.is_some();
        let known = if expires {
            self.rows::<Members>().count()
        } else {
            self.count(Kind::Member)
        };
        known as u64 >= count
    }

    /// Whether [`member_count`](crate::CachedGuild::member_count) is how many members there are now: it is known, and
    /// whoever comes or goes is told and counted, since the session has
    /// [`GUILD_MEMBERS`](Intents::GUILD_MEMBERS) ([`CacheBuilder::intents`](crate::CacheBuilder::intents)) and the guild
    /// has no outage. Otherwise it is how many there were when `GUILD_CREATE` was last told.
    ///
    /// It does not matter for that which members the cache keeps, and whether it keeps any: of these tells
    /// [`knows_all_members`](Self::knows_all_members).
    #[must_use]
    pub fn is_member_count_live(&self) -> bool {
        let inner = &self.cache.inner;
        self.data.member_count.is_some()
            && self.state() == GuildState::Available
            && inner.intents.contains(Intents::GUILD_MEMBERS)
            && inner.wants(EventKind::GuildMemberAdd)
    }

    /// The name that the guild shows of a user: their name in it, or else the one of their account. `None` if neither
    /// is known.
    #[must_use]
    pub fn display_name(&self, user: UserId) -> Option<Text> {
        let member = self.peek::<Members>(user);
        if let Some(nick) = member.and_then(|member| member.nick()) {
            return Some(Text::new(nick));
        }
        self.cache
            .inner
            .ask_user(user, |user| Text::new(user.display_name()))
    }

    /// The address of the avatar that the guild shows of a user: theirs in it, or else the one of their account.
    /// `None` if neither is known.
    #[must_use]
    pub fn avatar_url(&self, user: UserId) -> Option<ImageUrl> {
        let member = self.glance::<Members>(user);
        let own = member.and_then(|member| member.avatar_url());
        own.or_else(|| {
            let row = self.cache.inner.glance_user(user)?;
            Some(CachedUser { id: user, row }.avatar_url())
        })
    }
}
