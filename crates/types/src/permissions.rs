//! What members may do: the documented computation, and changes of it.
//!
//! [`MemberPermissions`] computes from the roles of a member and the overwrites of a channel what
//! [`Permissions`](crate::Permissions) there are, with nothing else at hand. See
//! [permissions](https://docs.discord.com/developers/topics/permissions).

mod change;
mod member;
pub(crate) mod set;

pub use self::{change::PermissionsChange, member::MemberPermissions, set::ParsePermissionsError};
