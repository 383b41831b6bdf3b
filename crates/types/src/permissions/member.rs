use crate::{
    Permissions, Timestamp,
    channel::{ChannelType, OverwriteType, PermissionOverwrite},
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
    base: Permissions,
    timed_out: bool,
}

impl<'a> MemberPermissions<'a> {
    /// A member of a guild, who carries `roles` besides `@everyone`.
    ///
    /// `permissions` are the roles of the guild and what they allow, as in
    /// `guild.roles.iter().map(|role| (role.id, role.permissions))`. Those that the member does not
    /// carry are passed over, one that is missing allows nothing.
    pub fn new(
        guild: GuildId,
        user: UserId,
        roles: &'a [RoleId],
        permissions: impl IntoIterator<Item = (RoleId, Permissions)>,
    ) -> Self {
        let everyone = guild.everyone_role();
        let base = permissions
            .into_iter()
            .filter(|(role, _)| *role == everyone || roles.contains(role))
            .fold(Permissions::empty(), |sum, (_, allowed)| sum | allowed);
        Self {
            everyone,
            user,
            roles,
            base,
            timed_out: false,
        }
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
                OverwriteType::Role if self.roles.iter().any(|role| role.get() == id) => {
                    at_roles.add(overwrite);
                }
                OverwriteType::Member if id == self.user.get() => at_member.add(overwrite),
                _ => {}
            }
        }
        let apply = |permissions: Permissions, step: Step| (permissions - step.deny) | step.allow;
        // An overwrite makes nobody an administrator.
        steps.into_iter().fold(self.base, apply) - Permissions::ADMINISTRATOR
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
