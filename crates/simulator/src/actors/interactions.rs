//! Commands that people run.

mod option;

use polycord_types::id::{ChannelId, InteractionId, UserId};
use serde_json::{Map, Value, json};

pub use self::option::CommandOption;
use super::must_exist;
use crate::core::{Core, State};
use crate::rest::interactions::{Interaction, InteractionKind};
use crate::simulator::Simulator;
use crate::world::objects;

impl Simulator {
    /// A user runs a slash command: `INTERACTION_CREATE`. A command that was not registered gets an
    /// id of its own, so that a bot can be tested without registering.
    ///
    /// # Panics
    ///
    /// If there is no such channel or user.
    #[track_caller]
    pub fn run_command(
        &self,
        channel: ChannelId,
        user: UserId,
        name: &str,
        options: impl IntoIterator<Item = CommandOption>,
    ) -> InteractionId {
        let options: Vec<CommandOption> = options.into_iter().collect();
        self.act(|core, state| {
            must_exist(state, channel, user);
            InteractionId::new(core.interact(state, channel.get(), user.get(), name, &options))
        })
    }
}

impl Core {
    fn interact(
        &self,
        state: &mut State,
        channel: u64,
        user: u64,
        name: &str,
        options: &[CommandOption],
    ) -> u64 {
        let id = self.next_id(state);
        let guild = state.world.guild_of(channel);
        let known = state.commands.find(guild, name).map(objects::id);
        let command = known.unwrap_or_else(|| self.next_id(state));
        let kind = InteractionKind::Command {
            name: name.to_owned(),
            kind: 1,
        };
        let interaction = Interaction::new(id, channel, user, kind);
        let mut users = Map::new();
        let mut members = Map::new();
        for option in options.iter().filter(|option| option.kind == 6) {
            let Some(named) = objects::snowflake(&option.value) else {
                continue;
            };
            if let Some(found) = state.world.user(named) {
                users.insert(named.to_string(), found);
            }
            if let Some(mut member) = guild.and_then(|g| state.world.partial_member(g, named)) {
                member["permissions"] = Value::from(PERMISSIONS);
                for field in ["deaf", "mute"] {
                    member.as_object_mut().map(|fields| fields.remove(field));
                }
                members.insert(named.to_string(), member);
            }
        }
        let filled: Vec<Value> = options
            .iter()
            .map(|o| json!({ "name": o.name, "type": o.kind, "value": o.value }))
            .collect();
        let mut data = json!({
            "id": command.to_string(),
            "name": name,
            "type": 1,
            "options": filled,
        });
        if !users.is_empty() {
            data["resolved"] = json!({ "users": users, "members": members });
        }
        let person = state.world.user(user).unwrap_or_default();
        let owner = guild.map_or_else(|| "0".to_owned(), |guild| guild.to_string());
        let mut told = json!({
            "id": id.to_string(),
            "application_id": state.world.application.to_string(),
            "type": 2,
            "data": data,
            "channel": state.world.channel(channel),
            "channel_id": channel.to_string(),
            "token": interaction.token,
            "version": 1,
            "app_permissions": PERMISSIONS,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": { "0": owner },
            "context": i32::from(guild.is_none()),
            "attachment_size_limit": 10_485_760,
        });
        if let Some(guild) = guild {
            let guild_name = guild.to_string();
            told["guild_id"] = Value::from(guild_name.clone());
            told["guild_locale"] = Value::from("en-US");
            told["guild"] = json!({ "id": guild_name, "locale": "en-US", "features": [] });
            let mut member = state.world.member(guild, user).unwrap_or_default();
            member["permissions"] = Value::from(PERMISSIONS);
            told["member"] = member;
        } else {
            told["user"] = person;
        }
        self.offer(state, interaction, told);
        id
    }
}

/// What everybody may do where they are.
const PERMISSIONS: &str = "2248473465835073";
