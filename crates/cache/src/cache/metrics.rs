//! The statistics as numbers of the facade `metrics`. `docs/cache.md` has the same table.

use metrics::{
    Counter, Gauge, SharedString, Unit, counter, describe_counter, describe_gauge, gauge,
};

use super::Cache;

const BYTES: &str = "polycord_cache_bytes";
const ENTRIES: &str = "polycord_cache_entries";
const EVICTIONS: &str = "polycord_cache_evictions_total";
const EXPIRATIONS: &str = "polycord_cache_expirations_total";
const HITS: &str = "polycord_cache_hits_total";
const INSERTS: &str = "polycord_cache_inserts_total";
const MISSES: &str = "polycord_cache_misses_total";
const REMOVALS: &str = "polycord_cache_removals_total";
const UPDATES: &str = "polycord_cache_updates_total";

impl Cache {
    /// Hands the statistics to the recorder of [`metrics`](https://docs.rs/metrics) that is installed,
    /// with a label `kind`, and evictions with a label `reason`.
    ///
    /// Call it as often as the numbers are looked at: an exporter that is asked every 15 s needs no
    /// more. Kinds that are off are left out. Two caches that share a recorder share its numbers, and
    /// overwrite each other's.
    #[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
    pub fn record_metrics(&self) {
        describe();
        for (kind, stats) in self.stats().iter() {
            if !self.is_enabled(kind) {
                continue;
            }
            let kind = kind.name();
            set(&gauge!(BYTES, "kind" => kind), stats.bytes);
            set(&gauge!(ENTRIES, "kind" => kind), stats.entries);
            for (counter, count) in [
                (counter!(EXPIRATIONS, "kind" => kind), stats.expirations),
                (counter!(HITS, "kind" => kind), stats.hits),
                (counter!(INSERTS, "kind" => kind), stats.inserts),
                (counter!(MISSES, "kind" => kind), stats.misses),
                (counter!(REMOVALS, "kind" => kind), stats.removals),
                (counter!(UPDATES, "kind" => kind), stats.updates),
                (evictions(kind, "admission"), stats.evictions.admission),
                (evictions(kind, "bytes"), stats.evictions.bytes),
                (evictions(kind, "entries"), stats.evictions.capacity),
            ] {
                counter.absolute(count);
            }
        }
    }
}

fn evictions(kind: &'static str, reason: &'static str) -> Counter {
    counter!(EVICTIONS, "kind" => kind, "reason" => reason)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge is a float, exact up to 2^53"
)]
fn set(gauge: &Gauge, value: u64) {
    gauge.set(value as f64);
}

fn describe() {
    describe_gauge!(BYTES, Unit::Bytes, "Bytes that entries take.");
    describe_gauge!(ENTRIES, Unit::Count, "Entries held.");
    for (name, what) in [
        (EVICTIONS, "Entries that had to make room, by reason."),
        (
            EXPIRATIONS,
            "Entries collected because their time was over.",
        ),
        (HITS, "Lookups that found a live entry."),
        (INSERTS, "Entries written where none was."),
        (MISSES, "Lookups that found none."),
        (REMOVALS, "Entries that the world has no more."),
        (UPDATES, "Entries written over a live one."),
    ] {
        describe_counter!(name, Unit::Count, SharedString::from(what));
    }
}
