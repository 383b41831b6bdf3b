//! How people show themselves.

use polycord_types::id::UserId;
use serde_json::json;

use crate::simulator::Simulator;
use crate::world::objects;

impl Simulator {
    /// A user's status changes in all guilds they are in: `online`, `idle`, `dnd` or `offline`.
    pub fn presence(&self, user: UserId, status: &str) {
        self.act(|core, state| {
            let new = objects::presence(status, &json!([]));
            let guilds: Vec<u64> = state.world.guilds.keys().copied().collect();
            for guild in guilds {
                core.set_presence(state, guild, user.get(), &new);
            }
        });
    }
}
