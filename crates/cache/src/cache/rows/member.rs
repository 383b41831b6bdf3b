//! Members as the cache keeps them.

use std::sync::Arc;

use polycord_types::{
    ImageHash, Text, Timestamp,
    gateway::payload::GuildMemberUpdate,
    id::{GuildId, RoleId, UserId},
    member::{Member, MemberFlags, PartialMember},
    user::{AvatarDecoration, Collectibles},
};

/// A member in as few bytes as it takes: there are millions of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MemberRow {
    nick: Option<Text>,
    /// Shared by all who have the same roles, see [`RoleSets`](super::RoleSets).
    roles: Arc<[RoleId]>,
    joined_at: Option<Timestamp>,
    /// What most members do not have.
    rare: Option<Arc<Rare>>,
    /// `None` if it is among what is rare.
    flags: Option<u16>,
    deaf: bool,
    mute: bool,
    pending: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Rare {
    avatar: Option<Box<ImageHash>>,
    banner: Option<Box<ImageHash>>,
    premium_since: Option<Timestamp>,
    communication_disabled_until: Option<Timestamp>,
    avatar_decoration_data: Option<Box<AvatarDecoration>>,
    collectibles: Option<Box<Collectibles>>,
    /// Flags of tomorrow, with numbers beyond what a row holds.
    flags: Option<MemberFlags>,
}

impl MemberRow {
    /// All of a member. `roles` are its roles, shared.
    pub(crate) fn new(member: &Member, roles: Arc<[RoleId]>) -> Self {
        let mut row = Self {
            nick: member.nick.clone(),
            roles,
            joined_at: member.joined_at,
            rare: None,
            flags: None,
            deaf: member.deaf,
            mute: member.mute,
            pending: member.pending,
        };
        let flags = row.set_flags(member.flags);
        row.set_rare(Rare {
            avatar: member.avatar.clone(),
            banner: member.banner.clone(),
            premium_since: member.premium_since,
            communication_disabled_until: member.communication_disabled_until,
            avatar_decoration_data: member.avatar_decoration_data.clone(),
            collectibles: member.collectibles.clone(),
            flags,
        });
        row
    }

    /// Takes over what `GUILD_MEMBER_UPDATE` tells, and keeps what it does not mention.
    pub(crate) fn update(&mut self, told: &GuildMemberUpdate, roles: Arc<[RoleId]>) {
        self.nick.clone_from(&told.nick);
        self.roles = roles;
        self.joined_at = told.joined_at.or(self.joined_at);
        self.deaf = told.deaf.unwrap_or(self.deaf);
        self.mute = told.mute.unwrap_or(self.mute);
        self.pending = told.pending.or(self.pending);
        let flags = self.take_flags(told.flags);
        self.set_rare(Rare {
            avatar: told.avatar.clone(),
            banner: told.banner.clone(),
            premium_since: told.premium_since,
            communication_disabled_until: told.communication_disabled_until,
            avatar_decoration_data: told.avatar_decoration_data.clone(),
            collectibles: told.collectibles.clone(),
            flags,
        });
    }

    /// Takes over what an event about something else tells, such as that of a message. It may leave anything out, so
    /// that only what it does say counts.
    pub(crate) fn merge(&mut self, told: &PartialMember, roles: Arc<[RoleId]>) {
        if told.nick.is_some() {
            self.nick.clone_from(&told.nick);
        }
        self.roles = roles;
        self.joined_at = told.joined_at.or(self.joined_at);
        self.deaf = told.deaf.unwrap_or(self.deaf);
        self.mute = told.mute.unwrap_or(self.mute);
        self.pending = told.pending.or(self.pending);
        let flags = self.take_flags(told.flags);
        let known = self.rare().cloned().unwrap_or_default();
        self.set_rare(Rare {
            avatar: told.avatar.clone().or(known.avatar),
            banner: told.banner.clone().or(known.banner),
            premium_since: told.premium_since.or(known.premium_since),
            communication_disabled_until: told
                .communication_disabled_until
                .or(known.communication_disabled_until),
            avatar_decoration_data: told
                .avatar_decoration_data
                .clone()
                .or(known.avatar_decoration_data),
            collectibles: told.collectibles.clone().or(known.collectibles),
            flags,
        });
    }

    /// How the guild lets the member take part in voice channels, which the member of an interaction leaves out.
    pub(crate) const fn keep_voice(mut self, known: &Self) -> Self {
        self.set_voice(known.deaf, known.mute);
        self
    }

    /// Says how the guild lets the member take part in voice channels.
    pub(crate) const fn set_voice(&mut self, deaf: bool, mute: bool) {
        self.deaf = deaf;
        self.mute = mute;
    }

    pub(crate) fn roles(&self) -> &Arc<[RoleId]> {
        &self.roles
    }

    pub(crate) fn set_roles(&mut self, roles: Arc<[RoleId]>) {
        self.roles = roles;
    }

    fn rare(&self) -> Option<&Rare> {
        self.rare.as_deref()
    }

    fn set_rare(&mut self, rare: Rare) {
        if self.rare() != Some(&rare) {
            self.rare = (rare != Rare::default()).then(|| Arc::new(rare));
        }
    }

    /// Keeps the flags that an event tells, or those that are known; gives back those that do not fit into the row.
    fn take_flags(&mut self, told: Option<MemberFlags>) -> Option<MemberFlags> {
        match told {
            Some(flags) => self.set_flags(flags),
            None => self.rare().and_then(|rare| rare.flags),
        }
    }

    /// Keeps flags in the row if they fit; gives them back if not.
    fn set_flags(&mut self, flags: MemberFlags) -> Option<MemberFlags> {
        self.flags = u16::try_from(flags.bits()).ok();
        self.flags.is_none().then_some(flags)
    }
}

/// A user as one guild knew them at one moment. [`Cache::user`](crate::Cache::user) has the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedMember {
    pub(crate) guild_id: GuildId,
    pub(crate) user_id: UserId,
    pub(crate) row: MemberRow,
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
        self.row.nick.as_deref()
    }

    /// Hash of the avatar in this guild.
    #[must_use]
    pub fn avatar(&self) -> Option<&ImageHash> {
        self.row.rare()?.avatar.as_deref()
    }

    /// Hash of the banner in this guild.
    #[must_use]
    pub fn banner(&self) -> Option<&ImageHash> {
        self.row.rare()?.banner.as_deref()
    }

    /// Roles besides `@everyone`.
    #[must_use]
    pub fn roles(&self) -> &[RoleId] {
        &self.row.roles
    }

    /// When the user joined. `None` for guests, and where no event told.
    #[must_use]
    pub const fn joined_at(&self) -> Option<Timestamp> {
        self.row.joined_at
    }

    /// Since when the user boosts the guild.
    #[must_use]
    pub fn premium_since(&self) -> Option<Timestamp> {
        self.row.rare()?.premium_since
    }

    /// Whether the guild deafens the member in voice channels.
    #[must_use]
    pub const fn is_deaf(&self) -> bool {
        self.row.deaf
    }

    /// Whether the guild mutes the member in voice channels.
    #[must_use]
    pub const fn is_mute(&self) -> bool {
        self.row.mute
    }

    /// Whether the member has still to pass the guild's screening.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.row.pending.unwrap_or_default()
    }

    /// Properties of the membership.
    #[must_use]
    pub fn flags(&self) -> MemberFlags {
        let rare = || self.row.rare().and_then(|rare| rare.flags);
        let flags = self
            .row
            .flags
            .map(u64::from)
            .map(MemberFlags::from_bits_retain);
        flags.or_else(rare).unwrap_or_default()
    }

    /// End of the time-out, which may lie in the past.
    #[must_use]
    pub fn communication_disabled_until(&self) -> Option<Timestamp> {
        self.row.rare()?.communication_disabled_until
    }

    /// The member as Discord sends it, without the user.
    #[must_use]
    pub fn to_member(&self) -> Member {
        let rare = self.row.rare().cloned().unwrap_or_default();
        Member {
            nick: self.row.nick.clone(),
            avatar: rare.avatar,
            banner: rare.banner,
            roles: self.row.roles.to_vec(),
            joined_at: self.row.joined_at,
            premium_since: rare.premium_since,
            deaf: self.row.deaf,
            mute: self.row.mute,
            flags: self.flags(),
            pending: self.row.pending,
            communication_disabled_until: rare.communication_disabled_until,
            avatar_decoration_data: rare.avatar_decoration_data,
            collectibles: rare.collectibles,
            ..Member::default()
        }
    }
}
