use std::fmt;

use crate::Permissions;

/// What changed between two sets of permissions, as [`Permissions::change_to`] gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PermissionsChange {
    /// What is there now and was not before.
    pub added: Permissions,
    /// What was there before and is not now.
    pub removed: Permissions,
}

impl PermissionsChange {
    /// Whether nothing changed.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

impl fmt::Display for PermissionsChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { added, removed } = self;
        match (added.is_empty(), removed.is_empty()) {
            (true, true) => f.write_str("nothing changed"),
            (false, true) => write!(f, "added {added}"),
            (true, false) => write!(f, "removed {removed}"),
            (false, false) => write!(f, "added {added}, removed {removed}"),
        }
    }
}
