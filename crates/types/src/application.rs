//! Applications: what bots, commands and activities belong to.

mod activity_instance;

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{
    ImageHash, Permissions, Text,
    guild::PartialGuild,
    id::{ApplicationId, GuildId, SkuId, TeamId, UserId},
    user::PartialUser,
};

pub use self::activity_instance::{ActivityInstance, ActivityLocation, ActivityLocationKind};

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
    pub flags_new: Option<Text>,
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
    pub event_webhooks_types: Option<Vec<Text>>,
    /// Words that describe it, at most five.
    pub tags: Option<Vec<Text>>,
    /// How it is installed by default.
    pub install_params: Option<InstallParams>,
    /// How it is installed, per kind of installation.
    pub integration_types_config: Option<BTreeMap<InstallationType, InstallConfig>>,
    /// Its own address for installing it.
    pub custom_install_url: Option<Text>,
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
    pub icon: Option<ImageHash>,
    /// What the application does.
    pub description: Option<Text>,
    /// Whether others than the owner may add it to guilds.
    pub bot_public: Option<bool>,
    /// Whether the bot joins only after the whole OAuth2 code grant.
    pub bot_require_code_grant: Option<bool>,
    /// Address of the terms of service.
    pub terms_of_service_url: Option<Text>,
    /// Address of the privacy policy.
    pub privacy_policy_url: Option<Text>,
    /// The public key that signs interactions and webhook events, in hexadecimal.
    pub verify_key: Option<Text>,
    /// Hash of the cover image.
    pub cover_image: Option<ImageHash>,
    /// Properties of the application.
    pub flags: Option<ApplicationFlags>,
    /// Words that describe it.
    pub tags: Option<Vec<Text>>,
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
    pub scopes: Vec<Text>,
    /// Permissions of the bot's role.
    pub permissions: Permissions,
}

/// Developers who own applications together.
///
/// See [the documentation](https://docs.discord.com/developers/topics/teams#data-models-team-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Team {
    /// Hash of the icon.
    #[model(nullable)]
    pub icon: Option<ImageHash>,
    /// Identifies the team.
    #[model(key)]
    pub id: TeamId,
    /// The team's members.
    pub members: Vec<TeamMember>,
    /// The team's name.
    pub name: Text,
    /// Who owns the team.
    #[model(nullable)]
    pub owner_user_id: Option<UserId>,
}

/// A developer in a team.
///
/// See [the documentation](https://docs.discord.com/developers/topics/teams#data-models-team-member-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct TeamMember {
    /// Whether the invitation was accepted.
    pub membership_state: MembershipState,
    /// The team.
    #[model(key)]
    pub team_id: TeamId,
    /// The developer.
    #[model(key)]
    pub user: PartialUser,
    /// What the developer may do.
    pub role: TeamRole,
}

open_enum! {
    /// What a developer may do in a team. The owner has no role.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/teams#team-member-roles-team-member-role-types).
    pub enum TeamRole: str {
        /// Everything but what is irrevocable.
        Admin = "admin",
        /// Has access to the applications.
        Developer = "developer",
        /// Sees the applications.
        ReadOnly = "read_only",
    }
}

open_enum! {
    /// Whether a developer accepted the invitation to a team.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/teams#data-models-membership-state-enum).
    pub enum MembershipState: u32 {
        /// Not yet.
        Invited = 1,
        /// Accepted.
        Accepted = 2,
    }
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

flags! {
    /// Properties of an application.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/application#application-object-application-flags).
    pub struct ApplicationFlags: u64 {
        /// It uses auto moderation.
        const APPLICATION_AUTO_MODERATION_RULE_CREATE_BADGE = 1 << 6;
        /// May ask for presences, in 100 guilds or more.
        const GATEWAY_PRESENCE = 1 << 12;
        /// May ask for presences, in fewer than 100 guilds.
        const GATEWAY_PRESENCE_LIMITED = 1 << 13;
        /// May ask for members, in 100 guilds or more.
        const GATEWAY_GUILD_MEMBERS = 1 << 14;
        /// May ask for members, in fewer than 100 guilds.
        const GATEWAY_GUILD_MEMBERS_LIMITED = 1 << 15;
        /// It grew too unusually to be verified.
        const VERIFICATION_PENDING_GUILD_LIMIT = 1 << 16;
        /// It runs inside Discord.
        const EMBEDDED = 1 << 17;
        /// May ask for message content, in 100 guilds or more.
        const GATEWAY_MESSAGE_CONTENT = 1 << 18;
        /// May ask for message content, in fewer than 100 guilds.
        const GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19;
        /// It has global commands.
        const APPLICATION_COMMAND_BADGE = 1 << 23;
    }
}
