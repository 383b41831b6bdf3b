//! Teams: developers who own applications together.
//!
//! See [teams](https://docs.discord.com/developers/topics/teams).

use polycord_types_derive::Model;

use crate::{
    ImageHash, Text,
    id::{TeamId, UserId},
    user::PartialUser,
};

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
    #[model(always)]
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
    /// The developer: avatar, discriminator, id and name.
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
