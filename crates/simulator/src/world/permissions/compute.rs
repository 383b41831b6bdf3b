//! Who may do what, where, to whom.

use std::cmp::Reverse;

use serde_json::Value;

use crate::world::{Guild, Member, WorldState, objects, permissions as bits};

/// Where something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Guild(u64),
    /// A channel of a guild, a thread, or a direct message channel.
    Channel(u64),
}

/// What a place says to somebody who wants to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Allowed,
    /// The place cannot be seen.
    NoAccess,
    /// The place can be seen, and a permission is missing.
    Denied,
}

/// How high somebody or a role stands: among roles of one position the older is the higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Role(i64, Reverse<u64>),
    Owner,
}

impl WorldState {
    /// What a member may do in a guild, before the overwrites of its channels; nothing if they are
    /// none.
    pub(crate) fn permissions(&self, guild: u64, user: u64) -> u64 {
        let Some(found) = self.guilds.get(&guild) else {
            return 0;
        };
        let Some(member) = found.members.get(&user) else {
            return 0;
        };
        let base = of_roles(found, guild, user, member);
        if base == bits::ALL || !self.is_timed_out(member) {
            base
        } else {
            base & bits::TIMED_OUT
        }
    }

    /// What a user may do in a channel; nothing if they cannot see it.
    pub(crate) fn permissions_in(&self, channel: u64, user: u64) -> u64 {
        if let Some(direct) = self.directs.get(&channel) {
            let inside = user == self.bot || user == direct.user;
            return if inside { bits::DIRECT } else { 0 };
        }
        let guild = self.channel_guild.get(&channel).copied().unwrap_or(0);
        let Some(found) = self.guilds.get(&guild) else {
            return 0;
        };
        let Some(member) = found.members.get(&user) else {
            return 0;
        };
        let base = of_roles(found, guild, user, member);
        if base == bits::ALL {
            return base;
        }
        let thread = found.threads.get(&channel);
        let parent = thread.and_then(|thread| objects::snowflake(&thread["parent_id"]));
        let Some(object) = found.channels.get(&parent.unwrap_or(channel)) else {
            return 0;
        };
        let mut allowed = overwritten(base, object, guild, user, member);
        if self.is_timed_out(member) {
            allowed &= bits::TIMED_OUT;
        }
        let allowed = implied(allowed, object, thread.is_some());
        match thread {
            Some(thread) if !is_invited(found, channel, thread, user, allowed) => 0,
            _ => allowed,
        }
    }

    /// Whether a user sees a channel.
    pub(crate) fn can_see(&self, channel: u64, user: u64) -> bool {
        self.permissions_in(channel, user) & bits::VIEW_CHANNEL != 0
    }

    /// Whether somebody may do what takes all of these permissions. What sends a message is to ask
    /// for `SEND_MESSAGES` in threads, too.
    pub(crate) fn verdict(&self, place: Place, user: u64, needed: u64) -> Verdict {
        let (allowed, access, needed) = match place {
            Place::Guild(guild) => {
                let found = self.guilds.get(&guild);
                let access = found.is_some_and(|found| found.members.contains_key(&user));
                (self.permissions(guild, user), access, needed)
            }
            Place::Channel(channel) => {
                let allowed = self.permissions_in(channel, user);
                let guild = self.guild_of(channel).and_then(|id| self.guilds.get(&id));
                let thread = guild.is_some_and(|found| found.threads.contains_key(&channel));
                let needed = if thread && needed & bits::SEND_MESSAGES != 0 {
                    needed & !bits::SEND_MESSAGES | bits::SEND_MESSAGES_IN_THREADS
                } else {
                    needed
                };
                (allowed, allowed & bits::VIEW_CHANNEL != 0, needed)
            }
        };
        if !access {
            Verdict::NoAccess
        } else if allowed & needed == needed {
            Verdict::Allowed
        } else {
            Verdict::Denied
        }
    }

    /// How high a member stands: the owner, or their highest role.
    pub(crate) fn rank(&self, guild: u64, user: u64) -> Option<Rank> {
        let found = self.guilds.get(&guild)?;
        if found.owner() == user {
            return Some(Rank::Owner);
        }
        let held = found.members.get(&user)?.roles.iter();
        let ranks = held.filter_map(|role| self.rank_of_role(guild, *role));
        ranks.max().or_else(|| self.rank_of_role(guild, guild))
    }

    /// How high a role stands.
    pub(crate) fn rank_of_role(&self, guild: u64, role: u64) -> Option<Rank> {
        let found = self.guilds.get(&guild)?.roles.get(&role)?;
        let position = found["position"].as_i64().unwrap_or(0);
        Some(Rank::Role(position, Reverse(role)))
    }

    /// Whether a member may kick, ban, rename or time out another: only whoever stands lower.
    pub(crate) fn outranks(&self, guild: u64, user: u64, other: u64) -> bool {
        self.rank(guild, user) > self.rank(guild, other)
    }

    /// Whether a member may change, give and take a role: only one below their own highest.
    pub(crate) fn outranks_role(&self, guild: u64, user: u64, role: u64) -> bool {
        self.rank(guild, user) > self.rank_of_role(guild, role)
    }

    fn is_timed_out(&self, member: &Member) -> bool {
        let until = member.timeout();
        until.is_some_and(|until| until > self.now_ms())
    }
}

/// The permissions of somebody's roles; all of them for the owner and for administrators.
fn of_roles(found: &Guild, guild: u64, user: u64, member: &Member) -> u64 {
    if found.owner() == user {
        return bits::ALL;
    }
    let held = [guild].into_iter().chain(member.roles.iter().copied());
    let held = held.filter_map(|role| found.roles.get(&role));
    let base = held.fold(0, |base, role| base | mask(&role["permissions"]));
    if base & bits::ADMINISTRATOR == 0 {
        base
    } else {
        bits::ALL
    }
}

/// Applies a channel's overwrites: of everyone, then of all roles together, then of the member.
fn overwritten(base: u64, channel: &Value, guild: u64, user: u64, member: &Member) -> u64 {
    let (mut everyone, mut roles, mut own) = ((0, 0), (0, 0), (0, 0));
    for overwrite in channel["permission_overwrites"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let id = objects::id(overwrite);
        let of_member = overwrite["type"] == 1;
        let sum = if of_member && id == user {
            &mut own
        } else if of_member {
            continue;
        } else if id == guild {
            &mut everyone
        } else if member.roles.contains(&id) {
            &mut roles
        } else {
            continue;
        };
        sum.0 |= mask(&overwrite["deny"]);
        sum.1 |= mask(&overwrite["allow"]);
    }
    let layers = [everyone, roles, own].into_iter();
    layers.fold(base, |allowed, (deny, allow)| allowed & !deny | allow)
}

/// What one permission's lack takes away with it.
fn implied(allowed: u64, channel: &Value, thread: bool) -> u64 {
    let voice = channel["type"] == 2 || channel["type"] == 13;
    let send = if thread {
        bits::SEND_MESSAGES_IN_THREADS
    } else {
        bits::SEND_MESSAGES
    };
    if allowed & bits::VIEW_CHANNEL == 0 {
        0
    } else if voice && allowed & bits::CONNECT == 0 {
        bits::VIEW_CHANNEL
    } else if allowed & send == 0 {
        allowed & !bits::OF_SENDERS
    } else {
        allowed
    }
}

/// Whether somebody who sees the parent sees the thread: private ones (12) are for those in them, and
/// for who manages threads.
fn is_invited(found: &Guild, id: u64, thread: &Value, user: u64, allowed: u64) -> bool {
    let inside = || found.thread_members.get(&id);
    thread["type"] != 12
        || allowed & bits::MANAGE_THREADS != 0
        || inside().is_some_and(|members| members.contains_key(&user))
}

/// Permissions as they are written: a number as text.
pub(in crate::world) fn mask(value: &Value) -> u64 {
    objects::snowflake(value).unwrap_or(0)
}
