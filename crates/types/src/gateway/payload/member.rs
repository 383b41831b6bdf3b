use polycord_types_derive::Model;

use crate::{
    ImageHash, Text, Timestamp,
    id::{GuildId, RoleId},
    member::{Member, MemberFlags},
    presence::Presence,
    user::{AvatarDecoration, Collectibles, User},
};

/// A user joined a guild.
///
/// Intent `GUILD_MEMBERS`. It may come for somebody who was a member already. See
/// [guild member add](https://docs.discord.com/developers/events/gateway-events#guild-member-add).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildMemberAdd {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The member; its fields can be read directly.
    #[model(flatten, deref)]
    pub member: Member,
}

/// A user left a guild, or was made to.
///
/// Intent `GUILD_MEMBERS`. See
/// [guild member remove](https://docs.discord.com/developers/events/gateway-events#guild-member-remove).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildMemberRemove {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The user.
    #[model(key)]
    pub user: User,
}

/// A member changed.
///
/// Intent `GUILD_MEMBERS`; for the bot itself it always comes. See
/// [guild member update](https://docs.discord.com/developers/events/gateway-events#guild-member-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildMemberUpdate {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The roles besides `@everyone`.
    pub roles: Vec<RoleId>,
    /// The user.
    #[model(key)]
    pub user: User,
    /// The name in this guild.
    #[model(optional, nullable)]
    pub nick: Option<Text>,
    /// The avatar in this guild.
    #[model(nullable)]
    pub avatar: Option<Box<ImageHash>>,
    /// The banner in this guild.
    #[model(nullable)]
    pub banner: Option<Box<ImageHash>>,
    /// When the user joined; none for guests.
    #[model(nullable)]
    pub joined_at: Option<Timestamp>,
    /// Since when the user boosts the guild.
    #[model(optional, nullable)]
    pub premium_since: Option<Timestamp>,
    /// Whether the guild deafens the member in voice channels.
    pub deaf: Option<bool>,
    /// Whether the guild mutes the member in voice channels.
    pub mute: Option<bool>,
    /// Whether the member has still to pass the guild's screening.
    pub pending: Option<bool>,
    /// Properties of the membership.
    pub flags: Option<MemberFlags>,
    /// When the member's time-out ends; it may lie in the past.
    #[model(optional, nullable)]
    pub communication_disabled_until: Option<Timestamp>,
    /// What frames the avatar in this guild.
    #[model(optional, nullable)]
    pub avatar_decoration_data: Option<Box<AvatarDecoration>>,
    /// Collectibles worn in this guild.
    #[model(optional, nullable)]
    pub collectibles: Option<Box<Collectibles>>,
}

/// Members of a guild, as asked for: at most 1,000 in one chunk.
///
/// See [guild members chunk](https://docs.discord.com/developers/events/gateway-events#guild-members-chunk).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildMembersChunk {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The members.
    pub members: Vec<Member>,
    /// The chunk's number, from 0.
    pub chunk_index: u32,
    /// How many chunks the answer has.
    pub chunk_count: u32,
    /// The ids asked for that were not found, as they were sent: one that is no id stays what it was.
    pub not_found: Option<Vec<RequestedId>>,
    /// The presences of these members, if asked for.
    pub presences: Option<Vec<Presence>>,
    /// The nonce of the request.
    pub nonce: Option<Text>,
}

scalar! {
    /// The id of a user who was asked for and not found, as it was sent.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#guild-members-chunk-guild-members-chunk-event-fields).
    pub enum RequestedId {
        /// A text, as ids are.
        String(Text),
        /// A number: what was asked for is no id.
        Integer(i64),
    }
}
