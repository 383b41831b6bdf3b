//! Lobbies: groups of players of a game that uses the Social SDK.
//!
//! See [lobbies](https://docs.discord.com/developers/resources/lobby).

mod request;

use std::collections::BTreeMap;

use polycord_types_derive::Model;
use serde::{Serialize, Serializer};

use crate::{
    Text, Timestamp,
    channel::Channel,
    decode::{Decode, Fault, Reader},
    id::{ApplicationId, ChannelId, LobbyId, MessageId, UserId},
    message::{MessageFlags, MessageType},
    user::User,
};

pub use self::request::{
    AddLobbyMember, CreateLobby, JoinLobby, LinkLobbyChannel, ModifyLobby, SendLobbyMessage,
    UpdateLobbyMember,
};

/// A group of players.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#lobby-object-lobby-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Lobby {
    /// Identifies the lobby.
    #[model(key)]
    pub id: LobbyId,
    /// The application that made it.
    #[model(key)]
    pub application_id: ApplicationId,
    /// What the application keeps with it, at most 1000 characters in all.
    #[model(nullable)]
    pub metadata: Option<BTreeMap<Text, Text>>,
    /// Who is in it.
    pub members: Vec<LobbyMember>,
    /// The guild channel it is linked to.
    pub linked_channel: Option<Box<Channel>>,
}

/// A player in a lobby.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#lobby-member-object-lobby-member-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct LobbyMember {
    /// The player.
    #[model(key)]
    pub id: UserId,
    /// What the application keeps with the player, at most 1000 characters in all.
    #[model(optional, nullable)]
    pub metadata: Option<BTreeMap<Text, Text>>,
    /// What the player may do.
    pub flags: Option<LobbyMemberFlags>,
    /// A second name that is shown beside the player's own, 1 to 80 characters.
    pub additional_name: Option<Text>,
}

impl LobbyMember {
    /// A player with nothing special.
    #[must_use]
    pub const fn new(id: UserId) -> Self {
        Self {
            id,
            metadata: None,
            flags: None,
            additional_name: None,
        }
    }
}

flags! {
    /// What a player may do in a lobby.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/lobby#lobby-member-object-lobby-member-flags).
    pub struct LobbyMemberFlags: u32 {
        /// `CanLinkLobby`: may link a text channel to the lobby.
        const CAN_LINK_LOBBY = 1 << 0;
    }
}

/// A message in a lobby.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#lobby-message-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct LobbyMessage {
    /// Identifies the message.
    #[model(key)]
    pub id: MessageId,
    /// What kind of message.
    #[model(rename = "type")]
    pub kind: MessageType,
    /// The text.
    pub content: Text,
    /// The lobby.
    #[model(key)]
    pub lobby_id: LobbyId,
    /// The channel that the lobby is linked to, else the lobby's number.
    #[model(always)]
    pub channel_id: Option<ChannelId>,
    /// Who wrote it.
    #[model(always)]
    pub author: Option<Box<User>>,
    /// The author as a player of the lobby.
    pub lobby_member: Option<Box<LobbyMember>>,
    /// What the application sent along with it.
    #[model(optional, nullable)]
    pub metadata: Option<BTreeMap<Text, Text>>,
    /// What the application's moderation noted about it.
    #[model(optional, nullable)]
    pub moderation_metadata: Option<BTreeMap<Text, Text>>,
    /// Properties of the message.
    pub flags: MessageFlags,
    /// The application that sent it.
    pub application_id: Option<ApplicationId>,
    /// When it was sent. Comes with updates.
    pub timestamp: Option<Timestamp>,
    /// When it was edited last. Comes with updates.
    pub edited_timestamp: Option<Timestamp>,
}

/// An invite to the channel that a lobby is linked to.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#lobby-invite-object).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct LobbyInvite {
    /// The invite's code.
    #[model(key)]
    pub code: Text,
}

/// What an application's moderation notes about a message: at most five keys and values.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#update-lobby-message-moderation-metadata).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModerationMetadata(pub BTreeMap<Text, Text>);

impl Decode for ModerationMetadata {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        BTreeMap::decode(reader).map(Self)
    }
}

deserialize!(ModerationMetadata);
heap_size!(ModerationMetadata: newtype);

impl Serialize for ModerationMetadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
