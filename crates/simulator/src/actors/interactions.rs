//! What people ask of the bot: commands, components, modals.

mod chosen;
mod command;
mod component;
mod modal;
mod option;
mod resolved;

use serde_json::{Value, json};

pub use self::chosen::{Chosen, Filled};
pub use self::option::CommandOption;
use crate::core::{Core, State};
use crate::rest::interactions::{Interaction, InteractionKind};
use crate::world::objects;

/// The largest file that can be attached to an answer where nobody pays for more, in bytes.
const ATTACHMENT_LIMIT: u64 = 10 * 1024 * 1024;

/// Who did something, and where.
#[derive(Clone, Copy, Debug)]
struct Asker {
    channel: u64,
    user: u64,
}

impl Core {
    /// Starts an interaction, and tells the bot of it. `message` is the one a component of which was
    /// used.
    fn ask(
        &self,
        state: &mut State,
        asker: Asker,
        kind: InteractionKind,
        data: &Value,
        message: Option<Value>,
    ) -> u64 {
        let Asker { channel, user } = asker;
        let id = self.next_id(state);
        let number = kind.number();
        let interaction = Interaction::new(id, channel, user, kind);
        let world = &state.world;
        let guild = world.guild_of(channel);
        // Installed to the guild; `0` stands for direct messages with the bot.
        let owner = guild.unwrap_or(0).to_string();
        let mut told = json!({
            "id": id.to_string(),
            "application_id": world.application.to_string(),
            "type": number,
            "data": data,
            "channel": world.channel(channel),
            "channel_id": channel.to_string(),
            "token": interaction.token,
            "version": 1,
            "app_permissions": world.permissions_in(channel, world.bot).to_string(),
            "locale": "en-US",
            "entitlements": self.entitlements_of(state, guild, user),
            "authorizing_integration_owners": { "0": owner },
            "context": i32::from(guild.is_none()),
            "attachment_size_limit": ATTACHMENT_LIMIT,
        });
        if let Some(message) = message {
            told["message"] = message;
        }
        if let Some((id, found)) = guild.and_then(|id| Some((id, world.guilds.get(&id)?))) {
            let locale = &found.object["preferred_locale"];
            let features = &found.object["features"];
            told["guild_id"] = Value::from(id.to_string());
            told["guild_locale"] = locale.clone();
            told["guild"] = json!({ "id": id.to_string(), "locale": locale, "features": features });
            let mut member = world.member(id, user).unwrap_or_default();
            let permissions = world.permissions_in(channel, user);
            member["permissions"] = Value::from(permissions.to_string());
            told["member"] = member;
        } else {
            told["user"] = world.user(user).unwrap_or_default();
        }
        self.offer(state, interaction, told);
        id
    }

    /// What the user, or the guild, has paid for and may still use.
    fn entitlements_of(&self, state: &State, guild: Option<u64>, user: u64) -> Vec<Value> {
        let now = self.clock.now_iso();
        let entitlements = state.world.entitlements.values();
        let theirs = entitlements.filter(|it| {
            let of_user = objects::snowflake(&it["user_id"]) == Some(user);
            let of_guild = guild.is_some() && objects::snowflake(&it["guild_id"]) == guild;
            // Times of one form and zone: their order is that of the texts.
            let over = it["ends_at"]
                .as_str()
                .is_some_and(|end| end <= now.as_str());
            (of_user || of_guild) && it["deleted"] != true && !over
        });
        theirs.cloned().collect()
    }
}
