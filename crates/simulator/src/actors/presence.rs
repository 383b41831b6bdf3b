//! How people show themselves.

use polycord_types::id::UserId;

use crate::simulator::Simulator;
use crate::world::{Presence, Status};

impl Simulator {
    /// A user's status changes in all guilds they are in: `online`, `idle`, `dnd` or `offline`.
    pub fn presence(&self, user: UserId, status: &str) {
        self.act(|core, state| {
            let status = Status::named(status).unwrap_or(Status::Offline);
            let new = Presence::new(status, []);
            let guilds: Vec<u64> = state.world.guilds.keys().copied().collect();
            for guild in guilds {
                core.set_presence(state, guild, user.get(), &new);
            }
        });
    }
}
