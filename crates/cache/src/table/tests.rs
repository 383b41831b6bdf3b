use std::collections::BTreeMap;

use fastrand::Rng;

use super::leaf::FULL;
use super::{Place, Table};

type Model = BTreeMap<u32, String>;

fn same(table: &Table<u32, String>, model: &Model) {
    assert_eq!(table.len(), model.len());
    assert_eq!(table.is_empty(), model.is_empty());
    assert!(
        table
            .iter()
            .eq(model.iter().map(|(key, value)| (*key, value)))
    );
    let mut place = Place::default();
    let steps = std::iter::from_fn(|| table.step(&mut place));
    assert!(steps.eq(table.iter()));
    let backwards = model.iter().rev().map(|(key, _)| *key);
    assert!(table.keys().rev().eq(backwards));
}

/// That no leaf is empty or over-full, that each is found by its keys, and that the bytes are what they are.
fn is_sound(table: &Table<u32, String>) {
    let mut bytes = 0;
    for branch in 0..table.root.branches() {
        assert!(!table.root.leaves(branch).is_empty());
        for (at, leaf) in table.root.leaves(branch).iter().enumerate() {
            let Some(leaf) = leaf else {
                assert!(table.is_empty());
                continue;
            };
            assert!((1..=FULL).contains(&leaf.len()));
            for (key, _) in leaf.iter() {
                assert_eq!(table.root.leaf_of(key), (branch, at));
            }
            bytes += leaf.bytes();
        }
    }
    assert_eq!(table.leaf_bytes, bytes);
}

#[test]
fn it_holds_what_a_plain_map_holds_and_snapshots_stay_as_they_were() {
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let keys = [8, 300, 10_000][usize::try_from(seed % 3).unwrap()];
        let mut model = Model::new();
        let mut table = Table::new();
        let mut snapshots: Vec<(Table<u32, String>, Model)> = Vec::new();
        for _ in 0..4_000 {
            // Times in which the map grows, and times in which it shrinks.
            let grows = rng.u32(..100)
                < if model.len() < keys as usize / 2 {
                    70
                } else {
                    35
                };
            let key = rng.u32(..keys);
            if grows {
                let value = rng.u64(..).to_string();
                assert_eq!(table.insert(key, value.clone()), model.insert(key, value));
            } else if rng.u32(..4) == 0 {
                assert_eq!(table.get(key), model.get(&key));
                assert_eq!(table.contains(key), model.contains_key(&key));
                let to = key + rng.u32(..keys / 4);
                let range = || model.range(key..=to).map(|(key, value)| (*key, value));
                assert!(table.range(key, to).eq(range()));
                assert!(table.range(key, to).rev().eq(range().rev()));
                assert_eq!(
                    table.range(to + 1, key).next(),
                    None,
                    "from the end to the beginning"
                );
                if let Some(value) = table.get_mut(key) {
                    value.push('!');
                }
                model.entry(key).and_modify(|value| value.push('!'));
            } else {
                assert_eq!(table.remove(key), model.remove(&key));
            }
            if rng.u32(..500) == 0 {
                // Neighbours that come or go together, at an end or in the middle.
                let first = [0, key, keys][rng.usize(..3)];
                let count = rng.u32(..keys / 2);
                for key in first..first + count {
                    if grows {
                        let value = key.to_string();
                        assert_eq!(table.insert(key, value.clone()), model.insert(key, value));
                    } else {
                        assert_eq!(table.remove(key), model.remove(&key));
                    }
                }
            }
            if rng.u32(..200) == 0 {
                is_sound(&table);
                snapshots.push((table.clone(), model.clone()));
            }
            if snapshots.len() > 5 {
                let (table, model) = snapshots.remove(rng.usize(..snapshots.len()));
                same(&table, &model);
            }
        }
        is_sound(&table);
        same(&table, &model);
        for (table, model) in snapshots {
            same(&table, &model);
        }
    }
}

#[test]
fn a_large_map_stays_sound_until_nothing_is_left_of_it() {
    let mut rng = Rng::with_seed(11);
    let mut keys: Vec<u32> = (0..20_000).map(|key| key * 7).collect();
    for round in 0..3 {
        let (mut table, mut model) = (Table::new(), Model::new());
        // From below, from above, and from anywhere.
        match round {
            0 => {}
            1 => keys.reverse(),
            _ => rng.shuffle(&mut keys),
        }
        for (count, key) in keys.iter().enumerate() {
            assert_eq!(table.insert(*key, String::new()), None);
            model.insert(*key, String::new());
            if count % 4_001 == 0 {
                is_sound(&table);
                same(&table, &model);
            }
        }
        assert!(table.root.branches() > 10, "{}", table.root.branches());
        rng.shuffle(&mut keys);
        for (count, key) in keys.iter().enumerate() {
            assert!(table.remove(*key).is_some());
            model.remove(key);
            if count % 2_003 == 0 || model.len() < 3 {
                is_sound(&table);
                same(&table, &model);
            }
        }
        assert_eq!(table.bytes(), 0);
    }
}

#[test]
fn what_comes_and_goes_at_either_end_leaves_no_hole() {
    // As many as fill one branch, and as many as fill two.
    for full in [32 * 48, 2 * 32 * 48] {
        let entry = |key: u32| (key, key.to_string());
        let mut model: Model = (1..=full).map(entry).collect();
        let mut table = Table::from_ordered(model.clone().into_iter().collect());
        for key in [full + 1, full + 2, 0] {
            for _ in 0..3 {
                assert_eq!(table.insert(key, String::new()), None);
                assert_eq!(table.remove(key), Some(String::new()));
                is_sound(&table);
                same(&table, &model);
            }
        }
        // The first branch goes leaf by leaf.
        for key in 1..=40 * 32 {
            assert_eq!(table.remove(key), model.remove(&key));
        }
        is_sound(&table);
        assert_eq!(
            table.insert(1, String::new()),
            model.insert(1, String::new())
        );
        same(&table, &model);
    }
}

#[test]
fn entries_in_order_lie_densely() {
    for len in [0, 1, 2, 32, 33, 1_000, 1_536, 1_537, 10_000] {
        let model: Model = (0..len).map(|key| (key * 3, key.to_string())).collect();
        let table = Table::from_ordered(model.clone().into_iter().collect());
        is_sound(&table);
        same(&table, &model);
    }
}

#[test]
fn a_write_copies_nothing_unless_somebody_looks() {
    let mut table = Table::from_ordered((0..1_000).map(|key| (key, key)).collect());
    let leaf = |table: &Table<u32, u32>, key| std::ptr::from_ref(table.get(key).unwrap());
    let before = [leaf(&table, 10), leaf(&table, 900)];
    *table.get_mut(10).unwrap() = 0;
    assert_eq!([leaf(&table, 10), leaf(&table, 900)], before);

    let snapshot = table.clone();
    *table.get_mut(10).unwrap() = 1;
    assert_eq!(snapshot.get(10), Some(&0));
    assert_ne!(
        leaf(&table, 10),
        before[0],
        "the leaf that changed was copied"
    );
    assert_eq!(leaf(&table, 900), before[1], "the others are shared");
}

#[test]
fn little_is_wasted() {
    let entry = size_of::<(u64, [u64; 5])>();
    let mut rng = Rng::with_seed(3);
    for len in [200_usize, 1_000, 20_000] {
        let mut table = Table::new();
        for _ in 0..len {
            table.insert(rng.u64(..), [0_u64; 5]);
        }
        let room = table.bytes() * 100 / (len * entry);
        assert!((100..=120).contains(&room), "{len} entries take {room} %");
        let keys: Vec<_> = table.keys().collect();
        for key in &keys[len / 10..] {
            table.remove(*key);
        }
        let room = table.bytes() * 100 / (len / 10 * entry);
        assert!(
            (100..=160).contains(&room),
            "a tenth of {len} takes {room} %"
        );
    }
    assert_eq!(Table::<u64, u64>::new().bytes(), 0);
}
