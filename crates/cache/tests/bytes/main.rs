//! What the cache says that its entries take is what the allocator gave out.

mod strangers;
mod town;

use std::time::Duration;

use allocation_counter::measure;
use polycord_cache::{Cache, CacheBuilder, Kind};
use polycord_types::gateway::Event;

/// What may be wrong, as a part of what there is.
const TOLERANCE: f64 = 0.10;

/// How many entries of each kind there are in a guild.
const EACH: u64 = 300;

/// A cache of these kinds.
fn cache_of(kinds: &[Kind]) -> Cache {
    let others = Kind::ALL.into_iter().filter(|kind| !kinds.contains(kind));
    others.fold(Cache::builder(), CacheBuilder::disable).build()
}

fn play(cache: &Cache, frames: &[(&str, String)]) {
    for (second, (name, data)) in (0..).zip(frames) {
        let event = Event::decode(name, data);
        let event = event.unwrap_or_else(|error| panic!("{name}: {error}: {data}"));
        drop(cache.apply(&event, Duration::from_millis(second)));
    }
}

/// How many bytes the cache says that it took, and how many the allocator gave out.
fn compare(cache: &Cache, frames: &[(&str, String)]) -> (f64, f64) {
    let before = cache.counts().total_bytes();
    let found = measure(|| play(cache, frames));
    let told = cache.counts().total_bytes() - before;
    #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
    let numbers = (told as f64, found.bytes_current as f64);
    numbers
}

fn is_right(what: &str, (told, found): (f64, f64)) -> Option<String> {
    let wrong = (told / found - 1.0).abs();
    (wrong.is_nan() || wrong > TOLERANCE)
        .then(|| format!("{what}: {told} bytes are told, and there are {found}"))
}

#[test]
fn what_a_kind_is_said_to_take_is_what_was_allocated() {
    // Once before, for what is made at the first use of anything.
    play(&cache_of(&Kind::ALL), &town::frames(1, 10));

    for (guilds, entries) in [(2, EACH), (30, 10)] {
        let frames = town::frames(guilds, entries);
        let cache = cache_of(&Kind::ALL);
        let all = compare(&cache, &frames);
        let counts = cache.counts();
        let kinds = Kind::ALL.into_iter();
        let kinds: Vec<_> = kinds.filter(|kind| counts.of(*kind) > 0).collect();
        assert!(kinds.len() >= town::KINDS, "{counts:?}");
        let mut wrong = Vec::new();
        for kind in kinds {
            let others: Vec<_> = Kind::ALL
                .into_iter()
                .filter(|other| *other != kind)
                .collect();
            let without = compare(&cache_of(&others), &frames);
            let part = (all.0 - without.0, all.1 - without.1);
            wrong.extend(is_right(kind.name(), part));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn what_all_kinds_are_said_to_take_is_what_was_allocated() {
    play(&cache_of(&Kind::ALL), &town::frames(1, 10));

    for (guilds, entries) in [(2, EACH), (40, 20)] {
        let cache = cache_of(&Kind::ALL);
        let all = compare(&cache, &town::frames(guilds, entries));
        let what = format!("{guilds} guilds with {entries} of everything");
        assert_eq!(is_right(&what, all), None);
        assert_eq!(cache.audit(), Vec::<String>::new());
    }
}
