//! The world of a simulator, looked up by names and ids.

use polycord_types::Permissions;
use polycord_types::id::{ChannelId, GuildId, RoleId, UserId};

use super::Simulator;
use crate::world::{GuildView, MemberView, WorldView};

/// Names that are listed when one is not there.
const LISTED: usize = 20;

impl Simulator {
    /// The world as it is now: a copy of its ids and names.
    #[must_use]
    pub fn world(&self) -> WorldView {
        self.core.lock().world.view()
    }

    /// The first guild of that name.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    #[track_caller]
    pub fn guild(&self, name: &str) -> GuildId {
        let world = &self.core.lock().world;
        match world.guild_named(name) {
            Some(guild) => GuildId::new(guild),
            None => unknown("guild", name, world.guild_names()),
        }
    }

    /// The first channel of that name, in the order of guilds, or else the first thread.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    #[track_caller]
    pub fn channel(&self, name: &str) -> ChannelId {
        let world = &self.core.lock().world;
        match world.channel_named(name) {
            Some(channel) => ChannelId::new(channel),
            None => unknown("channel", name, world.channel_names()),
        }
    }

    /// The first role of that name, in the order of guilds.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    #[track_caller]
    pub fn role(&self, name: &str) -> RoleId {
        let world = &self.core.lock().world;
        match world.role_named(name) {
            Some(role) => RoleId::new(role),
            None => unknown("role", name, world.role_names()),
        }
    }

    /// The user of that name.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    #[track_caller]
    pub fn user(&self, name: &str) -> UserId {
        let world = &self.core.lock().world;
        match world.user_named(name) {
            Some(user) => UserId::new(user),
            None => unknown("user", name, world.user_names()),
        }
    }

    /// What a guild is now: a copy of its ids and names. `None` if the bot is not in it.
    #[must_use]
    pub fn guild_view(&self, guild: GuildId) -> Option<GuildView> {
        let state = self.core.lock();
        let found = state.world.guilds.get(&guild.get())?;
        Some(state.world.guild_view(guild.get(), found))
    }

    /// What a member is now; `None` if they are not in the guild.
    #[must_use]
    pub fn member(&self, guild: GuildId, user: UserId) -> Option<MemberView> {
        let state = self.core.lock();
        let found = state.world.guilds.get(&guild.get())?;
        let member = found.members.get(&user.get())?;
        state.world.member_view(user.get(), member)
    }

    /// What a user may do in a channel, overwrites, threads and timeouts considered; nothing if they cannot
    /// see it.
    #[must_use]
    pub fn permissions(&self, channel: ChannelId, user: UserId) -> Permissions {
        let state = self.core.lock();
        let bits = state.world.permissions_in(channel.get(), user.get());
        Permissions::from_bits_retain(bits)
    }
}

/// There is nothing of that name: says which names there are.
#[track_caller]
fn unknown<'a>(kind: &str, name: &str, names: impl Iterator<Item = &'a str>) -> ! {
    let mut names = names;
    let listed: Vec<&str> = names.by_ref().take(LISTED).collect();
    let more = names.count();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    panic!("no {kind} is called {name:?} in this world: there are {listed:?}{more}")
}
