//! Integrations: what a guild is connected to.
//!
//! See [integrations](https://docs.discord.com/developers/resources/guild#integration-object).

use polycord_types_derive::Model;

use crate::{
    ImageHash, Text, Timestamp,
    id::{ApplicationId, IntegrationId, RoleId},
    oauth2::OAuth2Scope,
    user::User,
};

/// What a guild is connected to: a bot, or an account elsewhere.
///
/// See [integration](https://docs.discord.com/developers/resources/guild#integration-object-integration-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Integration {
    /// The integration.
    #[model(key)]
    pub id: IntegrationId,
    /// Its name.
    #[model(nullable)]
    pub name: Option<Text>,
    /// What it connects to.
    #[model(rename = "type")]
    pub kind: IntegrationType,
    /// Whether it is on.
    pub enabled: bool,
    /// Whether it is being synchronized.
    pub syncing: Option<bool>,
    /// The role that subscribers get.
    pub role_id: Option<RoleId>,
    /// Whether emoticons are synchronized.
    pub enable_emoticons: Option<bool>,
    /// What happens to members whose subscription ends.
    pub expire_behavior: Option<IntegrationExpireBehavior>,
    /// After how many days that happens.
    pub expire_grace_period: Option<u32>,
    /// Who made it; absent in events.
    pub user: Option<Box<User>>,
    /// The account elsewhere.
    pub account: IntegrationAccount,
    /// When it was synchronized last.
    pub synced_at: Option<Timestamp>,
    /// How many subscribers it has.
    pub subscriber_count: Option<u64>,
    /// Whether it was revoked.
    pub revoked: Option<bool>,
    /// The application, for a bot.
    pub application: Option<Box<IntegrationApplication>>,
    /// The OAuth2 scopes of the application.
    pub scopes: Option<Vec<OAuth2Scope>>,
}

/// An integration of which the audit log and linked accounts tell only some fields.
///
/// See [the documentation](https://docs.discord.com/developers/resources/audit-log#audit-log-object-example-partial-integration-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct PartialIntegration {
    /// The integration.
    #[model(key)]
    pub id: IntegrationId,
    /// Its name.
    #[model(optional, nullable)]
    pub name: Option<Text>,
    /// What it connects to.
    #[model(rename = "type")]
    pub kind: Option<IntegrationType>,
    /// The account elsewhere.
    pub account: Option<IntegrationAccount>,
    /// The application, for a bot.
    pub application_id: Option<ApplicationId>,
}

/// The account elsewhere.
///
/// See [integration account](https://docs.discord.com/developers/resources/guild#integration-account-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct IntegrationAccount {
    /// The account.
    pub id: Text,
    /// Its name.
    pub name: Text,
}

/// The application of an integration.
///
/// See [integration application](https://docs.discord.com/developers/resources/guild#integration-application-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct IntegrationApplication {
    /// The application.
    #[model(key)]
    pub id: ApplicationId,
    /// Its name.
    pub name: Text,
    /// Its icon.
    #[model(nullable)]
    pub icon: Option<ImageHash>,
    /// What it is for.
    pub description: Text,
    /// Its bot.
    pub bot: Option<Box<User>>,
}

open_enum! {
    /// What an integration connects to.
    ///
    /// See [integration](https://docs.discord.com/developers/resources/guild#integration-object-integration-structure).
    pub enum IntegrationType: str {
        /// `twitch`
        Twitch = "twitch",
        /// `youtube`
        YouTube = "youtube",
        /// `discord`: a bot.
        Discord = "discord",
        /// `guild_subscription`
        GuildSubscription = "guild_subscription",
    }
}

open_enum! {
    /// What happens to members whose subscription ends.
    ///
    /// See [expire behaviors](https://docs.discord.com/developers/resources/guild#integration-object-integration-expire-behaviors).
    pub enum IntegrationExpireBehavior: u32 {
        /// They lose the role.
        RemoveRole = 0,
        /// They are removed from the guild.
        Kick = 1,
    }
}
