//! A store's bytes are what the allocator gave out for its entries.

use std::time::Duration;

use polycord_cache::Store;

#[test]
fn the_bytes_of_a_store_are_those_the_allocator_gave_out() {
    let mut accounted = 0;
    let counted = allocation_counter::measure(|| {
        let store = Store::builder()
            .max_bytes(4_000_000)
            .weigher(|_: &u64, page: &String| page.capacity())
            .build();
        for (key, length) in (0..10_000).zip((1_000..1_500).cycle()) {
            store.insert(key, "a".repeat(length), Duration::ZERO);
        }
        assert!(store.stats().evictions.bytes > 5_000, "it was full");
        accounted = store.stats().bytes;
        std::mem::forget(store);
    });
    let counted = u64::try_from(counted.bytes_current).unwrap_or(0);
    assert!(
        accounted <= 4_000_000 && accounted > 3_990_000,
        "{accounted}"
    );
    assert!(
        accounted.abs_diff(counted) * 10 <= counted,
        "accounted {accounted}, counted {counted}"
    );
}
