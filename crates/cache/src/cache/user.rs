//! Users and members as the cache keeps them.

use polycord_types::{
    ImageHash, Timestamp,
    id::{GuildId, RoleId, UserId},
    member::{Member, MemberFlags},
    user::{User, UserFlags},
};

/// A user at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedUser {
    pub(super) user: User,
}

impl CachedUser {
    /// Identifies the user.
    #[must_use]
    pub const fn id(&self) -> UserId {
        self.user.id
    }

    /// The account's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.user.username
    }

    /// The name the account shows everywhere, if one was set.
    #[must_use]
    pub fn global_name(&self) -> Option<&str> {
        self.user.global_name.as_deref()
    }

    /// The name to show where no guild gives another.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.global_name().unwrap_or_else(|| self.name())
    }

    /// Four digits behind a bot's name; `"0"` for accounts with a unique name.
    #[must_use]
    pub fn discriminator(&self) -> &str {
        &self.user.discriminator
    }

    /// Hash of the avatar.
    #[must_use]
    pub fn avatar(&self) -> Option<&ImageHash> {
        self.user.avatar.as_ref()
    }

    /// Whether an application owns the account.
    #[must_use]
    pub fn is_bot(&self) -> bool {
        self.user.bot.unwrap_or_default()
    }

    /// Badges and properties that everybody sees.
    #[must_use]
    pub fn public_flags(&self) -> UserFlags {
        self.user.public_flags.unwrap_or_default()
    }

    /// The user as Discord sends it.
    #[must_use]
    pub fn to_user(&self) -> User {
        self.user.clone()
    }
}

/// A user as one guild knew them at one moment. [`Cache::user`](crate::Cache::user) has the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedMember {
    pub(super) guild_id: GuildId,
    pub(super) user_id: UserId,
    /// Its `user` is `None`: one user is kept once, however many guilds know it.
    pub(super) member: Member,
}

impl CachedMember {
    /// The guild.
    #[must_use]
    pub const fn guild_id(&self) -> GuildId {
        self.guild_id
    }

    /// The user.
    #[must_use]
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The name in this guild.
    #[must_use]
    pub fn nick(&self) -> Option<&str> {
        self.member.nick.as_deref()
    }

    /// Hash of the avatar in this guild.
    #[must_use]
    pub fn avatar(&self) -> Option<&ImageHash> {
        self.member.avatar.as_deref()
    }

    /// Roles besides `@everyone`.
    #[must_use]
    pub fn roles(&self) -> &[RoleId] {
        &self.member.roles
    }

    /// When the user joined. `None` for guests, and where no event told.
    #[must_use]
    pub const fn joined_at(&self) -> Option<Timestamp> {
        self.member.joined_at
    }

    /// Since when the user boosts the guild.
    #[must_use]
    pub const fn premium_since(&self) -> Option<Timestamp> {
        self.member.premium_since
    }

    /// Whether the guild deafens the member in voice channels.
    #[must_use]
    pub const fn is_deaf(&self) -> bool {
        self.member.deaf
    }

    /// Whether the guild mutes the member in voice channels.
    #[must_use]
    pub const fn is_mute(&self) -> bool {
        self.member.mute
    }

    /// Whether the member has still to pass the guild's screening.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.member.pending.unwrap_or_default()
    }

    /// Properties of the membership.
    #[must_use]
    pub const fn flags(&self) -> MemberFlags {
        self.member.flags
    }

    /// End of the time-out, which may lie in the past.
    #[must_use]
    pub const fn communication_disabled_until(&self) -> Option<Timestamp> {
        self.member.communication_disabled_until
    }

    /// The member as Discord sends it, without the user.
    #[must_use]
    pub fn to_member(&self) -> Member {
        self.member.clone()
    }
}
