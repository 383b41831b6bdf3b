//! What the cache keeps of each thing, and what readers get of it.

mod guild;
mod member;
mod role;
mod role_sets;
mod user;

pub(super) use self::guild::Facts;
pub use self::guild::{CachedGuild, GuildState};
pub use self::member::CachedMember;
pub(super) use self::member::MemberRow;
pub use self::role::CachedRole;
pub(super) use self::role_sets::RoleSets;
pub use self::user::CachedUser;
pub(super) use self::user::UserRow;
