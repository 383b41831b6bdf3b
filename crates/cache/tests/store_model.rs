//! Random operations on a store and on a naive map must agree, whatever the bounds.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test ends where its promise is broken"
)]

use std::collections::BTreeMap;
use std::time::Duration;

use fastrand::Rng;
use polycord_cache::{Eviction, Expiry, Removed, RemovedBy, Store};

const KEYS: u32 = 24;

#[derive(Clone, Copy, Debug)]
struct Bounds {
    ttl: Option<Duration>,
    expiry: Expiry,
    max_bytes: Option<u64>,
    max_entries: Option<usize>,
    eviction: Eviction,
}

/// What a value adds to the bytes of its entry: the last digits.
const fn weight(value: u64) -> u64 {
    value % 1_000
}

struct Entry {
    value: u64,
    since: Duration,
    /// The turn of the last write.
    written: u64,
    /// The turn of the last read.
    read: u64,
}

/// Everything the store should hold, by the plainest means.
struct Model {
    bounds: Bounds,
    /// What an entry takes without its weight.
    place: u64,
    now: Duration,
    turn: u64,
    entries: BTreeMap<u32, Entry>,
    hits: u64,
    misses: u64,
}

impl Model {
    fn bytes(&self) -> u64 {
        let entries = self.entries.values();
        entries.map(|entry| self.place + weight(entry.value)).sum()
    }

    /// The bytes there were if an entry was written and nothing left.
    fn bytes_with(&self, (key, value): (u32, u64)) -> u64 {
        let replaced = self.entries.get(&key);
        let replaced = replaced.map_or(0, |entry| self.place + weight(entry.value));
        self.bytes() - replaced + self.place + weight(value)
    }

    /// Why nothing can make room for a value.
    fn refuses(&self, value: u64) -> Option<RemovedBy> {
        if self.bounds.max_entries == Some(0) {
            return Some(RemovedBy::Capacity);
        }
        let max = self.bounds.max_bytes?;
        (self.place + weight(value) > max).then_some(RemovedBy::Bytes)
    }

    fn is_live(&self, key: u32) -> bool {
        let entry = self.entries.get(&key);
        entry.is_some_and(|entry| {
            self.bounds
                .ttl
                .is_none_or(|ttl| entry.since + ttl > self.now)
        })
    }

    fn peek(&self, key: u32) -> Option<u64> {
        self.is_live(key).then(|| self.entries[&key].value)
    }

    fn get(&mut self, key: u32) -> Option<u64> {
        let Some(value) = self.peek(key) else {
            self.misses += 1;
            return None;
        };
        self.hits += 1;
        let entry = self.entries.get_mut(&key).unwrap();
        entry.read = self.turn;
        if self.bounds.expiry == Expiry::AfterRead {
            entry.since = self.now;
        }
        Some(value)
    }

    /// The store chose who goes: check that it may, then follow.
    fn follow(&mut self, removed: &[Removed<u32, u64>], incoming: Option<(u32, u64)>) {
        let mut refused = incoming.and_then(|(_, value)| self.refuses(value));
        for gone in removed {
            let live = self.is_live(gone.key);
            if Some((gone.key, *gone.value)) == incoming {
                assert_eq!(Some(gone.by), refused.take());
                continue;
            }
            assert_eq!(
                gone.by == RemovedBy::Expiry,
                !live,
                "the reason is the true one"
            );
            let was_full = match gone.by {
                RemovedBy::Capacity => Some(self.entries.len()) == self.bounds.max_entries,
                RemovedBy::Bytes => {
                    self.bounds.max_bytes < incoming.map(|new| self.bytes_with(new))
                }
                _ => true,
            };
            assert!(was_full, "{gone:?}");
            let entry = self
                .entries
                .remove(&gone.key)
                .expect("only what was there can leave");
            assert_eq!(*gone.value, entry.value);
            if gone.by == RemovedBy::Expiry {
                continue;
            }
            // What is replaced stays until then, however old it is.
            let replaced = incoming.map(|(key, _)| key);
            let others = self.entries.iter();
            let mut others = others
                .filter(|(key, _)| Some(**key) != replaced)
                .map(|(_, entry)| entry);
            if self.bounds.eviction == Eviction::Oldest {
                assert!(others.all(|other| other.written > entry.written));
            } else if entry.read > entry.written {
                assert!(
                    others.all(|other| other.read > other.written || other.written > entry.read),
                    "one that was never read stayed longer than one read since",
                );
            }
        }
    }
}

/// What an entry takes without its weight, in a store with bounds and in one without.
fn place(bounds: Bounds) -> u64 {
    let mut builder = Store::builder();
    if bounds.ttl.is_some() || bounds.max_entries.is_some() || bounds.max_bytes.is_some() {
        builder = builder.max_entries(1);
    }
    let store = builder.build();
    store.insert(0_u32, 0_u64, Duration::ZERO);
    store.stats().bytes
}

fn run(bounds: Bounds, seed: u64, steps: u32) -> Vec<u32> {
    let mut random = Rng::with_seed(seed);
    let mut builder = Store::builder()
        .expiry(bounds.expiry)
        .eviction(bounds.eviction);
    if let Some(ttl) = bounds.ttl {
        builder = builder.ttl(ttl);
    }
    if let Some(max) = bounds.max_entries {
        builder = builder.max_entries(max);
    }
    if let Some(max) = bounds.max_bytes {
        builder = builder.max_bytes(usize::try_from(max).unwrap());
    }
    let store = builder
        .weigher(|_, value| usize::try_from(weight(*value)).unwrap())
        .build();
    let mut model = Model {
        bounds,
        place: place(bounds),
        now: Duration::ZERO,
        turn: 0,
        entries: BTreeMap::new(),
        hits: 0,
        misses: 0,
    };
    let mut victims = Vec::new();

    for _ in 0..steps {
        model.turn += 1;
        let key = random.u32(..KEYS);
        match random.u32(..100) {
            0..35 => {
                let value = random.u64(..);
                let live = model.peek(key);
                let inserted = store.insert(key, value, model.now);
                assert_eq!(inserted.old.as_deref().copied(), live);
                model.follow(&inserted.removed, Some((key, value)));
                victims.extend(inserted.removed.iter().map(|gone| gone.key));
                if model.refuses(value).is_some() {
                    model.entries.remove(&key);
                } else {
                    let (since, turn) = (model.now, model.turn);
                    let entry = Entry {
                        value,
                        since,
                        written: turn,
                        read: 0,
                    };
                    model.entries.insert(key, entry);
                }
            }
            35..65 => assert_eq!(store.get(&key).as_deref().copied(), model.get(key)),
            65..72 => assert_eq!(store.peek(&key).as_deref().copied(), model.peek(key)),
            72..80 => {
                let live = model.is_live(key);
                assert_eq!(store.touch(&key, model.now), live);
                if live {
                    let entry = model.entries.get_mut(&key).unwrap();
                    (entry.since, entry.written) = (model.now, model.turn);
                }
            }
            80..86 => {
                let live = model.peek(key);
                assert_eq!(store.remove(&key).as_deref().copied(), live);
                model.entries.remove(&key);
            }
            86..97 => {
                model.now += Duration::from_millis(random.u64(..3_000));
                store.tick(model.now);
            }
            97..99 => {
                let removed = store.sweep(model.now);
                model.follow(&removed, None);
                assert!(
                    (0..KEYS).all(|key| model.entries.contains_key(&key) == model.is_live(key))
                );
            }
            _ if random.u8(..20) == 0 => {
                store.clear();
                model.entries.clear();
            }
            _ => {}
        }

        assert_eq!(store.len(), model.entries.len());
        assert!(bounds.max_entries.is_none_or(|max| store.len() <= max));
        assert!(bounds.max_bytes.is_none_or(|max| model.bytes() <= max));
        let mut live = store.keys();
        live.sort_unstable();
        assert_eq!(
            live,
            (0..KEYS)
                .filter(|key| model.is_live(*key))
                .collect::<Vec<_>>()
        );
        let stats = store.stats();
        assert_eq!((stats.hits, stats.misses), (model.hits, model.misses));
        assert_eq!(stats.bytes, model.bytes());
        let gone = stats.removals + stats.expirations + stats.evictions.total();
        assert_eq!(stats.inserts, stats.entries + gone);
    }
    victims
}

/// Entries and bytes; of the latter also so few that some values alone are more.
const BOUNDS: [(Option<usize>, Option<u64>); 9] = [
    (None, None),
    (Some(0), None),
    (Some(1), None),
    (Some(8), None),
    (None, Some(0)),
    (None, Some(800)),
    (None, Some(5_000)),
    (Some(0), Some(5_000)),
    (Some(8), Some(5_000)),
];

#[test]
fn every_answer_equals_the_naive_map() {
    for ttl in [None, Some(Duration::from_secs(10))] {
        for (max_entries, max_bytes) in BOUNDS {
            for expiry in [Expiry::AfterWrite, Expiry::AfterRead] {
                for eviction in [Eviction::Oldest, Eviction::LeastRecentlyUsed] {
                    let bounds = Bounds {
                        ttl,
                        expiry,
                        max_bytes,
                        max_entries,
                        eviction,
                    };
                    for seed in 0..4 {
                        println!("{bounds:?}, seed {seed}");
                        run(bounds, seed, 1_500);
                    }
                }
            }
        }
    }
}

#[test]
fn the_same_calls_evict_the_same_entries() {
    let bounds = Bounds {
        ttl: Some(Duration::from_secs(10)),
        expiry: Expiry::AfterRead,
        max_bytes: Some(5_000),
        max_entries: Some(8),
        eviction: Eviction::LeastRecentlyUsed,
    };
    let victims = run(bounds, 7, 3_000);
    assert!(victims.len() > 100);
    assert_eq!(run(bounds, 7, 3_000), victims);
}
