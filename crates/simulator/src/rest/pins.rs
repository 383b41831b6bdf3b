//! Pinned messages.

use serde_json::{Value, json};

use super::audit::{Action, Entry};
use super::messages::{Draft, reference_to, system_message};
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids::{iso8601, read_iso};
use crate::world::{objects, permissions};

/// Pins of a channel.
const MAX: usize = 250;
/// Pins that a list has at most.
const PAGE: usize = 50;
/// The type of the message that tells of a pin.
const PINNED: u64 = 6;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/channels/{channel_id}/messages/pins", Core::list_pins),
    Route::put(
        "/channels/{channel_id}/messages/pins/{message_id}",
        Core::pin,
    ),
    Route::delete(
        "/channels/{channel_id}/messages/pins/{message_id}",
        Core::unpin,
    ),
    Route::get("/channels/{channel_id}/pins", Core::list_pins_plainly),
    Route::put("/channels/{channel_id}/pins/{message_id}", Core::pin),
    Route::delete("/channels/{channel_id}/pins/{message_id}", Core::unpin),
];

impl Core {
    fn list_pins(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        self.may(state, channel, permissions::VIEW_CHANNEL)?;
        let limit = call.limit(PAGE, PAGE)?;
        let before = match call.decoded("before").filter(|text| !text.is_empty()) {
            None => u64::MAX,
            Some(text) => read_iso(&text).ok_or_else(|| {
                let message = "Could not parse the timestamp. Should be ISO8601.";
                Failure::invalid("before", "DATE_TIME_TYPE_PARSE", message)
            })?,
        };
        let pins = self.readable_pins(state, channel);
        let mut pins = pins.into_iter().filter(|(at, _)| *at < before);
        let items: Vec<Value> = pins
            .by_ref()
            .take(limit)
            .map(|(at, message)| json!({ "pinned_at": iso8601(at), "message": message }))
            .collect();
        let more = pins.next().is_some();
        Ok(Reply::ok(json!({ "items": items, "has_more": more })))
    }

    fn list_pins_plainly(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        self.may(state, channel, permissions::VIEW_CHANNEL)?;
        let pins = self.readable_pins(state, channel);
        let messages = pins.into_iter().take(PAGE).map(|(_, message)| message);
        Ok(Reply::ok(messages.collect()))
    }

    /// The pins somebody sees, none without the permission to read the history.
    fn readable_pins(&self, state: &State, channel: u64) -> Vec<(u64, Value)> {
        if self
            .may(state, channel, permissions::READ_MESSAGE_HISTORY)
            .is_err()
        {
            return Vec::new();
        }
        let pins = state.beside.pins(channel).into_iter();
        pins.filter_map(|(at, id)| {
            let message = state.world.message(channel, id)?;
            Some((at, self.readable(state, channel, message)))
        })
        .collect()
    }

    fn pin(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let place @ (channel, id) = self.to_pin(state, call)?;
        let message = state.world.message(channel, id);
        let message = message.ok_or_else(Failure::unknown_message)?;
        if message["pinned"] == true {
            return Ok(Reply::no_content());
        }
        if !matches!(message["type"].as_u64(), Some(0 | 19 | 20 | 23)) {
            return Err(system_message());
        }
        if state.beside.pins(channel).len() >= MAX {
            let message = "Maximum number of pins reached for the channel (250)";
            return Err(Failure::new(400, 30_003, message));
        }
        let now = self.clock.now_ms();
        state.beside.pin(place, Some(now));
        if let Some(object) = state.world.channel_mut(channel) {
            object["last_pin_timestamp"] = Value::from(iso8601(now));
        }
        self.touch_message(state, channel, id, |message| {
            message["pinned"] = Value::Bool(true);
        });
        self.tell_pins(state, channel);
        let mut draft = Draft::default();
        draft.set("type", PINNED);
        draft.set("message_reference", reference_to(state, 0, channel, id));
        let author = state.actor();
        self.post(state, channel, author, "", draft);
        self.audit_pin(state, call, place, Action::MessagePin);
        Ok(Reply::no_content())
    }

    fn unpin(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let place @ (channel, id) = self.to_pin(state, call)?;
        let message = state.world.message(channel, id);
        let message = message.ok_or_else(Failure::unknown_message)?;
        if message["pinned"] == true {
            state.beside.pin(place, None);
            self.touch_message(state, channel, id, |message| {
                message["pinned"] = Value::Bool(false);
            });
            self.tell_pins(state, channel);
            self.audit_pin(state, call, place, Action::MessageUnpin);
        }
        Ok(Reply::no_content())
    }

    fn to_pin(&self, state: &State, call: &Call<'_>) -> Result<(u64, u64), Failure> {
        let place = call.message(state)?;
        self.may(state, place.0, permissions::PIN_MESSAGES)?;
        self.may_change_thread(state, place.0)?;
        Ok(place)
    }

    fn audit_pin(
        &self,
        state: &mut State,
        call: &Call<'_>,
        (channel, id): (u64, u64),
        action: Action,
    ) {
        let message = state.world.message(channel, id);
        let author = message.map_or(0, |message| objects::id(&message["author"]));
        if let Some(guild) = state.world.guild_of(channel) {
            let told = json!({ "channel_id": channel.to_string(), "message_id": id.to_string() });
            let by = call.by(state);
            self.audit(state, guild, &by, action, Entry::of(author).options(told));
        }
    }

    fn tell_pins(&self, state: &mut State, channel: u64) {
        let guild = state.world.guild_of(channel);
        let object = state.world.channel(channel);
        let last = object.map(|object| object["last_pin_timestamp"].clone());
        let mut data = json!({
            "channel_id": channel.to_string(),
            "last_pin_timestamp": last,
        });
        if let Some(guild) = guild {
            data["guild_id"] = Value::from(guild.to_string());
        }
        self.dispatch(state, &Happening::new("CHANNEL_PINS_UPDATE", guild, data));
    }
}
