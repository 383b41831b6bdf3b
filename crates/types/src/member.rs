//! Members: users as one guild knows them, and what is to change in them.
//!
//! See [members](https://docs.discord.com/developers/resources/guild#guild-member-object).

mod request;

use polycord_types_derive::Model;

use crate::{
    ImageHash, Permissions, Text, Timestamp,
    id::RoleId,
    user::{AvatarDecoration, Collectibles, User},
};

pub use self::request::{AddMember, ModifyCurrentMember, ModifyCurrentUserNick, ModifyMember};

/// A user as one guild knows them.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-member-object-guild-member-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Member {
    /// The user. Absent where the surrounding object names the user already.
    pub user: Option<User>,
    /// The name in this guild.
    #[model(optional, nullable)]
    pub nick: Option<Text>,
    /// Hash of the avatar in this guild.
    #[model(optional, nullable)]
    pub avatar: Option<Box<ImageHash>>,
    /// Hash of the banner in this guild.
    #[model(optional, nullable)]
    pub banner: Option<Box<ImageHash>>,
    /// Roles besides `@everyone`.
    pub roles: Vec<RoleId>,
    /// When the user joined. `None` for guests.
    #[model(nullable)]
    pub joined_at: Option<Timestamp>,
    /// Since when the user boosts the guild.
    #[model(optional, nullable)]
    pub premium_since: Option<Timestamp>,
    /// Whether the guild deafens the member in voice channels.
    pub deaf: bool,
    /// Whether the guild mutes the member in voice channels.
    pub mute: bool,
    /// Properties of the membership.
    pub flags: MemberFlags,
    /// Whether the member has still to pass the guild's screening.
    pub pending: Option<bool>,
    /// What the member may do in the channel of the interaction, overwrites included. Comes with
    /// interactions only.
    pub permissions: Option<Permissions>,
    /// End of the time-out, which may lie in the past.
    #[model(optional, nullable)]
    pub communication_disabled_until: Option<Timestamp>,
    /// What frames the avatar in this guild.
    #[model(optional, nullable)]
    pub avatar_decoration_data: Option<Box<AvatarDecoration>>,
    /// Collectibles worn in this guild.
    #[model(optional, nullable)]
    pub collectibles: Option<Box<Collectibles>>,
}

impl Member {
    /// The name in the guild, if one was set; else the user's. `None` if the user is not told.
    #[must_use]
    pub fn display_name(&self) -> Option<&str> {
        let user = || self.user.as_ref().map(User::display_name);
        self.nick.as_deref().or_else(user)
    }
}

/// A member of whom the surrounding object tells the user, and perhaps not everything else.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-member-object-guild-member-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct PartialMember {
    /// The user.
    pub user: Option<Box<User>>,
    /// The name in this guild.
    #[model(optional, nullable)]
    pub nick: Option<Text>,
    /// Hash of the avatar in this guild.
    #[model(optional, nullable)]
    pub avatar: Option<Box<ImageHash>>,
    /// Hash of the banner in this guild.
    #[model(optional, nullable)]
    pub banner: Option<Box<ImageHash>>,
    /// Roles besides `@everyone`.
    pub roles: Vec<RoleId>,
    /// When the user joined.
    #[model(optional, nullable)]
    pub joined_at: Option<Timestamp>,
    /// Since when the user boosts the guild.
    #[model(optional, nullable)]
    pub premium_since: Option<Timestamp>,
    /// Whether the guild deafens the member in voice channels.
    pub deaf: Option<bool>,
    /// Whether the guild mutes the member in voice channels.
    pub mute: Option<bool>,
    /// Properties of the membership.
    pub flags: Option<MemberFlags>,
    /// Whether the member has still to pass the guild's screening.
    pub pending: Option<bool>,
    /// What the member may do in the channel of the interaction.
    pub permissions: Option<Permissions>,
    /// End of the time-out, which may lie in the past.
    #[model(optional, nullable)]
    pub communication_disabled_until: Option<Timestamp>,
    /// What frames the avatar in this guild.
    #[model(optional, nullable)]
    pub avatar_decoration_data: Option<Box<AvatarDecoration>>,
    /// Collectibles worn in this guild.
    #[model(optional, nullable)]
    pub collectibles: Option<Box<Collectibles>>,
}

flags! {
    /// Properties of a membership.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-member-object-guild-member-flags).
    pub struct MemberFlags: u64 {
        /// Left the guild and came back.
        const DID_REJOIN = 1 << 0;
        /// Went through the onboarding.
        const COMPLETED_ONBOARDING = 1 << 1;
        /// May take part without meeting the verification level. The one flag that can be changed.
        const BYPASSES_VERIFICATION = 1 << 2;
        /// Began the onboarding.
        const STARTED_ONBOARDING = 1 << 3;
        /// Is a guest of one voice channel.
        const IS_GUEST = 1 << 4;
        /// Began the server guide's first steps.
        const STARTED_HOME_ACTIONS = 1 << 5;
        /// Finished the server guide's first steps.
        const COMPLETED_HOME_ACTIONS = 1 << 6;
        /// Held back because a name breaks a rule of auto moderation.
        const AUTOMOD_QUARANTINED_USERNAME = 1 << 7;
        /// Saw the hint about direct message settings.
        const DM_SETTINGS_UPSELL_ACKNOWLEDGED = 1 << 9;
        /// Held back because the worn guild tag breaks a rule of auto moderation.
        const AUTOMOD_QUARANTINED_GUILD_TAG = 1 << 10;
    }
}
