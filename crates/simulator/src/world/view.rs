//! What tests look up: ids and names.

use polycord_types::id::{ApplicationId, ChannelId, EmojiId, GuildId, RoleId, UserId};
use serde_json::Value;

use super::permissions::mask;
use super::{Guild, Member, User, WorldState, objects};

/// The world as it was when asked: a copy of its ids and names. Of a large world look single things
/// up instead: [`Simulator::guild`](crate::Simulator::guild) and its like copy nothing.
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
    /// Who owns it.
    pub owner: UserId,
    /// Its channels, in the order in which they were made.
    pub channels: Vec<ChannelView>,
    /// Its threads, archived ones included, in the order in which they were made.
    pub threads: Vec<ChannelView>,
    /// Its roles, `@everyone` first.
    pub roles: Vec<RoleView>,
    /// Its emojis, in the order in which they were made.
    pub emojis: Vec<EmojiView>,
    /// Its members, by id.
    pub members: Vec<MemberView>,
}

/// A channel or thread of a [`GuildView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChannelView {
    /// The channel.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// Its type, as [Discord numbers
    /// them](https://docs.discord.com/developers/resources/channel#channel-object-channel-types).
    pub kind: u8,
    /// The category of a channel, or the channel of a thread.
    pub parent: Option<ChannelId>,
}

/// A role of a [`GuildView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoleView {
    /// The role.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it allows, as [Discord numbers the
    /// bits](https://docs.discord.com/developers/topics/permissions).
    pub permissions: u64,
    /// How high it stands.
    pub position: u32,
}

/// An emoji of a [`GuildView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmojiView {
    /// The emoji.
    pub id: EmojiId,
    /// Its name.
    pub name: String,
    /// Whether it is animated.
    pub animated: bool,
}

/// A member of a [`GuildView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemberView {
    /// The user.
    pub id: UserId,
    /// The user's name.
    pub name: String,
    /// Whether it is a bot: this one, or another.
    pub bot: bool,
    /// The name in this guild, if there is one.
    pub nick: Option<String>,
    /// The roles, without `@everyone`.
    pub roles: Vec<RoleId>,
    /// Whether they are timed out now.
    pub timed_out: bool,
}

/// A user of a [`WorldView`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserView {
    /// The user.
    pub id: UserId,
    /// The user's name.
    pub name: String,
    /// Whether it is a bot.
    pub bot: bool,
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
        named(&self.channels, name)
    }

    /// The thread of that name.
    #[must_use]
    pub fn thread(&self, name: &str) -> Option<ChannelId> {
        named(&self.threads, name)
    }

    /// The role of that name.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<RoleId> {
        let mut roles = self.roles.iter();
        roles.find(|role| role.name == name).map(|role| role.id)
    }

    /// The emoji of that name.
    #[must_use]
    pub fn emoji(&self, name: &str) -> Option<EmojiId> {
        let mut emojis = self.emojis.iter();
        emojis.find(|emoji| emoji.name == name).map(|it| it.id)
    }

    /// The member of that name.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&MemberView> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The shard this guild belongs to among `total`.
    #[must_use]
    pub fn shard(&self, total: u32) -> u32 {
        objects::shard_of(self.id.get(), total)
    }
}

fn named(channels: &[ChannelView], name: &str) -> Option<ChannelId> {
    let mut channels = channels.iter();
    channels.find(|it| it.name == name).map(|it| it.id)
}

impl WorldState {
    pub(crate) fn view(&self) -> WorldView {
        let guilds = self.guilds.iter();
        let users = self.users.iter();
        WorldView {
            application: ApplicationId::new(self.application),
            bot: UserId::new(self.bot),
            guilds: guilds.map(|(id, it)| self.guild_view(*id, it)).collect(),
            users: users.map(|(id, it)| user_view(*id, it)).collect(),
        }
    }

    pub(crate) fn guild_view(&self, id: u64, guild: &Guild) -> GuildView {
        let members = guild.members.iter();
        GuildView {
            id: GuildId::new(id),
            name: text(&guild.object["name"]),
            owner: UserId::new(guild.owner()),
            channels: guild.channels.values().map(channel_view).collect(),
            threads: guild.threads.values().map(channel_view).collect(),
            roles: guild.roles.values().map(role_view).collect(),
            emojis: guild.emojis.values().map(emoji_view).collect(),
            members: members
                .filter_map(|(user, member)| self.member_view(*user, member))
                .collect(),
        }
    }

    pub(crate) fn member_view(&self, user: u64, member: &Member) -> Option<MemberView> {
        let found = self.users.get(&user)?;
        Some(MemberView {
            id: UserId::new(user),
            name: found.username().to_owned(),
            bot: found.bot,
            nick: member.nick.as_deref().map(str::to_owned),
            roles: member.roles.iter().copied().map(RoleId::new).collect(),
            timed_out: member.timeout().is_some_and(|until| until > self.now_ms()),
        })
    }

    /// The first guild of that name.
    pub(crate) fn guild_named(&self, name: &str) -> Option<u64> {
        let mut guilds = self.guilds.iter();
        let found = guilds.find(|(_, guild)| guild.object["name"] == name);
        found.map(|(id, _)| *id)
    }

    pub(crate) fn guild_names(&self) -> impl Iterator<Item = &str> {
        names(self.guilds.values().map(|guild| &guild.object))
    }

    /// The names of channels, and of threads.
    pub(crate) fn channel_names(&self) -> impl Iterator<Item = &str> {
        let guilds = || self.guilds.values();
        let channels = guilds().flat_map(|guild| guild.channels.values());
        let threads = guilds().flat_map(|guild| guild.threads.values());
        names(channels.chain(threads))
    }

    pub(crate) fn role_names(&self) -> impl Iterator<Item = &str> {
        names(self.guilds.values().flat_map(|guild| guild.roles.values()))
    }

    pub(crate) fn user_names(&self) -> impl Iterator<Item = &str> {
        self.users.values().map(User::username)
    }

    /// The first channel of that name, or else the first thread.
    pub(crate) fn channel_named(&self, name: &str) -> Option<u64> {
        let first = |mut objects: Box<dyn Iterator<Item = (&u64, &Value)> + '_>| {
            objects
                .find(|(_, it)| it["name"] == name)
                .map(|(id, _)| *id)
        };
        let guilds = || self.guilds.values();
        let channel = first(Box::new(guilds().flat_map(|guild| &guild.channels)));
        channel.or_else(|| first(Box::new(guilds().flat_map(|guild| &guild.threads))))
    }

    /// The first role of that name, `@everyone` of the first guild included.
    pub(crate) fn role_named(&self, name: &str) -> Option<u64> {
        let mut roles = self.guilds.values().flat_map(|guild| &guild.roles);
        let found = roles.find(|(_, role)| role["name"] == name);
        found.map(|(id, _)| *id)
    }
}

fn names<'a>(objects: impl Iterator<Item = &'a Value>) -> impl Iterator<Item = &'a str> {
    objects.filter_map(|object| object["name"].as_str())
}

fn channel_view(channel: &Value) -> ChannelView {
    ChannelView {
        id: ChannelId::new(objects::id(channel)),
        name: text(&channel["name"]),
        kind: small(&channel["type"]),
        parent: objects::snowflake(&channel["parent_id"]).map(ChannelId::new),
    }
}

fn role_view(role: &Value) -> RoleView {
    RoleView {
        id: RoleId::new(objects::id(role)),
        name: text(&role["name"]),
        permissions: mask(&role["permissions"]),
        position: small(&role["position"]),
    }
}

fn emoji_view(emoji: &Value) -> EmojiView {
    EmojiView {
        id: EmojiId::new(objects::id(emoji)),
        name: text(&emoji["name"]),
        animated: emoji["animated"] == true,
    }
}

fn user_view(id: u64, user: &User) -> UserView {
    UserView {
        id: UserId::new(id),
        name: user.username().to_owned(),
        bot: user.bot,
    }
}

fn small<N: TryFrom<u64> + Default>(value: &Value) -> N {
    let number = value.as_u64().and_then(|number| N::try_from(number).ok());
    number.unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
