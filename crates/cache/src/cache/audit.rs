//! Whether what was counted step by step is what there is.

use polycord_types::HeapSize;

use super::data::{GuildData, Rows};
use super::entry::Entry;
use super::tables::{ForEach, for_each};
use super::{Cache, Kind};

impl Cache {
    /// Counts all entries and bytes anew, and tells where the statistics are wrong: a check for tests.
    /// Nothing may be written meanwhile.
    #[doc(hidden)]
    #[must_use]
    pub fn audit(&self) -> Vec<String> {
        let _writer = self.books();
        let mut audit = Audit::default();
        let guilds = &self.inner.guilds;
        guilds.each(|_, cell| audit.guild(&cell.snapshot()));
        audit.guild(&self.inner.direct.snapshot());
        for users in &self.inner.users {
            audit.rows(Kind::User, &users.read());
        }
        audit.rows(Kind::CurrentUser, &self.inner.current_user.read());

        let mut faults = Vec::new();
        for (kind, (entries, bytes)) in Kind::ALL.into_iter().zip(audit.found) {
            let meter = self.inner.meter(kind);
            let counted = (meter.entries(), meter.row_bytes());
            if counted != (entries, bytes) {
                faults.push(format!(
                    "{}: {entries} entries of {bytes} bytes are there, {} of {} were counted",
                    kind.name(),
                    counted.0,
                    counted.1
                ));
            }
        }
        faults
    }
}

/// Entries and bytes of each kind.
#[derive(Default)]
struct Audit {
    found: [(usize, usize); Kind::ALL.len()],
}

impl Audit {
    fn guild(&mut self, data: &GuildData) {
        for_each(&mut OfGuild { audit: self, data });
    }

    fn rows<K: Copy + Ord, V: Clone + HeapSize>(&mut self, kind: Kind, rows: &Rows<K, V>) {
        let (entries, bytes) = &mut self.found[kind as usize];
        *entries += rows.values().count();
        *bytes += rows.bytes();
        *bytes += rows
            .values()
            .map(|slot| slot.row.heap_size())
            .sum::<usize>();
    }
}

struct OfGuild<'a> {
    audit: &'a mut Audit,
    data: &'a GuildData,
}

impl ForEach for OfGuild<'_> {
    fn kind<E: Entry>(&mut self) {
        self.audit.rows(E::KIND, E::rows(self.data));
    }
}
