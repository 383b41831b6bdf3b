//! Webhooks: addresses that post messages into a channel.
//!
//! See [webhooks](https://docs.discord.com/developers/resources/webhook).

mod request;

use polycord_types_derive::Model;

use crate::{
    ImageHash, Secret, Text,
    channel::Channel,
    guild::PartialGuild,
    id::{ApplicationId, ChannelId, GuildId, WebhookId},
    user::User,
};

pub use self::request::{CreateWebhook, EditWebhookMessage, ExecuteWebhook, ModifyWebhook};

/// An address that posts messages into a channel, without a bot's account.
///
/// Whoever knows `token` or `url` can post; `Debug` shows neither.
///
/// See [the documentation](https://docs.discord.com/developers/resources/webhook#webhook-object-webhook-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Webhook {
    /// Identifies the webhook.
    #[model(key)]
    pub id: WebhookId,
    /// Who uses it for what.
    #[model(rename = "type")]
    pub kind: WebhookType,
    /// The guild it posts into.
    #[model(optional, nullable)]
    pub guild_id: Option<GuildId>,
    /// The channel it posts into. None for an application's.
    #[model(nullable)]
    pub channel_id: Option<ChannelId>,
    /// Who made it. Absent where the webhook was fetched by its token.
    pub user: Option<Box<User>>,
    /// The name its messages carry by default.
    #[model(nullable)]
    pub name: Option<Text>,
    /// Hash of the avatar its messages carry by default.
    #[model(nullable)]
    pub avatar: Option<ImageHash>,
    /// The secret that lets one post. Incoming webhooks only.
    pub token: Option<Secret>,
    /// The bot or application that made it.
    #[model(nullable)]
    pub application_id: Option<ApplicationId>,
    /// The guild whose channel is followed. Absent if who made it left that guild. Only some of its fields.
    pub source_guild: Option<Box<PartialGuild>>,
    /// The channel that is followed. Only some of its fields.
    pub source_channel: Option<Box<Channel>>,
    /// Where to post, with the secret inside. Comes with the `webhook.incoming` scope of OAuth2.
    pub url: Option<Secret>,
}

open_enum! {
    /// Who uses a webhook for what.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/webhook#webhook-object-webhook-types).
    pub enum WebhookType: u32 {
        /// `Incoming`: whoever has the token posts messages.
        Incoming = 1,
        /// `Channel Follower`: Discord passes on what is published in another channel.
        ChannelFollower = 2,
        /// `Application`: an application responds to interactions.
        Application = 3,
    }
}
