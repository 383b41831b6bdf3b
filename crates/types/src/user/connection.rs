//! Accounts at other services.

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{Text, integration::Integration};

/// An account at another service that a user has connected.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#connection-object-connection-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Connection {
    /// Identifies the account at the service.
    #[model(key)]
    pub id: Text,
    /// The name of the account there.
    #[model(nullable)]
    pub name: Option<Text>,
    /// The service.
    #[model(rename = "type")]
    pub kind: ConnectionService,
    /// Whether the connection was revoked.
    pub revoked: Option<bool>,
    /// Integrations that use the account. Only some of their fields.
    pub integrations: Option<Vec<Integration>>,
    /// Whether the connection was verified.
    pub verified: bool,
    /// Whether friends are found by it.
    pub friend_sync: bool,
    /// Whether what the user does there is shown in presences.
    pub show_activity: bool,
    /// Whether the service has a token of the user as well.
    pub two_way_link: bool,
    /// Who sees it.
    pub visibility: ConnectionVisibility,
}

/// How a user is connected to an application.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#application-role-connection-object-application-role-connection-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct ApplicationRoleConnection {
    /// The name of the platform that the application connects, at most 50 characters.
    #[model(nullable)]
    pub platform_name: Option<Text>,
    /// The name of the user there, at most 100 characters.
    #[model(optional, nullable)]
    pub platform_username: Option<Text>,
    /// Values of the application's metadata keys.
    pub metadata: BTreeMap<Text, Text>,
}

open_enum! {
    /// A service at which users have accounts.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/user#connection-object-services).
    pub enum ConnectionService: str {
        /// Amazon Music.
        AmazonMusic = "amazon-music",
        /// Battle.net.
        BattleNet = "battlenet",
        /// Bungie.net.
        BungieNet = "bungie",
        /// Bluesky.
        Bluesky = "bluesky",
        /// Crunchyroll.
        Crunchyroll = "crunchyroll",
        /// Domain.
        Domain = "domain",
        /// eBay.
        Ebay = "ebay",
        /// Epic Games.
        EpicGames = "epicgames",
        /// Facebook.
        Facebook = "facebook",
        /// GitHub.
        Github = "github",
        /// Instagram. Cannot be added any more.
        Instagram = "instagram",
        /// Mastodon.
        Mastodon = "mastodon",
        /// `PayPal`.
        Paypal = "paypal",
        /// `PlayStation Network`.
        PlaystationNetwork = "playstation",
        /// Reddit.
        Reddit = "reddit",
        /// Roblox.
        Roblox = "roblox",
        /// Spotify.
        Spotify = "spotify",
        /// Skype. Cannot be added any more.
        Skype = "skype",
        /// Steam.
        Steam = "steam",
        /// `TikTok`.
        Tiktok = "tiktok",
        /// Twitch.
        Twitch = "twitch",
        /// X (Twitter).
        XTwitter = "twitter",
        /// Xbox.
        Xbox = "xbox",
        /// `YouTube`.
        Youtube = "youtube",
    }
}

open_enum! {
    /// Who sees a connected account.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/user#connection-object-visibility-types).
    pub enum ConnectionVisibility: u32 {
        /// The user alone.
        None = 0,
        /// Everybody.
        Everyone = 1,
    }
}
