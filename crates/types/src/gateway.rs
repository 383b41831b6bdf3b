//! The gateway: how it numbers things, what it sends and what may be sent to it.
//!
//! See [the gateway](https://docs.discord.com/developers/events/gateway).

mod bot;
mod close_code;
mod event_kind;
mod intents;
mod opcode;

pub use self::{
    bot::{GatewayBot, SessionStartLimit},
    close_code::CloseCode,
    event_kind::EventKind,
    intents::{Intents, ParseIntentsError},
    opcode::OpCode,
};
