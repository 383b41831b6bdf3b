//! Discord's send events as commands: the five that are a bot's own business. Heartbeats, IDENTIFY and RESUME
//! are the session's.
//!
//! See <https://docs.discord.com/developers/events/gateway-events#send-events>.

use polycord_types::gateway::send::{
    RequestChannelInfo, RequestGuildMembers, RequestSoundboardSounds, UpdatePresence,
    UpdateVoiceState,
};
use serde::Serialize;

use crate::Command;

/// The payload as JSON. It is plain data, so that writing it to a string cannot fail.
pub(crate) fn to_json(payload: &impl Serialize) -> String {
    serde_json::to_string(payload).unwrap_or_else(|_| "null".to_owned())
}

macro_rules! commands {
    ($($payload:ty => $make:ident;)*) => {$(
        impl From<$payload> for Command {
            fn from(payload: $payload) -> Self {
                Self::$make(<$payload>::OP.into(), to_json(&payload))
            }
        }
    )*};
}

commands! {
    RequestChannelInfo => new;
    RequestGuildMembers => new;
    RequestSoundboardSounds => new;
    UpdatePresence => presence;
    UpdateVoiceState => new;
}
