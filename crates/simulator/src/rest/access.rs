//! What whoever makes a request may do in a channel.

use serde_json::Value;

use super::messages::Draft;
use super::reply::Failure;
use crate::core::{Core, State};
use crate::world::permissions::{self, Place};

/// Channels somebody can write in: text, direct, voice, group, announcements, threads, stage.
const WRITABLE: [u64; 9] = [0, 1, 2, 3, 5, 10, 11, 12, 13];

impl Core {
    /// Whether the channel can be seen (50001 if not), and these permissions are held in it (50013).
    pub(crate) fn may(&self, state: &State, channel: u64, bits: u64) -> Result<(), Failure> {
        self.require(state, Place::Channel(channel), bits)
    }

    /// Whether something can be said in a channel.
    pub(crate) fn may_send(&self, state: &State, channel: u64) -> Result<(), Failure> {
        let object = state.world.channel(channel);
        let object = object.ok_or_else(Failure::unknown_channel)?;
        let kind = object["type"].as_u64().unwrap_or(0);
        self.may(state, channel, permissions::VIEW_CHANNEL)?;
        if !WRITABLE.contains(&kind) {
            let message = "Cannot send messages in a non-text channel";
            return Err(Failure::new(400, 50_008, message));
        }
        if !is_thread(object) {
            return self.may(state, channel, permissions::SEND_MESSAGES);
        }
        self.may(state, channel, permissions::SEND_MESSAGES_IN_THREADS)?;
        let locked = object["thread_metadata"]["locked"] == true;
        if locked
            && self
                .may(state, channel, permissions::MANAGE_THREADS)
                .is_err()
        {
            return Err(Failure::new(403, 160_005, "Thread is locked"));
        }
        Ok(())
    }

    /// Whether what a draft carries may be said there.
    pub(crate) fn may_carry(
        &self,
        state: &State,
        channel: u64,
        draft: &Draft,
    ) -> Result<(), Failure> {
        let filled = |name: &str| {
            let value = draft.fields.get(name);
            value.is_some_and(|value| value.as_array().is_some_and(|list| !list.is_empty()))
        };
        let mut needed = 0;
        if draft.fields.get("tts") == Some(&Value::Bool(true)) {
            needed |= permissions::SEND_TTS_MESSAGES;
        }
        if filled("embeds") {
            needed |= permissions::EMBED_LINKS;
        }
        if filled("attachments") {
            needed |= permissions::ATTACH_FILES;
        }
        if draft.fields.contains_key("poll") {
            needed |= permissions::SEND_POLLS;
        }
        if draft.flags() & 1 << 13 != 0 {
            needed |= permissions::SEND_VOICE_MESSAGES;
        }
        self.may(state, channel, needed)
    }

    /// Nothing but sending changes an archived thread.
    pub(crate) fn may_change_thread(&self, state: &State, channel: u64) -> Result<(), Failure> {
        let object = state.world.channel(channel);
        if object.is_some_and(|object| object["thread_metadata"]["archived"] == true) {
            return Err(Failure::new(400, 50_083, "Thread is archived"));
        }
        Ok(())
    }
}

/// Whether a channel is a thread.
pub(crate) fn is_thread(channel: &Value) -> bool {
    matches!(channel["type"].as_u64(), Some(10..=12))
}

/// What a route cannot do to a channel of that type.
pub(super) fn other_type() -> Failure {
    Failure::new(400, 50_024, "Cannot execute action on this channel type")
}
