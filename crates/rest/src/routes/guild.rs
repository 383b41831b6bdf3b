//! Guilds, their channels, members and roles.

use polycord_types::{
    channel::Channel,
    guild::Guild,
    id::{GuildId, RoleId, UserId},
    member::{Member, ModifyMember},
    role::Role,
};

use super::{delete, get, patch, put, with};
use crate::{call::Call, client::Rest};

impl Rest {
    /// A guild, without its channels and members.
    ///
    /// See <https://docs.discord.com/developers/resources/guild#get-guild>.
    pub fn guild(&self, guild: GuildId) -> Call<Guild> {
        Call::json(self, get("/guilds/{guild_id}", &[&guild]))
    }

    /// The channels of a guild, without its threads.
    ///
    /// See <https://docs.discord.com/developers/resources/guild#get-guild-channels>.
    pub fn guild_channels(&self, guild: GuildId) -> Call<Vec<Channel>> {
        Call::json(self, get("/guilds/{guild_id}/channels", &[&guild]))
    }

    /// The roles of a guild.
    ///
    /// See <https://docs.discord.com/developers/resources/guild#get-guild-roles>.
    pub fn guild_roles(&self, guild: GuildId) -> Call<Vec<Role>> {
        Call::json(self, get("/guilds/{guild_id}/roles", &[&guild]))
    }

    /// A member of a guild.
    ///
    /// See <https://docs.discord.com/developers/resources/guild#get-guild-member>.
    pub fn guild_member(&self, guild: GuildId, user: UserId) -> Call<Member> {
        Call::json(
            self,
            get("/guilds/{guild_id}/members/{user_id}", &[&guild, &user]),
        )
    }

    /// Changes a member: name, roles, timeout, voice. What it needs depends on what is to change.
    ///
    /// See <https://docs.discord.com/developers/resources/guild#modify-guild-member>.
    pub fn modify_member(
        &self,
        guild: GuildId,
        user: UserId,
        changes: &ModifyMember,
    ) -> Call<Member> {
        let route = patch("/guilds/{guild_id}/members/{user_id}", &[&guild, &user]);
        // The changes replace what was there, so twice is as good as once.
        let request = with(route, changes).map(|request| request.idempotent(true));
        Call::json(self, request)
    }

    /// Gives a member a role; needs `MANAGE_ROLES`.
    ///
    /// See <https://docs.discord.com/developers/resources/guild#add-guild-member-role>.
    pub fn add_member_role(&self, guild: GuildId, user: UserId, role: RoleId) -> Call<()> {
        let request = put(
            "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
            &[&guild, &user, &role],
        );
        Call::done(self, request)
    }

    /// Takes a role from a member; needs `MANAGE_ROLES`.
    ///
    /// See <https://docs.discord.com/developers/resources/guild#remove-guild-member-role>.
    pub fn remove_member_role(&self, guild: GuildId, user: UserId, role: RoleId) -> Call<()> {
        let request = delete(
            "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
            &[&guild, &user, &role],
        );
        Call::done(self, request)
    }

    /// Kicks a member; needs `KICK_MEMBERS`.
    ///
    /// See <https://docs.discord.com/developers/resources/guild#remove-guild-member>.
    pub fn remove_member(&self, guild: GuildId, user: UserId) -> Call<()> {
        Call::done(
            self,
            delete("/guilds/{guild_id}/members/{user_id}", &[&guild, &user]),
        )
    }
}
