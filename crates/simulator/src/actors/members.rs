//! Who is in a guild, and as what.

use polycord_types::id::{GuildId, RoleId, UserId};
use serde_json::{Value, json};

use super::{Refusal, guild_must_exist, member_must_exist};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids::iso8601;
use crate::simulator::Simulator;
use crate::world::{Guild, Member, User};

impl Simulator {
    /// Somebody new, or an existing user of that name, joins a guild.
    ///
    /// # Panics
    ///
    /// If there is no such guild, or if they are in it already, or banned there.
    #[track_caller]
    pub fn join(&self, guild: GuildId, name: &str) -> UserId {
        self.act(|core, state| {
            guild_must_exist(state, guild);
            let known = state.world.user_named(name);
            let user = known.unwrap_or_else(|| core.next_id(state));
            if known.is_none() {
                let fresh = User::new(name, Some(name), false);
                state.world.users.insert(user, fresh);
            }
            let joined = core.clock.now_ms();
            if let Some(found) = state.world.guilds.get(&guild.get()) {
                let banned = found.bans.contains_key(&user);
                assert!(!banned, "{name:?} is banned from guild {guild}");
                let inside = found.members.contains_key(&user);
                assert!(!inside, "{name:?} is in guild {guild} already");
            }
            state
                .world
                .add_member(guild.get(), user, Member::new(joined, []));
            if let Some(mut data) = state.world.member(guild.get(), user) {
                data["guild_id"] = Value::from(guild.get().to_string());
                let happening = Happening::new("GUILD_MEMBER_ADD", Some(guild.get()), data);
                core.dispatch(state, &happening);
            }
            UserId::new(user)
        })
    }

    /// A member leaves a guild: `GUILD_MEMBER_REMOVE`. The bot leaves as if it was
    /// [expelled](Self::expel).
    ///
    /// # Panics
    ///
    /// If they are not in it (any more).
    #[track_caller]
    pub fn leave(&self, guild: GuildId, user: UserId) {
        self.act(|core, state| {
            member_must_exist(state, guild, user);
            if user.get() == state.world.bot {
                core.take_guild(state, guild.get(), false);
            } else {
                core.remove_member(state, guild.get(), user.get());
            }
        });
    }

    /// A member is given a role by the owner.
    ///
    /// # Errors
    ///
    /// If there is no such guild, member or role, or nobody may give that one.
    pub fn give_role(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<(), Refusal> {
        let path = format!("/guilds/{guild}/members/{user}/roles/{role}");
        self.by_owner(guild, "PUT", &path, &Value::Null).map(drop)
    }

    /// A role is taken from a member by the owner.
    ///
    /// # Errors
    ///
    /// As [`give_role`](Self::give_role).
    pub fn take_role(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<(), Refusal> {
        let path = format!("/guilds/{guild}/members/{user}/roles/{role}");
        self.by_owner(guild, "DELETE", &path, &Value::Null)
            .map(drop)
    }

    /// A member takes a nickname, or none: `GUILD_MEMBER_UPDATE`.
    ///
    /// # Panics
    ///
    /// If they are not in the guild.
    #[track_caller]
    pub fn set_nick(&self, guild: GuildId, user: UserId, nick: Option<&str>) {
        self.act(|core, state| {
            core.change_member(state, guild, user, |member| {
                member.nick = nick.map(Into::into);
            });
        });
    }

    /// A member takes another avatar in a guild (its hash), or none: `GUILD_MEMBER_UPDATE`.
    ///
    /// # Panics
    ///
    /// If they are not in the guild.
    #[track_caller]
    pub fn set_member_avatar(&self, guild: GuildId, user: UserId, hash: Option<&str>) {
        self.act(|core, state| {
            core.change_member(state, guild, user, |member| {
                member.set("avatar", Value::from(hash));
            });
        });
    }

    /// The owner times a member out for so many seconds; 0 ends it.
    ///
    /// # Errors
    ///
    /// If there is no such guild or member, or the time is longer than 28 days.
    pub fn time_out(&self, guild: GuildId, user: UserId, seconds: u64) -> Result<(), Refusal> {
        let now = self.core.clock.now_ms();
        let until =
            (seconds > 0).then(|| iso8601(now.saturating_add(seconds.saturating_mul(1000))));
        let body = json!({ "communication_disabled_until": until });
        let path = format!("/guilds/{guild}/members/{user}");
        self.by_owner(guild, "PATCH", &path, &body).map(drop)
    }

    /// A member begins or ceases to boost a guild: `GUILD_MEMBER_UPDATE`, and `GUILD_UPDATE` with the
    /// number of boosts and the tier. Whether that changed anything.
    ///
    /// # Panics
    ///
    /// If they are not in the guild.
    #[track_caller]
    pub fn boost(&self, guild: GuildId, user: UserId, boosts: bool) -> bool {
        self.act(|core, state| {
            member_must_exist(state, guild, user);
            let since = boosts.then(|| core.clock.now_ms());
            let changed = state
                .world
                .update_member(guild.get(), user.get(), |member| {
                    let changed = member.premium_since().is_some() != boosts;
                    if changed {
                        member.set_premium_since(since);
                    }
                    changed
                });
            if changed != Some(true) {
                return false;
            }
            core.tell_member(state, guild.get(), user.get());
            core.count_boosts(state, guild.get());
            true
        })
    }

    /// The owner removes a member.
    ///
    /// # Errors
    ///
    /// If there is no such guild or member.
    pub fn kick(&self, guild: GuildId, user: UserId) -> Result<(), Refusal> {
        let path = format!("/guilds/{guild}/members/{user}");
        self.by_owner(guild, "DELETE", &path, &Value::Null)
            .map(drop)
    }

    /// The owner bans a user: `GUILD_BAN_ADD`.
    ///
    /// # Errors
    ///
    /// If there is no such guild or user.
    pub fn ban(&self, guild: GuildId, user: UserId) -> Result<(), Refusal> {
        let path = format!("/guilds/{guild}/bans/{user}");
        self.by_owner(guild, "PUT", &path, &json!({})).map(drop)
    }

    /// The owner lets a user come back: `GUILD_BAN_REMOVE`.
    ///
    /// # Errors
    ///
    /// If there is no such guild, or the user is not banned there.
    pub fn unban(&self, guild: GuildId, user: UserId) -> Result<(), Refusal> {
        let path = format!("/guilds/{guild}/bans/{user}");
        self.by_owner(guild, "DELETE", &path, &Value::Null)
            .map(drop)
    }

    /// A request of a guild's owner.
    fn by_owner(
        &self,
        guild: GuildId,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Value, Refusal> {
        self.act(|core, state| {
            let found = state.world.guilds.get(&guild.get());
            let owner = found.map_or(0, Guild::owner);
            core.request_as(state, owner, method, path, body)
        })
    }
}

impl Core {
    #[track_caller]
    fn change_member(
        &self,
        state: &mut State,
        guild: GuildId,
        user: UserId,
        change: impl FnOnce(&mut Member),
    ) {
        member_must_exist(state, guild, user);
        let (guild, user) = (guild.get(), user.get());
        state.world.update_member(guild, user, change);
        self.tell_member(state, guild, user);
    }

    /// `GUILD_UPDATE`, if the guild has more boosts or fewer.
    pub(crate) fn count_boosts(&self, state: &mut State, guild: u64) {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        if !found.count_boosts() {
            return;
        }
        let data = found.render();
        self.dispatch(state, &Happening::new("GUILD_UPDATE", Some(guild), data));
    }
}
