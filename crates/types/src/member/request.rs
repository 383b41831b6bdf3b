use polycord_types_derive::Model;

use super::MemberFlags;
use crate::{
    Text, Timestamp,
    data_uri::DataUri,
    id::{ChannelId, RoleId},
};

/// A user to be brought into a guild, who allowed it by OAuth2 with the scope `guilds.join`.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#add-guild-member-json-params).
#[derive(Clone, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct AddMember {
    /// The user's access token, a secret.
    pub access_token: Text,
    /// The name in the guild. Needs `MANAGE_NICKNAMES`.
    pub nick: Option<Text>,
    /// Roles besides `@everyone`. Needs `MANAGE_ROLES`.
    pub roles: Option<Vec<RoleId>>,
    /// Whether the guild mutes the member. Needs `MUTE_MEMBERS`.
    pub mute: Option<bool>,
    /// Whether the guild deafens the member. Needs `DEAFEN_MEMBERS`.
    pub deaf: Option<bool>,
}

impl AddMember {
    /// The user whose access token this is.
    pub fn new(access_token: impl Into<Text>) -> Self {
        Self {
            access_token: access_token.into(),
            ..Self::default()
        }
    }

    /// Sets the name in the guild, at most 32 characters. The default is the user's own.
    pub fn nick(mut self, nick: impl Into<Text>) -> Self {
        self.nick = Some(nick.into());
        self
    }

    /// Adds a role.
    pub fn role(mut self, role: RoleId) -> Self {
        self.roles.get_or_insert_default().push(role);
        self
    }
}

impl std::fmt::Debug for AddMember {
    /// The token is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AddMember")
            .field("access_token", &"..")
            .field("nick", &self.nick)
            .field("roles", &self.roles)
            .field("mute", &self.mute)
            .field("deaf", &self.deaf)
            .finish()
    }
}

/// What is to change in a member. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-member-json-params).
///
/// ```
/// use polycord_types::member::ModifyMember;
///
/// let renamed = ModifyMember::new().nick("Ann");
/// assert_eq!(serde_json::to_string(&renamed)?, r#"{"nick":"Ann"}"#);
/// let by_own_name = ModifyMember::new().nick(None);
/// assert_eq!(serde_json::to_string(&by_own_name)?, r#"{"nick":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyMember {
    /// The name in the guild, at most 32 characters. Needs `MANAGE_NICKNAMES`.
    pub nick: Option<Option<Text>>,
    /// Roles besides `@everyone`, all of them. Needs `MANAGE_ROLES`.
    pub roles: Option<Option<Vec<RoleId>>>,
    /// Whether the guild mutes the member, who must be in a voice channel. Needs `MUTE_MEMBERS`.
    pub mute: Option<Option<bool>>,
    /// Whether the guild deafens the member, who must be in a voice channel. Needs `DEAFEN_MEMBERS`.
    pub deaf: Option<Option<bool>>,
    /// The voice channel to move the member to. `Some(None)` takes the member out of voice. Needs `MOVE_MEMBERS`.
    pub channel_id: Option<Option<ChannelId>>,
    /// End of the time-out, at most 28 days from now. `Some(None)` ends it now. Needs `MODERATE_MEMBERS`.
    pub communication_disabled_until: Option<Option<Timestamp>>,
    /// Properties of the membership, of which only `BYPASSES_VERIFICATION` can be changed. Needs
    /// `MANAGE_GUILD`, `MANAGE_ROLES`, or all of `MODERATE_MEMBERS`, `KICK_MEMBERS` and `BAN_MEMBERS`.
    pub flags: Option<Option<MemberFlags>>,
}

impl ModifyMember {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name in the guild, at most 32 characters; `None` removes it.
    pub fn nick<'a>(mut self, nick: impl Into<Option<&'a str>>) -> Self {
        self.nick = Some(nick.into().map(Text::from));
        self
    }

    /// Replaces the roles.
    pub fn roles(mut self, roles: impl IntoIterator<Item = RoleId>) -> Self {
        self.roles = Some(Some(roles.into_iter().collect()));
        self
    }

    /// Sets whether the guild mutes the member, who must be in a voice channel.
    pub fn mute(mut self, mute: bool) -> Self {
        self.mute = Some(Some(mute));
        self
    }

    /// Sets whether the guild deafens the member, who must be in a voice channel.
    pub fn deaf(mut self, deaf: bool) -> Self {
        self.deaf = Some(Some(deaf));
        self
    }

    /// Moves the member to another voice channel; `None` takes the member out of voice.
    pub fn voice_channel(mut self, channel: impl Into<Option<ChannelId>>) -> Self {
        self.channel_id = Some(channel.into());
        self
    }

    /// Gives the member a time-out, of at most 28 days; `None` ends it.
    pub fn time_out_until(mut self, end: impl Into<Option<Timestamp>>) -> Self {
        self.communication_disabled_until = Some(end.into());
        self
    }

    /// Replaces the properties of the membership.
    pub fn flags(mut self, flags: MemberFlags) -> Self {
        self.flags = Some(Some(flags));
        self
    }
}

/// What the current user is to change in its own membership. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-current-member-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyCurrentMember {
    /// The name in the guild, at most 32 characters. Needs `CHANGE_NICKNAME`.
    pub nick: Option<Option<Text>>,
    /// The banner in the guild.
    pub banner: Option<Option<DataUri>>,
    /// The avatar in the guild.
    pub avatar: Option<Option<DataUri>>,
    /// What the profile in the guild says.
    pub bio: Option<Option<Text>>,
}

impl ModifyCurrentMember {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name in the guild, at most 32 characters; `None` removes it.
    pub fn nick<'a>(mut self, nick: impl Into<Option<&'a str>>) -> Self {
        self.nick = Some(nick.into().map(Text::from));
        self
    }

    /// Sets the avatar in the guild; `None` removes it.
    pub fn avatar(mut self, avatar: impl Into<Option<DataUri>>) -> Self {
        self.avatar = Some(avatar.into());
        self
    }

    /// Sets the banner in the guild; `None` removes it.
    pub fn banner(mut self, banner: impl Into<Option<DataUri>>) -> Self {
        self.banner = Some(banner.into());
        self
    }

    /// Sets what the profile in the guild says; `None` removes it.
    pub fn bio<'a>(mut self, bio: impl Into<Option<&'a str>>) -> Self {
        self.bio = Some(bio.into().map(Text::from));
        self
    }
}

/// The name that the current user is to have in a guild. [`ModifyCurrentMember`] has taken its place.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-current-user-nick-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyCurrentUserNick {
    /// The name in the guild, at most 32 characters. Needs `CHANGE_NICKNAME`.
    pub nick: Option<Option<Text>>,
}
