//! What tests look up: ids and names.

use polycord_types::id::{ApplicationId, ChannelId, GuildId, RoleId, UserId};
use serde_json::Value;

use super::{Guild, User, WorldState, objects};

/// The world as it was when asked: ids and names.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WorldView {
    /// The application under test.
    pub application: ApplicationId,
    /// The user of the bot under test.
    pub bot: UserId,
    /// All guilds, by id.
    pub guilds: Vec<GuildView>,
    /// All users (the bot included), by id.
    pub users: Vec<UserView>,
}

/// One guild of a [`WorldView`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GuildView {
    /// The guild.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// Its channels, in the order in which they were made.
    pub channels: Vec<ChannelView>,
    /// Its roles, `@everyone` first.
    pub roles: Vec<RoleView>,
    /// Its members, by id.
    pub members: Vec<MemberView>,
}

/// A channel of a [`GuildView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChannelView {
    /// The channel.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
}

/// A role of a [`GuildView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoleView {
    /// The role.
    pub id: RoleId,
    /// Its name.
    pub name: String,
}

/// A member of a [`GuildView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemberView {
    /// The user.
    pub id: UserId,
    /// The user's name.
    pub name: String,
}

/// A user of a [`WorldView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserView {
    /// The user.
    pub id: UserId,
    /// The user's name.
    pub name: String,
}

impl WorldView {
    /// The guild of that name.
    #[must_use]
    pub fn guild(&self, name: &str) -> Option<&GuildView> {
        self.guilds.iter().find(|guild| guild.name == name)
    }

    /// The user of that name.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<UserId> {
        let mut users = self.users.iter();
        users.find(|user| user.name == name).map(|user| user.id)
    }
}

impl GuildView {
    /// The channel of that name.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<ChannelId> {
        let mut channels = self.channels.iter();
        channels
            .find(|channel| channel.name == name)
            .map(|channel| channel.id)
    }

    /// The role of that name.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<RoleId> {
        let mut roles = self.roles.iter();
        roles.find(|role| role.name == name).map(|role| role.id)
    }

    /// The shard this guild belongs to among `total`.
    #[must_use]
    pub fn shard(&self, total: u32) -> u32 {
        objects::shard_of(self.id.get(), total)
    }
}

impl WorldState {
    pub(crate) fn view(&self) -> WorldView {
        let user = |(id, user): (&u64, &User)| UserView {
            id: UserId::new(*id),
            name: user.username.to_string(),
        };
        WorldView {
            application: ApplicationId::new(self.application),
            bot: UserId::new(self.bot),
            guilds: self
                .guilds
                .iter()
                .map(|(id, guild)| self.guild_view(*id, guild))
                .collect(),
            users: self.users.iter().map(user).collect(),
        }
    }

    fn guild_view(&self, id: u64, guild: &Guild) -> GuildView {
        let channel = |channel: &Value| ChannelView {
            id: ChannelId::new(objects::id(channel)),
            name: text(&channel["name"]),
        };
        let role = |role: &Value| RoleView {
            id: RoleId::new(objects::id(role)),
            name: text(&role["name"]),
        };
        let member = |id: &u64| {
            Some(MemberView {
                id: UserId::new(*id),
                name: self.users.get(id)?.username.to_string(),
            })
        };
        GuildView {
            id: GuildId::new(id),
            name: text(&guild.object["name"]),
            channels: guild.channels.values().map(channel).collect(),
            roles: guild.roles.values().map(role).collect(),
            members: guild.members.keys().filter_map(member).collect(),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
