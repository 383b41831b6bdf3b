//! What may be sent to the gateway: the `d` of each opcode that a client sends.
//!
//! See [send events](https://docs.discord.com/developers/events/gateway-events#send-events).

mod channel_info;
mod heartbeat;
mod identify;
mod presence;
mod request_members;
mod resume;
mod soundboard;
mod voice_state;

pub use self::{
    channel_info::{ChannelInfoField, RequestChannelInfo},
    heartbeat::Heartbeat,
    identify::{Identify, IdentifyProperties},
    presence::UpdatePresence,
    request_members::RequestGuildMembers,
    resume::Resume,
    soundboard::RequestSoundboardSounds,
    voice_state::UpdateVoiceState,
};
