//! Members as the cache keeps them.

use std::sync::Arc;

use polycord_types::{
    HeapSize, ImageHash, Text, Timestamp,
    gateway::payload::GuildMemberUpdate,
    id::{GuildId, RoleId, UserId},
    member::{Member, MemberFlags, PartialMember},
    user::{AvatarDecoration, Collectibles},
};

use super::role_sets::{RoleSet, SeenRoles};
use super::standing::{Packed, Standing};

/// A member in as few bytes as it takes: there are millions of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MemberRow<R = RoleSet> {
    nick: Option<Text>,
    /// Shared by all who have the same roles, in a table; [`SeenRoles`] for whoever looks.
    roles: R,
    standing: Packed,
    /// What most members do not have.
    rare: Option<Arc<Rare>>,
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
    /// A time beyond what a row holds.
    joined_at: Option<Timestamp>,
}

impl MemberRow {
    /// All of a member. `roles` are its roles, shared.
    pub(crate) fn new(member: &Member, roles: RoleSet) -> Self {
        let mut row = Self {
            nick: member.nick.clone(),
            roles,
            standing: Packed::default(),
            rare: None,
        };
        let standing = standing_of(member);
        let rare = Rare {
            avatar: member.avatar.clone(),
            banner: member.banner.clone(),
            premium_since: member.premium_since,
            communication_disabled_until: member.communication_disabled_until,
            avatar_decoration_data: member.avatar_decoration_data.clone(),
            collectibles: member.collectibles.clone(),
            ..Rare::default()
        };
        row.set(standing, rare);
        row
    }

    /// Takes over what `GUILD_MEMBER_UPDATE` tells, and keeps what it does not mention.
    pub(crate) fn update(&mut self, told: &GuildMemberUpdate, roles: RoleSet) {
        let known = self.standing();
        let standing = Standing {
            joined_at: told.joined_at.or(known.joined_at),
            flags: told.flags.unwrap_or(known.flags),
            deaf: told.deaf.unwrap_or(known.deaf),
            mute: told.mute.unwrap_or(known.mute),
            pending: told.pending.or(known.pending),
        };
        self.nick.clone_from(&told.nick);
        self.roles = roles;
        let rare = Rare {
            avatar: told.avatar.clone(),
            banner: told.banner.clone(),
            premium_since: told.premium_since,
            communication_disabled_until: told.communication_disabled_until,
            avatar_decoration_data: told.avatar_decoration_data.clone(),
            collectibles: told.collectibles.clone(),
            ..Rare::default()
        };
        self.set(standing, rare);
    }

    /// Takes over what an event about something else tells, such as that of a message. It may leave anything out, so
    /// that only what it does say counts.
    pub(crate) fn merge(&mut self, told: &PartialMember, roles: RoleSet) {
        let known = self.standing();
        let standing = merged(known, told);
        if told.nick.is_some() {
            self.nick.clone_from(&told.nick);
        }
        self.roles = roles;
        let known = self.rare().cloned().unwrap_or_default();
        let rare = Rare {
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
            ..Rare::default()
        };
        self.set(standing, rare);
    }

    /// Whether this is all that an event tells of a member: it tells nothing new. Never true of those who have what most
    /// members do not have.
    pub(crate) fn is(&self, told: &Member) -> bool {
        let is_plain = told.avatar.is_none()
            && told.banner.is_none()
            && told.premium_since.is_none()
            && told.communication_disabled_until.is_none()
            && told.avatar_decoration_data.is_none()
            && told.collectibles.is_none();
        let standing = standing_of(told);
        is_plain
            && self.rare.is_none()
            && self.nick == told.nick
            && self.standing() == standing
            && self.roles.is(&told.roles)
    }

    /// Whether [`merge`](Self::merge) would change nothing. Never true of events that tell what most members do not have.
    pub(crate) fn has(&self, told: &PartialMember) -> bool {
        let is_plain = told.avatar.is_none()
            && told.banner.is_none()
            && told.premium_since.is_none()
            && told.communication_disabled_until.is_none()
            && told.avatar_decoration_data.is_none()
            && told.collectibles.is_none();
        let known = self.standing();
        let standing = merged(known, told);
        is_plain
            && (told.nick.is_none() || self.nick == told.nick)
            && known == standing
            && self.roles.is(&told.roles)
    }

    /// How the guild lets the member take part in voice channels, which the member of an interaction leaves out.
    pub(crate) fn keep_voice(mut self, known: &Self) -> Self {
        let known = known.standing();
        self.set_voice(known.deaf, known.mute);
        self
    }

    /// Says how the guild lets the member take part in voice channels.
    pub(crate) fn set_voice(&mut self, deaf: bool, mute: bool) {
        let standing = Standing {
            deaf,
            mute,
            ..self.standing()
        };
        // What does not fit is the same as before.
        self.standing = standing.pack().0;
    }

    pub(crate) const fn roles(&self) -> &RoleSet {
        &self.roles
    }

    pub(crate) fn set_roles(&mut self, roles: RoleSet) {
        self.roles = roles;
    }

    fn set(&mut self, standing: Standing, mut rare: Rare) {
        (self.standing, rare.joined_at, rare.flags) = standing.pack();
        if self.rare() != Some(&rare) {
            self.rare = (rare != Rare::default()).then(|| Arc::new(rare));
        }
    }
}

impl<R> MemberRow<R> {
    pub(crate) fn nick(&self) -> Option<&str> {
        self.nick.as_deref()
    }

    fn standing(&self) -> Standing {
        let rare = self.rare();
        let (joined_at, flags) = rare.map_or((None, None), |rare| (rare.joined_at, rare.flags));
        self.standing.unpack(joined_at, flags)
    }

    fn rare(&self) -> Option<&Rare> {
        self.rare.as_deref()
    }
}

const fn standing_of(member: &Member) -> Standing {
    Standing {
        joined_at: member.joined_at,
        flags: member.flags,
        deaf: member.deaf,
        mute: member.mute,
        pending: member.pending,
    }
}

/// What is known, with what an event about something else tells.
fn merged(known: Standing, told: &PartialMember) -> Standing {
    Standing {
        joined_at: told.joined_at.or(known.joined_at),
        flags: told.flags.unwrap_or(known.flags),
        deaf: told.deaf.unwrap_or(known.deaf),
        mute: told.mute.unwrap_or(known.mute),
        pending: told.pending.or(known.pending),
    }
}

/// A user as one guild knew them at one moment. [`Cache::user`](crate::Cache::user) has the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedMember {
    guild_id: GuildId,
    user_id: UserId,
    row: MemberRow<SeenRoles>,
}

impl CachedMember {
    pub(crate) fn new(guild_id: GuildId, user_id: UserId, row: &MemberRow) -> Self {
        let row = MemberRow {
            nick: row.nick.clone(),
            roles: row.roles.seen(),
            standing: row.standing,
            rare: row.rare.clone(),
        };
        Self {
            guild_id,
            user_id,
            row,
        }
    }

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
        self.row.nick()
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

    /// Roles besides `@everyone`, by id.
    #[must_use]
    pub fn roles(&self) -> &[RoleId] {
        &self.row.roles
    }

    /// When the user joined. `None` for guests, and where no event told.
    #[must_use]
    pub fn joined_at(&self) -> Option<Timestamp> {
        self.row.standing().joined_at
    }

    /// Since when the user boosts the guild.
    #[must_use]
    pub fn premium_since(&self) -> Option<Timestamp> {
        self.row.rare()?.premium_since
    }

    /// Whether the guild deafens the member in voice channels.
    #[must_use]
    pub fn is_deaf(&self) -> bool {
        self.row.standing().deaf
    }

    /// Whether the guild mutes the member in voice channels.
    #[must_use]
    pub fn is_mute(&self) -> bool {
        self.row.standing().mute
    }

    /// Whether the member has still to pass the guild's screening.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.row.standing().pending.unwrap_or_default()
    }

    /// Properties of the membership.
    #[must_use]
    pub fn flags(&self) -> MemberFlags {
        self.row.standing().flags
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
        let standing = self.row.standing();
        Member {
            nick: self.row.nick.clone(),
            avatar: rare.avatar,
            banner: rare.banner,
            roles: self.row.roles.to_vec(),
            joined_at: standing.joined_at,
            premium_since: rare.premium_since,
            deaf: standing.deaf,
            mute: standing.mute,
            flags: standing.flags,
            pending: standing.pending,
            communication_disabled_until: rare.communication_disabled_until,
            avatar_decoration_data: rare.avatar_decoration_data,
            collectibles: rare.collectibles,
            ..Member::default()
        }
    }
}

impl HeapSize for MemberRow {
    /// Without its roles, which are counted where they are shared.
    fn heap_size(&self) -> usize {
        self.nick.heap_size() + self.rare.heap_size()
    }
}

impl HeapSize for Rare {
    fn heap_size(&self) -> usize {
        self.avatar.heap_size()
            + self.banner.heap_size()
            + self.avatar_decoration_data.heap_size()
            + self.collectibles.heap_size()
    }
}
