//! Announcements that go on to the channels that follow.

use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::reference;
use crate::core::{Core, State};
use crate::rest::access::other_type;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::Call;
use crate::world::{objects, permissions};

/// Message flags: it was published; it came from another channel.
const CROSSPOSTED: u64 = 1;
const IS_CROSSPOST: u64 = 1 << 1;
const ANNOUNCEMENT: u64 = 5;

impl Core {
    pub(super) fn crosspost(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        let kind = state
            .world
            .channel(channel)
            .map(|object| object["type"].clone());
        if kind != Some(Value::from(ANNOUNCEMENT)) {
            return Err(other_type());
        }
        self.may(state, channel, permissions::SEND_MESSAGES)?;
        let message = state.world.message(channel, id).cloned();
        let message = message.ok_or_else(Failure::unknown_message)?;
        if objects::id(&message["author"]) != state.actor() {
            self.may(state, channel, permissions::MANAGE_MESSAGES)?;
        }
        if !matches!(message["type"].as_u64(), Some(0 | 19 | 20 | 23)) {
            return Err(super::system_message());
        }
        let flags = message["flags"].as_u64().unwrap_or(0);
        if flags & CROSSPOSTED != 0 {
            let message = "This message has already been crossposted.";
            return Err(Failure::new(400, 40_033, message));
        }
        let published = self.touch_message(state, channel, id, |message| {
            message["flags"] = Value::from(flags | CROSSPOSTED);
        });
        for (webhook, follower) in followers(state, channel) {
            let mut fields = Map::new();
            for field in [
                "embeds",
                "components",
                "attachments",
                "content",
                "sticker_items",
            ] {
                if let Some(value) = message.get(field) {
                    fields.insert(field.to_owned(), value.clone());
                }
            }
            let mut draft = Draft::from(fields);
            let source = state
                .world
                .webhook(webhook)
                .map(|(_, object)| object.clone());
            let source = source.unwrap_or_default();
            draft.set(
                "author",
                json!({
                    "id": webhook.to_string(),
                    "username": source["name"],
                    "avatar": source["avatar"],
                    "discriminator": "0000",
                    "global_name": null,
                    "bot": true,
                    "public_flags": 0,
                }),
            );
            draft.set("flags", flags & !CROSSPOSTED | IS_CROSSPOST);
            draft.set("webhook_id", webhook.to_string());
            draft.set("message_reference", reference::told(state, 0, channel, id));
            self.post(state, follower, webhook, "", draft);
        }
        published
            .map(Reply::ok)
            .ok_or_else(Failure::unknown_message)
    }
}

/// The webhooks that bring the announcements of a channel elsewhere, and where.
fn followers(state: &State, channel: u64) -> Vec<(u64, u64)> {
    let webhooks = state
        .world
        .guilds
        .values()
        .flat_map(|guild| &guild.webhooks);
    let following = webhooks.filter(|(_, webhook)| {
        webhook["type"] == 2 && objects::id(&webhook["source_channel"]) == channel
    });
    following
        .filter_map(|(id, webhook)| Some((*id, objects::snowflake(&webhook["channel_id"])?)))
        .filter(|(_, to)| state.world.channel(*to).is_some())
        .collect()
}
