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

/// That no leaf is empty or over-full, that each is found by its first key, and that the bytes are what they are.
fn is_sound(table: &Table<u32, String>) {
    let leaves = table.leaves();
    for branch in leaves {
        assert_eq!(branch.leaf.first(), Some(branch.first));
        assert!((1..=FULL).contains(&branch.leaf.len()));
    }
    assert!(leaves.is_sorted_by(|a, b| a.first < b.first));
    let bytes: usize = leaves.iter().map(|branch| branch.leaf.bytes()).sum();
    assert_eq!(table.leaf_bytes, bytes);
    assert_eq!(table.branches.is_none(), table.is_empty());
}

#[test]
fn it_holds_what_a_plain_map_holds_and_snapshots_stay_as_they_were() {
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let keys = [8, 300, 5_000][usize::try_from(seed % 3).unwrap()];
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
fn entries_in_order_lie_densely() {
    for len in [0, 1, 2, 128, 129, 1_000] {
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
