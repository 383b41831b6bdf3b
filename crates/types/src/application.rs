//! Applications: what a bot belongs to.
//!
//! See [applications](https://docs.discord.com/developers/resources/application).

use polycord_types_derive::Model;

use crate::{ApplicationId, GuildId, ImageHash, SkuId, user::PartialUser};

/// An application.
///
/// See [application](https://docs.discord.com/developers/resources/application#application-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Application {
    /// The application.
    #[model(key)]
    pub id: ApplicationId,
    /// Its name.
    pub name: String,
    /// Its icon.
    #[model(nullable)]
    pub icon: Option<ImageHash>,
    /// What it is for.
    pub description: String,
    /// The origins that may use its local RPC.
    pub rpc_origins: Option<Vec<String>>,
    /// Whether everybody may add its bot to guilds.
    pub bot_public: bool,
    /// Whether its bot joins only after the whole OAuth2 code grant.
    pub bot_require_code_grant: bool,
    /// Its bot.
    pub bot: Option<Box<PartialUser>>,
    /// Its terms of service.
    pub terms_of_service_url: Option<String>,
    /// Its privacy policy.
    pub privacy_policy_url: Option<String>,
    /// Its owner.
    pub owner: Option<Box<PartialUser>>,
    /// The public key of signed interactions, in hexadecimal.
    pub verify_key: String,
    /// The guild that belongs to it.
    pub guild_id: Option<GuildId>,
    /// The SKU of the game that it is.
    pub primary_sku_id: Option<SkuId>,
    /// The last part of the URL of the game that it is.
    pub slug: Option<String>,
    /// The cover of its invites.
    pub cover_image: Option<ImageHash>,
    /// Its properties.
    pub flags: Option<ApplicationFlags>,
    /// About how many guilds it is in.
    pub approximate_guild_count: Option<u64>,
    /// About how many users have installed it.
    pub approximate_user_install_count: Option<u64>,
    /// About how many users have authorized it.
    pub approximate_user_authorization_count: Option<u64>,
    /// Where OAuth2 may redirect to.
    pub redirect_uris: Option<Vec<String>>,
    /// Where interactions are sent instead of the gateway.
    pub interactions_endpoint_url: Option<String>,
    /// Where linked roles are verified.
    pub role_connections_verification_url: Option<String>,
    /// Where webhook events are sent.
    pub event_webhooks_url: Option<String>,
    /// What it does, in up to 5 words.
    pub tags: Option<Vec<String>>,
    /// Where it is added, if not by Discord's own page.
    pub custom_install_url: Option<String>,
}

/// An application as other objects show it.
///
/// See [application](https://docs.discord.com/developers/resources/application#application-object).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct PartialApplication {
    /// The application.
    #[model(key)]
    pub id: ApplicationId,
    /// Its name.
    pub name: Option<String>,
    /// Its icon.
    pub icon: Option<ImageHash>,
    /// What it is for.
    pub description: Option<String>,
    /// The cover of its invites.
    pub cover_image: Option<ImageHash>,
    /// Its properties.
    pub flags: Option<ApplicationFlags>,
}

flags! {
    /// Properties of an application.
    ///
    /// See [application flags](https://docs.discord.com/developers/resources/application#application-object-application-flags).
    pub struct ApplicationFlags: u64 {
        /// It uses auto moderation.
        const APPLICATION_AUTO_MODERATION_RULE_CREATE_BADGE = 1 << 6;
        /// It may have the intent `GUILD_PRESENCES`, in 100 guilds and more.
        const GATEWAY_PRESENCE = 1 << 12;
        /// It may have the intent `GUILD_PRESENCES`, in less than 100 guilds.
        const GATEWAY_PRESENCE_LIMITED = 1 << 13;
        /// It may have the intent `GUILD_MEMBERS`, in 100 guilds and more.
        const GATEWAY_GUILD_MEMBERS = 1 << 14;
        /// It may have the intent `GUILD_MEMBERS`, in less than 100 guilds.
        const GATEWAY_GUILD_MEMBERS_LIMITED = 1 << 15;
        /// Its unusual growth prevents verification.
        const VERIFICATION_PENDING_GUILD_LIMIT = 1 << 16;
        /// It runs inside Discord's own client.
        const EMBEDDED = 1 << 17;
        /// It may have the intent `MESSAGE_CONTENT`, in 100 guilds and more.
        const GATEWAY_MESSAGE_CONTENT = 1 << 18;
        /// It may have the intent `MESSAGE_CONTENT`, in less than 100 guilds.
        const GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19;
        /// It has global commands.
        const APPLICATION_COMMAND_BADGE = 1 << 23;
    }
}
