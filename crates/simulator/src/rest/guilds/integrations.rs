//! Integrations of a guild.

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::MANAGE_GUILD;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/integrations", Core::list_integrations),
    Route::delete(
        "/guilds/{guild_id}/integrations/{integration_id}",
        Core::drop_integration,
    ),
];

/// The list has no second page.
const SHOWN: usize = 50;

const AUDITED: &[&str] = &["name", "type"];

impl Core {
    fn list_integrations(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let integrations = guild(state, id)?.integrations.values();
        Ok(Reply::ok(integrations.take(SHOWN).cloned().collect()))
    }

    fn drop_integration(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, integration) = (call.guild(state)?, call.id("integration_id")?);
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let by = call.by(state);
        let gone = self.delete_integration(state, id, &by, integration);
        gone.then(Reply::no_content)
            .ok_or_else(|| Failure::new(404, 10_005, "Unknown Integration"))
    }

    /// Takes an integration away, with the webhooks and the bot of its application:
    /// `INTEGRATION_DELETE`, `GUILD_INTEGRATIONS_UPDATE`. Whether it was there.
    pub(crate) fn delete_integration(
        &self,
        state: &mut State,
        guild: u64,
        by: &By,
        integration: u64,
    ) -> bool {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return false;
        };
        let Some(old) = found.integrations.remove(&integration) else {
            return false;
        };
        let application = old["application"]["id"].clone();
        let of_it =
            |webhook: &Value| !application.is_null() && webhook["application_id"] == application;
        let mut channels = Vec::new();
        found.webhooks.retain(|_, webhook| {
            let goes = of_it(webhook);
            if goes && !channels.contains(&webhook["channel_id"]) {
                channels.push(webhook["channel_id"].clone());
            }
            !goes
        });
        let mut data = json!({ "id": integration.to_string(), "guild_id": guild.to_string() });
        if !application.is_null() {
            data["application_id"] = application;
        }
        self.dispatch(
            state,
            &Happening::new("INTEGRATION_DELETE", Some(guild), data),
        );
        let data = json!({ "guild_id": guild.to_string() });
        let name = "GUILD_INTEGRATIONS_UPDATE";
        self.dispatch(state, &Happening::new(name, Some(guild), data));
        for channel in channels {
            let data = json!({ "guild_id": guild.to_string(), "channel_id": channel });
            self.dispatch(state, &Happening::new("WEBHOOKS_UPDATE", Some(guild), data));
        }
        let bot = objects::id(&old["application"]["bot"]);
        if bot != 0 && bot != state.world.bot {
            self.remove_member(state, guild, bot);
        }
        let entry = Entry::deleted(integration, &old, AUDITED);
        self.audit(state, guild, by, Action::IntegrationDelete, entry);
        true
    }
}
