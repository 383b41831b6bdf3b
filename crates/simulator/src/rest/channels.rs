//! Channels and threads: read, changed, deleted.

mod edit;
mod invites;
mod overwrites;
mod voice;

use serde_json::Value;

use super::access::is_thread;
use super::audit::{Action, Entry};
use super::guilds::channels::AUDITED;
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::{objects, permissions};

pub(super) const ROUTES: &[&[Route]] = &[
    OWN,
    edit::ROUTES,
    invites::ROUTES,
    overwrites::ROUTES,
    voice::ROUTES,
];

const OWN: &[Route] = &[
    Route::get("/channels/{channel_id}", Core::get_channel),
    Route::delete("/channels/{channel_id}", Core::delete_channel),
];

impl Core {
    fn get_channel(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.channel(state)?;
        self.may(state, id, permissions::VIEW_CHANNEL)?;
        self.shown_thread(state, id).map(Reply::ok)
    }

    fn delete_channel(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.channel(state)?;
        let object = state.world.channel(id).cloned();
        let object = object.ok_or_else(Failure::unknown_channel)?;
        let Some(guild) = state.world.guild_of(id) else {
            // A direct message channel is only closed: it is there when it is opened again.
            return Ok(Reply::ok(object));
        };
        if is_thread(&object) {
            self.may(state, id, permissions::MANAGE_THREADS)?;
            state.world.remove_channel(id);
            let data = serde_json::json!({
                "id": id.to_string(),
                "guild_id": guild.to_string(),
                "parent_id": object["parent_id"],
                "type": object["type"],
            });
            self.dispatch(state, &Happening::new("THREAD_DELETE", Some(guild), data));
            let by = call.by(state);
            let gone = &Value::Null;
            self.audit_thread(state, guild, &by, Action::ThreadDelete, &object, gone);
            return Ok(Reply::ok(object));
        }
        self.may(state, id, permissions::MANAGE_CHANNELS)?;
        let found = state.world.guilds.get(&guild);
        let needed = found.is_some_and(|found| {
            ["rules_channel_id", "public_updates_channel_id"]
                .iter()
                .any(|field| objects::snowflake(&found.object[*field]) == Some(id))
        });
        if needed {
            let message = "Cannot delete a channel required for Community guilds";
            return Err(Failure::new(400, 50_074, message));
        }
        let below: Vec<u64> = found.map_or_else(Vec::new, |found| {
            let below = found.channels.iter();
            let below = below.filter(|(_, it)| objects::snowflake(&it["parent_id"]) == Some(id));
            below.map(|(child, _)| *child).collect()
        });
        state.world.remove_channel(id);
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found
                .webhooks
                .retain(|_, webhook| objects::snowflake(&webhook["channel_id"]) != Some(id));
            found
                .invites
                .retain(|_, invite| objects::id(&invite["channel"]) != id);
            found
                .invite_targets
                .retain(|code, _| found.invites.contains_key(code));
        }
        self.tell_channel(state, "CHANNEL_DELETE", &object);
        for child in below {
            let Some(orphan) = state.world.channel_mut(child) else {
                continue;
            };
            orphan["parent_id"] = Value::Null;
            let orphan = orphan.clone();
            self.tell_channel(state, "CHANNEL_UPDATE", &orphan);
        }
        let entry = Entry::deleted(id, &object, AUDITED);
        let by = call.by(state);
        self.audit(state, guild, &by, Action::ChannelDelete, entry);
        Ok(Reply::ok(object))
    }
}
