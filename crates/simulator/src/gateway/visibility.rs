//! What the bot is told of: events of channels that it sees, and of what its permissions are for.

use serde_json::Value;

use super::dispatch::Happening;
use crate::intents;
use crate::world::permissions::{
    BAN_MEMBERS, MANAGE_CHANNELS, MANAGE_GUILD, VIEW_AUDIT_LOG, VIEW_CHANNEL,
};
use crate::world::{WorldState, objects};

/// What somebody has to be allowed to hear of an event.
enum Needs {
    Nothing,
    /// One of these in the guild.
    OneOf(u64),
    /// All of these in the channel.
    In(Option<u64>, u64),
    /// To be in this voice channel.
    Presence(Option<u64>),
}

impl Happening<'_> {
    /// Whether the bot hears of it at all. What is about a place that the world does not know, a guild that
    /// the bot is not in any more for one, is not kept from it.
    pub(super) fn reaches(&self, world: &WorldState) -> bool {
        let Some(id) = self.guild.filter(|_| !self.anywhere) else {
            return true;
        };
        let bot = world.bot;
        let Some(guild) = world.guilds.get(&id) else {
            return true;
        };
        // Whoever comes back to it gets a `GUILD_CREATE`, with all that happened.
        if !guild.available && self.name != "GUILD_DELETE" {
            return false;
        }
        if !guild.members.contains_key(&bot) {
            return true;
        }
        match self.needs() {
            Needs::Nothing => true,
            Needs::OneOf(bits) => world.permissions(id, bot) & bits != 0,
            Needs::In(channel, bits) => channel
                .filter(|channel| world.channel_guild.contains_key(channel))
                .is_none_or(|channel| world.permissions_in(channel, bot) & bits == bits),
            Needs::Presence(channel) => {
                let own = guild.voice_states.get(&bot);
                channel.is_some()
                    && own.and_then(|own| objects::snowflake(&own["channel_id"])) == channel
            }
        }
    }

    /// The intents of which a session needs one: `None` if it needs none.
    pub(super) fn intents(&self, bot: u64) -> Option<u64> {
        let needed = intents::needed(self.name, self.guild.is_some());
        match self.name {
            // The bot's own member is told without the intent for members.
            "GUILD_MEMBER_UPDATE" if objects::id(&self.data["user"]) == bot => None,
            // And the threads it comes into and goes out of are those of `GUILDS`.
            "THREAD_MEMBERS_UPDATE" if !concerns(&self.data, bot) => Some(intents::MEMBERS),
            _ => needed,
        }
    }

    fn needs(&self) -> Needs {
        let field = |name: &str| objects::snowflake(&self.data[name]);
        let channel = || field("channel_id");
        match self.name {
            "AUTO_MODERATION_RULE_CREATE"
            | "AUTO_MODERATION_RULE_UPDATE"
            | "AUTO_MODERATION_RULE_DELETE"
            | "AUTO_MODERATION_ACTION_EXECUTION" => Needs::OneOf(MANAGE_GUILD),
            "GUILD_AUDIT_LOG_ENTRY_CREATE" => Needs::OneOf(VIEW_AUDIT_LOG),
            "GUILD_BAN_ADD" | "GUILD_BAN_REMOVE" => Needs::OneOf(BAN_MEMBERS | VIEW_AUDIT_LOG),
            "INVITE_CREATE" | "INVITE_DELETE" => Needs::In(channel(), MANAGE_CHANNELS),
            "VOICE_CHANNEL_EFFECT_SEND" => Needs::Presence(channel()),
            "MESSAGE_CREATE"
            | "MESSAGE_UPDATE"
            | "MESSAGE_DELETE"
            | "MESSAGE_DELETE_BULK"
            | "MESSAGE_REACTION_ADD"
            | "MESSAGE_REACTION_REMOVE"
            | "MESSAGE_REACTION_REMOVE_ALL"
            | "MESSAGE_REACTION_REMOVE_EMOJI"
            | "MESSAGE_POLL_VOTE_ADD"
            | "MESSAGE_POLL_VOTE_REMOVE"
            | "CHANNEL_PINS_UPDATE"
            | "TYPING_START" => Needs::In(channel(), VIEW_CHANNEL),
            "THREAD_CREATE"
            | "THREAD_UPDATE"
            | "THREAD_MEMBER_UPDATE"
            | "THREAD_MEMBERS_UPDATE" => Needs::In(field("id"), VIEW_CHANNEL),
            // It is no more: its parent is asked.
            "THREAD_DELETE" => Needs::In(field("parent_id"), VIEW_CHANNEL),
            // Bots are told of all channels, those that they do not see included, as in `GUILD_CREATE`.
            _ => Needs::Nothing,
        }
    }
}

/// Whether the bot is among those who came or went.
fn concerns(update: &Value, bot: u64) -> bool {
    let came = update["added_members"].as_array().into_iter().flatten();
    let went = update["removed_member_ids"]
        .as_array()
        .into_iter()
        .flatten();
    came.map(|member| &member["user_id"])
        .chain(went)
        .any(|id| objects::snowflake(id) == Some(bot))
}
