mod guild;
mod member;
mod role;

use std::collections::BTreeMap;

use serde_json::{Value, json};

pub use self::guild::GuildBuilder;
pub use self::member::MemberBuilder;
pub use self::role::RoleBuilder;
use super::permissions::{ADMINISTRATOR, EVERYONE};
use super::{Guild, Member, User, WorldState, objects};
use crate::ids::{Snowflakes, created_ms};

/// The owner of every guild and of the application.
pub(crate) const OWNER: u64 = (1 << 22) * 150;

/// How long the row of the guilds' ids is, in milliseconds.
const GUILDS_AT_MOST: u64 = 10_000_000;

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
        // Guilds have their own row of ids: one millisecond apart, so that neighbours differ in
        // shard however much is put into them.
        let id = Snowflakes::of_world(100 + self.state.guilds.len() as u64);
        self.guild_of_id(id, name, fill)
    }

    /// Adds a guild to a world that runs, with ids from now on. Gives the world, the guild and the last
    /// id.
    pub(crate) fn late_guild(
        state: WorldState,
        now: u64,
        name: &str,
        fill: impl FnOnce(GuildBuilder) -> GuildBuilder,
    ) -> (WorldState, u64, u64) {
        let begin = Snowflakes::of_world(GUILDS_AT_MOST);
        let next = now.saturating_sub(begin) >> 22;
        let mut world = Self { state, next };
        let id = world.next_id();
        let mut world = world.guild_of_id(id, name, fill);
        let last = world.next_id();
        (world.state, id, last)
    }

    fn guild_of_id(
        self,
        id: u64,
        name: &str,
        fill: impl FnOnce(GuildBuilder) -> GuildBuilder,
    ) -> Self {
        let mut world = self;
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
        fill(GuildBuilder::new(world, id)).into_world()
    }

    /// Adds a user who is in no guild (yet).
    pub fn user(mut self, name: &str) -> Self {
        self.user_named(name);
        self
    }

    fn next_id(&mut self) -> u64 {
        self.next += 1;
        // Away from the row of the guilds: hours later.
        Snowflakes::of_world(GUILDS_AT_MOST + self.next)
    }

    /// The user of that name, made if there is none: one person can be in many guilds.
    pub(super) fn user_named(&mut self, name: &str) -> u64 {
        let known = self.state.user_named(name);
        known.unwrap_or_else(|| self.add_user(name, name))
    }

    fn add_user(&mut self, name: &str, display: &str) -> u64 {
        let id = self.next_id();
        let user = User::new(name, Some(display), false);
        self.state.users.insert(id, user);
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

/// The role of the bot in a guild, which it got when it was added.
fn bot_role(guild: u64) -> u64 {
    guild + 1
}
