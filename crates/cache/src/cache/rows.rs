//! What the cache keeps of each thing, and what readers get of it.

mod channel;
mod guild;
mod in_guild;
mod member;
mod role_sets;
mod standing;
mod user;

pub use self::channel::CachedChannel;
pub(super) use self::channel::ChannelRow;
pub(super) use self::guild::Facts;
pub use self::guild::{CachedGuild, GuildState};
pub use self::in_guild::{CachedRole, InGuild};
pub use self::member::CachedMember;
pub(super) use self::member::MemberRow;
pub(super) use self::role_sets::RoleSets;
pub use self::user::CachedUser;
pub(super) use self::user::UserRow;
