//! The changes of state that happen, held against those that are documented.

use std::{collections::BTreeSet, fs, path::Path};

use polycord_gateway::{Moment, SessionEvent};

use crate::rig::Entry;

/// The heading of the documentation's table.
const TABLE: &str = "| from | to |";

/// Pairs of states, by the names they have in the code.
#[derive(Debug, Default)]
pub(crate) struct Transitions(BTreeSet<(String, String)>);

impl Transitions {
    pub(crate) fn of(journal: &[(Moment, Entry)]) -> Self {
        let of = |(_, entry): &(Moment, Entry)| match entry {
            Entry::Event(SessionEvent::StateChanged { from, to }) => {
                Some((format!("{from:?}"), format!("{to:?}")))
            }
            _ => None,
        };
        Self(journal.iter().filter_map(of).collect())
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    /// Asserts that each is documented; with `all`, that those which are documented happen. Without the
    /// page, as in a crate of its own, there is nothing to compare.
    pub(crate) fn assert_documented(&self, all: bool) {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/gateway.md");
        let Ok(page) = fs::read_to_string(page) else {
            return;
        };
        let documented = documented(&page);
        let secret: Vec<_> = self.0.difference(&documented).collect();
        assert!(secret.is_empty(), "not in docs/gateway.md: {secret:?}");
        let never: Vec<_> = documented.difference(&self.0).collect();
        assert!(
            !all || never.is_empty(),
            "in docs/gateway.md, and never seen: {never:?}"
        );
    }
}

fn documented(page: &str) -> BTreeSet<(String, String)> {
    let rows = page.lines().skip_while(|line| *line != TABLE).skip(2);
    let mut pairs = BTreeSet::new();
    for row in rows.take_while(|line| line.starts_with('|')) {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let (Some(from), Some(to)) = (cells.next(), cells.next()) else {
            continue;
        };
        for to in to.split(',') {
            pairs.insert((from.to_owned(), to.trim().to_owned()));
        }
    }
    assert!(!pairs.is_empty(), "the table has moved");
    pairs
}
