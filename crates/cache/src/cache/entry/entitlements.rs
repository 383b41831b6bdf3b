//! What is special about entitlements: they are the application's, and of no guild.

use std::sync::Arc;

use polycord_types::{
    entitlement::Entitlement,
    id::{EntitlementId, GuildId},
};

use super::{Entitlements, Entry};
use crate::cache::changes::{Change, Delta};
use crate::cache::data::GuildData;
use crate::cache::restart::Saved;
use crate::cache::writer::Writer;

impl Entry for Entitlements {
    type Shown = Arc<Entitlement>;

    fn shown(_: &GuildData, _: EntitlementId, row: Arc<Entitlement>) -> Arc<Entitlement> {
        row
    }

    fn change(delta: Delta<Arc<Entitlement>>) -> Option<Change> {
        Some(Change::Entitlement(delta))
    }
}

impl Saved for Entitlements {
    type Saved = Entitlement;

    fn save(_: GuildId, _: EntitlementId, row: &Arc<Entitlement>) -> Option<Entitlement> {
        Some((**row).clone())
    }

    fn load(
        _: &mut Writer<'_>,
        _: &mut GuildData,
        _: EntitlementId,
        saved: Entitlement,
    ) -> Option<Arc<Entitlement>> {
        Some(Arc::new(saved))
    }
}
