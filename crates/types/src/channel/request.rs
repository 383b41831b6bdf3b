//! What else can be asked of a channel.

use polycord_types_derive::Model;

use crate::{
    Permissions, Secret, Text,
    channel::OverwriteType,
    id::{ApplicationId, ChannelId, RoleId, UserId, WebhookId},
    invite::InviteTargetType,
};

/// What a role or a member is to be allowed and denied in a channel.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#edit-channel-permissions-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct EditChannelPermissions {
    /// What is allowed. Absent or `null` means nothing.
    #[model(optional, nullable)]
    pub allow: Option<Permissions>,
    /// What is denied. Absent or `null` means nothing.
    #[model(optional, nullable)]
    pub deny: Option<Permissions>,
    /// Whether it is for a role or for a member.
    #[model(rename = "type")]
    pub kind: OverwriteType,
}

impl EditChannelPermissions {
    /// Overwrites nothing yet.
    pub fn new(kind: OverwriteType) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }
}

setters! {
    impl EditChannelPermissions {
        /// Sets what is allowed.
        allow(Permissions);
        /// Sets what is denied.
        deny(Permissions);
    }
}

/// An invite to be made. Absent fields take Discord's defaults.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#create-channel-invite-jsonform-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateChannelInvite {
    /// Seconds until it expires, at most 604800 (seven days). 0 is never; a day if absent.
    pub max_age: Option<u32>,
    /// How often it can be used, at most 100. 0, as if absent, is without limit.
    pub max_uses: Option<u32>,
    /// Whether members who come by it leave with their session, unless they got a role.
    pub temporary: Option<bool>,
    /// Whether it is a new one even if there is a similar one.
    pub unique: Option<bool>,
    /// What it leads to in a voice channel.
    pub target_type: Option<InviteTargetType>,
    /// Whose stream it leads to.
    pub target_user_id: Option<UserId>,
    /// Which embedded application it leads to.
    pub target_application_id: Option<ApplicationId>,
    /// Roles that it gives.
    pub role_ids: Option<Vec<RoleId>>,
}

impl CreateChannelInvite {
    /// An invite that is good for a day, for anybody, as often as they like.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets which roles it gives.
    pub fn role_ids(mut self, role_ids: impl IntoIterator<Item = RoleId>) -> Self {
        self.role_ids = Some(role_ids.into_iter().collect());
        self
    }

    /// Lets it lead to the stream of a user.
    pub fn stream(mut self, user: UserId) -> Self {
        self.target_type = Some(InviteTargetType::Stream);
        self.target_user_id = Some(user);
        self
    }

    /// Lets it lead to an embedded application.
    pub fn embedded_application(mut self, application: ApplicationId) -> Self {
        self.target_type = Some(InviteTargetType::EmbeddedApplication);
        self.target_application_id = Some(application);
        self
    }
}

setters! {
    impl CreateChannelInvite {
        /// Sets after how many seconds it expires, at most 604800 (seven days). 0 is never; the default is a day.
        max_age(u32);
        /// Sets how often it can be used, at most 100. 0, the default, is without limit.
        max_uses(u32);
        /// Sets whether members who come by it leave with their session, unless they got a role.
        temporary(bool);
        /// Sets whether it is a new one even if there is a similar one.
        unique(bool);
    }
}

/// The status that a voice channel is to have.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#set-voice-channel-status).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct SetVoiceChannelStatus {
    /// The status, at most 500 characters. `None` removes it.
    #[model(nullable)]
    pub status: Option<Text>,
}

impl SetVoiceChannelStatus {
    /// Sets a status, at most 500 characters.
    pub fn new(status: impl Into<Text>) -> Self {
        Self {
            status: Some(status.into()),
        }
    }

    /// Removes the status.
    pub const fn clear() -> Self {
        Self { status: None }
    }
}

/// Which channel is to follow an announcement channel.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#follow-announcement-channel-json-params).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Model)]
#[must_use]
pub struct FollowAnnouncementChannel {
    /// The channel that will get what is published.
    #[model(key)]
    pub webhook_channel_id: ChannelId,
}

impl FollowAnnouncementChannel {
    /// Lets a channel follow.
    pub const fn new(webhook_channel_id: ChannelId) -> Self {
        Self { webhook_channel_id }
    }
}

/// A channel that is followed.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#followed-channel-object-followed-channel-structure).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Model)]
pub struct FollowedChannel {
    /// The channel that is followed.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The webhook that passes on what is published there.
    #[model(key)]
    pub webhook_id: WebhookId,
}

/// Who is to be added to a group.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#group-dm-add-recipient-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct AddGroupDmRecipient {
    /// A token of the user with the scope `gdm.join`.
    pub access_token: Secret,
    /// The name the user has in the group.
    pub nick: Text,
}

impl AddGroupDmRecipient {
    /// Adds a user by a token with the scope `gdm.join`.
    pub fn new(access_token: impl Into<Secret>, nick: impl Into<Text>) -> Self {
        Self {
            access_token: access_token.into(),
            nick: nick.into(),
        }
    }
}
