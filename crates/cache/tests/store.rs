//! The store's promises, one by one, in virtual time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use polycord_cache::{Eviction, Expiry, Removed, RemovedBy, Store, StoreBuilder};

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

fn value<V: Clone>(found: Option<Arc<V>>) -> Option<V> {
    found.map(Arc::unwrap_or_clone)
}

#[test]
fn an_expired_entry_is_absent_before_anything_collects_it() {
    let store = Store::builder().ttl(secs(10)).build();
    store.insert(1, "one", secs(0));
    store.tick(secs(9));
    assert_eq!(value(store.get(&1)), Some("one"));
    store.tick(secs(10));
    assert!(store.get(&1).is_none());
    assert!(store.peek(&1).is_none());
    assert!(!store.contains(&1));
    assert!(store.keys().is_empty());
    assert_eq!(store.iter().count(), 0);
    assert_eq!(store.len(), 1, "not collected yet");
    assert_eq!(store.stats().expirations, 0);
}

#[test]
fn sweep_collects_exactly_what_expired_and_hands_it_over() {
    for expiry in [Expiry::AfterWrite, Expiry::AfterRead] {
        for eviction in [Eviction::Oldest, Eviction::LeastRecentlyUsed] {
            let store = Store::builder()
                .ttl(secs(10))
                .expiry(expiry)
                .eviction(eviction)
                .build();
            for key in 0..10 {
                store.insert(key, key, secs(key));
            }
            let mut gone: Vec<_> = store
                .sweep(secs(15))
                .into_iter()
                .map(|gone| gone.key)
                .collect();
            gone.sort_unstable();
            assert_eq!(gone, [0, 1, 2, 3, 4, 5], "{expiry:?} {eviction:?}");
            assert_eq!(store.len(), 4);
            assert_eq!(store.stats().expirations, 6);
        }
    }
}

#[test]
fn a_read_prolongs_life_only_when_life_counts_from_reads() {
    for (expiry, alive) in [(Expiry::AfterWrite, false), (Expiry::AfterRead, true)] {
        let store = Store::builder().ttl(secs(10)).expiry(expiry).build();
        store.insert('a', (), secs(0));
        store.tick(secs(9));
        store.get(&'a');
        store.tick(secs(18));
        assert_eq!(store.contains(&'a'), alive, "{expiry:?}");
    }
}

#[test]
fn peek_and_contains_prolong_nothing_and_count_nothing() {
    let store = Store::builder()
        .ttl(secs(10))
        .expiry(Expiry::AfterRead)
        .build();
    store.insert('a', (), secs(0));
    store.tick(secs(9));
    store.peek(&'a');
    store.contains(&'a');
    store.tick(secs(10));
    assert!(!store.contains(&'a'));
    assert_eq!((store.stats().hits, store.stats().misses), (0, 0));
}

#[test]
fn time_never_goes_back() {
    let store = Store::builder().ttl(secs(10)).build();
    store.insert('a', (), secs(0));
    store.tick(secs(10));
    store.tick(secs(1));
    assert!(!store.contains(&'a'));
    store.insert('b', (), secs(3));
    store.tick(secs(19));
    assert!(
        store.contains(&'b'),
        "written at 10 by the store's own time"
    );
}

#[test]
fn touch_is_a_write_of_the_same_value() {
    let store = Store::builder().ttl(secs(10)).max_entries(2).build();
    store.insert('a', 1, secs(0));
    store.insert('b', 2, secs(1));
    assert!(store.touch(&'a', secs(5)));
    assert!(!store.touch(&'z', secs(5)));
    let inserted = store.insert('c', 3, secs(6));
    assert_eq!(inserted.removed[0].key, 'b', "a was written later");
    store.tick(secs(14));
    assert!(store.contains(&'a'));
    assert!(!store.touch(&'a', secs(15)), "too late");
}

#[test]
fn the_oldest_write_makes_room() {
    let store = Store::builder().max_entries(3).build();
    for key in ['a', 'b', 'c'] {
        assert!(store.insert(key, 0, secs(0)).removed.is_empty());
    }
    store.insert('a', 1, secs(0));
    store.get(&'b');
    let inserted = store.insert('d', 0, secs(0));
    assert_eq!(inserted.removed.len(), 1);
    assert_eq!(
        (inserted.removed[0].key, inserted.removed[0].by),
        ('b', RemovedBy::Capacity)
    );
    assert_eq!(store.len(), 3);
    assert_eq!(store.stats().evictions.capacity, 1);
}

#[test]
fn an_entry_read_since_it_was_written_outlives_one_that_was_not() {
    let store = Store::builder()
        .max_entries(3)
        .eviction(Eviction::LeastRecentlyUsed)
        .build();
    for key in ['a', 'b', 'c'] {
        store.insert(key, (), secs(0));
    }
    store.get(&'a');
    store.get(&'b');
    assert_eq!(store.insert('d', (), secs(0)).removed[0].key, 'c');
    assert_eq!(
        store.insert('e', (), secs(0)).removed[0].key,
        'a',
        "its round is over"
    );
}

#[test]
fn a_newcomer_is_never_its_own_victim() {
    let store = Store::builder()
        .max_entries(3)
        .eviction(Eviction::LeastRecentlyUsed)
        .build();
    for key in 0..100 {
        store.insert(key, (), secs(0));
        for key in store.keys() {
            store.get(&key);
        }
        assert!(store.contains(&key));
        assert!(store.len() <= 3);
    }
}

#[test]
fn a_store_for_zero_entries_keeps_none_and_says_so() {
    let store = Store::builder().max_entries(0).build();
    let inserted = store.insert('a', 1, secs(0));
    assert_eq!(inserted.removed[0].key, 'a');
    assert!(store.is_empty());
    let stats = store.stats();
    assert_eq!((stats.inserts, stats.evictions.total()), (1, 1));
}

/// A store to so many bytes, of keys whose values are weighed by what they say.
fn weighed(max: usize) -> StoreBuilder<char, usize> {
    Store::builder()
        .max_bytes(max)
        .weigher(|_: &char, value| *value)
}

fn gone<K: Copy, V>(removed: &[Removed<K, V>]) -> Vec<(K, RemovedBy)> {
    removed.iter().map(|gone| (gone.key, gone.by)).collect()
}

#[test]
fn bytes_are_those_of_the_entries_there_are() {
    let store = weighed(100_000).build();
    assert_eq!(store.stats().bytes, 0);
    store.insert('a', 0, secs(0));
    let place = store.stats().bytes;
    assert!(place > 0, "the store itself takes something");
    store.insert('b', 700, secs(0));
    assert_eq!(store.stats().bytes, 2 * place + 700);
    store.insert('b', 300, secs(0));
    store.touch(&'b', secs(0));
    assert_eq!(store.stats().bytes, 2 * place + 300);
    store.remove(&'a');
    assert_eq!(store.stats().bytes, place + 300);
    store.clear();
    assert_eq!(store.stats().bytes, 0);
}

#[test]
fn an_expired_entry_gives_its_bytes_back() {
    let store = weighed(100_000).ttl(secs(10)).build();
    store.insert('a', 900, secs(0));
    store.sweep(secs(10));
    assert_eq!(store.stats().bytes, 0);
    store.insert('b', 900, secs(10));
    store.insert('b', 100, secs(20));
    assert!(store.stats().bytes < 900);
    assert!(store.remove(&'b').is_some());
    assert_eq!(store.stats().bytes, 0);
}

#[test]
fn the_oldest_make_room_for_as_many_bytes_as_come() {
    let store = weighed(10_000).build();
    for key in ['a', 'b', 'c'] {
        store.insert(key, 3_000, secs(0));
    }
    let inserted = store.insert('d', 5_000, secs(0));
    assert_eq!(
        gone(&inserted.removed),
        [('a', RemovedBy::Bytes), ('b', RemovedBy::Bytes)]
    );
    assert_eq!(store.stats().evictions.bytes, 2);
    assert_eq!(store.stats().evictions.capacity, 0);
}

#[test]
fn a_value_that_grows_evicts_the_others_and_stays() {
    for eviction in [Eviction::Oldest, Eviction::LeastRecentlyUsed] {
        let store = weighed(10_000).eviction(eviction).build();
        for key in ['a', 'b', 'c'] {
            store.insert(key, 3_000, secs(0));
        }
        for key in ['b', 'c'] {
            store.get(&key);
        }
        let inserted = store.insert('a', 6_000, secs(0));
        assert_eq!(value(inserted.old), Some(3_000));
        assert_eq!(gone(&inserted.removed), [('b', RemovedBy::Bytes)]);
        assert_eq!(value(store.get(&'a')), Some(6_000), "{eviction:?}");
    }
}

#[test]
fn a_value_too_large_for_the_store_stays_out_and_evicts_nobody() {
    let store = weighed(10_000).build();
    store.insert('a', 3_000, secs(0));
    store.insert('b', 3_000, secs(0));
    let inserted = store.insert('c', 10_001, secs(0));
    assert_eq!(gone(&inserted.removed), [('c', RemovedBy::Bytes)]);
    assert!(store.contains(&'a') && store.contains(&'b'));

    let inserted = store.insert('b', usize::MAX, secs(0));
    assert_eq!(value(inserted.old), Some(3_000));
    assert_eq!(gone(&inserted.removed), [('b', RemovedBy::Bytes)]);
    assert!(!store.contains(&'b'), "its old value is not true any more");
    assert!(store.contains(&'a'));

    let stats = store.stats();
    assert_eq!((stats.inserts, stats.updates), (3, 1));
    assert_eq!((stats.entries, stats.evictions.bytes), (1, 2));
}

#[test]
fn an_expired_entry_makes_room_for_bytes_as_expired() {
    let store = weighed(10_000)
        .ttl(secs(10))
        .expiry(Expiry::AfterRead)
        .build();
    for key in ['a', 'b', 'c'] {
        store.insert(key, 3_000, secs(0));
    }
    let inserted = store.insert('d', 9_000, secs(10));
    let by: Vec<_> = inserted.removed.iter().map(|gone| gone.by).collect();
    assert_eq!(by, [RemovedBy::Expiry; 3]);
    assert_eq!(store.stats().evictions.total(), 0);
}

#[test]
fn an_expired_entry_makes_room_as_expired_and_is_replaced_as_new() {
    let store = Store::builder().ttl(secs(10)).max_entries(1).build();
    store.insert('a', 1, secs(0));
    let inserted = store.insert('b', 2, secs(10));
    assert_eq!(inserted.removed[0].by, RemovedBy::Expiry);
    let inserted = store.insert('b', 3, secs(20));
    assert!(inserted.old.is_none());
    assert_eq!(value(Some(Arc::clone(&inserted.removed[0].value))), Some(2));
    assert_eq!(store.remove(&'b').as_deref(), Some(&3));
    store.insert('c', 4, secs(20));
    store.tick(secs(30));
    assert!(
        store.remove(&'c').is_none(),
        "expired before it was removed"
    );
    let stats = store.stats();
    assert_eq!((stats.inserts, stats.updates), (4, 0));
    assert_eq!(
        (stats.expirations, stats.removals, stats.entries),
        (3, 1, 0)
    );
}

#[test]
fn memory_comes_back_without_a_sweep() {
    for expiry in [Expiry::AfterWrite, Expiry::AfterRead] {
        let store = Store::builder().ttl(secs(10)).expiry(expiry).build();
        store.insert(u64::MAX, (), secs(0));
        for key in 0..10_000 {
            store.get(&u64::MAX);
            store.insert(key, (), secs(key));
            assert!(store.len() <= 40, "{expiry:?}: {} held", store.len());
        }
    }
}

#[test]
fn clear_counts_what_it_removes() {
    let store = Store::builder().max_entries(5).build();
    for key in 0..9 {
        store.insert(key, (), secs(0));
    }
    store.clear();
    let stats = store.stats();
    assert_eq!(
        (stats.inserts, stats.evictions.capacity, stats.removals),
        (9, 4, 5)
    );
    assert!(store.insert(1, (), secs(0)).removed.is_empty());
}

#[test]
fn a_hit_rate_exists_once_something_was_looked_up() {
    let store = Store::new();
    assert_eq!(store.stats().hit_rate(), None);
    store.insert('a', (), secs(0));
    store.get(&'a');
    store.get(&'a');
    store.get(&'a');
    store.get(&'b');
    assert_eq!(store.stats().hit_rate(), Some(0.75));
}

#[test]
fn what_a_reader_holds_stops_no_writer() {
    let store = Store::new();
    store.insert('a', 1, secs(0));
    let held = store.get(&'a').unwrap();
    store.insert('a', 2, secs(0));
    store.remove(&'a');
    store.clear();
    assert_eq!(*held, 1);
}

#[test]
fn readers_see_whole_values_while_a_writer_works() {
    let store = Store::builder()
        .max_entries(64)
        .eviction(Eviction::LeastRecentlyUsed)
        .build();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut key = 0_u64;
                while !done.load(Ordering::Relaxed) {
                    if let Some(pair) = store.get(&key) {
                        let (a, b): (u64, u64) = *pair;
                        assert_eq!(a, b, "a value is never half written");
                    }
                    key = (key + 1) % 100;
                }
            });
        }
        let _done = Done(&done);
        for round in 0..50_000_u64 {
            store.insert(round % 100, (round, round), secs(0));
            if round % 7 == 0 {
                store.remove(&(round % 50));
            }
            assert!(store.len() <= 64);
        }
    });
    let stats = store.stats();
    assert_eq!(
        stats.inserts,
        stats.entries + stats.removals + stats.evictions.total()
    );
}

/// Says that a writer is done, also when it panics: its readers must end.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
