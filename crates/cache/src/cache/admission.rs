//! Who is let in.

use std::fmt;
use std::sync::Arc;

use polycord_types::id::{GuildId, RoleId, UserId};

use super::CacheBuilder;

/// A member of whom is asked whether a cache keeps them; see [`CacheBuilder::admit_members`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Applicant<'a> {
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

/// Says who is let in.
#[derive(Clone)]
pub(super) struct Admission(Arc<dyn Fn(&Applicant<'_>) -> bool + Send + Sync>);

impl Admission {
    pub(super) fn admits(&self, applicant: &Applicant<'_>) -> bool {
        (self.0)(applicant)
    }
}

impl fmt::Debug for Admission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Admission(..)")
    }
}

impl CacheBuilder {
    /// Keeps only the members for whom `admits` is true, and their users. Default: all.
    ///
    /// It is asked again with every event that tells of a member, and when they connect to voice or
    /// leave it: who is not admitted any more is evicted, which nobody is told. What an event does not
    /// tell of somebody is not asked for, so who would be admitted later is there once an event names them; the
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
        admits: impl Fn(&Applicant<'_>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.admission = Some(Admission(Arc::new(admits)));
        self
    }
}
