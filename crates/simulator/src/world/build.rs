use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::permissions::{ADMINISTRATOR, EVERYONE};
use super::{Guild, Member, Presence, Status, User, WorldState, objects};
use crate::ids::{Snowflakes, created_ms};

/// The owner of every guild and of the application.
pub(crate) const OWNER: u64 = (1 << 22) * 150;

/// A world to start a simulator with: guilds with channels, roles and members.
///
/// The bot is a member of every guild; every guild has `@everyone` and an owner. Guilds that are
/// named one after another fall on different shards. The same calls make the same ids.
///
/// ```
/// use polycord_simulator::World;
///
/// let world = World::new()
///     .guild("tea house", |g| g.channel("general").role("host").member("ada").member("bob"))
///     .guild("library", |g| g.channel("quiet").voice_channel("reading").member("ada"));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct World {
    pub(super) state: WorldState,
    next: u64,
}

impl World {
    /// A world with the bot and nobody else.
    pub fn new() -> Self {
        let bot = Snowflakes::of_world(1);
        let mut state = WorldState {
            application: bot,
            bot,
            ..WorldState::default()
        };
        state.users.insert(bot, User::new("polycord", None, true));
        state
            .users
            .insert(OWNER, User::new("owner", Some("Owner"), false));
        Self { state, next: 1_000 }
    }

    /// Adds a guild, filled by `fill`.
    pub fn guild(self, name: &str, fill: impl FnOnce(GuildBuilder) -> GuildBuilder) -> Self {
        let mut world = self;
        // Guilds have their own row of ids: one millisecond apart, so that neighbours differ in
        // shard however much is put into them.
        let id = Snowflakes::of_world(100 + world.state.guilds.len() as u64);
        let mut guild = Guild {
            object: objects::guild(id, name, OWNER),
            roles: BTreeMap::from([(id, objects::role(id, "@everyone", 0, EVERYONE))]),
            available: true,
            ..Guild::default()
        };
        let (bot, own) = (world.state.bot, bot_role(id));
        let mut role = objects::role(own, "polycord", 1, ADMINISTRATOR);
        role["managed"] = Value::Bool(true);
        role["tags"] = json!({ "bot_id": bot.to_string() });
        guild.roles.insert(own, role);
        let joined = created_ms(id);
        guild.members.insert(bot, Member::new(joined, [own]));
        guild.members.insert(OWNER, Member::new(joined, []));
        world.state.guilds.insert(id, guild);
        fill(GuildBuilder { world, guild: id }).world
    }

    /// Adds a user who is in no guild (yet).
    pub fn user(mut self, name: &str) -> Self {
        self.user_named(name);
        self
    }

    fn next_id(&mut self) -> u64 {
        self.next += 1;
        // Away from the row of the guilds: a minute and more later.
        Snowflakes::of_world(60_000 + self.next)
    }

    /// The user of that name, made if there is none: one person can be in many guilds.
    pub(super) fn user_named(&mut self, name: &str) -> u64 {
        let known = self.state.user_named(name);
        known.unwrap_or_else(|| self.add_user(name, name))
    }

    pub(super) fn add_user(&mut self, name: &str, display: &str) -> u64 {
        let id = self.next_id();
        self.state
            .users
            .insert(id, User::new(name, Some(display), false));
        id
    }

    pub(crate) fn into_state(self) -> WorldState {
        self.state
    }
}

/// A small world: two guilds, each with text channels, a voice channel and people.
impl Default for World {
    fn default() -> Self {
        Self::new()
            .guild("polycord", |g| {
                g.channel("general")
                    .channel("bots")
                    .voice_channel("lounge")
                    .role("moderators")
                    .member("ada")
                    .member("grace")
                    .member("linus")
            })
            .guild("rustaceans", |g| {
                g.channel("general")
                    .channel("help")
                    .voice_channel("stage")
                    .role("helpers")
                    .member("ferris")
                    .member("ada")
                    .member("margaret")
            })
    }
}

/// Fills one guild of a [`World`].
#[derive(Debug)]
#[must_use]
pub struct GuildBuilder {
    world: World,
    guild: u64,
}

impl GuildBuilder {
    /// Adds a text channel.
    pub fn channel(self, name: &str) -> Self {
        self.any_channel(name, 0)
    }

    /// Adds a voice channel.
    pub fn voice_channel(self, name: &str) -> Self {
        self.any_channel(name, 2)
    }

    /// Gives the channels of that name a status, as voice channels show one.
    pub fn voice_status(self, channel: &str, status: &str) -> Self {
        let mut builder = self;
        if let Some(guild) = builder.guild_mut() {
            let named = guild.channels.values().filter(|it| it["name"] == *channel);
            for id in named.map(objects::id).collect::<Vec<_>>() {
                guild.voice_statuses.insert(id, status.to_owned());
            }
        }
        builder
    }

    /// Adds a sound to the soundboard.
    pub fn sound(self, name: &str) -> Self {
        let mut builder = self;
        let (id, guild_id) = (builder.world.next_id(), builder.guild);
        if let Some(guild) = builder.guild_mut() {
            guild.sounds.insert(id, objects::sound(id, guild_id, name));
        }
        builder
    }

    /// What the bot's own role, the highest there is, allows, in place of `ADMINISTRATOR`: bits as
    /// [Discord numbers them](https://docs.discord.com/developers/topics/permissions).
    pub fn bot_permissions(self, permissions: u64) -> Self {
        let mut builder = self;
        let own = bot_role(builder.guild);
        if let Some(role) = builder.guild_mut().and_then(|it| it.roles.get_mut(&own)) {
            role["permissions"] = Value::from(permissions.to_string());
        }
        builder
    }

    /// Adds a role, above the roles so far but the bot's.
    pub fn role(self, name: &str) -> Self {
        let mut builder = self;
        let id = builder.world.next_id();
        let own = bot_role(builder.guild);
        if let Some(guild) = builder.guild_mut() {
            let position = guild.roles.len() - 1;
            if let Some(top) = guild.roles.get_mut(&own) {
                top["position"] = Value::from(position + 1);
            }
            let role = objects::role(id, name, position, EVERYONE);
            guild.roles.insert(id, role);
        }
        builder
    }

    /// Adds the user of that name as a member, online; users of one name are one person.
    pub fn member(self, name: &str) -> Self {
        self.member_with_roles(name, &[])
    }

    /// Adds the user of that name as a member with roles of this guild, by name; unknown names are
    /// made roles.
    pub fn member_with_roles(self, name: &str, roles: &[&str]) -> Self {
        let mut builder = self;
        for role in roles {
            let known = builder
                .guild_mut()
                .is_some_and(|g| g.roles.values().any(|r| r["name"] == **role));
            if !known {
                builder = builder.role(role);
            }
        }
        let user = builder.world.user_named(name);
        builder.join(user, roles);
        builder
    }

    pub(super) fn join(&mut self, user: u64, roles: &[&str]) {
        let id = self.guild;
        if let Some(guild) = self.guild_mut() {
            let roles: Vec<u64> = guild
                .roles
                .values()
                .filter(|role| roles.iter().any(|name| role["name"] == **name))
                .map(objects::id)
                .collect();
            let member = Member::new(created_ms(id), roles);
            guild.members.insert(user, member);
            let presence = Presence::new(Status::Online, []);
            guild.presences.insert(user, presence);
        }
    }

    pub(super) fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    fn any_channel(self, name: &str, kind: u8) -> Self {
        let mut builder = self;
        let (id, guild_id) = (builder.world.next_id(), builder.guild);
        builder.world.state.channel_guild.insert(id, guild_id);
        if let Some(guild) = builder.guild_mut() {
            let position = guild.channels.len();
            let channel = objects::channel(id, guild_id, name, kind, position);
            guild.channels.insert(id, channel);
            if kind == 0 && guild.object["system_channel_id"].is_null() {
                guild.object["system_channel_id"] = Value::from(id.to_string());
            }
        }
        builder
    }

    fn guild_mut(&mut self) -> Option<&mut Guild> {
        self.world.state.guilds.get_mut(&self.guild)
    }
}

/// The role of the bot in a guild, which it got when it was added.
fn bot_role(guild: u64) -> u64 {
    guild + 1
}
