use std::fmt;

/// Names one connection of a session.
///
/// Each dial gets a new one. What an older connection still has to say (a late close, a late frame,
/// a permit that came too late) carries the old one, and is ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(u64);

impl Generation {
    pub(crate) const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The number of the connection, counted from one.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
