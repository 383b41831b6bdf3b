use polycord_types_derive::Model;

use crate::{
    Text, Timestamp,
    application::PartialApplication,
    id::{ChannelId, GuildId, RoleId},
    invite::InviteTargetType,
    user::User,
};

/// An invite was made.
///
/// Intent `GUILD_INVITES`; only for channels where the bot has `MANAGE_CHANNELS`. See
/// [invite create](https://docs.discord.com/developers/events/gateway-events#invite-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct InviteCreate {
    /// The channel that it leads to.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The code, which is the last part of its URL.
    #[model(key)]
    pub code: Text,
    /// When it was made.
    pub created_at: Timestamp,
    /// The guild that it leads to.
    pub guild_id: Option<GuildId>,
    /// Who made it.
    pub inviter: Option<Box<User>>,
    /// Seconds that it is valid for; 0 is forever.
    pub max_age: u64,
    /// How often it can be used; 0 is without limit.
    pub max_uses: u64,
    /// What it leads to in a voice channel.
    pub target_type: Option<InviteTargetType>,
    /// Whose stream it leads to.
    pub target_user: Option<Box<User>>,
    /// Which embedded application it leads to.
    pub target_application: Option<Box<PartialApplication>>,
    /// Whether members who came by it leave with their session, unless they got a role.
    pub temporary: bool,
    /// How often it was used: 0.
    pub uses: u64,
    /// When it expires; none if never.
    #[model(nullable)]
    pub expires_at: Option<Timestamp>,
    /// The roles that it gives.
    pub role_ids: Option<Vec<RoleId>>,
}

/// An invite was removed.
///
/// Intent `GUILD_INVITES`; only for channels where the bot has `MANAGE_CHANNELS`. See
/// [invite delete](https://docs.discord.com/developers/events/gateway-events#invite-delete).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct InviteDelete {
    /// The channel that it led to.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The guild that it led to.
    pub guild_id: Option<GuildId>,
    /// The code.
    #[model(key)]
    pub code: Text,
}
