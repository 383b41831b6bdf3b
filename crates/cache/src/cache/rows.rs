//! What the cache keeps of each thing, and what readers get of it.

mod ban;
mod channel;
mod guild;
mod images;
mod in_guild;
mod invite_code;
mod member;
mod presence;
mod role_sets;
mod standing;
mod thread_member;
mod user;

pub(super) use self::ban::BanRow;
pub use self::ban::CachedBan;
pub use self::channel::CachedChannel;
pub(super) use self::channel::{ChannelRow, VoiceSession};
pub(super) use self::guild::Facts;
pub use self::guild::{CachedGuild, GuildState};
pub use self::in_guild::{CachedRole, InGuild};
pub(super) use self::invite_code::InviteCode;
pub use self::member::CachedMember;
pub(super) use self::member::MemberRow;
pub use self::presence::CachedPresence;
pub(super) use self::presence::{PresenceRow, RecentActivities};
pub(super) use self::role_sets::RoleSets;
pub use self::thread_member::CachedThreadMember;
pub(super) use self::thread_member::ThreadMemberRow;
pub use self::user::CachedUser;
pub(super) use self::user::UserRow;
