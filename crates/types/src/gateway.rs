//! The gateway: the events that come over it, and what may be sent to it.
//!
//! [`Event`] is an event with its payload; the payloads that are resources of their own (a
//! channel, a presence, an interaction) are in the modules of these resources. See
//! [the gateway](https://docs.discord.com/developers/events/gateway) and
//! [its events](https://docs.discord.com/developers/events/gateway-events).

mod bot;
mod close_code;
mod event;
mod event_kind;
mod frame;
mod intents;
mod opcode;
pub mod payload;
mod raw_event;
pub mod send;
mod transport;

pub use self::{
    bot::{GatewayBot, SessionStartLimit},
    close_code::CloseCode,
    frame::Frame,
    intents::ParseIntentsError,
    opcode::OpCode,
    raw_event::RawEvent,
    transport::{Encoding, TransportCompression},
};
pub use self::{event::Event, event_kind::EventKind, intents::Intents};
