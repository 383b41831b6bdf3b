//! Channels that follow the announcements of another.

use serde_json::{Value, json};

use super::{FOLLOWER, can_host, guild_has_room, has_room};
use crate::core::{Core, State};
use crate::rest::access::other_type;
use crate::rest::form::{self, Field};
use crate::rest::messages::Draft;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{MANAGE_WEBHOOKS, VIEW_CHANNEL};

const ANNOUNCEMENT: u64 = 5;
/// The type of the message that tells a channel what it follows.
const FOLLOWED: u64 = 12;

pub(super) const ROUTES: &[Route] = &[Route::post(
    "/channels/{channel_id}/followers",
    Core::follow_channel,
)];

impl Core {
    fn follow_channel(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let source = call.channel(state)?;
        self.may(state, source, VIEW_CHANNEL)?;
        let followed = state.world.channel(source).cloned().unwrap_or_default();
        let from = state.world.guild_of(source);
        let Some(from) = from.filter(|_| followed["type"] == ANNOUNCEMENT) else {
            return Err(other_type());
        };
        let given = form::read(&call.body, &[Field::id("webhook_channel_id").required()])?;
        let target = given.get("webhook_channel_id");
        let target = target.and_then(objects::snowflake).unwrap_or(0);
        let guild = state.world.guild_of(target);
        let guild = guild.ok_or_else(Failure::unknown_channel)?;
        self.may(state, target, MANAGE_WEBHOOKS)?;
        can_host(state, target)?;
        has_room(state, guild, target)?;
        guild_has_room(state, guild)?;
        let shown = state.world.guilds.get(&from).map(|found| &found.object);
        let shown = shown.cloned().unwrap_or_default();
        let label = format!(
            "{} #{}",
            shown["name"].as_str().unwrap_or_default(),
            followed["name"].as_str().unwrap_or_default()
        );
        let id = self.next_id(state);
        let user = state.actor();
        let webhook = json!({
            "type": FOLLOWER,
            "id": id.to_string(),
            "name": label,
            "avatar": shown["icon"],
            "channel_id": target.to_string(),
            "guild_id": guild.to_string(),
            "application_id": null,
            "source_guild": { "id": from.to_string(), "name": shown["name"], "icon": shown["icon"] },
            "source_channel": { "id": source.to_string(), "name": followed["name"] },
            "user": state.world.user(user),
        });
        let by = call.by(state);
        self.add_webhook(state, guild, &by, &webhook);
        let mut told = Draft::default();
        told.set("type", FOLLOWED);
        told.set(
            "message_reference",
            json!({ "channel_id": source.to_string(), "guild_id": from.to_string() }),
        );
        self.post(state, target, user, &label, told);
        Ok(Reply::ok(json!({
            "channel_id": source.to_string(),
            "webhook_id": Value::from(id.to_string()),
        })))
    }
}
