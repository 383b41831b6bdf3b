//! Who is in a thread.

use polycord_types::id::{ChannelId, UserId};

use super::{Entry, ThreadMembers};
use crate::cache::changes::{Change, Delta};
use crate::cache::data::GuildData;
use crate::cache::rows::{CachedThreadMember, ThreadMemberRow};

impl Entry for ThreadMembers {
    type Shown = CachedThreadMember;

    fn shown(
        data: &GuildData,
        (thread_id, user_id): (ChannelId, UserId),
        row: ThreadMemberRow,
    ) -> CachedThreadMember {
        CachedThreadMember {
            guild_id: data.id,
            thread_id,
            user_id,
            row,
        }
    }

    fn change(delta: Delta<CachedThreadMember>) -> Option<Change> {
        Some(Change::ThreadMember(delta))
    }
}
