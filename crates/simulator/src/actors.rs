//! What people do.

use polycord_types::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use serde_json::{Map, Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::{Happening, guild_create};
use crate::rest::interactions::{Interaction, InteractionKind};
use crate::rest::reactions::emoji_in;
use crate::simulator::Simulator;
use crate::world::objects;

/// An option of a slash command, as somebody fills it in.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandOption {
    name: String,
    kind: u8,
    value: Value,
}

impl CommandOption {
    /// A text.
    #[must_use]
    pub fn string(name: &str, value: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: 3,
            value: Value::from(value),
        }
    }

    /// A whole number.
    #[must_use]
    pub fn integer(name: &str, value: i64) -> Self {
        Self {
            name: name.to_owned(),
            kind: 4,
            value: Value::from(value),
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn boolean(name: &str, value: bool) -> Self {
        Self {
            name: name.to_owned(),
            kind: 5,
            value: Value::from(value),
        }
    }

    /// A user; resolved in the interaction's data.
    #[must_use]
    pub fn user(name: &str, user: UserId) -> Self {
        Self {
            name: name.to_owned(),
            kind: 6,
            value: Value::from(user.get().to_string()),
        }
    }

    /// A number.
    #[must_use]
    pub fn number(name: &str, value: f64) -> Self {
        Self {
            name: name.to_owned(),
            kind: 10,
            value: Value::from(value),
        }
    }
}

impl Simulator {
    /// A user writes a message.
    ///
    /// # Panics
    ///
    /// If there is no such channel or user.
    #[track_caller]
    pub fn say(&self, channel: ChannelId, user: UserId, text: &str) -> MessageId {
        self.act(|core, state| {
            must_exist(state, channel, user);
            let message = core.post(state, channel.get(), user.get(), text, Map::new());
            MessageId::new(objects::id(&message))
        })
    }

    /// A user writes to the bot in private. Gives the channel, too.
    ///
    /// # Panics
    ///
    /// If there is no such user.
    #[track_caller]
    pub fn say_privately(&self, user: UserId, text: &str) -> (ChannelId, MessageId) {
        self.act(|core, state| {
            let Some(channel) = core.direct_channel(state, user.get()) else {
                panic!("there is no user {user} in this world")
            };
            let message = core.post(state, channel, user.get(), text, Map::new());
            (
                ChannelId::new(channel),
                MessageId::new(objects::id(&message)),
            )
        })
    }

    /// The author edits a message. Whether it was there.
    pub fn edit(&self, channel: ChannelId, message: MessageId, text: &str) -> bool {
        self.act(|core, state| {
            let body = json!({ "content": text });
            core.change_message(state, channel.get(), message.get(), &body)
                .is_some()
        })
    }

    /// A message is deleted. Whether it was there.
    pub fn delete_message(&self, channel: ChannelId, message: MessageId) -> bool {
        self.act(|core, state| core.remove_message(state, channel.get(), message.get()))
    }

    /// A user reacts with an emoji: itself, or `name:id`.
    ///
    /// # Panics
    ///
    /// If that is no emoji.
    #[track_caller]
    pub fn react(&self, channel: ChannelId, message: MessageId, user: UserId, emoji: &str) {
        self.set_reaction(channel, message, user, emoji, true);
    }

    /// A user takes a reaction back.
    ///
    /// # Panics
    ///
    /// If that is no emoji.
    #[track_caller]
    pub fn unreact(&self, channel: ChannelId, message: MessageId, user: UserId, emoji: &str) {
        self.set_reaction(channel, message, user, emoji, false);
    }

    #[track_caller]
    fn set_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        emoji: &str,
        on: bool,
    ) {
        let Some(emoji) = emoji_in(emoji) else {
            panic!("{emoji:?} is no emoji: use a character, or `name:id`")
        };
        self.act(|core, state| {
            let message = (channel.get(), message.get());
            core.set_reaction(state, message, user.get(), &emoji, on);
        });
    }

    /// A user starts typing.
    pub fn typing(&self, channel: ChannelId, user: UserId) {
        self.act(|core, state| core.start_typing(state, channel.get(), user.get()));
    }

    /// Somebody new, or an existing user of that name, joins a guild.
    pub fn join(&self, guild: GuildId, name: &str) -> UserId {
        self.act(|core, state| {
            let known = state
                .world
                .users
                .iter()
                .find(|(_, user)| user["username"] == name);
            let user = known.map_or_else(|| state.ids.next(core.clock.now_ms()), |(id, _)| *id);
            let fresh = || objects::user(user, name, name, false);
            state.world.users.entry(user).or_insert_with(fresh);
            let joined = core.clock.now_iso();
            if let Some(found) = state.world.guilds.get_mut(&guild.get()) {
                found
                    .members
                    .insert(user, objects::member_since(&joined, &[]));
            }
            if let Some(mut data) = state.world.member(guild.get(), user) {
                data["guild_id"] = Value::from(guild.get().to_string());
                let happening = Happening::new("GUILD_MEMBER_ADD", Some(guild.get()), data);
                core.dispatch(state, &happening);
            }
            UserId::new(user)
        })
    }

    /// A member leaves a guild. Whether they were in it.
    pub fn leave(&self, guild: GuildId, user: UserId) -> bool {
        self.act(|core, state| {
            let Some(found) = state.world.guilds.get_mut(&guild.get()) else {
                return false;
            };
            if found.members.remove(&user.get()).is_none() {
                return false;
            }
            found.presences.remove(&user.get());
            found.voice_states.remove(&user.get());
            let person = state.world.user(user.get()).cloned().unwrap_or_default();
            let data = json!({ "guild_id": guild.get().to_string(), "user": person });
            let happening = Happening::new("GUILD_MEMBER_REMOVE", Some(guild.get()), data);
            core.dispatch(state, &happening);
            true
        })
    }

    /// A user's status changes in all guilds they are in: `online`, `idle`, `dnd` or `offline`.
    pub fn presence(&self, user: UserId, status: &str) {
        self.act(|core, state| {
            let new = objects::presence(status, &json!([]));
            let guilds: Vec<u64> = state.world.guilds.keys().copied().collect();
            for guild in guilds {
                core.set_presence(state, guild, user.get(), &new);
            }
        });
    }

    /// A member moves to a voice channel, or out of all.
    pub fn voice(&self, guild: GuildId, user: UserId, channel: Option<ChannelId>) {
        self.act(|core, state| {
            let channel = channel.map(ChannelId::get);
            core.move_voice(state, guild.get(), user.get(), channel, (false, false));
        });
    }

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

    /// Any event, with any payload: for what has no actor. With a guild it goes to that guild's
    /// shard, without to shard 0, to sessions whose intents let it through.
    pub fn emit(&self, name: &str, data: Value, guild: Option<GuildId>) {
        self.act(|core, state| {
            core.dispatch(state, &Happening::new(name, guild.map(GuildId::get), data));
        });
    }

    /// A guild becomes unavailable (`GUILD_DELETE` with `unavailable`), or available again
    /// (`GUILD_CREATE`).
    pub fn outage(&self, guild: GuildId, down: bool) {
        self.act(|core, state| {
            let id = guild.get();
            if down {
                core.take_guild(state, id, true);
                return;
            }
            let Some(found) = state.world.guilds.get_mut(&id) else {
                return;
            };
            found.available = true;
            let mut sessions: Vec<String> = state
                .sessions
                .values()
                .filter(|session| {
                    let here = objects::shard_of(id, session.shard.1) == session.shard.0;
                    session.welcomed && session.intents & 1 != 0 && here
                })
                .map(|session| session.id.clone())
                .collect();
            sessions.sort_unstable();
            for session in sessions {
                if let Some(data) = guild_create(state, id, &session) {
                    core.dispatch_to(state, &session, "GUILD_CREATE", &data.to_string());
                }
            }
        });
    }

    /// The bot is removed from a guild: `GUILD_DELETE` without `unavailable`. Whether it was in it.
    pub fn expel(&self, guild: GuildId) -> bool {
        self.act(|core, state| core.take_guild(state, guild.get(), false))
    }

    fn act<R>(&self, act: impl FnOnce(&Core, &mut State) -> R) -> R {
        let result = act(&self.core, &mut self.core.lock());
        self.core.changed.notify_waiters();
        result
    }
}

#[track_caller]
fn must_exist(state: &State, channel: ChannelId, user: UserId) {
    assert!(
        state.world.channel(channel.get()).is_some(),
        "there is no channel {channel}"
    );
    assert!(
        state.world.user(user.get()).is_some(),
        "there is no user {user}"
    );
}

impl Core {
    /// Takes a guild from the bot: for an outage, or for good.
    pub(crate) fn take_guild(&self, state: &mut State, id: u64, outage: bool) -> bool {
        let Some(found) = state.world.guilds.get_mut(&id) else {
            return false;
        };
        found.available = false;
        let mut data = json!({ "id": id.to_string() });
        if outage {
            data["unavailable"] = Value::Bool(true);
        }
        self.dispatch(state, &Happening::new("GUILD_DELETE", Some(id), data));
        if !outage {
            state.world.guilds.remove(&id);
        }
        true
    }

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
                users.insert(named.to_string(), found.clone());
            }
            if let Some(found) = guild.and_then(|g| state.world.partial_member(g, named)) {
                let mut member = found.clone();
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
        let person = state.world.user(user).cloned().unwrap_or_default();
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
