//! The statistics in a recorder of the test's own.

#![allow(clippy::expect_used, reason = "what a test did not expect ends it")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};
use polycord_cache::{Cache, Kind};
use polycord_types::{gateway::Event, id::RoleId};

#[derive(Default)]
struct Memory {
    counters: Mutex<BTreeMap<String, Arc<AtomicU64>>>,
    gauges: Mutex<BTreeMap<String, Arc<AtomicU64>>>,
}

fn text(key: &Key) -> String {
    let labels = key
        .labels()
        .map(|it| format!("{}={}", it.key(), it.value()));
    format!("{}{{{}}}", key.name(), labels.collect::<Vec<_>>().join(","))
}

impl Recorder for Memory {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let mut counters = self.counters.lock().expect("no test panicked");
        Counter::from_arc(Arc::clone(counters.entry(text(key)).or_default()))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        let mut gauges = self.gauges.lock().expect("no test panicked");
        Gauge::from_arc(Arc::clone(gauges.entry(text(key)).or_default()))
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

impl Memory {
    fn counter(&self, key: &str) -> Option<u64> {
        let counters = self.counters.lock().expect("no test panicked");
        Some(counters.get(key)?.load(Ordering::Relaxed))
    }

    fn gauge(&self, key: &str) -> Option<f64> {
        let gauges = self.gauges.lock().expect("no test panicked");
        Some(f64::from_bits(gauges.get(key)?.load(Ordering::Relaxed)))
    }
}

#[test]
fn the_numbers_are_those_of_the_statistics() {
    let cache = Cache::builder()
        .max_entries(Kind::Role, 2)
        .disable(Kind::Emoji)
        .build();
    for id in 2..6 {
        let data = format!(
            r#"{{"guild_id": "1", "role": {{"id": "{id}", "name": "x", "permissions": "0"}}}}"#
        );
        let event = Event::decode("GUILD_ROLE_CREATE", &data).expect("a role");
        let _ = cache.apply(&event, Duration::ZERO);
    }
    assert!(cache.role(RoleId::new(5)).is_some());
    assert!(cache.role(RoleId::new(2)).is_none());

    let memory = Memory::default();
    // Twice: what is told once more is not counted once more.
    for _ in 0..2 {
        metrics::with_local_recorder(&memory, || cache.record_metrics());
    }
    let stats = cache.stats().of(Kind::Role);
    assert!(stats.bytes > 0);
    #[expect(clippy::cast_precision_loss, reason = "a few bytes")]
    let bytes = stats.bytes as f64;
    assert_eq!(memory.gauge("polycord_cache_bytes{kind=role}"), Some(bytes));
    assert_eq!(memory.gauge("polycord_cache_entries{kind=role}"), Some(2.0));
    for (key, count) in [
        ("hits_total{kind=role}", 1),
        ("misses_total{kind=role}", 1),
        ("inserts_total{kind=role}", 4),
        ("updates_total{kind=role}", 0),
        ("removals_total{kind=role}", 0),
        ("expirations_total{kind=role}", 0),
        ("evictions_total{kind=role,reason=entries}", 2),
        ("evictions_total{kind=role,reason=bytes}", 0),
        ("evictions_total{kind=role,reason=admission}", 0),
    ] {
        assert_eq!(
            memory.counter(&format!("polycord_cache_{key}")),
            Some(count),
            "{key}"
        );
    }
    assert_eq!(
        memory.gauge("polycord_cache_entries{kind=emoji}"),
        None,
        "it is off"
    );
}
