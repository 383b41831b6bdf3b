//! Names of events, each kept once.

use std::collections::HashSet;
use std::sync::Arc;

/// More than Discord documents; names that a test makes up are not kept without end.
const MOST: usize = 256;

/// The names of the events that happened: the journal and the sessions hold millions of them.
#[derive(Debug, Default)]
pub(crate) struct Names(HashSet<Arc<str>>);

impl Names {
    /// The name, shared with all who had it before.
    pub(crate) fn of(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let new: Arc<str> = name.into();
        if self.0.len() < MOST {
            self.0.insert(Arc::clone(&new));
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once_and_not_every_name_is_kept() {
        let mut names = Names::default();
        let first = names.of("READY");
        assert!(Arc::ptr_eq(&first, &names.of("READY")));
        for made_up in 0..2 * MOST {
            assert_eq!(&*names.of(&made_up.to_string()), made_up.to_string());
        }
        assert_eq!(names.0.len(), MOST);
    }
}
