//! Invites: what lets users into a guild or a group.
//!
//! [`Invite`] is what everybody sees, [`InviteWithMetadata`] what those who manage the guild see.
//!
//! See [invites](https://docs.discord.com/developers/resources/invite).

mod stage_instance;
mod target_users;

use polycord_types_derive::Model;

use crate::{
    Text, Timestamp, application::PartialApplication, channel::Channel, guild::PartialGuild,
    role::PartialRole, scheduled_event::ScheduledEvent, user::User,
};

pub use self::{
    stage_instance::InviteStageInstance,
    target_users::{TargetUsersJob, TargetUsersJobStatus, UpdateTargetUsers},
};

/// What lets users into a guild or a group.
///
/// See [the documentation](https://docs.discord.com/developers/resources/invite#invite-object-invite-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Invite {
    /// Where it leads.
    #[model(rename = "type")]
    pub kind: InviteType,
    /// The invite's code.
    #[model(key)]
    pub code: Text,
    /// The guild.
    pub guild: Option<Box<PartialGuild>>,
    /// The channel. Only some of its fields.
    #[model(nullable)]
    pub channel: Option<Box<Channel>>,
    /// Who made it.
    pub inviter: Option<Box<User>>,
    /// What it leads to in a voice channel.
    pub target_type: Option<InviteTargetType>,
    /// Whose stream it leads to.
    pub target_user: Option<Box<User>>,
    /// The activity it leads to.
    pub target_application: Option<Box<PartialApplication>>,
    /// How many members are online, roughly. Only where counts were asked for.
    #[model(optional, nullable)]
    pub approximate_presence_count: Option<u32>,
    /// How many members there are, roughly. Only where counts were asked for.
    #[model(optional, nullable)]
    pub approximate_member_count: Option<u32>,
    /// When it stops being valid.
    #[model(nullable)]
    pub expires_at: Option<Timestamp>,
    /// The event it leads to.
    pub guild_scheduled_event: Option<Box<ScheduledEvent>>,
    /// Properties of the invite.
    pub flags: Option<InviteFlags>,
    /// Roles that those who join will carry.
    #[model(optional, nullable)]
    pub roles: Option<Vec<PartialRole>>,
}

/// How an invite was and may be used.
///
/// See [the documentation](https://docs.discord.com/developers/resources/invite#invite-metadata-object-invite-metadata-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct InviteMetadata {
    /// How often it was used.
    pub uses: u32,
    /// How often it may be used. 0 means no limit.
    pub max_uses: u32,
    /// Seconds it is valid. 0 means for ever.
    pub max_age: u32,
    /// Whether it makes temporary members.
    pub temporary: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// An invite, and how it was and may be used.
///
/// The lists of invites of a guild and of a channel are made of these.
///
/// See [the documentation](https://docs.discord.com/developers/resources/invite#invite-metadata-object).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct InviteWithMetadata {
    /// The invite.
    #[model(flatten, deref)]
    pub invite: Invite,
    /// How it was and may be used.
    #[model(flatten)]
    pub metadata: InviteMetadata,
}

open_enum! {
    /// Where an invite leads.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/invite#invite-object-invite-types).
    pub enum InviteType: u32 {
        /// To a guild.
        Guild = 0,
        /// To a group.
        GroupDm = 1,
        /// To a user.
        Friend = 2,
    }
}

open_enum! {
    /// What an invite to a voice channel leads to.
    ///
    /// See [invite target types](https://docs.discord.com/developers/resources/invite#invite-object-invite-target-types).
    pub enum InviteTargetType: u32 {
        /// To the stream of a user in a voice channel.
        Stream = 1,
        /// To an activity in a voice channel.
        EmbeddedApplication = 2,
    }
}

flags! {
    /// Properties of an invite.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/invite#invite-object-guild-invite-flags).
    pub struct InviteFlags: u64 {
        /// Lets guests into one voice channel.
        const IS_GUEST_INVITE = 1 << 0;
    }
}
