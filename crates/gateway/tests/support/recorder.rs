//! A recorder of the facade `metrics` that keeps everything in memory.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use metrics::{
    Counter, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};

/// Numbers by `name{label="value",…}`.
#[derive(Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<Numbers>>);

#[derive(Default)]
struct Numbers {
    counters: BTreeMap<String, Arc<AtomicU64>>,
    gauges: BTreeMap<String, Arc<AtomicU64>>,
    histograms: BTreeMap<String, Arc<Values>>,
    /// Name, kind and unit of what was described.
    described: BTreeMap<String, (&'static str, Option<Unit>)>,
    registrations: usize,
}

#[derive(Default)]
struct Values(Mutex<Vec<f64>>);

impl HistogramFn for Values {
    fn record(&self, value: f64) {
        self.0.lock().unwrap().push(value);
    }
}

impl Memory {
    /// The value of a counter; zero if there is none.
    pub(crate) fn counter(&self, key: &str) -> u64 {
        let numbers = self.0.lock().unwrap();
        let counter = numbers.counters.get(key);
        counter.map_or(0, |value| value.load(Ordering::Relaxed))
    }

    pub(crate) fn gauge(&self, key: &str) -> Option<f64> {
        let numbers = self.0.lock().unwrap();
        let gauge = numbers.gauges.get(key)?;
        Some(f64::from_bits(gauge.load(Ordering::Relaxed)))
    }

    pub(crate) fn histogram(&self, key: &str) -> Vec<f64> {
        let numbers = self.0.lock().unwrap();
        let values = numbers.histograms.get(key);
        values.map_or_else(Vec::new, |values| values.0.lock().unwrap().clone())
    }

    /// How often something was looked up.
    pub(crate) fn registrations(&self) -> usize {
        self.0.lock().unwrap().registrations
    }

    pub(crate) fn described(&self) -> BTreeMap<String, (&'static str, Option<Unit>)> {
        self.0.lock().unwrap().described.clone()
    }

    /// The names of all numbers that there are, without their labels.
    pub(crate) fn names(&self) -> Vec<String> {
        let numbers = self.0.lock().unwrap();
        let keys = numbers.counters.keys().chain(numbers.gauges.keys());
        let keys = keys.chain(numbers.histograms.keys());
        keys.map(|key| key.split('{').next().unwrap().to_owned())
            .collect()
    }

    /// Everything, for a search.
    pub(crate) fn dump(&self) -> String {
        let numbers = self.0.lock().unwrap();
        let mut text = String::new();
        for key in numbers.counters.keys().chain(numbers.gauges.keys()) {
            writeln!(text, "{key}").unwrap();
        }
        for key in numbers.histograms.keys() {
            writeln!(text, "{key}").unwrap();
        }
        text
    }

    fn describe(&self, name: &KeyName, kind: &'static str, unit: Option<Unit>) {
        let mut numbers = self.0.lock().unwrap();
        numbers
            .described
            .insert(name.as_str().to_owned(), (kind, unit));
    }
}

fn text(key: &Key) -> String {
    let labels: Vec<_> = key
        .labels()
        .map(|label| format!("{}={:?}", label.key(), label.value()))
        .collect();
    format!("{}{{{}}}", key.name(), labels.join(","))
}

impl Recorder for Memory {
    fn describe_counter(&self, name: KeyName, unit: Option<Unit>, _: SharedString) {
        self.describe(&name, "counter", unit);
    }

    fn describe_gauge(&self, name: KeyName, unit: Option<Unit>, _: SharedString) {
        self.describe(&name, "gauge", unit);
    }

    fn describe_histogram(&self, name: KeyName, unit: Option<Unit>, _: SharedString) {
        self.describe(&name, "histogram", unit);
    }

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let mut numbers = self.0.lock().unwrap();
        numbers.registrations += 1;
        Counter::from_arc(numbers.counters.entry(text(key)).or_default().clone())
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        let mut numbers = self.0.lock().unwrap();
        numbers.registrations += 1;
        Gauge::from_arc(numbers.gauges.entry(text(key)).or_default().clone())
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        let mut numbers = self.0.lock().unwrap();
        numbers.registrations += 1;
        Histogram::from_arc(numbers.histograms.entry(text(key)).or_default().clone())
    }
}
