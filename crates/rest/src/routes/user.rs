//! Users, and direct messages to them.

use polycord_types::{
    channel::Channel,
    id::{GuildId, UserId},
    user::User,
};

use super::{delete, get, post, with};
use crate::{call::Call, client::Rest};

impl Rest {
    /// The bot's own user.
    ///
    /// See <https://docs.discord.com/developers/resources/user#get-current-user>.
    pub fn current_user(&self) -> Call<User> {
        Call::json(self, get("/users/@me", &[]))
    }

    /// A user.
    ///
    /// See <https://docs.discord.com/developers/resources/user#get-user>.
    pub fn user(&self, user: UserId) -> Call<User> {
        Call::json(self, get("/users/{user_id}", &[&user]))
    }

    /// Opens the channel for direct messages with a user, or finds the one that is open.
    ///
    /// See <https://docs.discord.com/developers/resources/user#create-dm>.
    pub fn create_dm(&self, user: UserId) -> Call<Channel> {
        let body = serde_json::json!({ "recipient_id": user.to_string() });
        // Asked twice, Discord gives the same channel.
        let request =
            with(post("/users/@me/channels", &[]), &body).map(|request| request.idempotent(true));
        Call::json(self, request)
    }

    /// Takes the bot out of a guild.
    ///
    /// See <https://docs.discord.com/developers/resources/user#leave-guild>.
    pub fn leave_guild(&self, guild: GuildId) -> Call<()> {
        Call::done(self, delete("/users/@me/guilds/{guild_id}", &[&guild]))
    }
}
