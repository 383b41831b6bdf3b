use std::fmt;

use crate::id::RoleId;

/// A place of the guild that a text leads to.
///
/// See [guild navigation types](https://docs.discord.com/developers/reference#message-formatting).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GuildNavigation {
    /// `customize`: the channels and roles that onboarding offers.
    Customize,
    /// `browse`: the list of channels.
    Browse,
    /// `guide`: the server guide.
    Guide,
    /// `linked-roles`: the roles that ask for linked accounts.
    LinkedRoles,
    /// `linked-roles:id`: one of them.
    LinkedRole(RoleId),
}

impl GuildNavigation {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "customize" => Some(Self::Customize),
            "browse" => Some(Self::Browse),
            "guide" => Some(Self::Guide),
            "linked-roles" => Some(Self::LinkedRoles),
            _ => {
                let id = text.strip_prefix("linked-roles:")?;
                id.parse().ok().map(Self::LinkedRole)
            }
        }
    }
}

impl fmt::Display for GuildNavigation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customize => f.write_str("customize"),
            Self::Browse => f.write_str("browse"),
            Self::Guide => f.write_str("guide"),
            Self::LinkedRoles => f.write_str("linked-roles"),
            Self::LinkedRole(role) => write!(f, "linked-roles:{role}"),
        }
    }
}
