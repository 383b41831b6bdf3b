//! Who is in a guild.

use polycord_types::id::{GuildId, UserId};
use serde_json::{Value, json};

use crate::gateway::dispatch::Happening;
use crate::simulator::Simulator;
use crate::world::{Member, User};

impl Simulator {
    /// Somebody new, or an existing user of that name, joins a guild.
    pub fn join(&self, guild: GuildId, name: &str) -> UserId {
        self.act(|core, state| {
            let known = state.world.user_named(name);
            let user = known.unwrap_or_else(|| core.next_id(state));
            let fresh = || User::new(name, Some(name), false);
            state.world.users.entry(user).or_insert_with(fresh);
            let joined = core.clock.now_ms();
            if let Some(found) = state.world.guilds.get_mut(&guild.get()) {
                found.members.insert(user, Member::new(joined, []));
            }
            if let Some(mut data) = state.world.member(guild.get(), user) {
                data["guild_id"] = Value::from(guild.get().to_string());
                let happening = Happening::new("GUILD_MEMBER_ADD", Some(guild.get()), data);
                core.dispatch(state, &happening);
            }
            UserId::new(user)
        })
    }

    /// A member leaves a guild. Whether they were in it.
    pub fn leave(&self, guild: GuildId, user: UserId) -> bool {
        self.act(|core, state| {
            let Some(found) = state.world.guilds.get_mut(&guild.get()) else {
                return false;
            };
            if found.members.remove(&user.get()).is_none() {
                return false;
            }
            found.presences.remove(&user.get());
            found.voice_states.remove(&user.get());
            let person = state.world.user(user.get()).unwrap_or_default();
            let data = json!({ "guild_id": guild.get().to_string(), "user": person });
            let happening = Happening::new("GUILD_MEMBER_REMOVE", Some(guild.get()), data);
            core.dispatch(state, &happening);
            true
        })
    }
}
