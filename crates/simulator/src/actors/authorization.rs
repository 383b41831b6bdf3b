//! People who authorize the application, and think better of it.

use polycord_types::id::{GuildId, UserId};
use serde_json::json;

use crate::rest::caller::Bearer;
use crate::simulator::Simulator;

impl Simulator {
    /// A user authorizes the application, for a guild or for their own account: the webhook event
    /// `APPLICATION_AUTHORIZED`. Gives an access token for `Authorization: Bearer`, with these scopes.
    ///
    /// # Panics
    ///
    /// If there is no such user, or no such guild.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/webhook-events#application-authorized).
    #[track_caller]
    pub fn authorize(&self, user: UserId, guild: Option<GuildId>, scopes: &[&str]) -> String {
        self.act(|core, state| {
            let Some(person) = state.world.user(user.get()) else {
                panic!("there is no user {user}")
            };
            let mut data = json!({
                "integration_type": i32::from(guild.is_none()),
                "user": person,
                "scopes": scopes,
            });
            if let Some(guild) = guild {
                let Some(found) = state.world.guilds.get(&guild.get()) else {
                    panic!("there is no guild {guild}")
                };
                data["guild"] = found.object.clone();
            }
            core.webhook_event(state, "APPLICATION_AUTHORIZED", &data);
            let id = core.next_id(state);
            let bearer = Bearer {
                user: user.get(),
                scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            };
            state.bearers.give(id, bearer)
        })
    }

    /// A user takes the authorization back: their access tokens end, and the webhook event
    /// `APPLICATION_DEAUTHORIZED` is told. Whether there was one.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/webhook-events#application-deauthorized).
    #[must_use = "whether it was there"]
    pub fn deauthorize(&self, user: UserId) -> bool {
        self.act(|core, state| {
            let taken = state.bearers.take(user.get());
            if taken && let Some(person) = state.world.user(user.get()) {
                let data = json!({ "user": person });
                core.webhook_event(state, "APPLICATION_DEAUTHORIZED", &data);
            }
            taken
        })
    }
}
