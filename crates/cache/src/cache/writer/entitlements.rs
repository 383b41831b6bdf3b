//! What the application is entitled to.

use std::sync::Arc;

use polycord_types::{entitlement::Entitlement, id::EntitlementId};

use super::Writer;
use crate::cache::data::DIRECT;
use crate::cache::entry::Entitlements;

impl Writer<'_> {
    pub(in crate::cache) fn put_entitlement(&mut self, entitlement: Arc<Entitlement>) {
        self.in_guild(DIRECT, |writer, data| {
            writer.put::<Entitlements>(data, entitlement.id, entitlement);
        });
    }

    pub(in crate::cache) fn remove_entitlement(&mut self, id: EntitlementId) {
        self.in_guild(DIRECT, |writer, data| {
            writer.remove::<Entitlements>(data, id);
        });
    }
}
