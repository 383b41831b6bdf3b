use std::{
    collections::{BTreeMap, btree_map},
    sync::Arc,
};

use super::reading::{Class, Finding, Reading};

/// The most different findings that are added up; of the others only the number is known.
const MAX_ROWS: usize = 10_000;
/// How many places a row remembers.
const PLACES: usize = 3;

/// Where an object begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) file: Arc<str>,
    pub(super) line: u64,
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Status {
    /// It was read, and all of it is known.
    Clean,
    /// It was read, and there is something to tell about it.
    Findings,
    /// It could not be read.
    Failed,
}

/// The sum of all readings. It is bounded, whatever comes.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) inputs: u64,
    pub(super) clean: u64,
    pub(super) with_findings: u64,
    pub(super) failed: u64,
    /// How many findings there are of each class.
    pub(super) unknown_fields: u64,
    pub(super) unknown_values: u64,
    pub(super) deviations: u64,
    pub(super) kinds: BTreeMap<String, OfKind>,
    rows: BTreeMap<Key, Row>,
    /// Findings that have no row.
    pub(super) further: u64,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct OfKind {
    pub(super) inputs: u64,
    pub(super) failed: u64,
}

/// What makes findings the same.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) class: Class,
    pub(super) kind: String,
    /// With `[]` for every position of a list, and `*` for every id that is a key.
    pub(super) path: String,
    pub(super) detail: String,
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) count: u64,
    /// The first of them.
    pub(super) places: Vec<Place>,
}

impl Reading {
    pub(super) fn status(&self) -> Status {
        if self.has_failed() {
            Status::Failed
        } else if self.findings.is_empty() {
            Status::Clean
        } else {
            Status::Findings
        }
    }
}

impl Tally {
    pub(super) fn add(&mut self, reading: &Reading, place: &Place) {
        self.inputs += 1;
        let status = reading.status();
        match status {
            Status::Clean => self.clean += 1,
            Status::Findings => self.with_findings += 1,
            Status::Failed => self.failed += 1,
        }
        let kinds = self.kinds.len();
        let kind = match self.kinds.get_mut(&reading.kind) {
            Some(kind) => kind,
            None if kinds < MAX_ROWS => self.kinds.entry(reading.kind.clone()).or_default(),
            None => self.kinds.entry("others".to_owned()).or_default(),
        };
        kind.inputs += 1;
        kind.failed += u64::from(status == Status::Failed);
        for finding in &reading.findings {
            self.count(&reading.kind, finding, place);
        }
    }

    /// The rows of a class, the most frequent first.
    pub(super) fn rows(&self, which: impl Fn(Class) -> bool) -> Vec<(&Key, &Row)> {
        let mut rows: Vec<_> = self
            .rows
            .iter()
            .filter(|(key, _)| which(key.class))
            .collect();
        rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.count));
        rows
    }

    fn count(&mut self, kind: &str, finding: &Finding, place: &Place) {
        match finding.class {
            Class::UnknownField => self.unknown_fields += 1,
            Class::UnknownValue(_) => self.unknown_values += 1,
            Class::Deviation(_) => self.deviations += 1,
            Class::Failure => {}
        }
        let key = Key {
            class: finding.class,
            kind: kind.to_owned(),
            path: general(&finding.path),
            detail: finding.detail.clone(),
        };
        let full = self.rows.len() >= MAX_ROWS;
        match self.rows.entry(key) {
            btree_map::Entry::Occupied(row) => {
                let row = row.into_mut();
                row.count += 1;
                if row.places.len() < PLACES && row.places.last() != Some(place) {
                    row.places.push(place.clone());
                }
            }
            btree_map::Entry::Vacant(_) if full => self.further += 1,
            btree_map::Entry::Vacant(row) => {
                row.insert(Row {
                    count: 1,
                    places: vec![place.clone()],
                });
            }
        }
    }
}

/// A path without its positions and ids: `d.members[3].id` is `d.members[].id`, and `resolved.users.80351110224678912.id` is
/// `resolved.users.*.id`.
fn general(path: &str) -> String {
    let keys = path.split('.').map(|key| {
        let (name, positions) = key.find('[').map_or((key, ""), |at| key.split_at(at));
        let is_id = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        let name = if is_id { "*" } else { name };
        let digits: String = positions
            .chars()
            .filter(|char| !char.is_ascii_digit())
            .collect();
        format!("{name}{digits}")
    });
    keys.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_ids_are_added_up() {
        for (path, expected) in [
            ("", ""),
            ("d.members[3].id", "d.members[].id"),
            ("[0][12].a", "[][].a"),
            (
                "data.resolved.users.80351110224678912.x1",
                "data.resolved.users.*.x1",
            ),
        ] {
            assert_eq!(general(path), expected);
        }
    }

    #[test]
    fn what_has_no_row_is_still_counted() {
        let mut tally = Tally::default();
        let place = Place {
            file: "-".into(),
            line: 1,
        };
        for number in 0..MAX_ROWS + 5 {
            let mut reading = Reading::of(format!("KIND_{number}"));
            reading.note(Class::UnknownField, "a", "");
            tally.add(&reading, &place);
        }
        assert_eq!(tally.rows(|_| true).len(), MAX_ROWS);
        assert_eq!(tally.further, 5);
        assert_eq!(tally.kinds.len(), MAX_ROWS + 1);
        assert_eq!(tally.kinds["others"].inputs, 5);
    }
}
