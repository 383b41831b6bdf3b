//! Guilds that come and go.

use std::sync::Arc;

use polycord_types::id::GuildId;
use serde_json::{Value, json};

use super::guild_must_exist;
use crate::core::{Core, State};
use crate::gateway::dispatch::{Happening, guild_create};
use crate::simulator::Simulator;
use crate::world::{GuildBuilder, World};

impl Simulator {
    /// The bot is added to a new guild, filled by `fill`: `GUILD_CREATE`. People who are named as those
    /// of the world are the same.
    pub fn add_guild(
        &self,
        name: &str,
        fill: impl FnOnce(GuildBuilder) -> GuildBuilder,
    ) -> GuildId {
        self.act(|core, state| {
            let world = std::mem::take(&mut state.world);
            let now = core.next_id(state);
            let (world, id, last) = World::late_guild(world, now, name, fill);
            state.world = world;
            state.world.note_memberships();
            state.ids.pass(last);
            core.tell_guild_create(state, id);
            GuildId::new(id)
        })
    }

    /// A guild becomes unavailable (`GUILD_DELETE` with `unavailable`), or available again
    /// (`GUILD_CREATE`). What happens there in between is not told.
    ///
    /// # Panics
    ///
    /// If the bot is in no such guild.
    #[track_caller]
    pub fn outage(&self, guild: GuildId, down: bool) {
        self.act(|core, state| {
            guild_must_exist(state, guild);
            let id = guild.get();
            if down {
                core.take_guild(state, id, true);
                return;
            }
            let Some(found) = state.world.guilds.get_mut(&id) else {
                return;
            };
            found.available = true;
            core.tell_guild_create(state, id);
        });
    }

    /// The bot is removed from a guild: `GUILD_DELETE` without `unavailable`. Whether it was in it.
    pub fn expel(&self, guild: GuildId) -> bool {
        self.act(|core, state| core.take_guild(state, guild.get(), false))
    }
}

impl Core {
    /// `GUILD_CREATE`, to every session as it is to see the guild.
    fn tell_guild_create(&self, state: &mut State, id: u64) {
        let concerned = state.sessions.concerned(Some(id));
        let sessions: Vec<_> = concerned
            .filter(|session| session.welcomed && session.intents & 1 != 0)
            .map(|session| Arc::clone(&session.id))
            .collect();
        for session in sessions {
            if let Some(data) = guild_create(state, id, &session) {
                self.dispatch_to(state, &session, "GUILD_CREATE", &data.to_string());
            }
        }
    }

    /// Takes a guild from the bot: for an outage, or for good.
    pub(crate) fn take_guild(&self, state: &mut State, id: u64, outage: bool) -> bool {
        let Some(found) = state.world.guilds.get_mut(&id) else {
            return false;
        };
        found.available = false;
        let mut data = json!({ "id": id.to_string() });
        if outage {
            data["unavailable"] = Value::Bool(true);
        }
        self.dispatch(state, &Happening::new("GUILD_DELETE", Some(id), data));
        if !outage {
            state.world.remove_guild(id);
        }
        true
    }
}
