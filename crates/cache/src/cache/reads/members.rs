//! Members and users.

use std::sync::atomic::Ordering;

use polycord_types::id::UserId;

use crate::cache::users::part;
use crate::{Cache, CachedUser, Kind};

impl Cache {
    /// The user the session belongs to, once READY came.
    #[must_use]
    pub fn current_user(&self) -> Option<CachedUser> {
        let rows = &self.inner.current_user;
        let row = self.inner.find_user(Kind::CurrentUser, rows, ())?;
        let id = UserId::try_from(self.inner.current_user_id.load(Ordering::Relaxed)).ok()?;
        Some(CachedUser { id, row })
    }

    /// A user who shares a guild with the current user, or the current user.
    #[must_use]
    pub fn user(&self, id: UserId) -> Option<CachedUser> {
        let rows = part(&self.inner.users, id);
        let row = self.inner.find_user(Kind::User, rows, id)?;
        Some(CachedUser { id, row })
    }
}
