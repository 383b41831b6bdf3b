//! Who and what is let in.

use std::fmt;
use std::sync::Arc;

use polycord_types::id::{GuildId, RoleId, UserId};

use super::CacheBuilder;
use super::rows::{CachedMessage, CachedPresence, CachedUser};

/// A member of whom is asked whether a cache keeps them; see [`CacheBuilder::admit_members`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MemberApplicant<'a> {
    /// The guild.
    pub guild_id: GuildId,
    /// Who it is.
    pub user_id: UserId,
    /// Their roles besides `@everyone`, by id.
    pub roles: &'a [RoleId],
    /// Whether they are connected to a voice channel of the guild, by the events so far. Needs
    /// `GUILD_VOICE_STATES`.
    pub is_in_voice: bool,
}

/// A user of whom is asked whether a cache keeps them; see [`CacheBuilder::admit_users`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct UserApplicant<'a> {
    /// The user, as they would be kept.
    pub user: &'a CachedUser,
}

/// A presence of which is asked whether a cache keeps it; see [`CacheBuilder::admit_presences`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PresenceApplicant<'a> {
    /// The presence, as it would be kept. That of somebody who is offline has no activities.
    pub presence: &'a CachedPresence,
    /// The roles of the member besides `@everyone`, by id; none where the cache does not have the member.
    pub roles: &'a [RoleId],
}

/// A message of which is asked whether a cache keeps it; see [`CacheBuilder::admit_messages`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MessageApplicant<'a> {
    /// The message, as it would be kept.
    pub message: &'a CachedMessage,
    /// Whether the current user wrote it.
    pub is_own: bool,
    /// Whether an application or a webhook wrote it, rather than a person.
    pub is_by_bot: bool,
}

/// For each kind that can be refused: who asks for admission.
macro_rules! admissions {
    ($($kind:ident: $Applicant:ident;)*) => {
        /// Says who and what is let in; `None` for all.
        #[derive(Clone, Default)]
        pub(super) struct Admissions {
            $(pub(super) $kind: Option<Arc<dyn Fn(&$Applicant<'_>) -> bool + Send + Sync>>,)*
        }

        impl Admissions {
            /// Whether nobody is asked anything.
            pub(super) const fn is_empty(&self) -> bool {
                $(self.$kind.is_none())&&*
            }
        }

        impl fmt::Debug for Admissions {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct("Admissions")
                    $(.field(stringify!($kind), &self.$kind.is_some()))*
                    .finish()
            }
        }
    };
}

admissions! {
    members: MemberApplicant;
    users: UserApplicant;
    presences: PresenceApplicant;
    messages: MessageApplicant;
}

impl CacheBuilder {
    /// Keeps only the members for whom `admits` is true, and their users. Default: all.
    ///
    /// It is asked again with every event that tells of a member, when they connect to voice or leave it, when one is
    /// fetched or written by hand, and when a snapshot is restored. Who is not admitted any more is evicted with their
    /// presence, which nobody is told ([`Evictions::admission`](crate::Evictions::admission) counts it). What an event
    /// does not tell of somebody is not asked for, so who would be admitted later is there once an event names them; the
    /// event by which they connect to voice does. The current user's own member is always kept.
    ///
    /// It is called while the cache is being written to: it must be fast, and must not call the cache.
    ///
    /// # Examples
    ///
    /// ```
    /// use polycord_cache::Cache;
    ///
    /// // Members for as long as they are in voice channels.
    /// let cache = Cache::builder()
    ///     .admit_members(|member| member.is_in_voice)
    ///     .build();
    /// # assert_eq!(cache.guild_ids().len(), 0);
    /// ```
    pub fn admit_members(
        mut self,
        admits: impl Fn(&MemberApplicant<'_>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.admissions.members = Some(Arc::new(admits));
        self
    }

    /// Keeps only the users for whom `admits` is true. Default: all whom something in the cache needs.
    ///
    /// It is asked again with whatever tells of a user, as [`admit_members`](Self::admit_members) is of members. Who is
    /// not admitted any more is evicted, which nobody is told. Members, messages and all else that names them stay. The
    /// current user is always kept.
    ///
    /// It is called while the cache is being written to: it must be fast, and must not call the cache.
    ///
    /// # Examples
    ///
    /// ```
    /// use polycord_cache::Cache;
    ///
    /// // No names of bots.
    /// let cache = Cache::builder()
    ///     .admit_users(|applicant| !applicant.user.is_bot())
    ///     .build();
    /// # assert_eq!(cache.guild_ids().len(), 0);
    /// ```
    pub fn admit_users(
        mut self,
        admits: impl Fn(&UserApplicant<'_>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.admissions.users = Some(Arc::new(admits));
        self
    }

    /// Keeps only the presences for which `admits` is true. Default: those of all known members.
    ///
    /// It is asked again with whatever tells of a presence, and not when something else about the member changes. What is
    /// not admitted any more is evicted, which nobody is told. What is not kept is not known:
    /// [`Cache::presence`](crate::Cache::presence) gives `None`, not that somebody is offline. It is asked of those who
    /// are offline, too; that somebody whose presence was kept goes offline is told whatever the answer is.
    ///
    /// It is called while the cache is being written to: it must be fast, and must not call the cache.
    ///
    /// # Examples
    ///
    /// ```
    /// use polycord_cache::Cache;
    /// use polycord_types::id::RoleId;
    ///
    /// // Presences of moderators.
    /// const MODERATORS: RoleId = RoleId::new(41_771_983_423_143_936);
    /// let cache = Cache::builder()
    ///     .admit_presences(|applicant| applicant.roles.contains(&MODERATORS))
    ///     .build();
    /// # assert_eq!(cache.guild_ids().len(), 0);
    /// ```
    pub fn admit_presences(
        mut self,
        admits: impl Fn(&PresenceApplicant<'_>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.admissions.presences = Some(Arc::new(admits));
        self
    }

    /// Keeps only the messages for which `admits` is true. Default: the newest of every channel, as many as
    /// [`messages_per_channel`](Self::messages_per_channel) says.
    ///
    /// It is asked when a message is made, fetched, written by hand or restored, and again when one that is kept is
    /// edited, not with reactions and votes. One that is not admitted any more is evicted, which nobody is told; the edit
    /// is told as that of a message that is not cached. What is not kept takes no place among the newest and is no
    /// [gap](crate::Cache::gap), and counts all the same: as its channel's last message, as unread, as a mention, and as
    /// what its author was typing. If one that is unread is deleted, or only a part is read, the counters become an
    /// [estimate](crate::ReadState::is_estimate).
    ///
    /// It is called while the cache is being written to: it must be fast, and must not call the cache.
    ///
    /// # Examples
    ///
    /// ```
    /// use polycord_cache::Cache;
    ///
    /// // What people say in guilds.
    /// let cache = Cache::builder()
    ///     .admit_messages(|it| !it.is_by_bot && it.message.guild_id().is_some())
    ///     .build();
    /// # assert_eq!(cache.guild_ids().len(), 0);
    /// ```
    pub fn admit_messages(
        mut self,
        admits: impl Fn(&MessageApplicant<'_>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.admissions.messages = Some(Arc::new(admits));
        self
    }
}
