//! What can be asked of lobbies.

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{
    Secret, Text,
    id::{ChannelId, UserId},
    lobby::{LobbyMember, LobbyMemberFlags},
    message::MessageFlags,
};

/// A lobby to be made.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#create-lobby).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateLobby {
    /// What the application keeps with it, at most 1000 characters in all.
    #[model(optional, nullable)]
    pub metadata: Option<BTreeMap<Text, Text>>,
    /// Who is in it, at most 25.
    pub members: Option<Vec<LobbyMember>>,
    /// Seconds without anybody until it ends: 5 to 604800, 300 if absent.
    pub idle_timeout_seconds: Option<u32>,
}

impl CreateLobby {
    /// A lobby of nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds to what the application keeps with it, at most 1000 characters in all.
    pub fn metadata(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.metadata
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }

    /// Adds a member. There can be 25.
    pub fn member(mut self, member: LobbyMember) -> Self {
        self.members.get_or_insert_default().push(member);
        self
    }

    /// Sets after how many seconds without anybody it ends: 5 to 604800, by default 300.
    pub fn idle_timeout_seconds(mut self, idle_timeout_seconds: u32) -> Self {
        self.idle_timeout_seconds = Some(idle_timeout_seconds);
        self
    }
}

/// A lobby to be joined, or to be made if there is none with this secret.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#create-or-join-lobby).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct JoinLobby {
    /// What identifies the lobby among those of the application, at most 250 characters.
    pub secret: Secret,
    /// Seconds without anybody until it ends: 5 to 604800, 300 if absent.
    pub idle_timeout_seconds: Option<u32>,
    /// What the application keeps with the lobby, at most 1000 characters in all.
    #[model(optional, nullable)]
    pub lobby_metadata: Option<BTreeMap<Text, Text>>,
    /// What the application keeps with the member, at most 1000 characters in all.
    #[model(optional, nullable)]
    pub member_metadata: Option<BTreeMap<Text, Text>>,
}

impl JoinLobby {
    /// Joins the lobby with this secret, or makes it.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            ..Self::default()
        }
    }

    /// Sets after how many seconds without anybody it ends: 5 to 604800, by default 300.
    pub fn idle_timeout_seconds(mut self, idle_timeout_seconds: u32) -> Self {
        self.idle_timeout_seconds = Some(idle_timeout_seconds);
        self
    }

    /// Adds to what the application keeps with the lobby, at most 1000 characters in all.
    pub fn lobby_metadata(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.lobby_metadata
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }

    /// Adds to what the application keeps with the member, at most 1000 characters in all.
    pub fn member_metadata(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.member_metadata
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }
}

/// What is to change in a lobby. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#modify-lobby).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyLobby {
    /// What the application keeps with it, at most 1000 characters in all.
    pub metadata: Option<Option<BTreeMap<Text, Text>>>,
    /// Who is in it, at most 25.
    pub members: Option<Vec<LobbyMember>>,
    /// Seconds without anybody until it ends: 5 to 604800, 300 if absent.
    pub idle_timeout_seconds: Option<u32>,
}

impl ModifyLobby {
    /// One that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds to what the application is to keep with it, at most 1000 characters in all.
    pub fn metadata(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.metadata
            .get_or_insert_default()
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }

    /// Replaces the members, at most 25.
    pub fn members(mut self, members: impl IntoIterator<Item = LobbyMember>) -> Self {
        self.members = Some(members.into_iter().collect());
        self
    }
}

setters! {
    impl ModifyLobby {
        /// Sets after how many seconds without anybody it ends: 5 to 604800, by default 300.
        idle_timeout_seconds(u32);
    }
}

patch_setters! {
    impl ModifyLobby {
    }
    clear {
        /// Removes what the application keeps with it.
        clear_metadata(metadata);
    }
}

/// A player to be added to a lobby, or what is to change about one.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#add-a-member-to-a-lobby).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct AddLobbyMember {
    /// What the application keeps with the player, at most 1000 characters in all.
    pub metadata: Option<Option<BTreeMap<Text, Text>>>,
    /// What the player may do.
    pub flags: Option<LobbyMemberFlags>,
    /// A second name that is shown beside the player's own, 1 to 80 characters.
    pub additional_name: Option<Option<Text>>,
}

impl AddLobbyMember {
    /// One without anything special.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds to what the application keeps with the player, at most 1000 characters in all.
    pub fn metadata(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.metadata
            .get_or_insert_default()
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }
}

setters! {
    impl AddLobbyMember {
        /// Sets what the player may do.
        flags(LobbyMemberFlags);
    }
}

patch_setters! {
    impl AddLobbyMember {
        /// Sets a second name that is shown beside the player's own, 1 to 80 characters.
        additional_name(into Text);
    }
    clear {
        /// Removes the second name.
        clear_additional_name(additional_name);
    }
}

/// A player to be added to a lobby, changed, or removed from it.
///
/// A request is a list of these, at most 25.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#bulk-update-lobby-members).
#[derive(Clone, Debug, PartialEq, Model)]
#[must_use]
pub struct UpdateLobbyMember {
    /// The player.
    #[model(key)]
    pub id: UserId,
    /// What the application keeps with the player, at most 1000 characters in all.
    pub metadata: Option<Option<BTreeMap<Text, Text>>>,
    /// What the player may do.
    pub flags: Option<LobbyMemberFlags>,
    /// A second name that is shown beside the player's own, 1 to 80 characters.
    pub additional_name: Option<Option<Text>>,
    /// Whether the player is removed.
    pub remove_member: Option<bool>,
}

impl UpdateLobbyMember {
    /// Adds to what the application keeps with the player, at most 1000 characters in all.
    pub fn metadata(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.metadata
            .get_or_insert_default()
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }

    /// Adds a player, or changes one who is there.
    pub const fn new(id: UserId) -> Self {
        Self {
            id,
            metadata: None,
            flags: None,
            additional_name: None,
            remove_member: None,
        }
    }

    /// Removes a player.
    pub const fn remove(id: UserId) -> Self {
        let mut member = Self::new(id);
        member.remove_member = Some(true);
        member
    }
}

setters! {
    impl UpdateLobbyMember {
        /// Sets what the player may do.
        flags(LobbyMemberFlags);
    }
}

patch_setters! {
    impl UpdateLobbyMember {
        /// Sets a second name that is shown beside the player's own, 1 to 80 characters.
        additional_name(into Text);
    }
    clear {
        /// Removes the second name.
        clear_additional_name(additional_name);
    }
}

/// Which channel a lobby is to be linked to.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#link-channel-to-lobby).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct LinkLobbyChannel {
    /// The channel. Absent ends the link.
    pub channel_id: Option<ChannelId>,
}

impl LinkLobbyChannel {
    /// Links a channel.
    pub const fn link(channel_id: ChannelId) -> Self {
        Self {
            channel_id: Some(channel_id),
        }
    }

    /// Ends the link.
    pub const fn unlink() -> Self {
        Self { channel_id: None }
    }
}

/// A message to be sent to a lobby.
///
/// See [the documentation](https://docs.discord.com/developers/resources/lobby#send-lobby-message).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct SendLobbyMessage {
    /// The text. Not empty.
    pub content: Text,
    /// What the players who are there get along with it.
    #[model(optional, nullable)]
    pub metadata: Option<BTreeMap<Text, Text>>,
    /// Properties. Only those that the Social SDK knows.
    pub flags: Option<MessageFlags>,
}

impl SendLobbyMessage {
    /// A message with a text.
    pub fn new(content: impl Into<Text>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }

    /// Sets what the players who are there get along with it.
    pub fn metadata(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.metadata
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }

    /// Replaces the flags. Only those that the Social SDK knows can be set.
    pub fn flags(mut self, flags: MessageFlags) -> Self {
        self.flags = Some(flags);
        self
    }
}
