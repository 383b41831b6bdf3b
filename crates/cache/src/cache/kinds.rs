//! Some of the kinds.

use super::kind::Kind;

/// Some of the kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds(u32);

impl Kinds {
    pub(super) const NONE: Self = Self(0);
    pub(super) const ALL: Self = Self::of(&Kind::ALL);

    pub(super) const fn of(kinds: &[Kind]) -> Self {
        let mut rest = kinds;
        let mut all = Self::NONE;
        while let [kind, others @ ..] = rest {
            all = all.with(*kind);
            rest = others;
        }
        all
    }

    pub(super) const fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u32)
    }

    pub(super) const fn with_all(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub(super) const fn contains(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u32 != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl Default for Kinds {
    fn default() -> Self {
        Self::NONE
    }
}
