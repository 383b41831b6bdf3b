//! What is wrong, all at once.

use std::{collections::BTreeSet, fmt::Display};

/// Collects what is wrong, so that a run names all of it.
#[derive(Default)]
pub(crate) struct Findings(BTreeSet<String>);

impl Findings {
    pub(crate) fn note(&mut self, place: impl Display, problem: impl Display) {
        self.0.insert(format!("{place}: {problem}"));
    }

    pub(crate) fn check(&mut self, holds: bool, place: impl Display, problem: impl Display) {
        if !holds {
            self.note(place, problem);
        }
    }

    /// Fails where there are any.
    #[track_caller]
    pub(crate) fn finish(self) {
        let lines = self.0.into_iter().collect::<Vec<_>>();
        assert!(
            lines.is_empty(),
            "{} findings:\n{}",
            lines.len(),
            lines.join("\n")
        );
    }
}
