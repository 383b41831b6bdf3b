use std::cmp::Ordering;

use metrics::{Counter, counter};

use super::names as name;

/// How many kinds are told apart. Discord has about 80; names are the server's, and each is a number that a
/// recorder keeps for ever.
const MAX_KINDS: usize = 160;
/// The longest name that is a label.
const MAX_NAME: usize = 64;
/// Stands for all the others.
const OTHER: &str = "other";

/// The counters of events by kind, found without a registry.
#[derive(Default)]
pub(super) struct Kinds {
    /// By length, then by bytes: most names differ in their length already.
    known: Vec<(Box<str>, Counter)>,
    other: Option<Counter>,
}

impl Kinds {
    pub(super) fn count(&mut self, kind: &str) {
        let found = self.known.binary_search_by(|(known, _)| order(known, kind));
        match found {
            Ok(at) => {
                if let Some((_, counter)) = self.known.get(at) {
                    counter.increment(1);
                }
            }
            Err(at) if self.known.len() < MAX_KINDS && kind.len() <= MAX_NAME => {
                let counter = counter!(name::EVENTS, "kind" => kind.to_owned());
                counter.increment(1);
                self.known.insert(at, (kind.into(), counter));
            }
            Err(_) => self
                .other
                .get_or_insert_with(|| counter!(name::EVENTS, "kind" => OTHER))
                .increment(1),
        }
    }
}

fn order(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// An event of this kind was not decoded.
#[cfg(feature = "discord")]
pub(crate) fn decode_failed(kind: polycord_types::gateway::EventKind) {
    counter!(name::DECODE_FAILURES, "kind" => kind.name()).increment(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_end_share_one_number() {
        let mut kinds = Kinds::default();
        for number in 0..1_000 {
            kinds.count(&format!("KIND_{number}"));
            kinds.count(&"X".repeat(MAX_NAME + number));
        }
        assert_eq!(kinds.known.len(), MAX_KINDS);
        assert!(kinds.other.is_some());
        assert!(
            kinds
                .known
                .is_sorted_by(|(a, _), (b, _)| order(a, b) == Ordering::Less)
        );
    }
}
