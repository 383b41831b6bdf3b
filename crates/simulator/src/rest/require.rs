//! Permissions, as routes ask for them.

use super::reply::Failure;
use crate::core::{Core, State};
use crate::world::permissions::{Place, Verdict};

impl Core {
    /// Refuses whoever makes the request unless they have all of these permissions there: with 50001
    /// where they cannot see the place, else with 50013.
    pub(crate) fn require(&self, state: &State, place: Place, needed: u64) -> Result<(), Failure> {
        match state.world.verdict(place, state.actor(), needed) {
            Verdict::Allowed => Ok(()),
            Verdict::NoAccess => Err(Failure::missing_access()),
            Verdict::Denied => Err(Failure::missing_permissions()),
        }
    }
}
