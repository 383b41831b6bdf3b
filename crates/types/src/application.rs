//! Applications: what bots, commands and activities belong to.
//!
//! See [applications](https://docs.discord.com/developers/resources/application).

mod activity_instance;
mod edit;
mod flags;

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{
    ImageHash, Permissions, Text,
    guild::PartialGuild,
    id::{ApplicationId, GuildId, SkuId},
    oauth2::OAuth2Scope,
    team::Team,
    user::PartialUser,
    webhook_event::WebhookEventType,
};

pub use self::{
    activity_instance::{ActivityInstance, ActivityLocation, ActivityLocationKind},
    edit::EditApplication,
    flags::{ApplicationFlags, ApplicationFlagsText},
};

/// An application.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application#application-object-application-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Application {
    /// Identifies the application.
    #[model(key)]
    pub id: ApplicationId,
    /// The application's name.
    pub name: Text,
    /// Hash of the icon.
    #[model(nullable)]
    pub icon: Option<ImageHash>,
    /// What the application does.
    pub description: Text,
    /// Origins that may use RPC.
    pub rpc_origins: Option<Vec<Text>>,
    /// Whether others than the owner may add it to guilds.
    pub bot_public: Option<bool>,
    /// Whether the bot joins only after the whole OAuth2 code grant.
    pub bot_require_code_grant: Option<bool>,
    /// The bot's account.
    pub bot: Option<Box<PartialUser>>,
    /// Address of the terms of service.
    pub terms_of_service_url: Option<Text>,
    /// Address of the privacy policy.
    pub privacy_policy_url: Option<Text>,
    /// Who owns it.
    pub owner: Option<Box<PartialUser>>,
    /// The public key that signs interactions and webhook events, in hexadecimal.
    pub verify_key: Text,
    /// The team it belongs to.
    #[model(nullable)]
    pub team: Option<Box<Team>>,
    /// Its own guild.
    pub guild_id: Option<GuildId>,
    /// Its own guild.
    pub guild: Option<Box<PartialGuild>>,
    /// The product it is sold as, if a game.
    pub primary_sku_id: Option<SkuId>,
    /// The last part of its store page's address.
    pub slug: Option<Text>,
    /// Hash of the cover image.
    pub cover_image: Option<ImageHash>,
    /// Properties of the application.
    pub flags: Option<ApplicationFlags>,
    /// The same as decimal text, with bits that `flags` has no room for.
    pub flags_new: Option<ApplicationFlagsText>,
    /// In how many guilds it is, roughly.
    pub approximate_guild_count: Option<u32>,
    /// How many users installed it, roughly.
    pub approximate_user_install_count: Option<u32>,
    /// How many users authorized it, roughly.
    pub approximate_user_authorization_count: Option<u32>,
    /// Where OAuth2 may lead back to.
    pub redirect_uris: Option<Vec<Text>>,
    /// Where interactions are sent over HTTP.
    #[model(optional, nullable)]
    pub interactions_endpoint_url: Option<Text>,
    /// Where users link their accounts for roles.
    #[model(optional, nullable)]
    pub role_connections_verification_url: Option<Text>,
    /// Where webhook events are sent.
    #[model(optional, nullable)]
    pub event_webhooks_url: Option<Text>,
    /// Whether webhook events are sent.
    pub event_webhooks_status: Option<EventWebhooksStatus>,
    /// Which webhook events are sent.
    pub event_webhooks_types: Option<Vec<WebhookEventType>>,
    /// Words that describe it, at most five.
    pub tags: Option<Vec<Text>>,
    /// How it is installed by default.
    pub install_params: Option<InstallParams>,
    /// How it is installed, per kind of installation.
    pub integration_types_config: Option<BTreeMap<InstallationType, InstallConfig>>,
    /// Its own address for installing it.
    pub custom_install_url: Option<Text>,
}

impl Application {
    /// The properties, from `flags_new` where it is there, else from `flags`.
    #[must_use]
    pub fn all_flags(&self) -> ApplicationFlags {
        match self.flags_new {
            Some(ApplicationFlagsText(flags)) => flags,
            None => self.flags.unwrap_or_default(),
        }
    }
}

/// An application of which only the id is certain.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application#application-object-application-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct PartialApplication {
    /// Identifies the application.
    #[model(key)]
    pub id: ApplicationId,
    /// The application's name.
    pub name: Option<Text>,
    /// Hash of the icon.
    #[model(optional, nullable)]
    pub icon: Option<ImageHash>,
    /// What the application does.
    pub description: Option<Text>,
    /// Origins that may use RPC.
    pub rpc_origins: Option<Vec<Text>>,
    /// Whether others than the owner may add it to guilds.
    pub bot_public: Option<bool>,
    /// Whether the bot joins only after the whole OAuth2 code grant.
    pub bot_require_code_grant: Option<bool>,
    /// The bot's account.
    pub bot: Option<Box<PartialUser>>,
    /// Address of the terms of service.
    pub terms_of_service_url: Option<Text>,
    /// Address of the privacy policy.
    pub privacy_policy_url: Option<Text>,
    /// Who owns it.
    pub owner: Option<Box<PartialUser>>,
    /// The public key that signs interactions and webhook events, in hexadecimal.
    pub verify_key: Option<Text>,
    /// The team it belongs to.
    #[model(optional, nullable)]
    pub team: Option<Box<Team>>,
    /// Its own guild.
    pub guild_id: Option<GuildId>,
    /// Its own guild.
    pub guild: Option<Box<PartialGuild>>,
    /// The product it is sold as, if a game.
    pub primary_sku_id: Option<SkuId>,
    /// The last part of its store page's address.
    pub slug: Option<Text>,
    /// Hash of the cover image.
    pub cover_image: Option<ImageHash>,
    /// Properties of the application.
    pub flags: Option<ApplicationFlags>,
    /// The same as decimal text, with bits that `flags` has no room for.
    pub flags_new: Option<ApplicationFlagsText>,
    /// In how many guilds it is, roughly.
    pub approximate_guild_count: Option<u32>,
    /// How many users installed it, roughly.
    pub approximate_user_install_count: Option<u32>,
    /// How many users authorized it, roughly.
    pub approximate_user_authorization_count: Option<u32>,
    /// Where OAuth2 may lead back to.
    pub redirect_uris: Option<Vec<Text>>,
    /// Where interactions are sent over HTTP.
    #[model(optional, nullable)]
    pub interactions_endpoint_url: Option<Text>,
    /// Where users link their accounts for roles.
    #[model(optional, nullable)]
    pub role_connections_verification_url: Option<Text>,
    /// Where webhook events are sent.
    #[model(optional, nullable)]
    pub event_webhooks_url: Option<Text>,
    /// Whether webhook events are sent.
    pub event_webhooks_status: Option<EventWebhooksStatus>,
    /// Which webhook events are sent.
    pub event_webhooks_types: Option<Vec<WebhookEventType>>,
    /// Words that describe it, at most five.
    pub tags: Option<Vec<Text>>,
    /// How it is installed by default.
    pub install_params: Option<InstallParams>,
    /// How it is installed, per kind of installation.
    pub integration_types_config: Option<BTreeMap<InstallationType, InstallConfig>>,
    /// Its own address for installing it.
    pub custom_install_url: Option<Text>,
}

/// How an application is installed in one way.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application#application-object-application-integration-type-configuration-object).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct InstallConfig {
    /// Scopes and permissions of the installation.
    pub oauth2_install_params: Option<InstallParams>,
}

/// Scopes and permissions of an installation.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application#install-params-object-install-params-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct InstallParams {
    /// OAuth2 scopes.
    pub scopes: Vec<OAuth2Scope>,
    /// Permissions of the bot's role.
    pub permissions: Permissions,
}

open_enum! {
    /// How an application can be installed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/application#application-object-application-integration-types).
    pub enum InstallationType: u32 {
        /// To a guild.
        GuildInstall = 0,
        /// To a user.
        UserInstall = 1,
    }
}

open_enum! {
    /// Whether webhook events are sent.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/application#application-object-application-event-webhook-status).
    pub enum EventWebhooksStatus: u32 {
        /// Not.
        Disabled = 1,
        /// They are.
        Enabled = 2,
        /// Not, for example because they were not accepted.
        DisabledByDiscord = 3,
    }
}
