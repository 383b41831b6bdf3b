//! What is special about presences.

use polycord_types::{
    id::{GuildId, UserId},
    presence::Presence,
};

use super::{Entry, Presences};
use crate::cache::changes::{Change, Delta};
use crate::cache::data::GuildData;
use crate::cache::restart::Saved;
use crate::cache::rows::{CachedPresence, PresenceRow};
use crate::cache::writer::Writer;

impl Entry for Presences {
    type Shown = CachedPresence;

    fn shown(data: &GuildData, user_id: UserId, row: PresenceRow) -> CachedPresence {
        CachedPresence {
            guild_id: data.id,
            user_id,
            row,
        }
    }

    fn change(delta: Delta<CachedPresence>) -> Option<Change> {
        Some(Change::Presence(delta))
    }
}

impl Saved for Presences {
    type Saved = Presence;

    fn save(guild_id: GuildId, user_id: UserId, row: &PresenceRow) -> Option<Presence> {
        let presence = CachedPresence {
            guild_id,
            user_id,
            row: row.clone(),
        };
        Some(presence.to_presence())
    }

    fn load(
        writer: &mut Writer<'_>,
        _: &mut GuildData,
        _: UserId,
        presence: Presence,
    ) -> Option<PresenceRow> {
        Some(writer.books.recent_activities.row(&presence, None))
    }
}
