//! What else is connected to a guild: other bots, channels of streamers.

use polycord_types::id::{GuildId, IntegrationId};
use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::simulator::Simulator;
use crate::world::objects;

impl Simulator {
    /// The owner connects something to a guild, of the kind `twitch` or `youtube`:
    /// `INTEGRATION_CREATE` and `GUILD_INTEGRATIONS_UPDATE`.
    ///
    /// # Panics
    ///
    /// If there is no such guild.
    #[track_caller]
    pub fn connect_integration(&self, guild: GuildId, kind: &str, name: &str) -> IntegrationId {
        self.act(|core, state| {
            let id = core.next_id(state);
            let now = core.clock.now_iso();
            let Some(found) = state.world.guilds.get_mut(&guild.get()) else {
                panic!("there is no guild {guild}")
            };
            let integration = json!({
                "id": id.to_string(),
                "name": name,
                "type": kind,
                "enabled": true,
                "syncing": false,
                "enable_emoticons": false,
                "expire_behavior": 0,
                "expire_grace_period": 7,
                "account": { "id": id.to_string(), "name": name },
                "synced_at": now,
                "subscriber_count": 0,
                "revoked": false,
            });
            found.integrations.insert(id, integration.clone());
            core.tell_integration(state, guild.get(), "INTEGRATION_CREATE", integration);
            IntegrationId::new(id)
        })
    }

    /// The owner turns what is connected on or off: `INTEGRATION_UPDATE` and
    /// `GUILD_INTEGRATIONS_UPDATE`. Whether it is there.
    #[must_use = "whether it was there"]
    pub fn enable_integration(&self, guild: GuildId, integration: IntegrationId, on: bool) -> bool {
        self.act(|core, state| {
            let found = state.world.guilds.get_mut(&guild.get());
            let found = found.and_then(|it| it.integrations.get_mut(&integration.get()));
            let Some(found) = found else {
                return false;
            };
            found["enabled"] = Value::Bool(on);
            let data = found.clone();
            core.tell_integration(state, guild.get(), "INTEGRATION_UPDATE", data);
            true
        })
    }

    /// The owner takes a connection away: `INTEGRATION_DELETE` and `GUILD_INTEGRATIONS_UPDATE`.
    /// Whether it was there.
    #[must_use = "whether it was there"]
    pub fn disconnect_integration(&self, guild: GuildId, integration: IntegrationId) -> bool {
        self.act(|core, state| {
            let found = state.world.guilds.get_mut(&guild.get());
            let found = found.and_then(|it| it.integrations.remove(&integration.get()));
            let Some(found) = found else {
                return false;
            };
            let mut data = json!({ "id": found["id"] });
            if objects::id(&found["application"]) != 0 {
                data["application_id"] = found["application"]["id"].clone();
            }
            core.tell_integration(state, guild.get(), "INTEGRATION_DELETE", data);
            true
        })
    }
}

impl Core {
    fn tell_integration(&self, state: &mut State, guild: u64, name: &str, data: Value) {
        let mut data = data;
        data["guild_id"] = Value::from(guild.to_string());
        self.dispatch(state, &Happening::new(name, Some(guild), data));
        let data = json!({ "guild_id": guild.to_string() });
        let happening = Happening::new("GUILD_INTEGRATIONS_UPDATE", Some(guild), data);
        self.dispatch(state, &happening);
    }
}
