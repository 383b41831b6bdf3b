//! Events that nobody caused.

use polycord_types::id::GuildId;
use serde_json::Value;

use crate::gateway::dispatch::Happening;
use crate::simulator::Simulator;

impl Simulator {
    /// Any event, with any payload: for what has no actor. With a guild it goes to that guild's
    /// shard, without to shard 0, to sessions whose intents let it through. Webhook events go to the
    /// application's URL for events, where it has one and asked for them.
    ///
    /// ```
    /// # use polycord_simulator::Simulator;
    /// # use serde_json::json;
    /// # fn emit(sim: &Simulator) {
    /// let guild = sim.guild("polycord");
    /// let data = json!({ "guild_id": guild, "channel_id": sim.channel("general") });
    /// sim.emit("WEBHOOKS_UPDATE", data, Some(guild));
    /// // Of an event that is new to the bot's library, too.
    /// sim.emit("SOMETHING_NEW", json!({}), None);
    /// # }
    /// ```
    pub fn emit(&self, name: &str, data: Value, guild: Option<GuildId>) {
        self.act(|core, state| {
            core.dispatch(
                state,
                &Happening::new(name, guild.map(GuildId::get), data).anywhere(),
            );
        });
    }
}
