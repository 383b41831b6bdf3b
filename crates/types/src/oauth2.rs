//! OAuth2: what users let applications do.
//!
//! See [OAuth2](https://docs.discord.com/developers/topics/oauth2).

use polycord_types_derive::Model;

use crate::{Timestamp, application::PartialApplication, user::User};

/// What the current access token allows.
///
/// See [the documentation](https://docs.discord.com/developers/topics/oauth2#get-current-authorization-information-response-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct AuthorizationInformation {
    /// The application.
    #[model(key)]
    pub application: PartialApplication,
    /// What the user lets it do.
    pub scopes: Vec<OAuth2Scope>,
    /// When the access token ends.
    pub expires: Timestamp,
    /// The user, where the scope `identify` was given.
    pub user: Option<User>,
}

open_enum! {
    /// Something that a user lets an application do.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/oauth2#shared-resources-oauth2-scopes).
    pub enum OAuth2Scope: str {
        /// Read the list of what the user does now or did lately. Needs Discord's approval.
        ActivitiesRead = "activities.read",
        /// Change what the user does. Needs Discord's approval.
        ActivitiesWrite = "activities.write",
        /// Read the builds of the user's applications.
        ApplicationsBuildsRead = "applications.builds.read",
        /// Upload builds of the user's applications. Needs Discord's approval.
        ApplicationsBuildsUpload = "applications.builds.upload",
        /// Add commands to a guild.
        ApplicationsCommands = "applications.commands",
        /// Change the application's commands by its own token.
        ApplicationsCommandsUpdate = "applications.commands.update",
        /// Change who may use the application's commands, in guilds where the user may.
        ApplicationsCommandsPermissionsUpdate = "applications.commands.permissions.update",
        /// Read the entitlements of the user's applications.
        ApplicationsEntitlements = "applications.entitlements",
        /// Read and change the store data of the user's applications.
        ApplicationsStoreUpdate = "applications.store.update",
        /// Bring the application's bot into a guild.
        Bot = "bot",
        /// Read the accounts that the user linked.
        Connections = "connections",
        /// Read the user's direct messages and groups. Needs Discord's approval.
        DmChannelsRead = "dm_channels.read",
        /// Read the user's e-mail address.
        Email = "email",
        /// Bring the user into a group.
        GdmJoin = "gdm.join",
        /// Read which guilds the user is in.
        Guilds = "guilds",
        /// Bring the user into a guild.
        GuildsJoin = "guilds.join",
        /// Read how a guild knows the user.
        GuildsMembersRead = "guilds.members.read",
        /// Read who the user is, without the e-mail address.
        Identify = "identify",
        /// Read the user's kind of Nitro subscription.
        IdentifyPremium = "identify.premium",
        /// Read messages, over the local connection to the client.
        MessagesRead = "messages.read",
        /// Read friends and requests. Needs Discord's approval.
        RelationshipsRead = "relationships.read",
        /// Change what guilds can ask about the user to give roles for.
        RoleConnectionsWrite = "role_connections.write",
        /// Control the client over a local connection. Needs Discord's approval.
        Rpc = "rpc",
        /// Change what the user does, over a local connection. Needs Discord's approval.
        RpcActivitiesWrite = "rpc.activities.write",
        /// Receive the user's notifications, over a local connection. Needs Discord's approval.
        RpcNotificationsRead = "rpc.notifications.read",
        /// Read voice settings and events, over a local connection. Needs Discord's approval.
        RpcVoiceRead = "rpc.voice.read",
        /// Change voice settings, over a local connection. Needs Discord's approval.
        RpcVoiceWrite = "rpc.voice.write",
        /// Connect to voice for the user, and see who is there. Needs Discord's approval.
        Voice = "voice",
        /// Make a webhook, which comes with the access token.
        WebhookIncoming = "webhook.incoming",
    }
}
