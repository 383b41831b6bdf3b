//! Commands that people run.

use polycord_types::id::{ChannelId, InteractionId, MessageId, UserId};
use serde_json::{Value, json};

use super::resolved::Resolved;
use super::{Asker, CommandOption};
use crate::actors::must_exist;
use crate::core::{Core, State};
use crate::rest::interactions::InteractionKind;
use crate::simulator::Simulator;
use crate::world::objects;
use crate::world::permissions::{ADMINISTRATOR, USE_APPLICATION_COMMANDS, VIEW_CHANNEL};

impl Simulator {
    /// A user runs a slash command: `INTERACTION_CREATE`. The name of a subcommand follows that of
    /// its command and group: `"settings channel set"`. A command that was not registered gets an id
    /// of its own, so that a bot can be tested without registering; one that was is run as a client
    /// lets it be: with options it has, and those it requires.
    ///
    /// ```
    /// # use polycord_simulator::{CommandOption, Simulator};
    /// # fn run(sim: &Simulator) {
    /// let (general, ada) = (sim.channel("general"), sim.user("ada"));
    /// sim.run_command(general, ada, "ping", []);
    /// let options = [
    ///     CommandOption::string("what", "tea"),
    ///     CommandOption::integer("cups", 2),
    ///     CommandOption::user("with", sim.user("grace")),
    /// ];
    /// sim.run_command(general, ada, "order drink", options);
    /// # }
    /// ```
    ///
    /// What the bot answers is what [`expect_response`](Self::expect_response) waits for.
    ///
    /// # Panics
    ///
    /// If there is no such channel or user, if the user may not use commands there (the guild's own
    /// permissions of the command included), or if the registered command cannot be run like that.
    #[track_caller]
    pub fn run_command(
        &self,
        channel: ChannelId,
        user: UserId,
        name: &str,
        options: impl IntoIterator<Item = CommandOption>,
    ) -> InteractionId {
        let options: Vec<CommandOption> = options.into_iter().collect();
        assert!(
            !options.iter().any(|option| option.focused),
            "an option is focused only while it is typed: see `type_option`"
        );
        self.fill_in(channel, user, name, &options, 2)
    }

    /// A user is typing the [focused](CommandOption::focused) option of a slash command, and its
    /// client asks for what it might become.
    ///
    /// ```
    /// # use polycord_simulator::{CommandOption, Simulator};
    /// # fn type_it(sim: &Simulator) {
    /// let typed = CommandOption::string("what", "t").focused();
    /// sim.type_option(sim.channel("general"), sim.user("ada"), "order drink", [typed]);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// As [`run_command`](Self::run_command), and unless exactly one option is focused.
    #[track_caller]
    pub fn type_option(
        &self,
        channel: ChannelId,
        user: UserId,
        name: &str,
        options: impl IntoIterator<Item = CommandOption>,
    ) -> InteractionId {
        let options: Vec<CommandOption> = options.into_iter().collect();
        let focused = options.iter().filter(|option| option.focused).count();
        assert!(focused == 1, "one option is typed at a time, not {focused}");
        self.fill_in(channel, user, name, &options, 4)
    }

    /// A user runs a command on another user, from their menu.
    ///
    /// # Panics
    ///
    /// If there is no such channel or user, or if the user may not use commands there.
    #[track_caller]
    pub fn run_user_command(
        &self,
        channel: ChannelId,
        user: UserId,
        name: &str,
        target: UserId,
    ) -> InteractionId {
        self.run_on(channel, user, (name, 2), target.get(), |state, resolved| {
            let found = resolved.user(state, channel.get(), target.get());
            assert!(found, "there is no user {target}");
        })
    }

    /// A user runs a command on a message, from its menu.
    ///
    /// # Panics
    ///
    /// If there is no such channel, user or message, or if the user may not use commands there.
    #[track_caller]
    pub fn run_message_command(
        &self,
        channel: ChannelId,
        user: UserId,
        name: &str,
        target: MessageId,
    ) -> InteractionId {
        self.run_on(channel, user, (name, 3), target.get(), |state, resolved| {
            let Some(message) = state.world.message(channel.get(), target.get()) else {
                panic!("there is no message {target} in channel {channel}")
            };
            resolved.message(message.clone());
        })
    }

    #[track_caller]
    fn run_on(
        &self,
        channel: ChannelId,
        user: UserId,
        (name, kind): (&str, u8),
        target: u64,
        resolve: impl FnOnce(&State, &mut Resolved),
    ) -> InteractionId {
        self.act(|core, state| {
            must_exist(state, channel, user);
            let asker = Asker {
                channel: channel.get(),
                user: user.get(),
            };
            let (command, mut data) = core.command_run(state, asker, name, kind);
            may_run(state, asker, name, command.as_ref());
            data["target_id"] = Value::from(target.to_string());
            let mut resolved = Resolved::default();
            resolve(state, &mut resolved);
            resolved.into(&mut data);
            let kind = InteractionKind::Command {
                name: name.to_owned(),
                kind,
            };
            InteractionId::new(core.ask(state, asker, kind, &data, None))
        })
    }

    /// A slash command, run (2) or being typed (4).
    #[track_caller]
    fn fill_in(
        &self,
        channel: ChannelId,
        user: UserId,
        path: &str,
        options: &[CommandOption],
        kind: u8,
    ) -> InteractionId {
        self.act(|core, state| {
            must_exist(state, channel, user);
            let asker = Asker {
                channel: channel.get(),
                user: user.get(),
            };
            let mut words = path.split_whitespace();
            let name = words.next().unwrap_or_default();
            let (command, mut data) = core.command_run(state, asker, name, 1);
            may_run(state, asker, name, command.as_ref());
            let below: Vec<&str> = words.collect();
            assert!(
                below.len() <= 2,
                "{path:?}: there is a command, a group and a subcommand at most"
            );
            if let Some(command) = &command {
                fits(command, path, &below, options, kind == 2);
            }
            let mut resolved = Resolved::default();
            let mut filled = Vec::with_capacity(options.len());
            for option in options {
                filled.push(core.fill(state, asker, option, &mut resolved));
            }
            let mut filled = Value::Array(filled);
            // From the inside out: the subcommand (1), then its group (2).
            for (depth, name) in below.iter().rev().enumerate() {
                filled = json!([{ "name": name, "type": depth + 1, "options": filled }]);
            }
            data["options"] = filled;
            resolved.into(&mut data);
            let focused = options.iter().find(|option| option.focused);
            let kind = match focused {
                Some(option) => InteractionKind::Autocomplete {
                    option: option.kind,
                },
                None => InteractionKind::Command {
                    name: name.to_owned(),
                    kind: 1,
                },
            };
            InteractionId::new(core.ask(state, asker, kind, &data, None))
        })
    }
}

impl Core {
    /// The command of that name and type as registered, and the beginning of an interaction's data.
    fn command_run(
        &self,
        state: &mut State,
        asker: Asker,
        name: &str,
        kind: u8,
    ) -> (Option<Value>, Value) {
        let guild = state.world.guild_of(asker.channel);
        let command = state.commands.find(guild, name, kind).cloned();
        let id = match &command {
            Some(command) => objects::id(command),
            None => self.next_id(state),
        };
        let mut data = json!({ "id": id.to_string(), "name": name, "type": kind });
        if let Some(guild) = command.as_ref().and_then(|command| command.get("guild_id")) {
            data["guild_id"] = guild.clone();
        }
        (command, data)
    }

    /// An option as the data has it, and what it names resolved.
    fn fill(
        &self,
        state: &mut State,
        asker: Asker,
        option: &CommandOption,
        resolved: &mut Resolved,
    ) -> Value {
        let mut filled = option.render();
        let named = objects::snowflake(&option.value).unwrap_or(0);
        let channel = asker.channel;
        let found = match option.kind {
            6 => resolved.user(state, channel, named),
            7 => resolved.channel(state, channel, asker.user, named),
            8 => resolved.role(state, channel, named),
            9 => resolved.user(state, channel, named) || resolved.role(state, channel, named),
            _ => true,
        };
        let (name, value) = (&option.name, &option.value);
        assert!(
            found || option.focused,
            "option {name:?}: there is no {value} here"
        );
        if let Some((file, size)) = &option.file {
            let id = self.next_id(state);
            resolved.attachment(id, file, *size);
            filled["value"] = Value::from(id.to_string());
        }
        filled
    }
}

/// Whether a client would let the user run it.
#[track_caller]
fn may_run(state: &State, asker: Asker, name: &str, command: Option<&Value>) {
    let Asker { channel, user } = asker;
    let guild = state.world.guild_of(channel);
    let allowed = state.world.permissions_in(channel, user);
    let needed = VIEW_CHANNEL | USE_APPLICATION_COMMANDS;
    assert!(
        guild.is_none() || allowed & needed == needed,
        "user {user} may not use commands in channel {channel}"
    );
    let Some(command) = command else {
        return;
    };
    let contexts = command["contexts"].as_array();
    let here = i32::from(guild.is_none());
    let offered = contexts.is_none_or(|contexts| contexts.iter().any(|it| *it == here));
    let direct = guild.is_some() || contexts.is_some() || command["dm_permission"] != false;
    assert!(
        offered && direct,
        "the command {name:?} is not offered there"
    );
    let Some(guild) = guild else {
        return;
    };
    if allowed & ADMINISTRATOR != 0 {
        return;
    }
    let decided = decided(state, guild, asker, command);
    assert!(
        decided != Some(false),
        "the guild does not let user {user} use the command {name:?} in channel {channel}"
    );
    let wanted = objects::snowflake(&command["default_member_permissions"]).unwrap_or(0);
    assert!(
        decided == Some(true) || allowed & wanted == wanted,
        "the command {name:?} is for members with the permissions {wanted}, which user {user} has not"
    );
}

/// What a guild decided of a member's use of a command: what it says of the command goes before what it
/// says of all of the application's, which only takes away. `None` if it says nothing.
fn decided(state: &State, guild: u64, asker: Asker, command: &Value) -> Option<bool> {
    let world = &state.world;
    let member = world.guilds.get(&guild)?.members.get(&asker.user)?;
    let whom = (asker.user, &*member.roles);
    // Threads are as their channel is.
    let place = world.channel(asker.channel);
    let thread = place.filter(|it| matches!(it["type"].as_u64(), Some(10..=12)));
    let parent = thread.and_then(|it| objects::snowflake(&it["parent_id"]));
    let channel = parent.unwrap_or(asker.channel);
    let of = |id: u64| state.commands.decided(guild, id, channel, whom);
    let (here, theirs) = of(objects::id(command));
    let (all_here, all_theirs) = of(world.application);
    if here.or(all_here) == Some(false) {
        return Some(false);
    }
    theirs.or_else(|| all_theirs.filter(|allowed| !allowed))
}

/// Whether a registered command can be run like that.
#[track_caller]
fn fits(command: &Value, path: &str, below: &[&str], options: &[CommandOption], whole: bool) {
    let mut level = command;
    for (at, name) in below.iter().enumerate() {
        let kind = below.len() - at;
        let mut inner = level["options"].as_array().into_iter().flatten();
        let found = inner.find(|option| option["name"] == **name && option["type"] == kind);
        let Some(found) = found else {
            panic!("the command /{path} was not registered: there is no {name:?}")
        };
        level = found;
    }
    let registered = level["options"].as_array().map_or(&[][..], Vec::as_slice);
    let deeper = registered
        .iter()
        .any(|it| it["type"] == 1 || it["type"] == 2);
    assert!(
        !deeper,
        "/{path} has subcommands: one of them has to be named"
    );
    for option in options {
        let name = &option.name;
        let Some(known) = registered.iter().find(|known| known["name"] == **name) else {
            panic!("the command /{path} has no option {name:?}")
        };
        if let Some(fault) = option.fault(known) {
            panic!("the command /{path}: {fault}")
        }
    }
    let missing = registered.iter().find(|known| {
        known["required"] == true && !options.iter().any(|option| known["name"] == *option.name)
    });
    if let Some(missing) = missing.filter(|_| whole) {
        panic!(
            "the command /{path} requires the option {}",
            missing["name"]
        )
    }
}
