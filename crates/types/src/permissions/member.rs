use crate::{
    Permissions, Timestamp,
    channel::{Channel, ChannelType, OverwriteType, PermissionOverwrite},
    guild::Guild,
    id::{GuildId, RoleId, UserId},
    member::Member,
};

/// What a timed-out member keeps.
const WHILE_TIMED_OUT: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// What one member may do in a guild, its channels and its threads.
///
/// Made of a member's roles; the answers need no more than the overwrites of the channel in question.
/// See [permissions](https://docs.discord.com/developers/topics/permissions#permission-overwrites).
///
/// ```
/// use polycord_types::{
///     Permissions,
///     channel::{ChannelType, PermissionOverwrite},
///     id::{GuildId, RoleId, UserId},
///     permissions::MemberPermissions,
/// };
///
/// let guild = GuildId::new(1);
/// let roles = [
///     (guild.everyone_role(), Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES),
///     (RoleId::new(2), Permissions::MANAGE_MESSAGES),
///     (RoleId::new(3), Permissions::ADMINISTRATOR), // not a role of the member
/// ];
/// let carried = [RoleId::new(2)];
/// let ann = MemberPermissions::new(guild, UserId::new(9), &carried, roles);
/// assert!(ann.in_guild().contains(Permissions::MANAGE_MESSAGES));
///
/// let mute = PermissionOverwrite::role(RoleId::new(2)).deny(Permissions::SEND_MESSAGES);
/// let here = ann.in_channel(ChannelType::GuildText, &[mute]);
/// assert!(!here.contains(Permissions::SEND_MESSAGES));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct MemberPermissions<'a> {
    everyone: RoleId,
    user: UserId,
    roles: &'a [RoleId],
    /// Which of the `roles` the guild has, by their place: Discord names some that were deleted.
    alive: [u64; 4],
    base: Permissions,
    knows_everyone: bool,
    timed_out: bool,
}

impl<'a> MemberPermissions<'a> {
    /// A member of a guild, who carries `roles` besides `@everyone`.
    ///
    /// `permissions` are the roles of the guild and what they allow, as in
    /// `guild.roles.iter().map(|role| (role.id, role.permissions))`. Those that the member does not
    /// carry are passed over, one that is missing was deleted: it allows nothing, and no overwrite of it counts.
    /// Without `@everyone` the answers [are not known](Self::is_known).
    pub fn new(
        guild: GuildId,
        user: UserId,
        roles: &'a [RoleId],
        permissions: impl IntoIterator<Item = (RoleId, Permissions)>,
    ) -> Self {
        let everyone = guild.everyone_role();
        let mut member = Self {
            everyone,
            user,
            roles,
            alive: [0; 4],
            base: Permissions::empty(),
            knows_everyone: false,
            timed_out: false,
        };
        for (role, allowed) in permissions {
            if role == everyone {
                member.knows_everyone = true;
            } else if let Some(place) = roles.iter().position(|carried| *carried == role) {
                // Nobody carries more than 250.
                if let Some(bits) = member.alive.get_mut(place / 64) {
                    *bits |= 1 << (place % 64);
                }
            } else {
                continue;
            }
            member.base |= allowed;
        }
        member
    }

    /// A member of a guild that is known whole: with its roles and its owner.
    pub fn of(guild: &Guild, user: UserId, member: &'a Member) -> Self {
        let permissions = guild.roles.iter().map(|role| (role.id, role.permissions));
        Self::new(guild.id, user, &member.roles, permissions).owned_by(guild.owner_id)
    }

    /// Says who owns the guild: the owner may do everything. `None` says nothing.
    pub fn owned_by(mut self, owner: impl Into<Option<UserId>>) -> Self {
        if owner.into() == Some(self.user) {
            self.base |= Permissions::ADMINISTRATOR;
        }
        self
    }

    /// Says until when the member is timed out (`communication_disabled_until`), and what time it is.
    /// That has no effect on the owner and on administrators.
    pub fn timed_out(mut self, until: Option<Timestamp>, now: Timestamp) -> Self {
        self.timed_out = until.is_some_and(|until| until > now);
        self
    }

    /// Whether the answers are known: the role of everybody was there, or else the member owns the guild or is an
    /// administrator. Where it was not, they are too little.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.knows_everyone || self.is_administrator()
    }

    /// What the member may do in a channel or a thread of the guild, as far as its model tells.
    ///
    /// A thread is asked about with the channel that it belongs to; `is_added` says whether the member was added to
    /// it, which counts in private threads only.
    ///
    /// `None` means that it is not known: the answers as a whole [are not](Self::is_known), the `parent` of a thread is
    /// not given, or the overwrites are not told, be it that the channel is
    /// [obfuscated](Channel::is_obfuscated) or that it is a part of one, as it comes with interactions. In an
    /// obfuscated channel the application itself may do nothing, and only what others may do there is not known. Of
    /// direct messages nothing is known, either. The owner and administrators may do everything, whatever is told.
    ///
    /// ```
    /// use polycord_types::{Permissions, channel::Channel, decode, id::{GuildId, UserId}, permissions::MemberPermissions};
    ///
    /// let forum: Channel = decode::from_str(r#"{"id": "5", "type": 15, "permission_overwrites": []}"#)?;
    /// let post: Channel = decode::from_str(r#"{"id": "6", "type": 11, "parent_id": "5"}"#)?;
    ///
    /// let guild = GuildId::new(1);
    /// let everybody = [(guild.everyone_role(), Permissions::VIEW_CHANNEL)];
    /// let ann = MemberPermissions::new(guild, UserId::new(9), &[], everybody);
    /// assert_eq!(ann.within(&post, Some(&forum), false), Some(Permissions::VIEW_CHANNEL));
    /// assert_eq!(ann.within(&post, None, false), None);
    /// # Ok::<(), decode::DecodeError>(())
    /// ```
    #[must_use]
    pub fn within(
        &self,
        channel: &Channel,
        parent: Option<&Channel>,
        is_added: bool,
    ) -> Option<Permissions> {
        let kind = channel.kind;
        if matches!(kind, ChannelType::Dm | ChannelType::GroupDm) {
            return None;
        }
        if self.is_administrator() {
            return Some(self.in_channel(kind, &[]));
        }
        if !self.knows_everyone || channel.is_obfuscated() {
            return None;
        }
        if !kind.is_thread() {
            return Some(self.in_channel(kind, told_overwrites(channel)?));
        }
        let parent = parent.filter(|parent| channel.parent_id == Some(parent.id))?;
        if parent.is_obfuscated() {
            return None;
        }
        let overwrites = told_overwrites(parent)?;
        Some(if kind == ChannelType::PrivateThread {
            self.in_private_thread(overwrites, is_added)
        } else {
            self.in_channel(kind, overwrites)
        })
    }

    /// What the member may do in the guild as a whole.
    #[must_use]
    pub const fn in_guild(&self) -> Permissions {
        self.held(self.base)
    }

    /// What the member may do in a channel of this kind with these overwrites.
    ///
    /// For a thread these are the overwrites of the channel it belongs to; a private one is taken as one
    /// that the member was added to ([`in_private_thread`](Self::in_private_thread) asks).
    #[must_use]
    pub fn in_channel(&self, kind: ChannelType, overwrites: &[PermissionOverwrite]) -> Permissions {
        let mut permissions = self.held(self.overwritten(overwrites));
        if kind.is_thread() && !self.is_administrator() {
            permissions -= Permissions::SEND_MESSAGES;
        }
        permissions.effective_in(kind)
    }

    /// What the member may do in a thread of a channel with these overwrites: what the channel allows,
    /// except that `SEND_MESSAGES_IN_THREADS` stands for `SEND_MESSAGES`, which is not inherited.
    ///
    /// See [inherited permissions](https://docs.discord.com/developers/topics/permissions#inherited-permissions-threads).
    #[must_use]
    pub fn in_thread(&self, overwrites: &[PermissionOverwrite]) -> Permissions {
        self.in_channel(ChannelType::PublicThread, overwrites)
    }

    /// What the member may do in a private thread of a channel with these overwrites: nothing, unless the
    /// member was added to it or has `MANAGE_THREADS`.
    #[must_use]
    pub fn in_private_thread(
        &self,
        overwrites: &[PermissionOverwrite],
        is_added: bool,
    ) -> Permissions {
        let permissions = self.in_channel(ChannelType::PrivateThread, overwrites);
        if is_added || permissions.contains(Permissions::MANAGE_THREADS) {
            permissions
        } else {
            Permissions::empty()
        }
    }

    /// Whether the member owns the guild or has `ADMINISTRATOR`: then no overwrite and no timeout counts.
    #[must_use]
    pub const fn is_administrator(&self) -> bool {
        self.base.contains(Permissions::ADMINISTRATOR)
    }

    /// What the roles allow, with the overwrites applied: those of `@everyone` first, then those of the
    /// member's roles at once, and last the member's own. Of each step what it denies goes before what it
    /// allows.
    fn overwritten(&self, overwrites: &[PermissionOverwrite]) -> Permissions {
        let everyone = self.everyone.get();
        let mut steps = [Step::default(); 3];
        let [at_everyone, at_roles, at_member] = &mut steps;
        for overwrite in overwrites {
            let id = overwrite.id.get();
            match overwrite.kind {
                OverwriteType::Role if id == everyone => at_everyone.add(overwrite),
                OverwriteType::Role if self.carries(id) => at_roles.add(overwrite),
                OverwriteType::Member if id == self.user.get() => at_member.add(overwrite),
                _ => {}
            }
        }
        let apply = |permissions: Permissions, step: Step| (permissions - step.deny) | step.allow;
        // An overwrite makes nobody an administrator.
        steps.into_iter().fold(self.base, apply) - Permissions::ADMINISTRATOR
    }

    /// Whether the member carries a role that the guild has.
    fn carries(&self, role: u64) -> bool {
        let place = self.roles.iter().position(|carried| carried.get() == role);
        let alive = |place: usize| {
            self.alive
                .get(place / 64)
                .map(|bits| bits >> (place % 64) & 1)
        };
        place.and_then(alive) == Some(1)
    }

    /// What is left of permissions of this member, overwritten or not.
    const fn held(&self, permissions: Permissions) -> Permissions {
        if self.is_administrator() {
            // Bits without a name stay where a role has them.
            self.base.union(Permissions::all())
        } else if self.timed_out {
            permissions.intersection(WHILE_TIMED_OUT)
        } else {
            permissions
        }
    }
}

/// The overwrites of a channel. A part of one has the permissions of whom it was sent for in their place.
fn told_overwrites(channel: &Channel) -> Option<&[PermissionOverwrite]> {
    match &channel.permission_overwrites {
        Some(overwrites) => Some(overwrites),
        None if channel.permissions.is_none() => Some(&[]),
        None => None,
    }
}

#[derive(Clone, Copy, Default)]
struct Step {
    deny: Permissions,
    allow: Permissions,
}

impl Step {
    fn add(&mut self, overwrite: &PermissionOverwrite) {
        self.deny |= overwrite.deny;
        self.allow |= overwrite.allow;
    }
}
