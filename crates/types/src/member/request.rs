use polycord_types_derive::Model;

use super::MemberFlags;
use crate::{
    Secret, Text, Timestamp,
    data_uri::DataUri,
    id::{ChannelId, RoleId},
};

/// A user to be brought into a guild, who allowed it by OAuth2 with the scope `guilds.join`.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#add-guild-member-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct AddMember {
    /// The user's access token.
    pub access_token: Secret,
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
    pub fn new(access_token: impl Into<Secret>) -> Self {
        Self {
            access_token: access_token.into(),
            ..Self::default()
        }
    }
}

setters! {
    impl AddMember {
        /// Sets the name in the guild, at most 32 characters. The default is the user's own.
        nick(into Text);
        /// Sets the roles besides `@everyone`. The default is none.
        roles(list RoleId);
        /// Sets whether the guild mutes the member. The default is `false`.
        mute(bool);
        /// Sets whether the guild deafens the member. The default is `false`.
        deaf(bool);
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
/// let by_own_name = ModifyMember::new().clear_nick();
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
}

patch_setters! {
    impl ModifyMember {
        /// Sets the name in the guild, at most 32 characters.
        nick(into Text);
        /// Replaces the roles.
        roles(list RoleId);
        /// Sets whether the guild mutes the member, who must be in a voice channel.
        mute(bool);
        /// Sets whether the guild deafens the member, who must be in a voice channel.
        deaf(bool);
        /// Moves the member to another voice channel.
        channel_id(ChannelId);
        /// Gives the member a time-out, of at most 28 days.
        communication_disabled_until(Timestamp);
        /// Replaces the properties of the membership.
        flags(MemberFlags);
    }
    clear {
        /// Removes the name in the guild.
        clear_nick(nick);
        /// Takes all roles away.
        clear_roles(roles);
        /// Takes the member out of voice.
        clear_channel_id(channel_id);
        /// Ends the time-out.
        clear_communication_disabled_until(communication_disabled_until);
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
}

patch_setters! {
    impl ModifyCurrentMember {
        /// Sets the name in the guild, at most 32 characters.
        nick(into Text);
        /// Sets the banner in the guild.
        banner(into DataUri);
        /// Sets the avatar in the guild.
        avatar(into DataUri);
        /// Sets what the profile in the guild says.
        bio(into Text);
    }
    clear {
        /// Removes the name in the guild.
        clear_nick(nick);
        /// Removes the banner in the guild.
        clear_banner(banner);
        /// Removes the avatar in the guild.
        clear_avatar(avatar);
        /// Removes what the profile in the guild says.
        clear_bio(bio);
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
