//! Who is typing, and what the application is entitled to.

use std::sync::Arc;

use polycord_types::{
    entitlement::Entitlement,
    id::{ChannelId, EntitlementId, UserId},
};

use crate::Cache;
use crate::cache::data::DIRECT;
use crate::cache::entry::{Entitlements, Stored, Typings};

impl Cache {
    /// Who is typing in a channel, by id, without the current user. It ends ten seconds after it was heard of last, by
    /// the time that [`tick`](Self::tick) is told.
    #[must_use]
    pub fn typing(&self, channel: ChannelId) -> Vec<UserId> {
        let home = self.inner.channel_home(channel).unwrap_or(DIRECT);
        let Some(cell) = self.inner.cell(home) else {
            return Vec::new();
        };
        let data = cell.snapshot();
        let typing = Typings::rows(&data).keys();
        typing
            .filter(|(place, _)| *place == channel)
            .map(|(_, user)| user)
            .collect()
    }

    /// An entitlement, as far as seen. One that is over is there until Discord deletes it: see its `ends_at`.
    #[must_use]
    pub fn entitlement(&self, id: EntitlementId) -> Option<Arc<Entitlement>> {
        self.inner.find::<Entitlements>(Some(DIRECT), id)
    }

    /// The entitlements seen, by id.
    #[must_use]
    pub fn entitlements(&self) -> Vec<Arc<Entitlement>> {
        self.all_direct::<Entitlements>().collect()
    }
}
