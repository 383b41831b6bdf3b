use polycord_types_derive::Model;

use crate::{
    channel::{Channel, ChannelType},
    id::{ChannelId, GuildId, UserId},
    presence::Presence,
    thread::ThreadMember,
};

/// A thread was made, or the bot was added to one.
///
/// Intent `GUILDS`. See
/// [thread create](https://docs.discord.com/developers/events/gateway-events#thread-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ThreadCreate {
    /// The thread; its fields can be read directly.
    #[model(flatten, deref)]
    pub thread: Channel,
    /// Whether the thread was made just now.
    pub newly_created: Option<bool>,
}

/// A thread was deleted.
///
/// Intent `GUILDS`. See
/// [thread delete](https://docs.discord.com/developers/events/gateway-events#thread-delete).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct ThreadDelete {
    /// The thread.
    #[model(key)]
    pub id: ChannelId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The channel that it hung in.
    #[model(always)]
    pub parent_id: Option<ChannelId>,
    /// Its type.
    #[model(rename = "type")]
    pub kind: ChannelType,
}

/// The bot can see a channel now: its active threads.
///
/// Intent `GUILDS`. See
/// [thread list sync](https://docs.discord.com/developers/events/gateway-events#thread-list-sync).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ThreadListSync {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The channels whose threads these are, empty ones included; none for the whole guild.
    pub channel_ids: Option<Vec<ChannelId>>,
    /// The active threads.
    pub threads: Vec<Channel>,
    /// The bot as a member of the threads that it is in.
    pub members: Vec<ThreadMember>,
}

/// The bot changed as a member of a thread.
///
/// Intent `GUILDS`. See
/// [thread member update](https://docs.discord.com/developers/events/gateway-events#thread-member-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ThreadMemberUpdate {
    /// The member; its fields can be read directly.
    #[model(flatten, deref)]
    pub member: ThreadMember,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}

/// Users were added to a thread or removed from it.
///
/// Intents `GUILDS`, `GUILD_MEMBERS`; without the latter only if the bot itself is concerned. See
/// [thread members update](https://docs.discord.com/developers/events/gateway-events#thread-members-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ThreadMembersUpdate {
    /// The thread.
    #[model(key)]
    pub id: ChannelId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// About how many members the thread has, counted up to 50.
    pub member_count: u32,
    /// Who was added.
    pub added_members: Option<Vec<AddedThreadMember>>,
    /// Who was removed.
    pub removed_member_ids: Option<Vec<UserId>>,
}

/// A user who was added to a thread.
///
/// See [thread members update](https://docs.discord.com/developers/events/gateway-events#thread-members-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct AddedThreadMember {
    /// The member; its fields can be read directly.
    #[model(flatten, deref)]
    pub member: ThreadMember,
    /// The presence.
    #[model(nullable)]
    pub presence: Option<Box<Presence>>,
}
